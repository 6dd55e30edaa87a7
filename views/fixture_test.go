package views

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"classtop/class"
	"classtop/class/clean"
	"classtop/keymap"
	"classtop/poll"
	"classtop/ui"
	"classtop/ui/theme"
	"classtop/ui/uitest"
)

var (
	shanghai = time.FixedZone("CST", 8*3600)
	// now is a Monday morning in a school.
	now = time.Date(2026, 3, 2, 9, 41, 7, 0, shanghai)
)

// stand is a dashboard with a clock that the test moves.
type stand struct {
	*uitest.Model
	now     time.Time
	runner  *uitest.Runner
	session *uitest.Session
	status  ui.Status
	pokes   [][]poll.Topic
}

func deps(s *stand) ui.Deps {
	return ui.Deps{
		Session: s.session, Runner: s.runner, Keys: keymap.Default(), Views: All(), Actions: Actions(), Home: Home,
		Now: func() time.Time { return s.now }, Location: shanghai, Profile: ui.Profile{Name: "北京一中"},
		Status: func() ui.Status { return s.status },
		Poke:   func(ts ...poll.Topic) { s.pokes = append(s.pokes, ts) },
		Window: func(n time.Time) (from, to time.Time) { return n.Add(-2 * time.Hour), n.Add(2 * time.Hour) },
	}
}

func newStand(t testing.TB, w, h int, change ...func(*ui.Deps)) *stand {
	s := &stand{now: now, runner: &uitest.Runner{}, session: uitest.NewSession()}
	s.status = ui.Status{Used: 7, Limit: 10}
	d := deps(s)
	for _, f := range change {
		f(&d)
	}
	s.Model = uitest.NewModel(t, d, w, h)
	return s
}

func ascii(d *ui.Deps) { d.Look = theme.Options{ASCII: true} }

// onlyTabs leaves the room screen these tabs, by their digits: then a new tab
// changes no frame but its own.
func onlyTabs(digits ...string) func(*ui.Deps) {
	var some []tab
	for _, t := range tabs() {
		if slices.Contains(digits, keymap.Default().Keys(t.key)[0]) {
			some = append(some, t)
		}
	}
	return func(d *ui.Deps) {
		d.Views = All()
		for i := range d.Views {
			if d.Views[i].Name == "room" {
				d.Views[i].New = func(h ui.Host, arg ui.Arg) ui.View { return roomOf(some, h, arg) }
			}
		}
	}
}

func text(s string) class.Text { return clean.Text(s) }

func unix(min int) class.Unix { return class.UnixOf(now.Add(time.Duration(min) * time.Minute)) }

// school is a fixed morning: something of every state.
func school() []class.Card {
	room := func(id class.RoomID, name string, s class.RoomStatus, start, end int) class.Room {
		r := class.Room{ID: id, Name: text(name), Status: s, Start: unix(start), End: unix(end), MicLimit: 6}
		if s != class.RoomUpcoming {
			r.RealStart = unix(start + 1)
		}
		return r
	}
	live := func(r class.Room, id, teacher string, online, expected, mics, cams, hands, teachers, age int) class.Card {
		return class.Card{Room: r, Teacher: text(id), TeacherName: text(teacher), MembersAt: now.Add(-time.Duration(age) * time.Second),
			Counts: class.Counts{Online: online, Expected: expected, Mics: mics, Cameras: cams, Hands: hands, Teachers: teachers}}
	}
	return []class.Card{
		live(room(310048217, "高一（3）班 数学：二次函数与不等式", class.RoomLive, -41, 4), "t_wang", "王建国", 38, 42, 2, 30, 17, 1, 1),
		live(room(310048230, "English 7B: Reading Circle", class.RoomLive, -11, 34), "t_lee", "Grace Lee", 21, 24, 1, 19, 3, 1, 2),
		live(room(310048233, "物理实验 初二（1）班", class.RoomLive, -101, -12), "t_zhao", "赵敏", 29, 40, 0, 12, 88, 1, 3),
		live(room(310048240, "Chemistry 9A", class.RoomLive, -20, 25), "t_chen", "陈思远", 18, 31, 4, 3, 0, 0, 2),
		{Room: room(310048251, "语文 阅读课", class.RoomUpcoming, -6, 39), Teacher: text("t_sun")},
		{Room: room(310048260, "Art club", class.RoomUpcoming, 19, 64), Teacher: text("t_gao")},
		{Room: room(310048101, "晨会", class.RoomEnded, -100, -80), Teacher: text("t_wang")},
	}
}

func updates(cards []class.Card) []poll.Update {
	rooms := make([]class.Room, len(cards))
	us := []poll.Update{{}}
	for i, c := range cards {
		rooms[i] = c.Room
		us = append(us, poll.Update{Topic: poll.Topic{Kind: poll.Card, Room: c.Room.ID}, Data: c, Started: now, At: now})
	}
	us[0] = poll.Update{Topic: poll.Topic{Kind: poll.Rooms}, Data: rooms, Started: now, At: now}
	return us
}

// crowd is the members of one class.
func crowd() []class.Member {
	m := []class.Member{
		{ID: text("t_wang"), Name: text("王建国"), Role: class.RoleTeacher, State: class.Online, Mic: true, Camera: true, OnStage: true, Present: 2440, Device: 2, Place: text("北京")},
		{ID: text("a_liu"), Name: text("刘洋"), Role: class.RoleAssistant, State: class.Online, Camera: true, Present: 2400, Device: 1, Place: text("上海"), Messages: 4},
		{ID: text("s_10231"), Name: text("欧阳娜娜"), State: class.Online, Mic: true, Camera: true, HandUps: 4, Answers: 3, Rewards: 2, Present: 2390, Device: 4, Place: text("广州")},
		{ID: text("s_10240"), Name: text("Bobby Tables"), State: class.Reconnecting, HandUps: 1, Present: 610, Device: 5, Place: text("Chengdu"), Muted: true},
		{ID: text("s_10255"), Name: text("陈晓"), State: class.Offline, Present: 900, LastQuit: unix(-3), Device: 7, Place: text("深圳")},
		{ID: text("s_10260"), Name: text("Wei Zhang"), State: class.Absent},
		{ID: text("s_10266"), Name: text("捣蛋鬼"), State: class.Kicked, Present: 120, Device: 3, Place: text("杭州")},
	}
	for i := range 30 {
		m = append(m, class.Member{ID: text(fmt.Sprintf("s_2%04d", i)), Name: text(fmt.Sprintf("学生%02d", i)), State: class.Online,
			Camera: i%2 == 0, Answers: int64(i % 5), Present: class.Seconds(1000 + 20*i), Device: class.Device(i % 7), Place: text("北京")})
	}
	return m
}

func membersUpdate(room class.RoomID) poll.Update {
	return poll.Update{Topic: poll.Topic{Kind: poll.Members, Room: room}, Data: crowd(), Started: now, At: now}
}
