package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"classtop/sim"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"classtop": func() {
		a := &app{env: os.LookupEnv, in: os.Stdin, out: os.Stdout, err: os.Stderr, now: time.Now}
		a.sabotage = sabotages[os.Getenv("CLASSTOP_TEST_FAULT")]
		os.Exit(a.main(os.Args[1:]))
	}})
}

// TestScripts runs the real command line against a simulated school on
// loopback, configured by environment variables only. Whatever a command
// prints, and the audit file, must not hold a secret.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "../testdata/script",
		RequireExplicitExec: true,
		Setup:               setupSchool,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"run": cmdRun, "unset": cmdUnset, "pick": cmdPick, "auditlines": cmdAuditLines, "edit": cmdEdit, "faults": cmdFaults, "journal": cmdJournal, "shape": cmdShape,
		},
	})
}

// scene is what a script's commands share.
type scene struct {
	school  *sim.Server
	url     string
	secrets []string
	unset   []string
}

type sceneKey struct{}

func setupSchool(env *testscript.Env) error {
	// The school's time all but stands still: nobody comes or goes between two
	// commands of a script.
	school := sim.New(sim.Options{Seed: 7, Rooms: 8, Members: 12, Speed: 1e-6})
	server := httptest.NewServer(school)
	env.Defer(server.Close)
	hello := school.Credentials()
	home := filepath.Join(env.WorkDir, "home")
	for name, value := range map[string]string{
		"HOME": home, "XDG_CONFIG_HOME": "", "XDG_STATE_HOME": "", "USER": "tester",
		"AUDIT":                         filepath.Join(home, ".local/state/classtop/audit.jsonl"),
		"TENCENTCLOUD_SECRET_ID":        hello.SecretID,
		"TENCENTCLOUD_SECRET_KEY":       hello.SecretKey,
		"CLASSTOP_ENDPOINT":             server.URL,
		"CLASSTOP_ROOM_ENGINE_ENDPOINT": server.URL,
		"CLASSTOP_SDK_APP_ID":           fmt.Sprint(hello.SdkAppID),
		"CLASSTOP_ADMIN":                hello.Admin,
		"CLASSTOP_USERSIG_KEY":          hello.UserSigKey,
		"TENCENTCLOUD_REGION":           "ap-guangzhou",
	} {
		env.Setenv(name, value)
	}
	env.Values[sceneKey{}] = &scene{school: school, url: server.URL, secrets: []string{hello.SecretKey, hello.UserSigKey}}
	return os.MkdirAll(home, 0o700)
}

// cmdRun runs classtop and checks its exit status: run STATUS ARG...
func cmdRun(ts *testscript.TestScript, neg bool, args []string) {
	s := ts.Value(sceneKey{}).(*scene)
	if neg || len(args) < 1 {
		ts.Fatalf("usage: run STATUS ARG...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	words := []string{}
	for _, name := range s.unset {
		words = append(words, "-u", name)
	}
	err = ts.Exec("env", append(append(words, "classtop"), args[1:]...)...)
	got := 0
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		got = exit.ExitCode()
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if got != want {
		ts.Fatalf("exit status %d, want %d\nstdout: %s\nstderr: %s", got, want, ts.ReadFile("stdout"), ts.ReadFile("stderr"))
	}
	printed := ts.ReadFile("stdout") + ts.ReadFile("stderr")
	if audit, err := os.ReadFile(ts.Getenv("AUDIT")); err == nil {
		printed += string(audit)
	}
	for _, secret := range s.secrets {
		if strings.Contains(printed, secret) {
			ts.Fatalf("a secret was printed by %v", args)
		}
	}
}

// cmdUnset takes variables away from the commands that follow.
func cmdUnset(ts *testscript.TestScript, _ bool, args []string) {
	s := ts.Value(sceneKey{}).(*scene)
	s.unset = append(s.unset, args...)
}

// cmdPick takes a value from the JSON list that the last command printed:
// pick VAR FIELD [FIELD VALUE]... takes FIELD of the first item that fits; * is
// anything but nothing.
func cmdPick(ts *testscript.TestScript, _ bool, args []string) {
	var items []map[string]any
	d := json.NewDecoder(strings.NewReader(ts.ReadFile("stdout")))
	d.UseNumber()
	ts.Check(d.Decode(&items))
	i := slices.IndexFunc(items, func(item map[string]any) bool {
		for j := 2; j+1 < len(args); j += 2 {
			got := fmt.Sprint(item[args[j]])
			if got != args[j+1] && (args[j+1] != "*" || got == "") {
				return false
			}
		}
		return true
	})
	if i < 0 {
		ts.Fatalf("no item of %d fits %v", len(items), args[2:])
	}
	ts.Setenv(args[0], fmt.Sprint(items[i][args[1]]))
}

// cmdAuditLines counts the lines of the audit file; none is one that is not
// there: auditlines N.
func cmdAuditLines(ts *testscript.TestScript, _ bool, args []string) {
	data, err := os.ReadFile(ts.Getenv("AUDIT"))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		ts.Fatalf("%v", err)
	}
	if got := strings.Count(string(data), "\n"); fmt.Sprint(got) != args[0] {
		ts.Fatalf("%d lines in the audit file, want %s", got, args[0])
	}
}

// cmdEdit replaces a word in a file: edit FILE OLD NEW.
func cmdEdit(ts *testscript.TestScript, _ bool, args []string) {
	text := ts.ReadFile(args[0])
	ts.Check(os.WriteFile(args[0], []byte(strings.ReplaceAll(text, args[1], args[2])), 0o600))
}

// cmdFaults changes what goes wrong: faults FILE.
func cmdFaults(ts *testscript.TestScript, _ bool, args []string) {
	s := ts.Value(sceneKey{}).(*scene)
	request, err := http.NewRequest(http.MethodPut, s.url+"/_sim/faults", strings.NewReader(ts.ReadFile(args[0])))
	ts.Check(err)
	answer, err := http.DefaultClient.Do(request)
	ts.Check(err)
	ts.Check(answer.Body.Close())
	if answer.StatusCode != http.StatusOK {
		ts.Fatalf("the simulator answered %s", answer.Status)
	}
}

// cmdJournal counts the writes that reached the school: journal ACTION N.
func cmdJournal(ts *testscript.TestScript, _ bool, args []string) {
	got := 0
	for _, e := range ts.Value(sceneKey{}).(*scene).school.Journal() {
		if e.Action == args[0] {
			got++
		}
	}
	if fmt.Sprint(got) != args[1] {
		ts.Fatalf("%d %s reached the school, want %s", got, args[0], args[1])
	}
}
