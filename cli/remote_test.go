package cli

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"classtop/class"
	"classtop/lang"
	"classtop/ops"
	"classtop/serve"
	"classtop/sim"
	"classtop/ui"
)

// far is a served school without the SSH in between.
type far struct {
	t      *testing.T
	app    *app
	shared *shared
}

func newFar(t *testing.T, config string) *far {
	t.Helper()
	home := t.TempDir()
	path := filepath.Join(home, "config.yaml")
	require.NoError(t, os.WriteFile(path, []byte(config), 0o600))
	env := map[string]string{"HOME": home, "USER": "host"}
	a := &app{env: func(name string) (string, bool) { v, ok := env[name]; return v, ok }, err: new(bytes.Buffer), now: time.Now, configPath: path}
	l, err := a.connectDemo(a.serveCmd(), sim.Options{Seed: 7, Rooms: 8, Members: 12, Speed: 1e-6})
	require.NoError(t, err)
	return &far{t, a, a.share(l)}
}

// run is a command line of somebody.
func (f *far) run(name string, role ops.Role, line string) (code int, out, errOut string) {
	var o, e bytes.Buffer
	g := serve.Guest{Person: serve.Person{Name: name, Role: role}}
	code = f.shared.exec(f.app)(context.Background(), g, strings.Fields(line), serve.Streams{In: strings.NewReader(""), Out: &o, Err: &e})
	return code, o.String(), e.String()
}

// live is the id of a class that is on.
func (f *far) live() string {
	_, out, _ := f.run("wall", ops.Viewer, "get rooms -o csv")
	for line := range strings.Lines(out) {
		if strings.Contains(line, ",live,") {
			id, _, _ := strings.Cut(line, ",")
			return id
		}
	}
	f.t.Fatal("no class is on: " + out)
	return ""
}

func TestCommandsFromFarAway(t *testing.T) {
	f := newFar(t, "")
	room := f.live()
	for _, c := range []struct {
		role ops.Role
		line string
		code int
		says string
	}{
		{ops.Viewer, "get rooms -o json", 0, ""},
		{ops.Viewer, "version", 0, ""},
		{ops.Viewer, "report", 0, ""},
		{ops.Viewer, "--help", 0, ""},
		{ops.Viewer, "get --help", 0, ""},
		{ops.Viewer, "get room 1", 1, "ResourceNotFound"},
		{ops.Viewer, "gett rooms", 2, "unknown command"},
		{ops.Viewer, "call DescribeRoom RoomId=1", 2, "call is not for viewers"},
		{ops.Viewer, "call --list", 0, ""},
		{ops.Viewer, "start " + room + " --yes", 1, "You are here as a viewer"},
		{ops.Operator, "end " + room + " --yes", 1, "this takes a lead"},
		{ops.Operator, "call EndRoom RoomId=" + room + " --yes", 1, "this takes a lead"},
		{ops.Operator, "call DescribeRoom @/etc/passwd", 2, "files of the host are not read over SSH"},
		{ops.Lead, "end " + room, 2, "needs --yes"},
		{ops.Lead, "end " + room + " --yes --read-only", 1, "as a viewer"},
		{ops.Lead, "serve", 2, "serve is for the host itself"},
		{ops.Lead, "config show", 2, "config is for the host itself"},
		{ops.Lead, "sim", 2, "sim is for the host itself"},
		{ops.Lead, "check", 2, "check is for the host itself"},
		{ops.Lead, "completion bash", 2, "unknown command"},
		{ops.Lead, "__complete get ", 2, "__complete is for the host itself"},
		{ops.Lead, "get rooms --profile other", 2, "--profile is for the host itself"},
		{ops.Lead, "get rooms --config /etc/passwd", 2, "--config is for the host itself"},
		{ops.Lead, "audit verify --audit /etc/passwd", 2, "--audit is for the host itself"},
		{ops.Lead, "--demo", 2, "needs a terminal"},
	} {
		code, _, said := f.run("李雷", c.role, c.line)
		assert.Equal(t, c.code, code, "%s: %s", c.line, said)
		assert.Contains(t, said, c.says, c.line)
	}
	entries, err := ops.ReadAudit(f.shared.l.cfg.Audit)
	require.NoError(t, err)
	assert.Empty(t, entries, "nothing was sent so far")

	code, out, _ := f.run("李雷", ops.Lead, "end "+room+" --yes")
	assert.Equal(t, 0, code)
	assert.Contains(t, out, "Ended ")
	entries, err = ops.ReadAudit(f.shared.l.cfg.Audit)
	require.NoError(t, err)
	require.Len(t, entries, 2)
	assert.Equal(t, "李雷", entries[0].Operator, "the name of the key")
}

func TestSecondPersonFromFarAway(t *testing.T) {
	f := newFar(t, "")
	f.shared.l.cfg.Profile.Second, f.shared.l.crowd = []string{"end"}, true // a demo forgets the file's profiles
	f.shared = f.app.share(f.shared.l)
	room := f.live()
	code, _, said := f.run("李雷", ops.Operator, "end "+room+" --yes --reason drill")
	assert.Equal(t, 1, code, "nothing was done yet")
	assert.Contains(t, said, "It waits for a second person to confirm it (:seconds)")
	place := f.shared.runner.as("韩梅", ops.Operator).Enter("")
	require.Len(t, place.Proposals(), 1)
	res := f.shared.runner.as("韩梅", ops.Operator).Run(context.Background(), place.Proposals()[0].Seconding())
	assert.Equal(t, ops.Done, res.State, res.Sentence())
	entries, err := ops.ReadAudit(f.shared.l.cfg.Audit)
	require.NoError(t, err)
	require.Len(t, entries, 2)
	assert.Equal(t, "李雷 韩梅", entries[1].Operator+" "+entries[1].Second)

	code, _, said = f.run("李雷", ops.Lead, "call EndRoom RoomId="+f.live()+" --yes")
	assert.Equal(t, 1, code)
	assert.Contains(t, said, "It waits for a second person to confirm it (:seconds)", "the API's name is no way round it")
}

func TestNamesStayHiddenFromFarAway(t *testing.T) {
	f := newFar(t, "ui:\n  mask: true\n")
	code, out, said := f.run("wall", ops.Lead, "get rooms")
	assert.Equal(t, 2, code)
	assert.Empty(t, out)
	assert.Contains(t, said, "names are hidden here")
}

func TestGuestsDeps(t *testing.T) {
	f := newFar(t, "")
	viewer := f.shared.guest(serve.Guest{Person: serve.Person{Role: ops.Viewer}, Env: []string{"CLASSTOP_THEME=light", "CLASSTOP_ASCII=true"}})
	assert.True(t, viewer.Profile.ReadOnly)
	assert.Equal(t, "light", viewer.Theme)
	assert.True(t, viewer.Look.ASCII)
	assert.Nil(t, viewer.Console)
	assert.Nil(t, viewer.Pace)
	lead := f.shared.guest(serve.Guest{Person: serve.Person{Role: ops.Lead}})
	assert.False(t, lead.Profile.ReadOnly)
	assert.Empty(t, lead.ThemeBy, "the terminal's background decides")
	assert.Equal(t, lang.English, lead.Look.Lang)
	chinese := f.shared.guest(serve.Guest{Person: serve.Person{Role: ops.Lead}, Env: []string{"LC_ALL=zh_CN.UTF-8"}})
	assert.Equal(t, lang.Chinese, chinese.Look.Lang)
	assert.NotNil(t, lead.Console)
	assert.NotNil(t, lead.Pace)
}

func TestGuestsShareTheirNotes(t *testing.T) {
	f := newFar(t, "")
	f.shared.l.crowd = true
	han := f.shared.guest(serve.Guest{Person: serve.Person{Name: "韩梅", Role: ops.Operator}})
	li := f.shared.guest(serve.Guest{Person: serve.Person{Name: "李雷", Role: ops.Lead}})
	wall := f.shared.guest(serve.Guest{Person: serve.Person{Name: "wall", Role: ops.Viewer}})
	require.NoError(t, han.Notes.Write(ops.Note{Room: 7, Text: "called the teacher"}))
	for _, guest := range []ui.Deps{li, wall} {
		rooms, _ := guest.Notes.News(0)
		assert.Equal(t, []class.RoomID{7}, rooms)
		require.Len(t, guest.Notes.Of(7), 1)
		assert.Equal(t, "韩梅", guest.Notes.Of(7)[0].By)
	}
	assert.ErrorContains(t, wall.Notes.Write(ops.Note{Room: 7, Text: "x"}), "as a viewer")
	hidden := newFar(t, "ui:\n  mask: true\n").shared.guest(serve.Guest{Person: serve.Person{Role: ops.Lead}})
	assert.Nil(t, hidden.Notes, "a note may name people")
}

func TestPanicOfACommandFromFarAway(t *testing.T) {
	f := newFar(t, "")
	f.shared.l.client = nil
	code, _, said := f.run("李雷", ops.Lead, "get rooms")
	assert.Equal(t, 1, code)
	assert.Contains(t, said, "internal fault")
}

func TestFiguresAndHealth(t *testing.T) {
	f := newFar(t, "")
	assert.ErrorContains(t, f.shared.healthy(), "nothing was answered yet")
	room := f.live()
	f.run("李雷", ops.Lead, "end "+room+" --yes")
	values := map[string]float64{}
	for _, figure := range f.shared.figures() {
		assert.NotEmpty(t, figure.Help, figure.Name)
		for _, v := range figure.Values {
			values[figure.Name+" "+strings.Join(v.Labels, " ")] = v.N
		}
	}
	assert.EqualValues(t, 1, values["classtop_requests_total action EndRoom code ok"], "%v", values)
	assert.EqualValues(t, 1, values["classtop_operations_total action end outcome done"])
	assert.EqualValues(t, 1, values["classtop_poll_state state connecting"])
	assert.EqualValues(t, 10, values["classtop_budget_per_second action EndRoom"])
}
