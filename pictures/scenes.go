//go:build unix

package main

import (
	"time"

	"classtop/ui/theme"
)

// The school of all pictures: the same classes on the same morning, whenever
// they are drawn.
const (
	seed    = 7
	rooms   = 40
	members = 30
)

// morning is when the school begins. The pictures begin warmUp later: until
// then problems show and reports are made.
var morning = time.Date(2026, 9, 14, 10, 20, 0, 0, time.FixedZone("CST", 8*3600))

const warmUp = 3 * time.Minute

// session is one run of the program: a picture of each of its scenes, or one
// moving picture of all of them.
type session struct {
	film    string // the moving picture's name; empty: each scene is a picture of its own
	lang    string // as --lang takes it
	theme   string
	command string // what the title bar says
	home    string // what the list of all classes shows
	paper   paper
	scenes  []scene
}

// scene is what one picture shows.
type scene struct {
	name  string
	w, h  int           // cells; 0 leaves the size as it is
	keys  []string      // by the keymap's names, from the list of classes; in a film from the scene before
	want  string        // what the screen shows when it is ready
	title string        // in a film: what happens, in the title bar
	hold  time.Duration // in a film: how long it stays
}

// paper is how the window around the terminal looks, in CSS colours.
type paper struct {
	Background string `json:"background"`
	Foreground string `json:"foreground"`
	Bar        string `json:"bar"`
	Title      string `json:"title"`
	Edge       string `json:"edge"`
}

var (
	night = paper{Background: "#14171c", Foreground: "#d7dae0", Bar: "#1e2228", Title: "#9aa4b0", Edge: "#3a414b"}
	day   = paper{Background: "#fdfdfb", Foreground: "#24292f", Bar: "#eceff2", Title: "#57606a", Edge: "#c9d1d9"}
)

// sessions are all pictures of the README.
var sessions = []session{
	{theme: theme.Dark, lang: "en", command: "classtop --demo", home: "[0 all]", paper: night, scenes: tour},
	{theme: theme.Dark, lang: "zh", command: "classtop --demo --lang zh", home: "[0 全部]", paper: night, scenes: []scene{
		{name: "chinese", w: 132, h: 30, want: "老师不在"},
	}},
	{theme: theme.Light, lang: "en", command: "classtop --demo --theme light", home: "[0 all]", paper: day, scenes: []scene{
		{name: "light", w: 110, h: 24, keys: []string{"ctrl+t"}, want: "tokyo-night"},
	}},
	{film: "story", theme: theme.Dark, lang: "en", home: "[0 all]", paper: night, scenes: story},
}

// tour is one picture of each view that the README shows, where something
// happens.
var tour = []scene{
	{name: "rooms", w: 132, h: 30, want: "NO TEACHER"},
	{name: "attention", w: 110, h: 24, keys: goTo("attention"), want: "no teacher is in the class"},
	{name: "events", w: 110, h: 22, keys: inside("初三(12)班", "7", "ctrl+u", "ctrl+u", "ctrl+u", "ctrl+u", "ctrl+u"), want: "left"},
	{name: "pulse", w: 110, h: 32, keys: goTo("pulse"), want: "WeChat"},
	{name: "overview", w: 132, h: 27, keys: inside("高二(2)班", "1"), want: "no teacher is in the class, for"},
	{name: "members", w: 110, h: 28, keys: inside("高二(2)班", "2"), want: "Kofi Adeyemi"},
	{name: "kick", w: 110, h: 28, keys: inside("高二(2)班", "2", "j", "j", "j", "j", "K"), want: "y yes"},
	{name: "quiz", w: 110, h: 27, keys: inside("高三(4)班 生物", "3", "j", "j", "enter"), want: "✓ right"},
	{name: "documents", w: 110, h: 20, keys: inside("Debate Team", "4", "d"), want: "protected"},
	{name: "seats", w: 110, h: 17, keys: inside("Freya", "5"), want: "6 taken"},
	{name: "chat", w: 110, h: 24, keys: inside("Freya", "6"), want: "Freya Tanaka"},
	{name: "report", w: 110, h: 24, keys: inside("名师", "8"), want: "79 came"},
	{name: "actions", w: 110, h: 26, keys: inside("Freya", "2", "j", "j", "j", "x"), want: "Actions on"},
	{name: "api", w: 110, h: 28, keys: append(goTo("api"), "/", "DescribeRoom", "enter", "enter", "ctrl+e", "ctrl+s"), want: "Signature="},
}

// goTo opens a view by its name.
func goTo(view string) []string { return []string{":", view, "enter"} }

// inside goes into the first class that matches, and presses more keys there.
func inside(class string, more ...string) []string {
	return append([]string{"/", class, "enter", "enter"}, more...)
}

// story is the moving picture: from the list of classes to what is wrong in one
// of them, a kick, the quiz and the seats.
var story = []scene{
	{w: 120, h: 28, want: "NO TEACHER", title: "classtop --demo    the classes that need a person come first", hold: 3 * time.Second},
	{keys: []string{"j", "j"}, want: "NO TEACHER", title: "j    each class beside the list as the cursor goes down", hold: 2 * time.Second},
	{keys: goTo("att"), want: "no teacher is in the class", title: ":attention    what is wrong, since when, the worst first", hold: 3 * time.Second},
	{keys: []string{"j", "enter", "2"}, want: "Kofi Adeyemi", title: "enter    into the class, 2    its members: the teacher has gone", hold: 3 * time.Second},
	{keys: []string{"j", "j", "j", "K"}, want: "y yes", title: "K    kick: the dialog names person, class and consequence", hold: 4 * time.Second},
	{keys: []string{"y"}, want: "RequestId", title: "y    sent once, with its RequestId, and written down", hold: 3 * time.Second},
	{keys: []string{"3", "enter"}, want: "✓ right", title: "3    the quiz: who answered what, and how fast", hold: 3 * time.Second},
	{keys: []string{"esc", "5"}, want: "taken", title: "5    who sits on which seat", hold: 3 * time.Second},
}
