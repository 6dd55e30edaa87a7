//go:build linux

package cli

import (
	"bytes"
	"compress/gzip"
	"crypto/ed25519"
	"crypto/rand"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/crypto/ssh"
)

// unpacked is what the compressed parts of a file hold.
func unpacked(data string) string {
	var out strings.Builder
	for at := 0; ; at++ {
		next := strings.Index(data[at:], "\x1f\x8b\x08")
		if next < 0 {
			return out.String()
		}
		at += next
		if z, err := gzip.NewReader(strings.NewReader(data[at:])); err == nil {
			z.Multistream(false)
			_, _ = io.Copy(&out, z)
		}
	}
}

// A credential file that others may read is refused, and not repeated.
func TestCredentialFilesOfOthersAreRefused(t *testing.T) {
	for file, source := range map[string]string{
		".tencentcloud/credentials": "credentials file", ".tccli/default.credential": "tccli profile", ".keys/usersig": "credentials file",
	} {
		v, home := newVault(t), t.TempDir()
		env := append(sources[source](t, home, v.hello), v.env...)
		for _, mode := range []os.FileMode{0o640, 0o604, 0o660} {
			require.NoError(t, os.Chmod(filepath.Join(home, file), mode))
			out, err := program(t, home, env, "call", "get_seat_list", "RoomId=1000").CombinedOutput()
			assert.Error(t, err, "%s %o", file, mode)
			assert.Contains(t, string(out), "chmod 600", "%s %o", file, mode)
			v.silent(file, string(out))
		}
		assert.Len(t, v.secrets, 4, "nothing was signed with it")
	}
}

// A served school tells its secrets neither in the log, nor in the figures, nor
// to who sits at it, nor in a file.
func TestNoServerTellsASecret(t *testing.T) {
	v, home := newVault(t), t.TempDir()
	_, private, err := ed25519.GenerateKey(rand.Reader)
	require.NoError(t, err)
	key, err := ssh.NewSignerFromKey(private)
	require.NoError(t, err)
	stash(t, filepath.Join(home, "keys"), `name="tester",role="lead" `+string(ssh.MarshalAuthorizedKey(key.PublicKey())))
	env := append(sources["environment"](t, home, v.hello), v.env...)
	cmd := program(t, home, env, "serve", "--keys", "keys", "--listen", "127.0.0.1:0", "--metrics", "127.0.0.1:0", "--record", "served.tape")
	log := newLog()
	cmd.Stdout, cmd.Stderr = log, log
	require.NoError(t, cmd.Start())
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	s := &served{t: t, key: key, addr: log.finds(t, `serves \S+ at (\S+) to`)}
	figures := "http://" + log.finds(t, `msg=metrics address=(\S+)`)
	p, _ := s.sit(true, 120, 30)
	p.until("small class") // of the class under the cursor
	for _, key := range []struct{ types, then string }{{"\r", "student"}, {"5", "taken"}} {
		_, _ = io.WriteString(p.in, key.types)
		p.until(key.then)
	}
	for _, path := range []string{"/metrics", "/healthz"} {
		answer, err := http.Get(figures + path)
		require.NoError(t, err)
		text, _ := io.ReadAll(answer.Body)
		_ = answer.Body.Close()
		assert.NotEmpty(t, text)
		v.silent(path, string(text))
	}
	require.NoError(t, cmd.Process.Signal(syscall.SIGTERM))
	_ = cmd.Wait()
	v.silent("the log", log.String())
	p.mu.Lock()
	v.silent("the screen", p.seen.String())
	p.mu.Unlock()
	files := left(t, home)
	assert.Contains(t, files, "/served.tape")
	for file, text := range files {
		v.silent(file, text)
	}
}

// journal keeps what a program writes and lets a test wait for a line.
type journal struct {
	mu   sync.Mutex
	text bytes.Buffer
	more chan struct{}
}

func newLog() *journal { return &journal{more: make(chan struct{}, 1)} }

func (j *journal) Write(b []byte) (int, error) {
	j.mu.Lock()
	j.text.Write(b)
	j.mu.Unlock()
	select {
	case j.more <- struct{}{}:
	default:
	}
	return len(b), nil
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.String()
}

// finds waits for a text and returns its first group.
func (j *journal) finds(t *testing.T, want string) string {
	t.Helper()
	for late := time.After(time.Minute); ; {
		if m := regexp.MustCompile(want).FindStringSubmatch(j.String()); m != nil {
			return m[1]
		}
		select {
		case <-j.more:
		case <-late:
			t.Fatalf("no %q in:\n%s", want, j)
		}
	}
}
