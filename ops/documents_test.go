package ops

import (
	"context"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"classtop/class"
)

func (s *school) BindDocument(ctx context.Context, room class.RoomID, id class.Text) (string, error) {
	return s.write(ctx, "bind "+id.String(), "", func() { s.documents[room] = append(s.documents[room], class.Document{ID: id}) })
}

func (s *school) drop(room class.RoomID, id class.Text) {
	s.documents[room] = slices.DeleteFunc(s.documents[room], func(d class.Document) bool { return d.ID == id })
}

func (s *school) UnbindDocument(ctx context.Context, room class.RoomID, id class.Text) (string, error) {
	return s.write(ctx, "unbind "+id.String(), "", func() { s.drop(room, id) })
}

func (s *school) CreateDocument(ctx context.Context, url, name, owner class.Text, transcode int64, _ bool) (string, class.Text, error) {
	id, err := s.write(ctx, "create "+name.String(), owner.String(), func() {})
	if err == nil && transcode == 1 && !url.IsZero() {
		return id, text("doc_9"), nil
	}
	return id, class.Text{}, err
}

func (s *school) DeleteDocument(ctx context.Context, id class.Text) (string, error) {
	return s.write(ctx, "delete "+id.String(), "", func() {
		for room := range s.documents {
			s.drop(room, id)
		}
	})
}

func (s *school) Documents(_ context.Context, id class.RoomID) ([]class.Document, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.documents[id]), s.read()
}

// document is an action on the courseware of the school.
func document(a Action, id string) Op {
	o := end()
	o.Action, o.Target.Document, o.Target.DocName = a, text(id), text("力学.pptx")
	if a == DocCreate {
		o.Target.Document = class.Text{}
		o.Draft = Draft{URL: text("https://files.example.com/a.pptx"), Name: text("力学.pptx"), Owner: text("t1"), Transcode: 1}
	}
	return o
}

func withDocument() *school {
	s := newSchool()
	s.documents = map[class.RoomID][]class.Document{physics: {{ID: text("doc_1"), Name: text("力学.pptx")}}}
	return s
}

func TestDocumentsAreSentAndTold(t *testing.T) {
	for a, want := range map[Action]struct{ call, sentence string }{
		DocBind:   {"bind doc_2", "Bound document 力学.pptx (doc_2) to 高二物理 (331450358). RequestId req-1"},
		DocUnbind: {"unbind doc_1", "Unbound document 力学.pptx (doc_1) from 高二物理 (331450358). RequestId req-1"},
		DocDelete: {"delete doc_1", "Deleted document 力学.pptx (doc_1), seen in 高二物理 (331450358). RequestId req-1"},
		DocCreate: {"create 力学.pptx", "Created private document 力学.pptx of t1 from https://files.example.com/a.pptx. Its id is doc_9: bind it to the class with that. RequestId req-1"},
	} {
		t.Run(string(a), func(t *testing.T) {
			r := newRig(t, withDocument())
			id := "doc_1"
			if a == DocBind {
				id = "doc_2"
			}
			res := r.Run(t.Context(), document(a, id))
			assert.Equal(t, want.sentence, res.Sentence())
			assert.Equal(t, []string{want.call}, r.school.calls)
			lines := r.lines(t)
			require.Len(t, lines, 2)
			assert.Equal(t, "力学.pptx", lines[0].DocName)
			assert.Equal(t, a == DocCreate, lines[0].URL != "")
		})
	}
}

func TestDocumentsAreReadBack(t *testing.T) {
	for a, want := range map[Action]map[bool]State{
		DocBind:   {true: Confirmed, false: NotApplied},
		DocUnbind: {true: Confirmed, false: NotApplied},
		DocDelete: {true: Confirmed, false: NotApplied},
		DocCreate: {true: StillUnknown, false: StillUnknown},
	} {
		for apply, state := range want {
			synctest.Test(t, func(t *testing.T) {
				r := newRig(t, withDocument())
				r.school.fault = func(int, string) (bool, bool, error) { return apply, true, nil }
				id := "doc_1"
				if a == DocBind {
					id = "doc_2"
				}
				res := r.Run(t.Context(), document(a, id))
				assert.Equal(t, state, res.State, "%s %v: %s", a, apply, res.Sentence())
			})
		}
	}
}

func TestDeletingChecksAnOldTarget(t *testing.T) {
	r := newRig(t, withDocument())
	o := document(DocDelete, "doc_1")
	o.Target.Teacher, o.Target.SeenAt = text("t1"), time.Now().Add(-time.Minute)
	r.school.documents[physics][0].Name = text("光学.pptx")
	res := r.Run(t.Context(), o)
	assert.Equal(t, NotSent, res.State)
	assert.Contains(t, res.Sentence(), "doc_1 is now called 光学.pptx, was 力学.pptx")
	r.school.documents = nil
	assert.Contains(t, r.Run(t.Context(), o).Sentence(), "no longer among the class's documents")
	assert.Empty(t, r.school.calls)
}

func TestTwoDocumentsOfOneClassAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := withDocument()
		s.delay = time.Second
		r := newRig(t, s)
		done := make(chan Result)
		go func() { done <- r.Run(t.Context(), document(DocUnbind, "doc_1")) }()
		synctest.Wait()
		assert.Contains(t, r.Busy(document(DocUnbind, "doc_1").Target), "unbinding document")
		assert.Empty(t, r.Busy(document(DocUnbind, "doc_2").Target))
		assert.Equal(t, Done, r.Run(t.Context(), document(DocUnbind, "doc_2")).State)
		assert.Equal(t, Done, (<-done).State)
	})
}

func TestWhatADocumentNeeds(t *testing.T) {
	assert.Contains(t, Ready(document(DocDelete, ""), false), "No document is chosen")
	assert.Empty(t, Ready(document(DocDelete, "doc_1"), false))
	assert.Contains(t, document(DocDelete, "doc_1").Warning(), "every class")
	assert.Equal(t, "0358", document(DocDelete, "doc_1").Challenge())
	draft := document(DocCreate, "")
	assert.Empty(t, Ready(draft, false))
	for want, change := range map[string]func(*Draft){
		"No URL":   func(d *Draft) { d.URL = class.Text{} },
		"No name":  func(d *Draft) { d.Name = class.Text{} },
		"No owner": func(d *Draft) { d.Owner = class.Text{} },
	} {
		o := draft
		change(&o.Draft)
		assert.Contains(t, Ready(o, false), want)
		assert.Empty(t, Askable(o, false), "the form asks for it")
	}
}

func TestLocksSayWhatChanges(t *testing.T) {
	for _, c := range []struct {
		action     Action
		now, after class.SeatLocks
		want       string
	}{
		{SeatLock, class.SeatLocks{}, class.SeatLocks{}, "Lock seat 3 in"},
		{SeatLock, class.SeatLocks{Taken: true}, class.SeatLocks{Taken: true, Audio: true}, "Lock the audio of seat 3 in"},
		{SeatLock, class.SeatLocks{}, class.SeatLocks{Taken: true, Audio: true, Video: true}, "Lock taking, video and audio of seat 3 in"},
		{SeatUnlock, class.SeatLocks{Taken: true, Video: true}, class.SeatLocks{}, "Unlock taking and video of seat 3 in"},
		{SeatUnlock, class.SeatLocks{Video: true, Audio: true}, class.SeatLocks{Audio: true}, "Unlock the video of seat 3 in"},
	} {
		o := with(c.action, 3)
		o.Target.Locks, o.Locks = c.now, c.after
		o.Target.SeatSeen, o.Target.Seated = true, true
		assert.Empty(t, Ready(o, false))
		assert.Contains(t, o.Sentence(), c.want)
		if c.action == SeatUnlock {
			assert.Equal(t, c.after, o.locks(), "the others stay locked")
		}
	}
	o := with(SeatLock, 0)
	o.Target.SeatSeen, o.Target.Seated = true, true
	assert.Contains(t, o.Warning(), "takes the member off")
	o.Locks = class.SeatLocks{Audio: true}
	assert.Empty(t, o.Warning())
	assert.Empty(t, Ready(o, false))
	o.Target.Seated = false
	assert.Contains(t, Ready(o, false), "Nobody is on seat 0")
	o.Target.Locks = o.Locks
	assert.Contains(t, Ready(o, false), "locked already")
	o.Action, o.Locks, o.Target.Locks = SeatUnlock, class.SeatLocks{}, class.SeatLocks{}
	assert.Contains(t, Ready(o, false), "not locked")
}

func TestSeatsThatCannotBeTaken(t *testing.T) {
	sits := with(SeatPick, 3)
	sits.Target.Seated = true
	assert.Contains(t, Ready(sits, false), "is on seat 3 already")
	sits.Action = SeatMove
	assert.Contains(t, Ready(sits, false), "Choose the new seat first")
	assert.Empty(t, Askable(sits, false))
	locked := with(SeatPick, 3)
	locked.Target.Locks.Taken = true
	assert.Contains(t, Ready(locked, false), "Seat 3 is locked")
	nobody := with(SeatPick, -1)
	nobody.Target.User = class.Text{}
	assert.Empty(t, Askable(nobody, false))
	nobody.Target.Status = class.RoomEnded
	assert.Contains(t, Askable(nobody, false), "has ended")
	assert.Contains(t, Askable(nobody, true), "read-only")
}
