package views

import (
	"encoding/json"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/charmbracelet/x/exp/golden"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"classtop/class"
	"classtop/client/spec"
	"classtop/keymap"
	"classtop/poll"
	"classtop/ui"
	"classtop/ui/uitest"
)

// atConsole is a stand with the console open at one action, or at all.
func atConsole(t *testing.T, w, h int, action string) *stand {
	s := newStand(t, w, h, func(d *ui.Deps) {
		d.Console, d.Profile.App = &uitest.Console{}, 1400123456
	})
	s.Open("api", ui.Arg{Text: action})
	s.Press("g")
	return s
}

func TestFramesOfTheConsole(t *testing.T) {
	for _, size := range sizes[:3] {
		for name, keys := range map[string][]string{
			"list": nil, "form": {"enter"}, "example": {"enter", "ctrl+e", "down", "x"}, "review": {"enter", "ctrl+e", "ctrl+s"}, "history": {"tab"},
		} {
			t.Run(fmt.Sprintf("%s/%dx%d", name, size.w, size.h), func(t *testing.T) {
				action := "action:KickUser"
				if name == "list" {
					action = ""
				}
				s := atConsole(t, size.w, size.h, action)
				s.Press(keys...)
				requireFull(t, s, size.w, size.h)
				golden.RequireEqual(t, s.Text()+"\n")
			})
		}
	}
}

// Every action has a form that fits the least screen, with a row for each of
// its parameters and one that sends.
func TestEveryActionHasAForm(t *testing.T) {
	for _, system := range spec.Systems() {
		for i := range system.Actions {
			a := &system.Actions[i]
			s := atConsole(t, 60, 16, "")
			s.Request(ui.Request{Action: a.Name})
			s.Press("up")
			for _, p := range a.Form() {
				assert.Regexp(t, "▌ "+regexpOf(p.Name), s.Text(), a.Name)
				requireFull(t, s, 60, 16)
				s.Press("down")
			}
			assert.Contains(t, s.Text(), "▌ [ send ]", a.Name)
		}
	}
}

// regexpOf matches a name or what the least screen leaves of it.
func regexpOf(name string) string {
	if len(name) > 14 {
		return name[:14]
	}
	return name
}

// Every action can be sent by keyboard alone, with the manual's example and
// confirmed as its level demands.
func TestEveryActionIsSentByKeyboard(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		at, runner, asked := time.Now(), &uitest.Runner{}, &uitest.Console{}
		r := uitest.Start(t, ui.Deps{
			Session: uitest.NewSession(), Runner: runner, Console: asked, Keys: keymap.Default(), Views: All(), Actions: Actions(), Home: Home,
			Now: func() time.Time { return now.Add(time.Since(at)) }, Location: shanghai, Profile: ui.Profile{Name: "demo", App: 1400123456},
		}, 120, 40)
		r.Press(":", "a", "p", "i", "enter")
		for _, name := range inOrder() {
			sendExample(t, r, runner, asked, spec.Find(name))
			r.Press("j")
		}
	})
}

// inOrder are the actions as the console lists them.
func inOrder() []string {
	var out []string
	for _, s := range spec.Systems() {
		for i := range s.Actions {
			out = append(out, s.Actions[i].Name)
		}
	}
	return out
}

func sendExample(t *testing.T, r *uitest.Rig, runner *uitest.Runner, asked *uitest.Console, a *spec.Action) {
	t.Helper()
	reads, ran := len(asked.Asked()), len(runner.Ran())
	r.Press("enter", "ctrl+e", "ctrl+s")
	require.True(t, r.Has("Send "+a.Name), r.Screen())
	r.Advance(time.Second)
	r.Press("enter")
	got := map[string]any(nil)
	if a.Write() {
		r.Advance(time.Second)
		confirmBy(r, a.Level)
		require.Len(t, runner.Ran(), ran+1, "%s\n%s", a.Name, r.Screen())
		op := runner.Ran()[ran]
		require.Equal(t, a.Name, op.API())
		require.Equal(t, a.Level, op.Level())
		got = op.Call.Params
	} else {
		require.Len(t, asked.Asked(), reads+1, a.Name)
		require.Equal(t, a.Name, asked.Asked()[reads].Action)
		got = asked.Asked()[reads].Params
	}
	var want map[string]any
	require.NoError(t, json.Unmarshal(a.Examples[0].Request, &want))
	for name := range want {
		assert.Contains(t, got, name, a.Name)
	}
	r.Press("esc")
	r.Advance(time.Second)
}

// confirmBy answers a confirmation as its level demands; level 3 shows what
// is to be typed.
func confirmBy(r *uitest.Rig, level int) {
	if level < 3 {
		r.Press("y")
		return
	}
	var digits string
	_, _ = fmt.Sscanf(after(r.Screen(), "Type "), "%s", &digits)
	r.Press(spell(digits)...)
	r.Press("enter")
}

func after(s, mark string) string {
	for i := range s {
		if len(s) >= i+len(mark) && s[i:i+len(mark)] == mark {
			return s[i+len(mark):]
		}
	}
	return ""
}

func userRecords() []class.Record {
	one := func(name, id, origin string) class.Record {
		return class.Record{{Name: "SdkAppId", Value: text("1400123456")}, {Name: "UserId", Value: text(id)}, {Name: "Name", Value: text(name)}, {Name: "Avatar", Value: text("https://cdn.example.cn/" + id + ".png")}, {Name: "OriginId", Value: text(origin)}}
	}
	return []class.Record{one("王建国", "t_wang", "1001"), one("欧阳娜娜", "s_10231", "20231"), one("evil\u202egnp.exe", "s_66666", "")}
}

func TestFramesOfUsers(t *testing.T) {
	for _, size := range sizes[:3] {
		t.Run(fmt.Sprintf("%dx%d", size.w, size.h), func(t *testing.T) {
			s := newStand(t, size.w, size.h, func(d *ui.Deps) { d.Console = &uitest.Console{} })
			s.Open("users", ui.Arg{})
			s.Put(poll.Update{Topic: poll.ListingOf("DescribeSdkAppIdUsers", nil), Data: userRecords(), Started: now, At: now})
			s.Press("j", "x")
			requireFull(t, s, size.w, size.h)
			golden.RequireEqual(t, s.Text()+"\n")
		})
	}
}

// A list whose second reading fails keeps its rows and says how old they are.
func TestAListInTroubleKeepsItsRows(t *testing.T) {
	s := newStand(t, 80, 24)
	s.Open("users", ui.Arg{})
	topic := poll.ListingOf("DescribeSdkAppIdUsers", nil)
	s.Put(poll.Update{Topic: topic, Err: &class.Error{Action: "DescribeSdkAppIdUsers", Code: class.CodeTimeout}})
	assert.Contains(t, s.Text(), "This list cannot be read")
	s.Put(poll.Update{Topic: topic, Data: userRecords(), Started: now, At: now})
	s.Put(poll.Update{Topic: topic, Err: &class.Error{Action: "DescribeSdkAppIdUsers", Code: class.CodeTimeout}})
	assert.Contains(t, s.Text(), "t_wang")
	assert.Contains(t, s.Text(), "!")
}

// Each form of each list names an action that there is, and fills parameters
// that it has.
func TestListsNameActionsThatThereAre(t *testing.T) {
	for _, d := range lists() {
		for _, name := range d.reads {
			a := spec.Find(name)
			require.NotNil(t, a, name)
			assert.False(t, a.Write(), name)
		}
		for _, f := range d.forms {
			a := spec.Find(f.action)
			require.NotNil(t, a, f.action)
			for param := range f.fill {
				assert.NotNil(t, a.Param(param), "%s %s", f.action, param)
			}
		}
	}
}
