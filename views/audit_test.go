package views

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/charmbracelet/x/exp/golden"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"classtop/keymap"
	"classtop/ops"
	"classtop/sim"
	"classtop/ui"
	"classtop/ui/uitest"
)

// done makes both lines of an operation, so many minutes ago.
func done(seq int, minutes int, action ops.Action, user, name, outcome string, more ...func(*ops.Entry)) []ops.Entry {
	e := ops.Entry{
		Time: now.Add(-time.Duration(minutes) * time.Minute), Seq: uint64(seq), OpID: fmt.Sprintf("op%d", seq), Operator: "wang", Profile: "北京一中",
		Action: action, API: "KickUserFromRoom", Room: 310048217, RoomName: "高一（3）班 数学", User: user, UserName: name, Phase: ops.Intent,
	}
	for _, f := range more {
		f(&e)
	}
	if outcome == "" {
		return []ops.Entry{e}
	}
	o := e
	o.Seq, o.Time, o.Phase, o.Outcome, o.RequestID = e.Seq+1, e.Time.Add(time.Second), ops.Outcome, outcome, fmt.Sprintf("req-%d", seq)
	return []ops.Entry{e, o}
}

func lasting(minutes int) func(*ops.Entry) {
	return func(e *ops.Entry) { e.Duration, e.Reason = int64(minutes*60), "plays music" }
}

func deeds() (all []ops.Entry) {
	for _, some := range [][]ops.Entry{
		done(1, 90, ops.Kick, "s_1", "欧阳娜娜", "done", lasting(10)),
		done(3, 30, ops.Ban, "s_2", "Bobby Tables", "done"),
		done(5, 8, ops.Kick, "s_3", "陈晓", "confirmed", lasting(10)),
		done(7, 5, ops.Kick, "s_4", "Wei Zhang", "refused", lasting(10), func(e *ops.Entry) { e.Code = "FailedOperation.ClassEnded" }),
		done(9, 4, ops.Kick, "s_5", "刘洋", "unknown", lasting(60)),
		done(11, 3, ops.End, "", "", "done", func(e *ops.Entry) { e.API = "EndRoom" }),
		done(13, 1, ops.Kick, "s_6", "赵敏", "", lasting(60)),
	} {
		all = append(all, some...)
	}
	return all
}

func inRecords(t *testing.T, view string, w, h int, change ...func(*ui.Deps)) *stand {
	s := newStand(t, w, h, change...)
	s.Put(updates(school())...)
	s.Press(":")
	for _, r := range view {
		s.Press(string(r))
	}
	s.Press("enter")
	s.Send(ui.AuditRead{Entries: deeds()})
	return s
}

func TestFramesOfAudit(t *testing.T) {
	for _, size := range sizes {
		t.Run(fmt.Sprintf("%dx%d", size.w, size.h), func(t *testing.T) {
			s := inRecords(t, "audit", size.w, size.h)
			requireFull(t, s, size.w, size.h)
			golden.RequireEqual(t, s.Text()+"\n")
		})
	}
}

func TestFramesOfBans(t *testing.T) {
	for _, size := range sizes {
		t.Run(fmt.Sprintf("%dx%d", size.w, size.h), func(t *testing.T) {
			s := inRecords(t, "bans", size.w, size.h)
			s.Put(membersUpdate(310048230))
			requireFull(t, s, size.w, size.h)
			golden.RequireEqual(t, s.Text()+"\n")
		})
	}
}

func TestAuditIsFilteredAndDescribed(t *testing.T) {
	s := inRecords(t, "audit", 120, 40)
	s.Press("/")
	for _, r := range "end:unfinished" {
		s.Press(string(r))
	}
	s.Press("enter")
	assert.Contains(t, s.Text(), "1/1 of 7")
	s.Press("d")
	assert.Contains(t, s.Text(), "classtop was killed during it")
	assert.Contains(t, s.Text(), "赵敏 (s_6)")
}

func TestAuditSaysWhenTheFileWasChanged(t *testing.T) {
	s := inRecords(t, "audit", 120, 40)
	s.Send(ui.AuditRead{Entries: deeds(), Err: errors.New("audit.jsonl line 3 was changed")})
	assert.Contains(t, s.Text(), "THE FILE WAS CHANGED: audit.jsonl line 3")
	s.Send(ui.AuditRead{Err: &fs.PathError{Op: "open", Path: "audit.jsonl", Err: fs.ErrPermission}})
	assert.Contains(t, s.Text(), "The file cannot be read: open audit.jsonl: permission denied")
	assert.NotContains(t, s.Text(), "WAS CHANGED")
}

func TestBansCountDownAndGo(t *testing.T) {
	s := inRecords(t, "bans", 120, 40)
	assert.Contains(t, s.Text(), "2:01", "陈晓 has two minutes left")
	assert.NotContains(t, s.Text(), "欧阳娜娜", "her time is over")
	assert.NotContains(t, s.Text(), "Wei Zhang", "the kick was refused")
	assert.Contains(t, s.Text(), "wang, end unknown")
	s.now = s.now.Add(3 * time.Minute)
	s.Send(ui.AuditRead{Entries: deeds()})
	assert.NotContains(t, s.Text(), "陈晓")
	assert.Contains(t, s.Text(), "for good")
}

// Rows that are frozen stay, whatever is written down and whoever's time is over.
func TestFrozenRecordsStay(t *testing.T) {
	for _, view := range []string{"audit", "bans"} {
		s := inRecords(t, view, 120, 40)
		require.Contains(t, s.Text(), "陈晓", view)
		s.Press("z")
		s.now = s.now.Add(3 * time.Minute)
		s.Send(ui.AuditRead{})
		assert.Contains(t, s.Text(), "陈晓", view)
		s.Press("z")
		assert.NotContains(t, s.Text(), "陈晓", view)
	}
}

func TestKickShowsInAuditAndBans(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := uitest.StartSchool(t, sim.Options{Seed: 7, Rooms: 12, Members: 20}, ui.Deps{
			Keys: keymap.Default(), Views: All(), Actions: Actions(), Home: Home, Location: shanghai, Profile: ui.Profile{Name: "demo"},
		}, 100, 30)
		s.Until("live", 5*time.Second)
		id := toAStudent(t, s)
		openDialog(t, s, id)
		s.Press("y")
		s.Until("RequestId", 5*time.Second)
		s.Press(":", "bans", "enter")
		s.Until("9:5", 3*time.Second)
		assert.True(t, s.Has("tester"), s.Screen())
		s.Press(":", "audit", "enter")
		s.Until("kick for 10", 3*time.Second)
		assert.True(t, s.Has("no line was changed"), s.Screen())
		require.Len(t, s.Audit(), 2)
	})
}

// Where several hosts share the school each operator is named with his host,
// and the newest comes first whichever host's file has it.
func TestAuditOfSeveralHosts(t *testing.T) {
	s := inRecords(t, "audit", 80, 24, func(d *ui.Deps) { d.Profile.Hosts = true })
	from := func(own, kept string) func(*ops.Entry) {
		return func(e *ops.Entry) { e.Host, e.KeptOn = own, kept }
	}
	all := ops.Merge(
		done(1, 9, ops.Kick, "s_1", "欧阳娜娜", "done", lasting(10), from("jump1", "jump1")),
		done(1, 4, ops.Kick, "s_2", "Bobby Tables", "done", lasting(10), from("jump2", "jump1"), func(e *ops.Entry) { e.OpID = "b" }),
		done(1, 2, ops.Kick, "s_3", "陈晓", "done", lasting(10), from("", "jump3"), func(e *ops.Entry) { e.OpID = "c" }))
	s.now = s.now.Add(time.Second)
	s.Send(ui.AuditRead{Entries: all})
	rows := s.Lines()[4:7]
	for i, want := range []string{"jump3", "jump2", "jump1"} {
		assert.Contains(t, rows[i], want)
	}
	s.Press("j", "d")
	assert.Contains(t, s.Text(), "jump2, carried out by jump1")
	s.Press("esc", "/")
	s.Press(strings.Split("host:jump3", "")...)
	assert.Contains(t, s.Text(), "1/1 of 3")
	s.Press("esc")
	s.now = s.now.Add(time.Second)
	s.Send(ui.AuditRead{Entries: all, Err: ops.Partial{Err: errors.New("x")}})
	assert.Contains(t, s.Text(), "the other hosts are out of reach")
	assert.NotContains(t, s.Text(), "WAS CHANGED")
}
