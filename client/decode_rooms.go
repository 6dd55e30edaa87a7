package client

import (
	"cmp"
	"sync"

	"classtop/class"
)

// roomPageData is one page of GetRooms.
type roomPageData struct {
	total int64
	rooms []class.Room
}

// roomSpans are the texts of a class that have two names on the wire, too.
type roomSpans struct{ name, record, replay span }

// roomGather is what decoding needs and keeps for the next time.
type roomGather struct {
	gather
	rooms []class.Room
	spans []roomSpans
}

var roomGathers = sync.Pool{New: func() any { return new(roomGather) }}

// decode reads a page from a body, of which nothing is kept.
func (p *roomPageData) decode(body []byte) (verdict, error) {
	g := roomGathers.Get().(*roomGather)
	defer roomGathers.Put(g)
	v, err := g.answer(body, func() { p.total = 0; g.clear() }, func(name []byte) {
		switch string(name) {
		case "Total":
			p.total = g.int()
		case "Rooms":
			g.clear()
			g.objects(g.room)
		default:
			g.skip()
		}
	})
	if err != nil {
		return v, err
	}
	p.rooms = g.finish()
	return v, nil
}

func (g *roomGather) clear() { g.rooms, g.spans = g.rooms[:0], g.spans[:0] }

// finish copies the classes out, with their texts in place.
func (g *roomGather) finish() []class.Room {
	if len(g.rooms) == 0 {
		return nil
	}
	block := string(g.block)
	rooms := make([]class.Room, len(g.rooms))
	copy(rooms, g.rooms)
	for i := range rooms {
		s := &g.spans[i]
		rooms[i].Name = g.resolve(block, s.name)
		rooms[i].RecordURL = g.resolve(block, cmp.Or(s.record, s.replay))
	}
	clear(g.odd)
	return rooms
}

// room consumes one RoomItem.
func (g *roomGather) room() {
	var r class.Room
	var s roomSpans
	var oldLimit int64
	g.object(func(name []byte) {
		switch string(name) {
		case "Name":
			s.name = g.text(span{})
		case "RecordUrl":
			s.record = g.text(span{})
		case "ReplayUrl":
			s.replay = g.text(span{})
		case "MaxRTCMember":
			oldLimit = g.int()
		default:
			g.roomNumber(&r, name)
		}
	})
	r.MicLimit = cmp.Or(r.MicLimit, oldLimit)
	g.rooms = append(g.rooms, r)
	g.spans = append(g.spans, s)
}

func (g *roomGather) roomNumber(r *class.Room, name []byte) {
	switch string(name) {
	case "RoomId":
		r.ID = class.RoomID(g.uint())
	case "Status":
		r.Status = class.RoomStatus(g.int())
	case "StartTime":
		r.Start = class.Unix(g.int())
	case "EndTime":
		r.End = class.Unix(g.int())
	case "RealStartTime":
		r.RealStart = class.Unix(g.int())
	case "RealEndTime":
		r.RealEnd = class.Unix(g.int())
	case "MaxMicNumber":
		r.MicLimit = g.int()
	case "RoomType":
		r.RoomType = g.int()
	case "EndDelayTime":
		r.EndDelay = g.int()
	default:
		g.skip()
	}
}
