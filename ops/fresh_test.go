package ops

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"

	"classtop/class"
)

func TestLevelThreeLooksAgain(t *testing.T) {
	ban := with(Ban, -1)
	status := func(to class.RoomStatus) func(*school) {
		return func(s *school) { s.setRoom(physics, func(r *class.RoomDetail) { r.Status = to }) }
	}
	member := func(f func(*class.Member)) func(*school) {
		return func(s *school) { f(&s.members[physics][1]) }
	}
	for name, c := range map[string]struct {
		op     Op
		change func(*school)
		says   string // empty: it goes through
	}{
		"nothing changed":  {end(), func(*school) {}, ""},
		"reconnecting":     {ban, member(func(m *class.Member) { m.State = class.Reconnecting }), ""},
		"teacher by id":    {end(), func(s *school) { s.setRoom(physics, func(r *class.RoomDetail) { r.Teacher = text("王老师") }) }, ""},
		"room ended":       {end(), status(class.RoomEnded), "高二物理 (331450358) is now ended, it was live"},
		"room renamed":     {end(), func(s *school) { s.setRoom(physics, func(r *class.RoomDetail) { r.Name = text("数学") }) }, "now called 数学"},
		"other teacher":    {end(), func(s *school) { s.setRoom(physics, func(r *class.RoomDetail) { r.Teacher = text("u123") }) }, "the teacher is now 李雷 (u123), it was 王老师"},
		"teacher gone":     {end(), func(s *school) { s.setRoom(physics, func(r *class.RoomDetail) { r.Teacher = class.Text{} }) }, "the teacher is now nobody"},
		"user left":        {ban, member(func(m *class.Member) { m.State = class.Offline }), "李雷 (u123) is now offline, was online"},
		"user kicked":      {ban, member(func(m *class.Member) { m.State = class.Kicked }), "is now kicked"},
		"user other name":  {ban, member(func(m *class.Member) { m.Name = text("韩梅梅") }), "u123 is now called 韩梅梅, was 李雷"},
		"user other role":  {ban, member(func(m *class.Member) { m.Role = class.RoleTeacher }), "is now teacher, was student"},
		"user not there":   {ban, func(s *school) { s.members[physics] = s.members[physics][:1] }, "no longer in the list"},
		"room unreadable":  {end(), func(s *school) { s.reading = func(int) error { return errors.New("cut") } }, "could not be read again"},
		"users unreadable": {ban, func(s *school) { s.reading = failSecond }, "could not be read again: no answer. Try"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newSchool()
				r := newRig(t, s)
				c.op.Target.SeenAt = time.Now()
				time.Sleep(freshFor + time.Second)
				c.change(s)
				res := r.Run(t.Context(), c.op)
				if c.says == "" {
					assert.Equal(t, Done, res.State, res.Sentence())
					assert.NotZero(t, s.reads)
					return
				}
				assert.Equal(t, NotSent, res.State)
				assert.Contains(t, res.Sentence(), c.says)
				assert.Zero(t, s.count())
				assert.Empty(t, r.lines(t))
				assert.Empty(t, r.Busy(c.op.Target), "the target is free again")
			})
		})
	}
}

func failSecond(n int) error {
	if n == 2 {
		return &class.Error{Code: class.CodeTimeout, Meaning: "no answer"}
	}
	return nil
}

func TestFreshDataAndLevelTwoAreNotReadAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSchool()
		r := newRig(t, s)
		young, old := end(), kick()
		time.Sleep(freshFor)
		assert.Equal(t, Done, r.Run(t.Context(), young).State)
		time.Sleep(time.Minute)
		assert.Equal(t, Done, r.Run(t.Context(), old).State)
		assert.Zero(t, s.reads)
	})
}

// The class ends between the look and the kick: the service refuses, and that
// is said.
func TestRoomEndedMeanwhile(t *testing.T) {
	s := newSchool()
	s.fault = func(int, string) (bool, bool, error) {
		return false, false, &class.Error{Code: "FailedOperation.ClassEnded", Meaning: "The class has ended", RequestID: "req-9"}
	}
	res := newRig(t, s).Run(t.Context(), kick())
	assert.Equal(t, Refused, res.State)
	assert.Contains(t, res.Sentence(), "The class has ended (FailedOperation.ClassEnded). RequestId req-9")
}
