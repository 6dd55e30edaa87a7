package client

import (
	"context"
	"time"

	"classtop/class"
	"classtop/client/spec"
)

// Rooms reads all classes scheduled between two moments (GetRooms). The window
// is always sent: the service's own is half an hour to each side.
func (c *Client) Rooms(ctx context.Context, from, to time.Time) ([]class.Room, error) {
	return c.RoomsAsTheyCome(ctx, from, to, nil)
}

// RoomsAsTheyCome is Rooms for those who show the first hundred while the rest
// is read: soFar, unless nil, is given all that there are after each page but
// the last. Nobody changes the slice later.
func (c *Client) RoomsAsTheyCome(ctx context.Context, from, to time.Time, soFar func([]class.Room)) ([]class.Room, error) {
	key := func(r *class.Room) class.RoomID { return r.ID }
	return pagesAsTheyCome(key, func(page int) ([]class.Room, int64, error) {
		var p roomPageData
		err := c.fetch(ctx, spec.LCIC, "GetRooms", "", struct {
			SdkAppID  uint64 `json:"SdkAppId"`
			StartTime int64
			EndTime   int64
			Page      int
			Limit     int
		}{c.cfg.SdkAppID, from.Unix(), to.Unix(), page, pageSize}, p.decode)
		return p.rooms, p.total, err
	}, soFar)
}

// wireDetail is DescribeRoom's answer.
type wireDetail struct {
	Name                                            name
	Status, StartTime, EndTime                      num
	RealStartTime, RealEndTime                      num  // newer editions
	TeacherID                                       name `json:"TeacherId"`
	SdkAppID                                        id   `json:"SdkAppId"`
	AudienceType, Resolution, MaxMicNumber          num
	AutoMic, AudioQuality                           flag
	SubType                                         name
	DisableRecord                                   num
	Assistants                                      list[name]
	RecordURL                                       prose `json:"RecordUrl"`
	GroupID                                         name  `json:"GroupId"`
	EnableDirectControl, IsGradingRequiredPostClass flag
	InteractionMode, VideoOrientation               num
	RoomType, VideoDuration, EndDelayTime, LiveType num
	RecordLiveURL                                   prose `json:"RecordLiveUrl"`
	EnableAutoStart                                 flag
	RecordBackground, RecordScene                   prose
	RecordLang                                      name
}

// Room reads one class (DescribeRoom).
func (c *Client) Room(ctx context.Context, room class.RoomID) (class.RoomDetail, error) {
	w, err := read[wireDetail](ctx, c, "DescribeRoom", inRoom(room), roomBody{room})
	if err != nil {
		return class.RoomDetail{}, err
	}
	return w.detail(room), nil
}

func (w *wireDetail) detail(room class.RoomID) class.RoomDetail {
	return class.RoomDetail{
		Room: class.Room{
			ID: room, Name: class.Text(w.Name), Status: class.RoomStatus(w.Status),
			Start: class.Unix(w.StartTime), End: class.Unix(w.EndTime),
			RealStart: class.Unix(w.RealStartTime), RealEnd: class.Unix(w.RealEndTime),
			MicLimit: int64(w.MaxMicNumber), RoomType: int64(w.RoomType), EndDelay: int64(w.EndDelayTime),
			RecordURL: class.Text(w.RecordURL),
		},
		SdkAppID: uint64(w.SdkAppID), Teacher: class.Text(w.TeacherID),
		Assistants: convert(w.Assistants, func(n *name) class.Text { return class.Text(*n) }),
		GroupID:    class.Text(w.GroupID), AudienceType: int64(w.AudienceType), Resolution: int64(w.Resolution),
		AutoMic: bool(w.AutoMic), AudioQuality: bool(w.AudioQuality), SubType: class.Text(w.SubType),
		DisableRecord: int64(w.DisableRecord), DirectControl: bool(w.EnableDirectControl),
		FocusMode: w.InteractionMode == 1, Portrait: w.VideoOrientation == 1, GradeAfter: bool(w.IsGradingRequiredPostClass),
		VideoDuration: int64(w.VideoDuration), LiveType: int64(w.LiveType), AutoStart: bool(w.EnableAutoStart),
		RecordLiveURL: class.Text(w.RecordLiveURL), RecordBackground: class.Text(w.RecordBackground),
		RecordScene: class.Text(w.RecordScene), RecordLang: class.Text(w.RecordLang),
	}
}
