//go:build linux

package cli

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/pem"
	"fmt"
	"io"
	"log"
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"classtop/sim"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const (
	tokenCanary = "token-canary+/=5c1f"
	proxyCanary = "proxy-canary-77d0"
)

// vault is a school behind TLS and a proxy, and every secret that leads there.
type vault struct {
	t       *testing.T
	hello   sim.Hello
	env     []string // without credentials
	mu      sync.Mutex
	secrets map[string]string // by what they are
	hosts   []string          // that the proxy was asked for
	leaks   int               // requests that came to the proxy unencrypted
}

func newVault(t *testing.T) *vault {
	school := sim.New(sim.Options{Seed: 3, Rooms: 3, Members: 6})
	v := &vault{t: t, hello: school.Credentials()}
	v.secrets = map[string]string{"key": v.hello.SecretKey, "UserSig key": v.hello.UserSigKey, "token": tokenCanary, "proxy password": proxyCanary}
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if sig := r.URL.Query().Get("usersig"); sig != "" {
			v.mu.Lock()
			v.secrets["UserSig "+strconv.Itoa(len(v.secrets))] = sig
			v.mu.Unlock()
		}
		school.ServeHTTP(w, r)
	}))
	server.Config.ErrorLog = log.New(io.Discard, "", 0) // of clients that do not trust it
	server.StartTLS()
	t.Cleanup(server.Close)
	proxy := httptest.NewServer(v.proxy(server.Listener.Addr().String()))
	t.Cleanup(proxy.Close)
	cert := filepath.Join(t.TempDir(), "ca.pem")
	require.NoError(t, os.WriteFile(cert, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw}), 0o600))
	v.env = []string{
		"SSL_CERT_FILE=" + cert, "HTTPS_PROXY=" + strings.Replace(proxy.URL, "://", "://me:"+proxyCanary+"@", 1),
		"CLASSTOP_ENDPOINT=example.com", "CLASSTOP_ROOM_ENGINE_ENDPOINT=example.com", "TENCENTCLOUD_REGION=ap-guangzhou",
		"CLASSTOP_SDK_APP_ID=" + strconv.FormatUint(v.hello.SdkAppID, 10),
	}
	return v
}

// proxy tunnels every CONNECT to the school.
func (v *vault) proxy(school string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		_, password, _ := (&http.Request{Header: http.Header{"Authorization": r.Header["Proxy-Authorization"]}}).BasicAuth()
		v.mu.Lock()
		v.hosts = append(v.hosts, r.Host)
		if r.Method != http.MethodConnect || password != proxyCanary {
			v.leaks++
		}
		v.mu.Unlock()
		there, err := net.Dial("tcp", school)
		if err != nil {
			http.Error(w, "", http.StatusBadGateway)
			return
		}
		here, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			return
		}
		_, _ = io.WriteString(here, "HTTP/1.1 200 Connection established\r\n\r\n")
		go func() { _, _ = io.Copy(there, here); _ = there.Close() }()
		go func() { _, _ = io.Copy(here, there); _ = here.Close() }()
	}
}

// silent asserts that a text holds no secret, however it is written.
func (v *vault) silent(what, text string) {
	v.t.Helper()
	v.mu.Lock()
	defer v.mu.Unlock()
	for name, secret := range v.secrets {
		for how, form := range spellings(secret) {
			if strings.Contains(text, form) {
				v.t.Errorf("%s holds the %s, %s", what, name, how)
			}
		}
	}
}

// spellings are the forms in which a secret can hide in a text. Base64 has
// three, by where in a longer text it begins; their ends depend on what is
// beside them and are left out.
func spellings(secret string) map[string]string {
	forms := map[string]string{"plain": secret, "escaped for a query": url.QueryEscape(secret), "escaped for a path": url.PathEscape(secret), "hex": hex.EncodeToString([]byte(secret))}
	for shift := range 3 {
		for name, coding := range map[string]*base64.Encoding{"base64": base64.RawStdEncoding, "base64 for URLs": base64.RawURLEncoding} {
			text := coding.EncodeToString([]byte(strings.Repeat("x", shift) + secret))
			forms[fmt.Sprintf("%s, %d", name, shift)] = text[[]int{0, 2, 3}[shift] : len(text)-2]
		}
	}
	return forms
}

// sources are the places where a key pair can be; each returns variables.
var sources = map[string]func(t *testing.T, home string, h sim.Hello) []string{
	"environment": func(_ *testing.T, _ string, h sim.Hello) []string {
		return []string{"TENCENTCLOUD_SECRET_ID=" + h.SecretID, "TENCENTCLOUD_SECRET_KEY=" + h.SecretKey, "TENCENTCLOUD_TOKEN=" + tokenCanary, "CLASSTOP_USERSIG_KEY=" + h.UserSigKey}
	},
	"credentials file": func(t *testing.T, home string, h sim.Hello) []string {
		stash(t, filepath.Join(home, ".tencentcloud/credentials"), fmt.Sprintf("[default]\nsecret_id = %s\nsecret_key = %s\ntoken = %s\n", h.SecretID, h.SecretKey, tokenCanary))
		return sigFile(t, home, h)
	},
	"tccli profile": func(t *testing.T, home string, h sim.Hello) []string {
		stash(t, filepath.Join(home, ".tccli/default.credential"), fmt.Sprintf(`{"secretId":%q,"secretKey":%q,"token":%q}`, h.SecretID, h.SecretKey, tokenCanary))
		return sigFile(t, home, h)
	},
}

func stash(t *testing.T, path, text string) {
	require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o700))
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
}

// sigFile keeps the UserSig key in a file that the configuration names.
func sigFile(t *testing.T, home string, h sim.Hello) []string {
	stash(t, filepath.Join(home, ".keys/usersig"), h.UserSigKey+"\n")
	stash(t, filepath.Join(home, ".config/classtop/config.yaml"), "profile: a\nprofiles: {a: {usersig_key_file: "+filepath.Join(home, ".keys/usersig")+"}}\n")
	return nil
}

// left are the files below home beside those that hold the secrets.
func left(t *testing.T, home string) map[string]string {
	d := &desk{t: t, home: home}
	files := d.files()
	for name, data := range files {
		files[name] = data + unpacked(data)
	}
	for _, own := range []string{"/.tencentcloud/credentials", "/.tccli/default.credential", "/.keys/usersig"} {
		delete(files, own)
	}
	return files
}

func TestNoCommandTellsASecret(t *testing.T) {
	t.Parallel()
	for name, place := range sources {
		t.Run(name, func(t *testing.T) {
			v, home := newVault(t), t.TempDir()
			env := append(place(t, home, v.hello), v.env...)
			run := func(status int, extra []string, args ...string) string {
				cmd := program(t, home, append(env, extra...), args...)
				var out bytes.Buffer
				cmd.Stdout, cmd.Stderr = &out, &out
				_ = cmd.Run()
				assert.Equal(t, status, cmd.ProcessState.ExitCode(), "%v: %s", args, out.String())
				v.silent(strings.Join(append(args, extra...), " "), out.String())
				return out.String()
			}
			assert.Contains(t, run(0, nil, "get", "rooms", "-o", "csv"), ",")
			run(0, nil, "config", "show")
			run(0, nil, "call", "GetRooms", "Page=1", "--dry-run")
			run(0, nil, "call", "get_seat_list", "RoomId=1000", "--dry-run")
			run(1, nil, "call", "get_seat_list", "RoomId=1000")
			run(1, nil, "kick", "1000", "u1", "--yes")
			run(1, []string{"HTTPS_PROXY=http://me:" + proxyCanary + "@127.0.0.1:1"}, "get", "rooms")
			run(1, []string{"HTTPS_PROXY=http://me:" + proxyCanary + "%zz@127.0.0.1:1"}, "get", "rooms")
			run(1, []string{"SSL_CERT_FILE=/dev/null"}, "get", "rooms")
			run(2, []string{"CLASSTOP_ENDPOINT=http://me:" + proxyCanary + "@example.com"}, "get", "rooms")
			for file, text := range left(t, home) {
				v.silent(file, text)
			}
			assert.Greater(t, len(v.secrets), 4, "a UserSig was sent")
			assert.Zero(t, v.leaks, "the proxy sees CONNECT and its password only")
			for _, host := range v.hosts {
				assert.Equal(t, "example.com:443", host)
			}
		})
	}
}

func TestNoScreenTellsASecret(t *testing.T) {
	v := newVault(t)
	home := t.TempDir()
	env := append(sources["environment"](t, home, v.hello), v.env...)
	d := sitAt(t, 160, 45, true, env, "--record", "shift.tape")
	d.sees("▌ live")
	pid := d.cmd.Process.Pid
	d.plays([]step{
		{"d", "Describe "}, esc, {"y", "esc closes"}, esc, {"inoted\r", "noted"}, {":theme nord\r", "nord"}, {"1", "[1 live]"}, {"\r", "student"}, {"5", "[5 Seats]"}, {"8", "[8 Report]"},
		{":requests\r", "GetRooms"}, {":audit\r", "Audit"}, {":calls\r", "StrRoomId"}, {":api\r", "AddGroupMember"}, {"?", "Keys here"}, {"\x1b", "-Keys here"},
	})
	words, err := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid))
	if err == nil {
		v.silent("the command line", string(words))
		children, _ := os.ReadFile(fmt.Sprintf("/proc/%d/task/%d/children", pid, pid))
		assert.Empty(t, string(children), "no other program is started")
	}
	d.types("\x03")
	assert.Equal(t, exitDone, d.ends(patient))
	v.silent("the screen", d.raw())
	files := left(t, d.home)
	for file, text := range files {
		v.silent(file, text)
	}
	names := strings.Join(slices.Sorted(maps.Keys(files)), " ")
	for _, file := range []string{"shift.tape", "notes.json", "looks.json"} {
		assert.Contains(t, names, file, "it was looked through")
	}
	assert.NotEmpty(t, unpacked(files["/shift.tape"]), "also what is packed")
	broken := sit(t, true, append(env, "CLASSTOP_TEST_FAULT=goroutine"))
	assert.Equal(t, exitFailed, broken.ends(patient))
	broken.sees("A report without names and keys is in")
	v.silent("the screen after a crash", broken.raw())
	files = left(t, broken.home)
	require.NotEmpty(t, files)
	for file, text := range files {
		v.silent(file, text)
	}
}

// A secret in any spelling is found, or these tests prove nothing.
func TestSpellingsAreFound(t *testing.T) {
	secret := "a+b/c=d&e#1234567890"
	for _, before := range []string{"", "1", "12"} {
		for _, text := range []string{
			secret, "q=" + url.QueryEscape(secret), url.PathEscape(secret), hex.EncodeToString([]byte(secret)),
			base64.StdEncoding.EncodeToString([]byte(before + secret + "tail")), base64.RawURLEncoding.EncodeToString([]byte(before + secret)),
		} {
			found := false
			for _, form := range spellings(secret) {
				found = found || strings.Contains(text, form)
			}
			assert.True(t, found, text)
		}
	}
}
