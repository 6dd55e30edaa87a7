// Package data makes schools of any size for measurements: half of the names
// are Chinese, as in a real one.
package data

import (
	"fmt"
	"strings"
	"time"

	"classtop/class"
	"classtop/class/clean"
	"classtop/poll"
)

// Room is the class that measurements are about.
const Room class.RoomID = 310048240

// Now is the moment of every school made here.
var Now = time.Date(2026, 3, 2, 9, 41, 7, 0, time.FixedZone("CST", 8*3600))

var subjects = []string{"高一（3）班 数学：二次函数", "English 7B: Reading Circle", "物理实验 初二（1）班", "Chemistry 9A", "语文 阅读课", "Art club"}

// Cards are n running classes as the poller sends them. Their members were
// read at the moment at.
func Cards(n int, at time.Time) []poll.Update {
	rooms := make([]class.Room, n)
	us := []poll.Update{{}}
	for i := range rooms {
		start := class.UnixOf(Now.Add(-time.Duration(5+i%35) * time.Minute))
		rooms[i] = class.Room{ID: Room + class.RoomID(i), Name: clean.Text(fmt.Sprintf("%s %d", subjects[i%len(subjects)], i)),
			Status: class.RoomLive, Start: start, RealStart: start, End: class.UnixOf(Now.Add(time.Hour)), MicLimit: 6}
		c := class.Card{Room: rooms[i], Teacher: clean.Text("t_wang"), TeacherName: clean.Text("王建国"), MembersAt: at,
			Counts: class.Counts{Online: 20 + i%9, Expected: 30, Mics: 2, Cameras: 11, Teachers: 1}}
		us = append(us, poll.Update{Topic: poll.Topic{Kind: poll.Card, Room: c.Room.ID}, Data: c, Started: at, At: at})
	}
	us[0] = poll.Update{Topic: poll.Topic{Kind: poll.Rooms}, Data: rooms, Started: at, At: at}
	return us
}

// Members are n people of Room, read at the moment at. Every so many of them
// (0: none) have done something since the last round.
func Members(n, round, every int, at time.Time) poll.Update {
	out := make([]class.Member, n)
	names := []string{"欧阳娜娜", "Wei Zhang", "陈晓", "Bobby Tables", "学生"}
	for i := range out {
		m := class.Member{ID: clean.Text(fmt.Sprintf("u%06d", i)), Name: clean.Text(fmt.Sprintf("%s %d", names[i%5], i)), State: class.Online,
			Camera: i%2 == 0, Answers: int64(i % 5), Present: class.Seconds(1000 + 20*(i%60)), Device: class.Device(i % 7), Place: clean.Text("北京")}
		if every > 0 && (i+round)%every == 0 {
			m.HandUps, m.Messages, m.Mic = int64(round), int64(round), true
		}
		if every > 0 {
			m.Present += class.Seconds(60 * round)
			m.Answers += int64(round)
		}
		out[i] = m
	}
	out[0].Role, out[0].OnStage = class.RoleTeacher, true
	return poll.Update{Topic: poll.Topic{Kind: poll.Members, Room: Room}, Data: out, Started: at, At: at}
}

// Body is a member list of n as the service sends it.
func Body(n int) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, `{"Response":{"Total":%d,"MemberRecords":[`, n)
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `{"UserId":"student_%d","UserName":"王小明%d","PresentTime":%d,"Camera":1,"Mic":0,"Silence":0,"AnswerQuestions":3,"HandUps":2,`+
			`"FirstJoinTimestamp":1711971335,"LastQuitTimestamp":0,"Rewords":1,"IPAddress":"192.0.2.%d","Location":"广东省深圳市","Device":1,`+
			`"PerMemberMicCount":1,"PerMemberMessageCount":4,"Role":0,"GroupId":"g1","SubGroupId":["s1"],"Stage":0,"CurrentState":1}`, i, i, i*3, i%250)
	}
	b.WriteString(`],"RequestId":"8cc600da-b066-476a-a527-ee19c46f77f9"}}`)
	return []byte(b.String())
}
