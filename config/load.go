package config

import (
	"os"
	"path/filepath"
	"strings"
	"unicode"
)

// Load lays defaults, file, environment and flags over each other. Every
// error is an *Error or one of the operating system.
func Load(o Options) (*Config, error) {
	c := &Config{env: o.Env, values: map[string]Value{}}
	named := c.locate(o)
	f, err := readFile(c.Path, named)
	if err != nil {
		return nil, err
	}
	c.Found = f.found
	c.Profiles = f.names()
	if o.Demo {
		c.Profile.Name, c.ProfileFrom = DemoProfile, "flag --demo"
		f.forget()
	} else if err := c.choose(o, f); err != nil {
		return nil, err
	}
	for i := range settings {
		s := &settings[i]
		if err := c.resolve(s, f, o.Flags, o.Demo && !s.looks()); err != nil {
			return nil, err
		}
	}
	c.Profile.RoomIDs = f.profiles[c.Profile.Name].roomIDs
	c.overrides, c.Playbooks = f.keys, f.playbooks
	if c.Keys, err = f.keymap(); err != nil {
		return nil, err
	}
	return c, c.finish(o.Demo)
}

// looks tells whether a setting is about the screen and not about a school.
func (s *setting) looks() bool { return strings.HasPrefix(s.key, "ui.") }

// Lang is the value of ui.lang as far as it can be told before anything else
// is known: what is wrong with the file is said by Load.
func Lang(o Options) string {
	c := Config{}
	c.locate(o)
	f, err := readFile(c.Path, false)
	if err != nil {
		return ""
	}
	v, _ := f.lookup("", find("ui.lang"))
	return v.text
}

// ProfileNames lists the profiles of the file.
func ProfileNames(o Options) ([]string, error) {
	c := Config{}
	named := c.locate(o)
	f, err := readFile(c.Path, named)
	if err != nil {
		return nil, err
	}
	return f.names(), nil
}

// Locate finds the path of the file, whether it is there or not.
func Locate(o Options) string {
	c := Config{}
	c.locate(o)
	return c.Path
}

// locate finds the path of the file and tells whether somebody named it, in
// which case it must exist.
func (c *Config) locate(o Options) (named bool) {
	if o.Path != "" {
		c.Path = expand(o.Env, o.Path)
		return true
	}
	if p, ok := o.Env("CLASSTOP_CONFIG"); ok && p != "" {
		c.Path = expand(o.Env, p)
		return true
	}
	c.Path = DefaultPath(o.Env)
	return false
}

// choose settles the name of the profile. Without a file any name but the
// default one is a mistake; with one it must be among the file's.
func (c *Config) choose(o Options, f *file) error {
	name, where := f.active, c.Path
	if v, ok := o.Env("CLASSTOP_PROFILE"); ok && v != "" {
		name, where = v, "environment CLASSTOP_PROFILE"
	}
	if o.Profile != "" {
		name, where = o.Profile, "flag --profile"
	}
	switch {
	case name == "" && len(c.Profiles) == 1:
		name = c.Profiles[0]
	case name == "":
		name = DefaultProfile
	}
	c.Profile.Name, c.ProfileFrom = name, where
	if name == DefaultProfile && len(c.Profiles) == 0 && where == c.Path {
		c.ProfileFrom = "default"
	}
	if _, ok := f.profiles[name]; ok || name == DefaultProfile && len(c.Profiles) == 0 {
		return nil
	}
	if len(c.Profiles) == 0 {
		return &Error{Where: where, Key: "profile", Problem: "there is no profile " + name,
			Allowed: "no profile is defined in " + c.Path + " (classtop config init writes a sample)"}
	}
	if name == DefaultProfile && where == c.Path {
		return &Error{Where: where, Key: "profile", Problem: "no profile is chosen",
			Allowed: "set profile, CLASSTOP_PROFILE or --profile to one of: " + strings.Join(c.Profiles, ", ")}
	}
	problem, allowed := unknown("profile", name, c.Profiles)
	return &Error{Where: where, Line: f.activeLine(where == c.Path), Key: "profile", Problem: problem, Allowed: allowed}
}

// resolve finds the highest layer that sets a setting and applies it. A demo
// leaves out the layers that speak of a real school.
func (c *Config) resolve(s *setting, f *file, flags map[string]string, demo bool) error {
	v, where := scalar{text: s.def}, "default"
	line := 0
	if fv, ok := f.lookup(c.Profile.Name, s); ok {
		v, where, line = fv, c.Path, fv.line
	}
	if s.env != "" && !demo {
		ev, ok := c.env(s.env)
		if ok && ev == "" && s.secret {
			return &Error{Where: "environment " + s.env, Problem: "set but empty", Allowed: "unset it or give it a value"}
		}
		if ok && ev != "" {
			v, where, line = scalar{text: strings.TrimSpace(ev)}, "environment "+s.env, 0
		}
	}
	if flag, ok := flags[s.key]; ok {
		v, where, line = scalar{text: flag}, "flag --"+flagName(s.key), 0
	}
	c.values[s.key] = show(s, v.text, where, line)
	if v.text == "" {
		return nil
	}
	if err := s.set(c, v.text); err != nil {
		return &Error{Where: where, Line: line, Key: s.path(c.Profile.Name), Problem: quote(s, v.text) + " is " + err.Error(), Allowed: "allowed: " + s.allowed}
	}
	return nil
}

// finish fills in what depends on other settings and refuses a file with a
// secret that others can read.
func (c *Config) finish(demo bool) error {
	c.fill(&c.Serve.Keys, "serve.keys", filepath.Join(filepath.Dir(DefaultPath(c.env)), "authorized_keys"))
	c.fill(&c.Serve.HostKey, "serve.host_key", StatePath(c.env, "host_key"))
	c.Serve.Engine.Dir = StatePath(c.env, "engine")
	if c.Audit == "" {
		name := "audit.jsonl"
		if demo {
			name = "demo-audit.jsonl"
		} else if c.Profile.Name != DefaultProfile {
			name = "audit-" + fileWord(c.Profile.Name) + ".jsonl"
		}
		c.fill(&c.Audit, "audit", StatePath(c.env, name))
	}
	if strings.HasPrefix(c.Source("usersig_key"), c.Path+":") {
		return private(c.Path)
	}
	return nil
}

// fill gives a path that nobody chose its usual place.
func (c *Config) fill(to *string, key, path string) {
	if *to == "" {
		*to = path
		c.values[key] = Value{key, path, "default"}
	}
}

// fileWord makes a profile's name safe in a file's name: what is not a letter,
// digit, dash or dot of its own becomes an underscore.
func fileWord(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '-' || r == '_' {
			return r
		}
		return '_'
	}, name)
}

// path is the setting's full path in the file.
func (s *setting) path(profile string) string {
	if s.global {
		return s.key
	}
	return "profiles." + profile + "." + s.key
}

func show(s *setting, text, where string, line int) Value {
	if s.secret && text != "" {
		text = "****"
	}
	if line > 0 {
		where = (&Error{Where: where, Line: line}).place()
	}
	if text == "" {
		where = "not set"
	}
	return Value{s.key, text, where}
}

// quote shows a wrong value, unless it is a secret.
func quote(s *setting, text string) string {
	if s.secret || strings.Contains(text, "@") { // a URL may hold a password
		return "the value"
	}
	return `"` + text + `"`
}

// flagName is the flag that sets a key: ui.theme is --theme, read_only is
// --read-only.
func flagName(key string) string {
	return strings.ReplaceAll(strings.TrimPrefix(strings.TrimPrefix(key, "ui."), "serve."), "_", "-")
}

// expand turns a leading ~ into the user's folder.
func expand(env Env, path string) string {
	if rest, ok := strings.CutPrefix(path, "~/"); ok {
		return filepath.Join(home(env), rest)
	}
	return path
}

// private refuses a file with a secret that others can read.
func private(path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	if !exposed(info) {
		return nil
	}
	return &Error{Where: path, Problem: "holds a secret but others can read it (mode " + info.Mode().Perm().String() + ")",
		Allowed: "run: chmod 600 " + path}
}
