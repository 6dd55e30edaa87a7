package views

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/charmbracelet/x/exp/golden"
	"github.com/stretchr/testify/require"

	"classtop/class"
	"classtop/client/spec"
	"classtop/keymap"
	"classtop/lang"
	"classtop/sim"
	"classtop/ui"
	"classtop/ui/theme"
	"classtop/ui/uitest"
)

func inChinese(d *ui.Deps) { d.Look.Lang = lang.Chinese }

func TestFramesInChinese(t *testing.T) {
	for _, size := range sizes[:3] {
		for name, keys := range map[string][]string{
			"rooms": nil, "sort": {"s"}, "describe": {"d"}, "end": {"j", "j", "j", "E"},
			"members": {"j", "j", "j", "enter", "2"}, "overview": {"j", "j", "j", "enter", "1"}, "quiz": {"j", "j", "j", "enter", "3"}, "attention": {":", "a", "t", "t", "enter"},
		} {
			t.Run(fmt.Sprintf("%s/%dx%d", name, size.w, size.h), func(t *testing.T) {
				s := newStand(t, size.w, size.h, inChinese)
				s.Put(updates(school())...)
				s.Press(keys...)
				s.Put(membersUpdate(310048217))
				requireFull(t, s, size.w, size.h)
				golden.RequireEqual(t, s.Text()+"\n")
			})
		}
	}
}

// proper are words that are the same in Chinese: names of keys, of the API, of
// formats and systems, and the words that are typed: views, filters.
var proper = strings.Fields(`classtop demo enter esc tab ctrl pgup pgdown home end left right up down space shift alt backspace
	ID JSON CSV Markdown OSC UserSig SdkAppId RequestId RequestIds StrRoomId PrivateKey ServerSession API URL HTTP SSH audit jsonl tmp serve
	LCIC CAR IoT TRTC RTC RTMP Unix UUID Windows macOS Android iOS Web GET POST https TEST null true false fg ms kB MB GB NAME PDF
	MD5 SDK string int64 uint64 bool object float64 KickType Duration LiveType RunMode RecordLayout MemberId TeacherId Keyword MessageType
	read viewer operator lead seconds qqq csv md stu JS CSS Preview auto
	catppuccin latte mocha Catppuccin gruvbox Gruvbox nord Nord solarized Solarized tokyo night Tokyo Night dark light colour blind high contrast mono`)

// TestProblemsAreToldInChinese holds the sentences of the preview, with the time
// for which they are true.
func TestProblemsAreToldInChinese(t *testing.T) {
	s := newStand(t, 200, 40, inChinese)
	s.Put(updates(troubled())...)
	for _, told := range []string{"课堂里没有老师，已 1m", "到点仍未开始上课，已 6m"} {
		seen := false
		for range troubled() {
			seen = seen || strings.Contains(s.Text(), told)
			s.Press("j")
		}
		require.True(t, seen, "%s\n%s", told, s.Text())
		s.Press("g")
	}
}

// TestNoEnglishIsLeftOnTheScreen goes through the whole program in Chinese over
// a simulated school and holds every word on the screen against what may be
// there: data, names of the API, keys.
func TestNoEnglishIsLeftOnTheScreen(t *testing.T) {
	for _, size := range []struct{ w, h int }{{80, 24}, {160, 50}} {
		t.Run(fmt.Sprintf("%dx%d", size.w, size.h), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				deps := ui.Deps{Keys: keymap.Default(), Views: All(), Actions: Actions(), Home: Home, Location: time.UTC, Look: theme.Options{Lang: lang.Chinese}}
				s := uitest.StartSchool(t, sim.Options{Seed: 7, Rooms: 8, Members: 6}, deps, size.w, size.h)
				w := &reader{t: t, School: s, known: map[string]bool{"tester": true}, left: map[string]string{}}
				w.learn()
				w.walk()
				w.report()
			})
		})
	}
}

// reader reads screens and keeps the words that should not be there.
type reader struct {
	*uitest.School
	t     *testing.T
	known map[string]bool
	left  map[string]string // by word: where it was first
}

// address are web addresses; covered is what a box in front has cut off; coded
// are ids, hashes and lengths of time.
var (
	address = regexp.MustCompile(`https?://\S*|no-colour`)
	covered = regexp.MustCompile(`[\w/.]+[│╭╰]|[│╮╯][\w/.]+`)
	coded   = regexp.MustCompile(`\d|^[0-9a-f]+$`)
)

var latin = regexp.MustCompile(`[A-Za-z][A-Za-z0-9_']*[A-Za-z0-9_]…?`)

// learn takes the words of the data and of the API.
func (w *reader) learn() {
	ctx, add := context.Background(), w.add
	for _, r := range w.classes() {
		for _, read := range []func() (any, error){
			func() (any, error) { return w.Client.Members(ctx, r.ID) }, func() (any, error) { return w.Client.Room(ctx, r.ID) },
			func() (any, error) { return w.Client.Documents(ctx, r.ID) }, func() (any, error) { return w.Client.Questions(ctx, r.ID) },
			func() (any, error) { return w.Client.Messages(ctx, r.ID, 0) }, func() (any, error) { return w.Client.Events(ctx, r.ID) },
			func() (any, error) { return w.Client.Report(ctx, r.ID) },
		} {
			if v, err := read(); err == nil {
				add(v)
			}
			w.Advance(200 * time.Millisecond)
		}
	}
	for _, system := range spec.Systems() {
		add(system.Name)
		for i := range system.Actions {
			a := &system.Actions[i]
			add(a.Name)
			add(a.Errors)
			for _, p := range slices.Concat(a.Params, a.Returns) {
				add(p.Name)
				add(p.Type)
			}
			add(a.Examples)
		}
	}
	pages := map[string]any{"Page": 1, "Limit": 100}
	for list, params := range map[string]map[string]any{
		"DescribeSdkAppIdUsers": pages, "DescribeGroupList": pages, "DescribeSupervisors": pages, "DescribeDeveloper": nil, "GetWatermark": nil,
	} {
		answer, err := w.Client.Call(ctx, list, params)
		require.NoError(w.t, err)
		add(string(answer.Data))
	}
	for _, d := range All() {
		w.known[d.Name] = true
	}
	for _, word := range proper {
		w.known[word] = true
	}
}

func (w *reader) add(v any) {
	b, err := json.Marshal(v)
	require.NoError(w.t, err)
	for _, word := range latin.FindAllString(string(b), -1) {
		w.known[word] = true
	}
}

// classes learns the names of the classes that there are now.
func (w *reader) classes() []class.Room {
	rooms, err := w.Client.Rooms(context.Background(), time.Now().Add(-12*time.Hour), time.Now().Add(12*time.Hour))
	require.NoError(w.t, err)
	w.add(rooms)
	return rooms
}

// read holds the screen's words against what is known.
func (w *reader) read(where string) {
	for line := range strings.Lines(w.Screen()) {
		line = covered.ReplaceAllString(address.ReplaceAllString(line, ""), "")
		for _, word := range latin.FindAllString(line, -1) {
			cut, more := strings.CutSuffix(word, "…")
			if w.known[cut] || more && w.begins(cut) || coded.MatchString(cut) {
				continue
			}
			if w.left[word] == "" {
				w.left[word] = where + ": " + strings.TrimSpace(line)
			}
		}
	}
}

// begins tells whether a word that was cut off on the screen is the beginning
// of a known one.
func (w *reader) begins(part string) bool {
	for word := range w.known {
		if strings.HasPrefix(word, part) {
			return true
		}
	}
	return false
}

func (w *reader) report() {
	w.classes() // some came while the walk went on
	for word, where := range w.left {
		if w.known[word] {
			continue
		}
		w.t.Errorf("%q is not Chinese; say it with Theme().Say where it is drawn, or Words: true in its column or fact, with an entry in lang/zh.json\n\t%s", word, where)
	}
}

// see presses keys, reads, and leaves what was opened.
func (w *reader) see(where string, keys ...string) {
	w.Press(keys...)
	w.Advance(500 * time.Millisecond)
	w.read(where + " " + strings.Join(keys, " "))
}

// walk goes to every view and opens what can be opened there.
func (w *reader) walk() {
	w.Advance(3 * time.Second)
	for _, d := range All() {
		if d.Needs || d.Name == "group" { // a group needs its id
			continue
		}
		w.open(d.Name)
		w.Advance(3 * time.Second)
		w.read(d.Name)
		w.around(d.Name)
	}
	w.open("rooms")
	w.class()
}

func (w *reader) open(name string) {
	w.Press(":")
	w.Press(strings.Split(name, "")...)
	w.Press("enter")
}

// around opens what every view has: help, menus, description, filter, palette.
func (w *reader) around(where string) {
	for _, key := range []string{"?", "x", "s", "d", ":", "a", "e", "o", "ctrl+t", "t", "%", "}", "z"} {
		w.see(where, key)
		w.Press("esc")
	}
	w.see(where, "/", "q", "q", "q")
	w.see(where, "enter")
	w.Press("esc")
}

// class goes into a running class: its tabs, and a dialog of each kind.
func (w *reader) class() {
	w.Press("esc", "1", "g", "enter")
	w.Advance(3 * time.Second)
	for tab := range tabs() {
		key := fmt.Sprint(tab + 1)
		w.Press(key)
		w.Advance(3 * time.Second)
		w.read("tab " + key)
		w.around("tab " + key)
		for _, act := range []string{"K", "P", "M", "N", "E", "S", "U"} {
			w.see("tab "+key, act)
			w.see("tab "+key, "z")
			w.Press("esc", "esc", key)
		}
	}
	w.Press("2", "g", "j", "K")
	w.Advance(500 * time.Millisecond)
	if w.Has("否（默认）") {
		w.see("kick", "y")
	}
	w.Advance(2 * time.Second)
	w.read("kicked")
	w.see("tab 3", "3", "g", "enter")
	w.see("rows marked", "2", "*")
	w.see("rows marked", "x")
	w.Press("esc")
	w.see("rows marked", "K")
	w.Press("esc", "esc")
	w.open("api")
	w.see("form", "g", "enter")
	w.see("form", "ctrl+e")
	w.Press("ctrl+s") // the request itself is as it is sent
	require.True(w.t, w.Has("j k 滚动，esc 返回"), w.Screen())
}
