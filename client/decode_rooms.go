package client

import (
	"classtop/class"
	"classtop/client/spec"
)

// roomPageData is one page of GetRooms.
type roomPageData struct {
	total int64
	rooms []class.Room
}

type wireRoom struct {
	ID                         id `json:"RoomId"`
	Name                       name
	Status, StartTime, EndTime num
	RealStartTime, RealEndTime num
	MaxMicNumber, MaxRTCMember num
	RoomType, EndDelayTime     num
	RecordURL                  name `json:"RecordUrl"`
}

func (w *wireRoom) room() class.Room {
	return class.Room{ID: class.RoomID(w.ID), Name: class.Text(w.Name), Status: class.RoomStatus(w.Status),
		Start: class.Unix(w.StartTime), End: class.Unix(w.EndTime), RealStart: class.Unix(w.RealStartTime), RealEnd: class.Unix(w.RealEndTime),
		MicLimit: int64(max(w.MaxMicNumber, w.MaxRTCMember)), RoomType: int64(w.RoomType), EndDelay: int64(w.EndDelayTime), RecordURL: class.Text(w.RecordURL)}
}

func (p *roomPageData) decode(body []byte) (verdict, error) {
	var w struct {
		Total num
		Rooms list[wireRoom]
	}
	v, err := into(spec.LCIC, &w)(body)
	p.total, p.rooms = int64(w.Total), convert(w.Rooms, (*wireRoom).room)
	return v, err
}
