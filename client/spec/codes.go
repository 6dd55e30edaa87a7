package spec

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
)

// CodeInfo says what an error code means and what the person who sees it can
// do, in our own words.
type CodeInfo struct {
	System    string `json:"-"` // the system that was asked
	Code      string `json:"-"` // the code that was asked for
	Meaning   string `json:"meaning"`
	Hint      string `json:"hint"`      // may hold {action} and {service}: see For
	Retryable bool   `json:"retryable"` // a read may be tried again after a pause; a write never is
	Known     bool   `json:"-"`         // the code itself or its parent is in the table

	Of map[string]CodeWords `json:"of"` // other words where this action is answered so
}

// CodeWords are the words for a code that means something else in one action.
type CodeWords struct {
	Meaning string `json:"meaning"`
	Hint    string `json:"hint"`
}

// The tables that belong to no system alone.
const (
	commonCodes = "common" // of every service of the cloud
	clientCodes = "client" // classtop's own
)

// unknownCode is shown for codes that no table holds: the service's own
// message is then the best there is.
var unknownCode = CodeInfo{
	Meaning: "The service gave a code that classtop does not know.",
	Hint:    "Read the service's message; if it does not help, give the RequestId to support.",
}

// twins are spellings in the manual of codes that the wire calls otherwise.
var twins = map[string]string{"InternalServerError": "InternalError"}

var loadCodes = sync.OnceValue(func() map[string]map[string]CodeInfo {
	b, err := files.ReadFile("codes.json")
	if err == nil {
		var tables map[string]map[string]CodeInfo
		if err = json.Unmarshal(b, &tables); err == nil {
			return tables
		}
	}
	panic(fmt.Sprintf("spec: embedded error codes: %v", err))
})

// Code looks an error code up: in its system's table, then in those of the
// cloud and of classtop itself, then the same for its parent
// (RequestLimitExceeded for RequestLimitExceeded.UinLimitExceeded). There is
// always a meaning and a hint.
func Code(system, code string) CodeInfo {
	for name := code; name != ""; name = parent(name) {
		if twin, ok := twins[name]; ok {
			name = twin
		}
		for _, table := range tables(system) {
			if info, ok := loadCodes()[table][name]; ok {
				info.System, info.Code, info.Known = system, code, true
				return info
			}
		}
	}
	info := unknownCode
	info.System, info.Code = system, code
	return info
}

// Codes lists, sorted, the codes that a system may give. The cloud's common
// codes are among them for every system but the room engine, which has its own
// numbers. Codes("") lists classtop's own.
func Codes(system string) []string {
	names := map[string]bool{}
	for _, table := range tables(system) {
		if table == clientCodes && system != "" {
			continue
		}
		for code := range loadCodes()[table] {
			names[code] = true
		}
	}
	return slices.Sorted(maps.Keys(names))
}

// For takes the words of the action, and puts it (and its service, as CAM names
// it) into them. An empty action becomes "the action".
func (c CodeInfo) For(action string) CodeInfo {
	if w, ok := c.Of[action]; ok {
		c.Meaning, c.Hint = w.Meaning, w.Hint
	}
	service := c.System
	if s := Get(c.System); s != nil && s.Service != "" {
		service = s.Service
	}
	if action == "" {
		action = "the action"
	}
	c.Meaning, c.Hint = fill(c.Meaning, service, action), fill(c.Hint, service, action)
	return c
}

func fill(s, service, action string) string {
	return strings.NewReplacer("{service}", service, "{action}", action).Replace(s)
}

// tables names the tables where a system's codes are looked up, in order.
func tables(system string) []string {
	switch system {
	case "":
		return []string{clientCodes}
	case RoomEngine:
		return []string{RoomEngine, clientCodes}
	}
	return []string{system, commonCodes, clientCodes}
}

// parent cuts the last part off a code; "" when there is none left.
func parent(code string) string {
	i := strings.LastIndexByte(code, '.')
	return code[:max(i, 0)]
}
