package sim

import (
	"math"

	"classtop/class"
)

// describeRoomStatistics reports on a class that is over. For a minute the
// data are not ready.
func describeRoomStatistics(w *world, p params) (obj, *refusal) {
	x, bad := w.room(p)
	if bad != nil {
		return nil, bad
	}
	switch x.status(w.now) {
	case class.RoomExpired:
		return nil, refuse("FailedOperation", "The class expired without having started.")
	case class.RoomEnded:
	default:
		return nil, refuse("FailedOperation.RoomNotEnd", "The class is not over.")
	}
	if w.now < x.realEnd+60 {
		return nil, refuse("ResourceUnavailable.RoomStatistics", "The statistics are being computed, ask again later.")
	}
	d := w.look(x)
	came, mics := 0, 0
	for i := range d.members {
		m := &d.members[i]
		came += bit(m.firstJoin > 0)
		mics += bit(m.role == class.RoleStudent && m.micTimes > 0)
	}
	return obj{
		"PeakMemberNumber": d.peak, "MemberNumber": came, "Total": len(d.members), "MemberRecords": w.records(d, p.num("Page"), p.num("Limit")),
		"RealStartTime": x.realStart, "RealEndTime": x.realEnd, "MessageCount": len(d.chat), "MicCount": mics,
	}, nil
}

// getRoomEvent reads the log of a class, oldest first. It is kept for an hour
// after the end.
func getRoomEvent(w *world, p params) (obj, *refusal) {
	x, bad := w.room(p)
	if bad != nil {
		return nil, bad
	}
	if end := x.closing(); end > 0 && w.now > end+3600 {
		return obj{"Total": 0, "Events": nil}, nil
	}
	d := w.look(x)
	found, page, limit := d.events, p.num("Page"), p.num("Limit")
	if word := p.str("Keyword"); word != "" {
		found, page, limit = nil, 1, math.MaxInt32
		for _, e := range d.events {
			if eventNames[e.kind] == word {
				found = append(found, e)
			}
		}
	}
	var list []obj
	for _, e := range pageOf(found, page, limit) {
		list = append(list, w.eventInfo(d, e))
	}
	return obj{"Total": len(found), "Events": list}, nil
}

func (w *world) eventInfo(d *detail, e event) obj {
	data := obj{"RoomId": d.x.id, "UserId": nil, "Device": nil, "Duration": nil, "RecordSize": nil, "RecordUrl": nil}
	if e.who >= 0 {
		data["UserId"], data["Device"] = d.members[e.who].id, d.members[e.who].device
	}
	if e.kind == recordFinish {
		length := d.x.realEnd - d.x.realStart
		data["Duration"], data["RecordSize"], data["RecordUrl"] = length, length*96_000, orNull(w.recordURL(d.x))
	}
	return obj{"Timestamp": d.base + int64(e.at), "EventType": eventNames[e.kind], "EventData": data}
}
