package ui

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"classtop/client/spec"
	"classtop/keymap"
)

// request is the form of one action of the API, made from the facts. Behind
// the last parameter comes the row that sends.
type request struct {
	Request
	action *spec.Action
	params []*spec.Param
	values []input
	at     int
	top    int
	place  *time.Location // of the times that are typed
	tried  bool           // it was to be sent with something wrong: say it of empty fields too
	wrong  string         // what is wrong with all of it
}

func newRequest(a *App, action *spec.Action, r Request) *request {
	f := &request{Request: r, action: action, params: action.Form(), place: a.deps.Location}
	f.values = make([]input, len(f.params))
	for i, p := range f.params {
		f.values[i].set(r.Start[p.Name].String())
		if p.Name == "SdkAppId" && f.values[i].text() == "" && a.deps.Profile.App != 0 {
			f.values[i].set(fmt.Sprint(a.deps.Profile.App))
		}
	}
	return f
}

func (f *request) holds() bool { return false }

// sends tells whether the cursor is on the row that sends.
func (f *request) sends() bool { return f.at == len(f.params) }

func (f *request) paste(text string) {
	if !f.sends() {
		f.values[f.at].add(text)
		f.wrong = ""
	}
}

func (f *request) key(a *App, key string, press tea.KeyPressMsg) (bool, tea.Cmd) {
	switch act, _ := a.deps.Keys.Find(keymap.Input, key); act {
	case keymap.InputCancel:
		return true, nil
	case keymap.InputNext, keymap.InputComplete:
		f.at = min(f.at+1, len(f.params))
	case keymap.InputPrev:
		f.at = max(f.at-1, 0)
	case keymap.InputLeft, keymap.InputRight:
		f.sideways(act, press)
	case keymap.InputExample:
		f.example()
	case keymap.InputSend:
		f.review(a)
	case keymap.InputAccept:
		if f.sends() {
			f.review(a)
			return false, nil
		}
		f.at++
	default:
		if !f.sends() && f.values[f.at].key(press) {
			f.wrong = ""
		}
	}
	return false, nil
}

// sideways goes to the next known value of a parameter that has them, and
// moves the cursor in the text of another.
func (f *request) sideways(act keymap.Action, press tea.KeyPressMsg) {
	switch {
	case f.sends():
	case len(f.params[f.at].Enum) > 0:
		f.turn(turns(act))
	default:
		f.values[f.at].key(press)
	}
}

// turn goes to the next known value of a parameter; more may be typed where
// the facts allow it.
func (f *request) turn(n int) {
	all := slices.Sorted(maps.Keys(f.params[f.at].Enum))
	if !f.params[f.at].Required {
		all = append([]string{""}, slices.DeleteFunc(all, func(v string) bool { return v == "" })...)
	}
	i := slices.Index(all, f.values[f.at].text())
	f.values[f.at].set(all[min(max(i+n, 0), len(all)-1)])
	f.wrong = ""
}

// example fills the empty fields with those of the manual's first request.
func (f *request) example() {
	if len(f.action.Examples) == 0 {
		return
	}
	texts := f.action.Texts(f.action.Examples[0].Request)
	for i, p := range f.params {
		if f.values[i].text() == "" {
			f.values[i].add(texts[p.Name])
		}
	}
	f.wrong = ""
}

// bad says why the value of a field does not do.
func (f *request) bad(i int) string {
	return spec.Wrong(f.action, f.params[i].Name, f.text(i))
}

// unixSeconds tells whether a parameter is a moment in Unix seconds.
func unixSeconds(p *spec.Param) bool {
	return strings.HasSuffix(p.Type, "int64") && strings.Contains(p.Desc, "Unix seconds")
}

// clock is how a moment is typed by people.
const clock = "2006-01-02 15:04"

// text is the value of a field as it is sent: a moment may be typed as people
// write it.
func (f *request) text(i int) string {
	text := strings.TrimSpace(f.values[i].text())
	if unixSeconds(f.params[i]) {
		if t, err := time.ParseInLocation(clock, text, f.place); err == nil {
			return strconv.FormatInt(t.Unix(), 10)
		}
	}
	return text
}

// moment is the value of a field that is a moment.
func (f *request) moment(i int) (time.Time, bool) {
	n, err := strconv.ParseInt(f.text(i), 10, 64)
	return time.Unix(n, 0).In(f.place), err == nil && n > 0 && unixSeconds(f.params[i])
}

// collect makes the parameters, or goes to the first field that does not do.
func (f *request) collect() (map[string]any, bool) {
	texts := make(map[string]string, len(f.params))
	for i, p := range f.params {
		if f.bad(i) != "" {
			f.at, f.tried = i, true
			return nil, false
		}
		texts[p.Name] = f.text(i)
	}
	params, err := spec.Params(f.action, texts)
	if err != nil {
		f.wrong = strings.TrimPrefix(err.Error(), f.action.Name+": ")
		return nil, false
	}
	for name, start := range f.Start { // as the service spells it
		if s, ok := params[name].(string); ok && s == start.String() {
			params[name] = start
		}
	}
	return params, true
}

// review signs the request and shows it before anything is sent.
func (f *request) review(a *App) {
	params, ok := f.collect()
	if !ok {
		return
	}
	text, err := a.deps.Console.Prepare(f.action.Name, params)
	if err != nil {
		f.wrong = failure(f.action.Name, err).Error()
		return
	}
	a.show(newReview(a, f, params, text))
}
