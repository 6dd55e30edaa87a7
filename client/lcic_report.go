package client

import (
	"context"

	"classtop/class"
)

// wireMember is a MemberRecord for the calls that are rare enough for
// encoding/json. The polled list has its own decoder (decode_members.go).
type wireMember struct {
	UserID                                   name `json:"UserId"`
	UserName                                 name
	PresentTime                              num
	Camera, Mic, Silence, Stage              flag
	AnswerQuestions, HandUps, Rewords        num
	FirstJoinTimestamp, LastQuitTimestamp    num
	IPAddress, Location                      name
	Device, Role, CurrentState               num
	PerMemberMicCount, PerMemberMessageCount num
	GroupID                                  name `json:"GroupId"`
}

func (w *wireMember) member() class.Member {
	return class.Member{
		ID: class.Text(w.UserID), Name: class.Text(w.UserName),
		Role: class.Role(w.Role), State: class.Presence(w.CurrentState),
		Camera: bool(w.Camera), Mic: bool(w.Mic), Muted: bool(w.Silence), OnStage: bool(w.Stage),
		HandUps: int64(w.HandUps), Answers: int64(w.AnswerQuestions), Rewards: int64(w.Rewords),
		MicTimes: int64(w.PerMemberMicCount), Messages: int64(w.PerMemberMessageCount),
		Present: class.Seconds(w.PresentTime), FirstJoin: class.Unix(w.FirstJoinTimestamp), LastQuit: class.Unix(w.LastQuitTimestamp),
		Device: class.Device(w.Device), IP: class.Text(w.IPAddress), Place: class.Text(w.Location), GroupID: class.Text(w.GroupID),
	}
}

type wireReport struct {
	PeakMemberNumber, MemberNumber, Total num
	RealStartTime, RealEndTime            num
	MessageCount, MicCount                num
	MemberRecords                         list[wireMember]
}

// Report reads the attendance of an ended class (DescribeRoomStatistics). The
// service needs some minutes after the end: ResourceUnavailable.RoomStatistics.
func (c *Client) Report(ctx context.Context, room class.RoomID) (class.Report, error) {
	var sums wireReport
	members, err := pages(memberID, func(page int) ([]class.Member, int64, error) {
		body := listBody{RoomID: room, Page: page, Limit: memberPage}
		w, err := read[wireReport](ctx, c, "DescribeRoomStatistics", inRoom(room), body)
		if page == firstOfPage {
			sums = w
		}
		return convert(w.MemberRecords, (*wireMember).member), int64(w.Total), err
	})
	if err != nil {
		return class.Report{}, err
	}
	return class.Report{
		Peak: int64(sums.PeakMemberNumber), People: int64(sums.MemberNumber),
		RealStart: class.Unix(sums.RealStartTime), RealEnd: class.Unix(sums.RealEndTime),
		Messages: int64(sums.MessageCount), Mics: int64(sums.MicCount), Members: members,
	}, nil
}

func memberID(m *class.Member) class.Text { return m.ID }
