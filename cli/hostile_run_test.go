//go:build unix

package cli

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"classtop/sim"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// besieged is a hostile school on loopback and the environment that leads
// there.
func besieged(t *testing.T) (h *hostile, env []string) {
	school := sim.New(sim.Options{Seed: 5, Rooms: 12, Members: 40})
	h = newHostile(t, school)
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	hello := school.Credentials()
	return h, []string{
		"TENCENTCLOUD_SECRET_ID=" + hello.SecretID, "TENCENTCLOUD_SECRET_KEY=" + hello.SecretKey, "TENCENTCLOUD_REGION=ap-guangzhou",
		"CLASSTOP_ENDPOINT=" + server.URL, "CLASSTOP_ROOM_ENGINE_ENDPOINT=" + server.URL, "CLASSTOP_ADMIN=" + hello.Admin,
		"CLASSTOP_SDK_APP_ID=" + strconv.FormatUint(hello.SdkAppID, 10), "CLASSTOP_USERSIG_KEY=" + hello.UserSigKey,
	}
}

// step is keys, and a text that shows that they have worked; one that begins
// with - has to go. Keys behind "until " are typed until they work, because
// dialogs drop those of their first moments.
type step struct{ keys, sees string }

// plays takes a tour.
func (d *desk) plays(tour []step) {
	d.t.Helper()
	for _, s := range tour {
		if key, ok := strings.CutPrefix(s.keys, "until "); ok {
			d.says(key, s.sees)
			continue
		}
		d.types(s.keys)
		if gone, ok := strings.CutPrefix(s.sees, "-"); ok {
			d.lacks(gone)
		} else {
			d.sees(s.sees)
		}
	}
}

// esc closes what is open over a view. It must be drawn to its end before: what
// says that it is gone is in its last line.
var (
	drawn = step{"", "esc closes"}
	esc   = step{"\x1b", "-esc closes"}
)

// tour goes through every view, tab and dialog.
var tour = []step{
	{"", "EVIL"}, {"d", "Describe "}, drawn, esc, {"y", "esc closes"}, esc, {"c", "copied"},
	{":attention\r", "Attention"}, {":patrol\r", "Patrol"}, {":pulse\r", "Pulse"}, {":schedule\r", "Schedule"}, {":requests\r", "Requests"},
	{":find EVIL\r", "Find"}, {":users\r", "Users"}, {":groups\r", "Groups"}, {":supervisors\r", "Supervisors"}, {":recordings\r", "Recordings"}, {":application\r", "Application"},
	{":sessions\r", "Sessions"}, {":audit\r", "Audit"}, {":bans\r", "Nobody is kicked"}, {":calls\r", "StrRoomId"}, {":api\r", "AddGroupMember"},
	{":rooms\r", "EVIL"}, {"\r", "[2 Members]"}, {"", "student"},
	{"d", "Describe "}, drawn, esc, {"y", "esc closes"}, esc, {"c", "copied"},
	{"1", "[1 Overview]"}, {"3", "[3 Quiz]"}, {"", "EVIL"}, {"4", "[4 Documents]"}, {"5", "[5 Seats]"},
	{"6", "[6 Chat]"}, {"7", "[7 Events]"}, {"8", "[8 Report]"}, {"2", "[2 Members]"},
	{"e", "Export"}, {"1", ".csv"}, {"e", "Export"}, {"2", ".json"}, {"e", "Export"}, {"3", ".md"},
}

// deeds opens every dialog over a live class, and goes on while the school
// refuses everything in hostile words.
var deeds = []step{
	{":rooms\r", "[0 all]"}, {"1", "[1 live]"}, {"\r", "student"}, {"jj", "EVIL"},
	{"x", "esc closes"}, {"\x1b", "-esc closes"}, {"/EVIL\r", "filter: EVIL"}, {"\x1b", "-filter: EVIL"},
	{"K", "10 min"}, {"until n", "not done"}, {"E", "and enter:"}, {"until 0\r", "nothing was sent"}, {"\x1b", "not done: End"}, {"s", "Sort by"}, {"\x1b", "-Sort by"},
	{"?", "Keys here"}, {"\x1b", "-Keys here"}, {":EVIL", "EVIL"}, {"\x1b", "[2 Members]"},
}

func TestTerminalStaysWhole(t *testing.T) {
	h, env := besieged(t)
	settings := filepath.Join(t.TempDir(), "config.yaml")
	require.NoError(t, os.WriteFile(settings, []byte("profile: evil\nprofiles: {evil: {}}\nui: {bell: true, notify: osc9}\n"), 0o600))
	d := sitAt(t, 160, 45, true, append(env, "COLORTERM=truecolor", "CLASSTOP_CONFIG="+settings))
	h.talks(true)
	d.plays(tour[:5])
	h.talks(false)
	d.plays(tour[5:])
	d.plays(deeds)
	h.wicked(true)
	d.plays([]step{
		{"", "FailedOperation.EVIL"}, {"5", "[5 Seats]"}, {"r", "100001"}, {"2", "[2 Members]"}, {"K", "10 min"}, {"until y", "failed:"},
		{":users\r", "FailedOperation.EVIL"}, {":api\r", "AddGroupMember"},
	})
	d.types("q\x03")
	d.ends(patient)
	assert.Equal(t, len(h.texts), h.told(), "every text was sent")
	for name, data := range d.files() {
		innocent(t, name, data, nil)
		if strings.HasSuffix(name, ".csv") {
			formulas(t, data)
		}
	}
	innocent(t, "the terminal", d.raw(), h.texts)
	assert.NotContains(t, d.raw(), "Unsolicited", "the library's own log is not for the screen")
}

func TestCommandLineStaysWhole(t *testing.T) {
	t.Parallel() // it is the slowest here, and all that it does is done in other processes
	h, env := besieged(t)
	id, complaint := "0", ""
	run := func(args ...string) string {
		cmd := program(t, t.TempDir(), env, args...)
		var out, failed bytes.Buffer
		cmd.Stdout, cmd.Stderr = &out, &failed
		_ = cmd.Run() // refusals are expected
		what := strings.Join(args, " ")
		texts := h.texts
		if args[0] == "call" {
			texts = nil // it prints the answer whole: what controls a terminal is escaped, the rest stays
		}
		innocent(t, what, out.String()+failed.String(), texts)
		assert.NotContains(t, failed.String(), "goroutine", what)
		complaint = failed.String()
		return out.String()
	}
	var rooms []struct{ ID, Status any }
	require.NoError(t, json.Unmarshal([]byte(run("get", "rooms", "-o", "json")), &rooms))
	for _, r := range rooms {
		if fmt.Sprint(r.Status) == "1" {
			id = fmt.Sprintf("%.0f", r.ID)
		}
	}
	require.NotEqual(t, "0", id)
	for _, wicked := range []bool{false, true} {
		h.wicked(wicked)
		for _, kind := range []string{"rooms", "room", "members", "questions", "documents", "seats", "messages", "events", "users", "groups", "supervisors"} {
			for _, format := range []string{"table", "csv", "json"} {
				args := []string{"get", kind, "-o", format}
				if !slices.Contains([]string{"rooms", "users", "groups", "supervisors"}, kind) {
					args = slices.Insert(args, 2, id)
				}
				out := run(args...)
				assert.Equal(t, wicked, !strings.Contains(out, "EVIL"), "%v: %s%s", args, out, complaint)
				if format == "csv" && !wicked {
					formulas(t, out)
				}
			}
		}
		run("check")
		run("call", "DescribeRoom", "RoomId:="+id)
		run("kick", id, "u\x1b]0;pwned\x07", "--yes")
		run("end", id, "--yes", "--reason", "EVIL\x1b[2J")
		run("audit", "export")
		assert.NotContains(t, run("report", "--since", "4h", "-o", "html"), "<script>alert")
		run("report", "--since", "4h", "-o", "md")
	}
}

// files are what the program left in its home.
func (d *desk) files() map[string]string {
	out := map[string]string{}
	require.NoError(d.t, filepath.WalkDir(d.home, func(path string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		out[strings.TrimPrefix(path, d.home)] = string(data)
		return err
	}))
	return out
}

// formulas asserts that no cell of a CSV file is one.
func formulas(t *testing.T, text string) {
	cells, err := csv.NewReader(bytes.NewReader([]byte(text))).ReadAll()
	require.NoError(t, err)
	for _, row := range cells {
		for _, cell := range row {
			assert.False(t, cell != "" && strings.ContainsRune("=+-@＝\t", []rune(cell)[0]), "%q", cell)
		}
	}
}
