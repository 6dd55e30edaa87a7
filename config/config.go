// Package config knows where every setting comes from. It lays defaults, the
// YAML file, the environment and the flags over each other, finds the
// credentials where Tencent Cloud users keep them, and names the file, the
// line and the path of whatever is wrong.
//
// Environment and files are the only things it reads; it never writes anything
// but the sample that `classtop config init` asks for.
package config

import (
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"classtop/class"
	"classtop/keymap"
)

// Env looks an environment variable up, as os.LookupEnv does.
type Env func(name string) (value string, set bool)

// DemoProfile is the name of the profile of a simulated school.
const DemoProfile = "demo"

// DefaultProfile is the name of the profile that applies when none is chosen.
const DefaultProfile = "default"

// Options say what the caller already knows.
type Options struct {
	Env     Env
	Path    string            // --config; empty: CLASSTOP_CONFIG, then the XDG place
	Profile string            // --profile; empty: CLASSTOP_PROFILE, then the file's
	Flags   map[string]string // settings given as flags, by key: "region", "ui.theme"
	Demo    bool              // a simulated school: nobody's profile, its own audit file
}

// Config is the effective configuration of one run with one profile.
type Config struct {
	Path        string   // of the file, whether it exists or not
	Found       bool     // the file exists
	Profiles    []string // names in the file, sorted
	Profile     Profile
	ProfileFrom string // who chose the profile
	UI          UI
	Serve       Serve
	Audit       string     // audit file
	Exports     string     // folder of exported tables
	Keys        keymap.Map // with the file's overrides
	Playbooks   []class.Playbook

	env       Env
	overrides map[string][]string
	values    map[string]Value
}

// Profile is one account with one application.
type Profile struct {
	Name               string
	Region             string
	Language           string // auto, zh-CN or en-US
	Endpoint           string // empty: the facts' hosts
	RoomEngineEndpoint string // empty: the facts' host
	SdkAppID           uint64
	Admin              string // user id that signs for the room engine
	ReadOnly           bool
	Protected          bool                    // marked in text and colour as the one to be careful with
	Share              float64                 // part of the account's rate that may be used, 0 to 1
	TimeZone           *time.Location          // of the school
	Before, After      time.Duration           // which classes count: from now-Before to now+After
	RoomIDs            map[class.RoomID]string // LCIC class → room engine room
	Attention          Attention
	Grace              [4]time.Duration // by level: how long a confirmed action can be cancelled on screen
	Reasons            bool             // every write needs a reason
	Second             []string         // actions that take a second person: end, ban

	userSigKey     class.Secret
	userSigKeyFile string
	credFile       string
	credTCCLI      string
	credEnv        bool
}

// UI holds the settings of the screen.
type UI struct {
	Lang           string // auto, en or zh
	Theme          string // auto or the name of a theme
	ASCII          bool
	Motion         string // full or reduced
	AmbiguousWidth int    // cells of a character whose width is ambiguous: 1 or 2
	LowBandwidth   bool
	Title          bool
	Bell           bool
	Notify         string // off, osc9 or osc777
	Mask           bool
}

// Value is an effective setting and where it came from, for people.
type Value struct {
	Key    string `json:"key"`
	Value  string `json:"value"` // never a secret
	Source string `json:"source"`
}

// Show lists every setting with its source, in the order of the file.
func (c *Config) Show() []Value {
	var out []Value
	for i := range settings {
		out = append(out, c.values[settings[i].key])
	}
	for _, id := range slices.Sorted(maps.Keys(c.Profile.RoomIDs)) {
		out = append(out, Value{"room_ids." + id.String(), c.Profile.RoomIDs[id], c.Path})
	}
	for _, action := range slices.Sorted(maps.Keys(c.overrides)) {
		out = append(out, Value{"keys." + action, strings.Join(c.overrides[action], " "), c.Path})
	}
	for i := range c.Playbooks {
		b := &c.Playbooks[i]
		out = append(out, Value{"playbooks." + b.Name, b.String(), c.Path})
	}
	return out
}

// Source tells where a setting came from: "default", "config.yaml:7",
// "environment CLASSTOP_ADMIN", "flag --region".
func (c *Config) Source(key string) string { return c.values[key].Source }

// RoomID maps an LCIC class to its room of the room engine: the profile's, or
// the one that is named like the class's number.
func (p *Profile) RoomID(id class.RoomID) (string, bool) {
	if s, ok := p.RoomIDs[id]; ok {
		return s, true
	}
	return id.String(), true
}

// Window is the span of time whose classes are watched.
func (p *Profile) Window(now time.Time) (from, to time.Time) {
	return now.Add(-p.Before), now.Add(p.After)
}

// DefaultPath is where the file is looked for when nothing else is said.
func DefaultPath(env Env) string {
	return filepath.Join(base(env, "XDG_CONFIG_HOME", ".config"), "classtop", "config.yaml")
}

// StatePath names a file that classtop keeps between runs, such as the audit
// file.
func StatePath(env Env, name string) string {
	return filepath.Join(base(env, "XDG_STATE_HOME", ".local", "state"), "classtop", name)
}

// Notes is the file of the notes on this profile's classes.
func (c *Config) Notes() string {
	if c.Profile.Name == DefaultProfile {
		return StatePath(c.env, "notes.json")
	}
	return StatePath(c.env, "notes-"+fileWord(c.Profile.Name)+".json")
}

// Themes is the folder of a person's own themes, beside the file.
func (c *Config) Themes() string { return filepath.Join(filepath.Dir(c.Path), "themes") }

// base returns an XDG folder. A relative value is ignored, as the XDG
// specification asks.
func base(env Env, name string, below ...string) string {
	if dir, ok := env(name); ok && filepath.IsAbs(dir) {
		return dir
	}
	return filepath.Join(append([]string{home(env)}, below...)...)
}

// home returns the user's folder; Windows keeps it under another name.
func home(env Env) string {
	for _, name := range []string{"HOME", "USERPROFILE"} {
		if dir, ok := env(name); ok && dir != "" {
			return dir
		}
	}
	return "."
}
