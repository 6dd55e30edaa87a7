// Package spec holds what is known of every action of every system: its
// parameters, constraints, limits, answers, examples and error codes. It is
// the one source that client, simulator, console and help read.
//
// The facts come from the manuals of LCIC (2024-04-01), CAR, IoT Explorer and
// the TRTC room engine, and for what newer editions have besides (Action.Since)
// from the official SDK and CLI data of 2026-08; they are embedded as data and
// read on first use.
package spec

import (
	"embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"

	"classtop/class/nearest"
)

//go:embed *.json
var files embed.FS

// The names of the systems.
const (
	LCIC       = "lcic"
	CAR        = "car"
	IoT        = "iotexplorer"
	RoomEngine = "roomengine"
)

// System is one API with its actions.
type System struct {
	Name           string             `json:"name"`            // lcic
	Title          string             `json:"title"`           // for people
	Service        string             `json:"service"`         // name in the credential scope; empty for the room engine
	Version        string             `json:"version"`         // X-TC-Version
	Host           string             `json:"host"`            // default host
	Endpoints      []string           `json:"endpoints"`       // all known hosts
	Regions        []string           `json:"regions"`         // allowed values, where a region is required
	RegionRequired bool               `json:"region_required"` // X-TC-Region must be sent
	Actions        []Action           `json:"actions"`
	Types          map[string][]Param `json:"types"` // data types by name

	byName map[string]*Action
	fields map[string][]field // of Types, for Check
}

// Action is one call.
type Action struct {
	System     string    `json:"-"`
	Name       string    `json:"name"`     // KickUserFromRoom; a room engine command; "live_engine_http_srv/…" for the live engine's
	Path       string    `json:"path"`     // room engine only
	Category   string    `json:"category"` // as the manual groups it
	Desc       string    `json:"desc"`
	Rate       int       `json:"rate"`  // requests a second and account
	Level      int       `json:"level"` // 0 reads; 1 to 3 writes, by how much confirmation they need
	Deprecated bool      `json:"deprecated"`
	Since      string    `json:"since"` // date from which newer editions have it; empty for all of the manual's, which every edition has
	ReplacedBy string    `json:"replaced_by"`
	Timeout    int       `json:"service_timeout_seconds"` // the service's own, 0 if not stated
	Params     []Param   `json:"params"`
	Returns    []Param   `json:"returns"`
	Examples   []Example `json:"examples"`
	Errors     []string  `json:"errors"` // codes that its page lists

	sys    *System
	fields []field // of Params, for Check
}

// Write tells whether the action changes anything on the server.
func (a *Action) Write() bool { return a.Level > 0 }

// Newer tells whether an edition may lack the action: it is not in the manual.
func (a *Action) Newer() bool { return a.Since != "" }

// Param returns the parameter of that name, or nil.
func (a *Action) Param(name string) *Param {
	for i := range a.Params {
		if a.Params[i].Name == name {
			return &a.Params[i]
		}
	}
	return nil
}

// Param is a parameter, an answer's field or a field of a data type.
type Param struct {
	Name           string          `json:"name"`
	Type           string          `json:"type"` // string, int64, uint64, bool, float64, object, a data type, or [] of one
	Desc           string          `json:"desc"`
	Required       bool            `json:"required"`
	Nullable       bool            `json:"nullable"`
	Enum           Enum            `json:"enum"`   // known values; others are refused only if Closed
	Closed         bool            `json:"closed"` // no value outside Enum can be right
	Min            *int64          `json:"min"`
	Max            *int64          `json:"max"`
	Default        json.RawMessage `json:"default"`
	Unit           string          `json:"unit"`
	MaxItems       int             `json:"max_items"`
	Unique         bool            `json:"unique"`
	MaxBytes       int             `json:"max_bytes"`
	Charset        string          `json:"charset"`
	Format         string          `json:"format"`
	OnlyIf         string          `json:"only_if"`
	RequiredIf     string          `json:"required_if"`
	RequiredUnless string          `json:"required_unless"`
	Note           string          `json:"note"`
}

// Enum lists the values that are known, with their meaning.
type Enum map[string]string

// Example is one request with its answer, from the manual.
type Example struct {
	Title    string          `json:"title"`
	Request  json.RawMessage `json:"request"`
	Response json.RawMessage `json:"response"`
}

// Action returns the system's action of that name, or nil.
func (s *System) Action(name string) *Action { return s.byName[name] }

var load = sync.OnceValue(func() []*System {
	var all []*System
	for _, name := range []string{LCIC, CAR, IoT, RoomEngine} {
		all = append(all, read(name))
	}
	return all
})

// Systems returns all systems in a fixed order. The values are shared: do not
// change them.
func Systems() []*System { return load() }

// Get returns the system of that name, or nil.
func Get(system string) *System {
	for _, s := range load() {
		if s.Name == system {
			return s
		}
	}
	return nil
}

// Find looks an action up by its name in all systems. The names of different
// systems do not collide.
func Find(action string) *Action {
	for _, s := range load() {
		if a := s.byName[action]; a != nil {
			return a
		}
	}
	return nil
}

// Names returns the names of all actions, sorted.
func Names() []string {
	var names []string
	for _, s := range load() {
		for i := range s.Actions {
			names = append(names, s.Actions[i].Name)
		}
	}
	slices.Sort(names)
	return names
}

// Nearest returns up to three names of actions that resemble a misspelt one,
// the most similar first.
func Nearest(name string) []string { return nearest.Names(name, Names(), 3) }

// read decodes one embedded file. Damage in it is a fault of the build, which
// the package's tests would have found, so it panics.
func read(name string) *System {
	b, err := files.ReadFile(name + ".json")
	if err == nil {
		s := &System{}
		if err = json.Unmarshal(b, s); err == nil {
			s.index()
			return s
		}
	}
	panic(fmt.Sprintf("spec: embedded facts of %s: %v", name, err))
}

func (s *System) index() {
	s.byName = make(map[string]*Action, len(s.Actions))
	s.fields = make(map[string][]field, len(s.Types))
	for name, params := range s.Types {
		s.fields[name] = nest(params)
	}
	for i := range s.Actions {
		a := &s.Actions[i]
		a.System, a.sys, a.fields = s.Name, s, nest(a.Params)
		s.byName[a.Name] = a
	}
}

// ElemType splits a type into its element and whether it is a list.
func (p *Param) ElemType() (elem string, list bool) {
	return strings.CutPrefix(p.Type, "[]")
}
