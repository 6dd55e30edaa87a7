package cli

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"classtop/class/clean"
	"classtop/sim"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// payload is one text of a stranger.
type payload struct{ name, text string }

// untrusted reads the corpus.
func untrusted(t testing.TB) (all []payload) {
	f, err := os.Open("../testdata/untrusted.txt")
	require.NoError(t, err)
	defer f.Close()
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		name, rest, ok := strings.Cut(lines.Text(), " ")
		if !ok || name == "#" {
			continue
		}
		quoted, err := strconv.QuotedPrefix(rest)
		require.NoError(t, err, name)
		text, err := strconv.Unquote(quoted)
		require.NoError(t, err, name)
		if times := strings.TrimSpace(rest[len(quoted):]); times != "" {
			n, err := strconv.Atoi(times)
			require.NoError(t, err, name)
			text = strings.Repeat(text, n)
		}
		all = append(all, payload{name, text})
	}
	require.NoError(t, lines.Err())
	require.Greater(t, len(all), 70)
	return all
}

// hostile is a school whose every text comes from the corpus. What requests
// need to find their way (numbers of classes and questions) stays.
type hostile struct {
	school http.Handler
	texts  []payload
	mu     sync.Mutex
	next   int
	refuse bool                // answer with an error in hostile words
	chatty bool                // go on talking after each answer
	sigs   map[string]bool     // UserSigs that were seen
	seen   map[string]struct{} // names of texts that were sent
}

func newHostile(t testing.TB, school *sim.Server) *hostile {
	return &hostile{school: school, texts: untrusted(t), sigs: map[string]bool{}, seen: map[string]struct{}{}}
}

// kept are the fields that lead further.
var kept = map[string]bool{
	"RoomId": true, "QuestionId": true, "ActionStatus": true, "GroupId": true, "DocumentUrl": true, "StartTime": true, "EndTime": true,
	"Data": true,
}

// ids keep what is theirs and get a text behind it, so that they stay apart.
var ids = map[string]bool{"UserId": true, "TeacherId": true, "DocumentId": true, "MemberId": true, "Member_Account": true, "RequestId": true}

// ServeHTTP answers as the school does, in other words.
func (h *hostile) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if sig := r.URL.Query().Get("usersig"); sig != "" {
		h.sigs[sig] = true
	}
	rec := httptest.NewRecorder()
	h.school.ServeHTTP(rec, r)
	d := json.NewDecoder(rec.Body)
	d.UseNumber()
	var doc map[string]any
	if err := d.Decode(&doc); err != nil {
		http.Error(w, "no JSON", http.StatusBadGateway)
		return
	}
	if h.refuse {
		doc = h.refusal(r)
	}
	var body bytes.Buffer
	h.write(&body, doc, "")
	for name, v := range rec.Header() {
		if name != "Content-Length" {
			w.Header()[name] = v
		}
	}
	if h.chatty {
		ramble(w, body.Bytes())
		return
	}
	_, _ = w.Write(body.Bytes())
}

// ramble answers and says more than it was asked, on a connection that the
// client keeps.
func ramble(w http.ResponseWriter, body []byte) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return
	}
	date := time.Now().UTC().Format(http.TimeFormat)
	fmt.Fprintf(conn, "HTTP/1.1 200 OK\r\nDate: %s\r\nContent-Length: %d\r\n\r\n%sEVIL\x1b]0;pwned\a", date, len(body), body)
}

// wickedCode is the beginning of the codes of refusals.
const wickedCode = "FailedOperation."

func (h *hostile) refusal(r *http.Request) map[string]any {
	if strings.HasPrefix(r.URL.Path, "/v4/") {
		return map[string]any{"ActionStatus": "FAIL", "ErrorCode": json.Number("100001"), "ErrorInfo": "", "RequestId": ""}
	}
	return map[string]any{"Response": map[string]any{"Error": map[string]any{"Code": wickedCode, "Message": ""}, "RequestId": ""}}
}

// write is encoding/json with the strings exchanged, invalid bytes and all.
func (h *hostile) write(out *bytes.Buffer, v any, field string) {
	switch v := v.(type) {
	case map[string]any:
		sep := "{"
		for name, item := range v {
			fmt.Fprintf(out, "%s%q:", sep, name)
			h.write(out, item, name)
			sep = ","
		}
		out.WriteString(map[bool]string{true: "{}", false: "}"}[len(v) == 0])
	case []any:
		out.WriteByte('[')
		for i, item := range v {
			if i > 0 {
				out.WriteByte(',')
			}
			h.write(out, item, field)
		}
		out.WriteByte(']')
	case string:
		quote(out, h.said(v, field))
	default:
		data, _ := json.Marshal(v)
		out.Write(data)
	}
}

// told counts the texts that were sent. The last requests may still be answered.
func (h *hostile) told() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.seen)
}

// said is what a field says instead.
func (h *hostile) said(was, field string) string {
	if kept[field] || field == "Code" && was != wickedCode {
		return was // the school's own refusals, such as of too many requests, keep their code: the client knows what to do
	}
	p := h.texts[h.next%len(h.texts)]
	h.next++
	h.seen[p.name] = struct{}{}
	if ids[field] || was == wickedCode {
		return was + p.text
	}
	return p.text
}

// quote writes a JSON string; bytes that are no UTF-8 stay as they are.
func quote(out *bytes.Buffer, s string) {
	out.WriteByte('"')
	for _, c := range []byte(s) {
		switch {
		case c == '"' || c == '\\':
			out.Write([]byte{'\\', c})
		case c < 0x20:
			fmt.Fprintf(out, `\u%04x`, c)
		default:
			out.WriteByte(c)
		}
	}
	out.WriteByte('"')
}

// talks makes it say more than it is asked, or no more.
func (h *hostile) talks(on bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.chatty = on
}

// wicked switches to refusals in hostile words, and back.
func (h *hostile) wicked(on bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.refuse = on
}

var (
	osc       = regexp.MustCompile("\x1b\\]([^\x07\x1b]*)(\x07|\x1b\\\\)")
	oscRight  = regexp.MustCompile(`^([012];(classtop( \(\d+\))?)?|1[01];\?|112?|9;classtop: [^\x00-\x1f]*|8;;(https://[!-~]*)?|52;c;[A-Za-z0-9+/=]*)$`)
	dcs       = regexp.MustCompile("\x1bP([^\x1b]*)\x1b\\\\")
	dcsRight  = regexp.MustCompile(`^\+q[0-9A-F;]*$`)
	otherText = regexp.MustCompile("\x1b[_^X]")
)

// innocent asserts that nothing in an output can have come from a stranger and
// act: only the sequences that the program itself writes are there.
func innocent(t *testing.T, what, raw string, texts []payload) {
	t.Helper()
	assert.True(t, utf8.ValidString(raw), "%s: not UTF-8", what)
	for _, r := range raw {
		if r != 0x1b && r >= 0x20 && r != 0x7f && !unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) || strings.ContainsRune("\r\n\t\b\a\x1b", r) {
			continue
		}
		t.Errorf("%s: holds %U", what, r)
		break
	}
	for _, m := range osc.FindAllStringSubmatch(raw, -1) {
		assert.Regexp(t, oscRight, m[1], what)
		if data, ok := strings.CutPrefix(m[1], "52;c;"); ok {
			text, err := base64.StdEncoding.DecodeString(data)
			assert.NoError(t, err, what)
			assert.NotContains(t, string(text), "\x1b", "%s: on the clipboard", what)
			assert.NotContains(t, string(text), "\n", "%s: on the clipboard", what)
		}
	}
	for _, m := range dcs.FindAllStringSubmatch(raw, -1) {
		assert.Regexp(t, dcsRight, m[1], what)
	}
	rest := dcs.ReplaceAllString(osc.ReplaceAllString(raw, ""), "")
	assert.NotContains(t, rest, "\x1b]", "%s: an OSC without end", what)
	assert.NotContains(t, rest, "\x1bP", "%s: a DCS without end", what)
	assert.NotRegexp(t, otherText, rest, what)
	for _, p := range texts {
		if clean.Block(p.text).String() != p.text {
			assert.NotContains(t, raw, p.text, "%s: %s", what, p.name)
		}
	}
}
