package tape

import (
	"bytes"
	"context"
	"errors"
	"io"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"classtop/class"
	"classtop/class/clean"
	"classtop/poll"
)

func say(s string) class.Text { return clean.Text(s) }

// filled sets every field of a value to something, numbered from n.
func filled(v reflect.Value, n *int) {
	*n++
	switch {
	case v.Type() == textType:
		v.Set(reflect.ValueOf(say("文 " + strings.Repeat("x", *n%7))))
	case v.Type() == timeType:
		v.Set(reflect.ValueOf(time.UnixMilli(int64(*n) * 1234567)))
	case v.Kind() == reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).Tag.Get("json") != "-" {
				filled(v.Field(i), n)
			}
		}
	case v.Kind() == reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 3, 3))
		for i := range 3 {
			filled(v.Index(i), n)
		}
	case v.Kind() == reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		filled(v.Elem(), n)
	case v.Kind() == reflect.String:
		v.SetString("words " + strings.Repeat("y", *n%5))
	case v.Kind() == reflect.Bool:
		v.SetBool(*n%2 == 0)
	case v.CanUint():
		v.SetUint(math.MaxUint64 - uint64(*n))
	default:
		v.SetInt(math.MinInt64 + int64(*n))
	}
}

func TestEveryFieldOfEveryKindSurvives(t *testing.T) {
	for k, s := range kinds { // every type that is recorded
		assert.LessOrEqual(t, len(s.columns), 64, "a row's changes fit one number: kind %d", k)
		v, n := reflect.New(s.whole).Elem(), 0
		filled(v, &n)
		got, err := s.build(s.rows(v))
		require.NoError(t, err)
		assert.Equal(t, v.Interface(), got, "kind %d", k)
	}
}

func TestLinksAreKeptWithoutTheirSignatures(t *testing.T) {
	s := kinds[poll.Documents]
	got, err := s.build(s.rows(reflect.ValueOf([]class.Document{{URL: say("https://cos.example/a.pdf?q-signature=canary"), Name: say("a?b#c")}})))
	require.NoError(t, err)
	d := got.([]class.Document)[0]
	assert.Equal(t, "https://cos.example/a.pdf?…", d.URL.String())
	assert.Equal(t, "a?b#c", d.Name.String())
}

func TestWhatAFileSaysIsCleanedAgain(t *testing.T) {
	s := kinds[poll.Seats]
	cells := s.rows(reflect.ValueOf([]class.Seat{{User: say("u1")}}))
	cells[1].s = "\x1b]52;c;AAAA\a\u202e" + strings.Repeat("宽", 5000)
	got, err := s.build(cells)
	require.NoError(t, err)
	user := got.([]class.Seat)[0].User.String()
	assert.NotContains(t, user, "\x1b")
	assert.NotContains(t, user, "\u202e")
	assert.Less(t, len(user), 10_000)
}

// at is a moment of the tests.
func at(s float64) time.Time {
	return time.UnixMilli(1_700_000_000_000 + int64(s*1000))
}

func members(names ...string) []class.Member {
	out := make([]class.Member, len(names))
	for i, n := range names {
		out[i] = class.Member{ID: say("id-" + n), Name: say(n), State: class.Online, Present: class.Seconds(10 * i)}
	}
	return out
}

func update(k poll.Kind, room class.RoomID, s float64, data any) poll.Update {
	return poll.Update{Topic: poll.Topic{Kind: k, Room: room}, Data: data, Started: at(s - 0.2), At: at(s)}
}

// closer is a file in memory.
type closer struct{ bytes.Buffer }

func (*closer) Close() error { return nil }

// recorded is the file of these updates.
func recorded(t testing.TB, us ...poll.Update) []byte {
	t.Helper()
	f := &closer{}
	r, err := record("test.tape", f, About{Version: "test", Profile: "school"})
	require.NoError(t, err)
	for _, u := range us {
		r.Note(u)
	}
	require.NoError(t, r.Close())
	return f.Bytes()
}

// lesson is a class of some minutes: somebody comes every ten seconds, and a
// problem is there from the 200th second on.
func lesson(seconds int) (us []poll.Update) {
	room := class.Room{ID: 7, Name: say("Maths"), Status: class.RoomLive}
	us = append(us, update(poll.Rooms, 0, 0, []class.Room{room}))
	names := []string{}
	for s := 0; s < seconds; s += 10 {
		names = append(names, "p"+time.Duration(s).String())
		list := members(names...)
		us = append(us, update(poll.Members, 7, float64(s), list))
		card := class.Card{Room: room, Counts: class.Count(list), MembersAt: at(float64(s))}
		if s >= 200 {
			card.Problems = []class.Problem{{Rule: "no teacher", Room: 7, Severity: 3, Since: at(200), Sentence: "no teacher is in the class"}}
		}
		us = append(us, update(poll.Card, 7, float64(s), card))
	}
	return us
}

// state is all that a player would show at a moment.
func state(t testing.TB, p *Player, s float64) map[poll.Topic]any {
	t.Helper()
	p.find(at(s))
	require.NoError(t, p.err)
	out := map[poll.Topic]any{}
	for topic := range p.dec.entries {
		us, err := p.dec.updates(topic)
		require.NoError(t, err)
		for _, u := range us {
			out[topic] = u.Data
			if u.Err != nil {
				out[topic] = u.Err.Code
			}
		}
	}
	return out
}

func TestAPlayerShowsWhatWasThereAtEachMoment(t *testing.T) {
	us := lesson(900)
	p, err := newPlayer(recorded(t, us...))
	require.NoError(t, err)
	keys := 0
	for _, b := range p.blocks {
		keys += int(b.Key)
	}
	assert.Equal(t, 3, keys, "one every five minutes")
	for _, s := range []float64{890, 5, 450.5, 300, 299.9, 0, 610} {
		want := map[poll.Topic]any{}
		for _, u := range us {
			if !u.At.After(at(s)) {
				want[u.Topic] = u.Data
			}
		}
		assert.Equal(t, want, state(t, p, s), "at %g s", s)
		assert.Len(t, p.Trend(7), min(120, 1+int(s)/10), "trend at %g s", s)
	}
}

func TestFailuresAndWhatClearsThem(t *testing.T) {
	fault := &class.Error{Action: "DescribeCurrentMemberList", Code: "InternalError", RequestID: "r-1"}
	topic := poll.Topic{Kind: poll.Members, Room: 7}
	p, err := newPlayer(recorded(t,
		update(poll.Members, 7, 1, members("a")),
		poll.Update{Topic: topic, Started: at(2), At: at(3), Err: fault},
		update(poll.Members, 7, 5, members("a", "b"))))
	require.NoError(t, err)
	assert.Equal(t, "InternalError", state(t, p, 4)[topic])
	us, err := p.dec.updates(topic)
	require.NoError(t, err)
	require.Len(t, us, 2, "the old data stay, and why they are old")
	assert.Equal(t, fault, us[1].Err)
	assert.Equal(t, members("a", "b"), state(t, p, 5)[topic])
}

// firstLine is how long the first line of a recording is.
func firstLine(data []byte) int { return bytes.IndexByte(data, '\n') + 1 }

func TestACutFileIsWholeUpToItsLastBlock(t *testing.T) {
	whole := recorded(t, lesson(900)...)
	p, err := newPlayer(whole)
	require.NoError(t, err)
	assert.False(t, p.cut)
	for _, cut := range []int{1, 5, 100, (len(whole) - firstLine(whole)) / 2} {
		q, err := newPlayer(whole[:len(whole)-cut])
		require.NoError(t, err, "without the last %d bytes", cut)
		assert.True(t, q.cut)
		assert.True(t, q.end.Before(p.end))
		assert.NotEmpty(t, state(t, q, 100))
	}
	_, err = newPlayer(whole[:firstLine(whole)+50])
	assert.ErrorContains(t, err, "nothing in it")
}

func TestADamagedByteEndsTheRecordingThere(t *testing.T) {
	data := recorded(t, lesson(900)...)
	data[len(data)-20] ^= 1
	p, err := newPlayer(data)
	require.NoError(t, err)
	assert.True(t, p.cut)
}

func TestOtherFilesAreRefusedInWords(t *testing.T) {
	good := recorded(t, lesson(10)...)
	for what, c := range map[string]struct{ data, says string }{
		"empty":         {"", "no recording"},
		"other":         {"hello\nworld", "no recording"},
		"newer":         {strings.Replace(string(good), magic, "classtop recording 9 ", 1), "another format"},
		"older":         {"classtop recording 1 {}\n", "another version"},
		"no columns":    {magic + "{}\n", "damaged"},
		"no first line": {magic + strings.Repeat("x", headLong), "no recording"},
		"no json":       {magic + "{\n", "damaged"},
	} {
		_, err := newPlayer([]byte(c.data))
		assert.ErrorContains(t, err, c.says, what)
	}
}

func TestAFileThatExistsIsNotTouched(t *testing.T) {
	name := filepath.Join(t.TempDir(), "a.tape")
	r, err := Create(name, About{})
	require.NoError(t, err)
	require.NoError(t, r.Close())
	info, err := os.Stat(name)
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o600), info.Mode().Perm())
	_, err = Create(name, About{})
	assert.ErrorContains(t, err, "exists already")
}

// stuck is a disk that takes nothing until it is let go.
type stuck struct {
	closer
	free chan struct{}
	said bool
}

func (s *stuck) Write(p []byte) (int, error) {
	if s.said { // the first line passes
		<-s.free
	}
	s.said = true
	return s.Buffer.Write(p)
}

func TestASlowDiskNeverHoldsThePollerUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &stuck{free: make(chan struct{})}
		r, err := record("slow.tape", f, About{})
		require.NoError(t, err)
		r.Note(update(poll.Members, 7, 0, members("a")))
		time.Sleep(2 * flushEvery) // now it hangs in the write
		synctest.Wait()
		for range queued + 100 {
			r.Note(update(poll.Members, 7, 20, members("a", "b")))
		}
		assert.EqualValues(t, 100, r.State().Lost)
		assert.NoError(t, r.State().Err)
		close(f.free)
		require.NoError(t, r.Close())
		p, err := newPlayer(f.Bytes())
		require.NoError(t, err)
		assert.Len(t, state(t, p, 21)[poll.Topic{Kind: poll.Members, Room: 7}], 2)
	})
}

// full is a disk that is full after so many bytes.
type full struct {
	closer
	left int
}

var errFull = errors.New("no space left on device")

func (f *full) Write(p []byte) (int, error) {
	if len(p) > f.left {
		n, _ := f.Buffer.Write(p[:f.left])
		f.left = 0
		return n, errFull
	}
	f.left -= len(p)
	return f.Buffer.Write(p)
}

func TestAFullDiskIsSaidAndWhatWasWrittenCanBePlayed(t *testing.T) {
	f := &full{left: firstLine(recorded(t)) + 1000}
	r, err := record("full.tape", f, About{})
	require.NoError(t, err)
	for _, u := range lesson(3000) {
		r.Note(u)
	}
	err = r.Close()
	require.ErrorIs(t, err, errFull)
	assert.ErrorContains(t, err, "record to full.tape")
	p, err := newPlayer(f.Bytes())
	require.NoError(t, err)
	assert.True(t, p.cut)
	assert.NotEmpty(t, state(t, p, 100))
}

func TestHostileFramesEndThePlayNotTheProgram(t *testing.T) {
	bomb := []byte{0, byte(poll.Members), 0, 7, 0, 0, 0}
	bomb = append(bomb, 0xff, 0xff, 0xff, 0x7f) // rows that are not there
	for what, frames := range map[string][]byte{
		"rows":    bomb,
		"kind":    {0, 99, 0, 7, 0, 0, 0, 1, 0},
		"text":    {0, byte(poll.Members), 0, 7, 9},
		"columns": append([]byte{0, byte(poll.Seats), 0, 7, 0, 0, 0, 1}, 0xff, 0xff, 0x03),
		"cut":     {0, byte(poll.Members), 0},
	} {
		out, err := pressed(frames, true, at(0).UnixMilli(), at(9).UnixMilli(), nil)
		require.NoError(t, err)
		var f bytes.Buffer
		require.NoError(t, writeAbout(&f, About{}))
		_, _ = io.Copy(&f, bytes.NewReader(out))
		p, err := newPlayer(f.Bytes())
		require.NoError(t, err)
		p.find(at(5))
		assert.ErrorIs(t, p.err, errBroken, what)
	}
}

func TestGoingBackTakesBackWhatCameLater(t *testing.T) {
	quiz := poll.Topic{Kind: poll.Questions, Room: 7}
	us := append(lesson(100), update(poll.Questions, 7, 60, []class.Question{{ID: say("q1"), Text: say("Why?")}}))
	slices.SortStableFunc(us, func(a, b poll.Update) int { return a.At.Compare(b.At) })
	data := recorded(t, us...)
	synctest.Test(t, func(t *testing.T) {
		p, err := newPlayer(data)
		require.NoError(t, err)
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		go func() { _ = p.Run(ctx) }()
		p.Toggle()
		s := p.Session()
		s.Want([]poll.Want{{Topic: quiz}})
		got := func() []poll.Update {
			us, err := s.Wait(ctx)
			require.NoError(t, err)
			return us
		}
		us := got()
		require.Len(t, us, 1)
		assert.Contains(t, us[0].Err.Meaning, "Nobody looked")
		p.Jump(80 * time.Second)
		us = got()
		require.Len(t, us, 1)
		assert.Len(t, us[0].Data, 1)
		assert.Equal(t, at(60), us[0].At)
		p.Jump(-50 * time.Second)
		us = got()
		require.Len(t, us, 2)
		assert.Empty(t, us[0].Data)
		assert.Zero(t, us[0].At)
		assert.NotNil(t, us[1].Err)
		s.Close()
		_, err = s.Wait(ctx)
		assert.ErrorIs(t, err, poll.ErrClosed)
	})
}

func FuzzReplay(f *testing.F) {
	good := recorded(f, lesson(40)...)
	f.Add(good)
	f.Add(good[:len(good)-40])
	f.Add(good[:firstLine(good)])
	f.Add([]byte(magic + "{}\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := newPlayer(data)
		if err != nil {
			return
		}
		for _, b := range p.blocks {
			p.find(time.UnixMilli(b.Last))
			for topic := range p.dec.entries {
				_, _ = p.dec.updates(topic)
			}
		}
	})
}

// FuzzReplayFrames goes past the sums and the packing.
func FuzzReplayFrames(f *testing.F) {
	e := newEncoder()
	e.full = func() {}
	for _, u := range lesson(40) {
		e.update(u)
	}
	f.Add(bytes.Clone(e.buf))
	e.buf, e.last = nil, 0
	e.key(at(40))
	f.Add(bytes.Clone(e.buf))
	own, err := dialectOf(spoken())
	require.NoError(f, err)
	f.Fuzz(func(t *testing.T, frames []byte) {
		d := newDecoder(own)
		d.block(frames, true)
		for d.more() {
			topic, _, err := d.step()
			if err != nil {
				return
			}
			us, _ := d.updates(topic)
			for _, u := range us {
				if list, ok := u.Data.([]class.Member); ok {
					for _, m := range list {
						if clean.Block(m.Name.String()) != m.Name {
							t.Fatalf("a name that is not clean: %q", m.Name)
						}
					}
				}
			}
		}
	})
}
