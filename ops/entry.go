package ops

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"

	"classtop/class"
)

// Phase says whether an audit line was written before or after the request.
type Phase string

// The phases of an operation in the audit file.
const (
	Intent  Phase = "intent"
	Outcome Phase = "outcome"
)

// Entry is one line of the audit file. The file never holds a secret; ids and
// names are in the form that may be shown.
type Entry struct {
	Time      time.Time    `json:"time"`
	Seq       uint64       `json:"seq"` // 1, 2, 3 … over all files
	OpID      string       `json:"op"`  // the same in both lines of one operation
	Operator  string       `json:"operator"`
	Host      string       `json:"host,omitempty"`    // where the operator was, of several hosts
	KeptOn    string       `json:"kept_on,omitempty"` // host that carried it out and whose file has it; only where several are read, never in a file
	Second    string       `json:"second,omitempty"`  // who confirmed it too
	Profile   string       `json:"profile"`
	Action    Action       `json:"action"`
	API       string       `json:"api"`
	Room      class.RoomID `json:"room,string"`
	RoomName  string       `json:"room_name,omitempty"`
	User      string       `json:"user,omitempty"`
	UserName  string       `json:"user_name,omitempty"`
	Seat      *int64       `json:"seat,omitempty"`
	Document  string       `json:"document,omitempty"` // id
	DocName   string       `json:"document_name,omitempty"`
	URL       string       `json:"url,omitempty"`      // of a document to create
	Duration  int64        `json:"duration,omitempty"` // seconds
	Text      string       `json:"text,omitempty"`     // of a notice
	Params    string       `json:"params,omitempty"`   // of a call by name, secrets masked
	Playbook  string       `json:"playbook,omitempty"` // its name and which step
	Reason    string       `json:"reason,omitempty"`
	Phase     Phase        `json:"phase"`
	Outcome   string       `json:"outcome,omitempty"` // the State's name
	Code      string       `json:"code,omitempty"`
	RequestID string       `json:"request_id,omitempty"`
	Found     string       `json:"found,omitempty"`
	Prev      string       `json:"prev"`           // SHA-256 of the whole line before, without its newline
	Hash      string       `json:"hash,omitempty"` // SHA-256 of this line up to the comma before "hash"
}

const hashField = `,"hash":"`

// seal turns an entry into its line, newline included.
func seal(e Entry) ([]byte, error) {
	e.Hash, e.KeptOn = "", ""
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(e); err != nil {
		return nil, err
	}
	body := bytes.TrimSuffix(b.Bytes(), []byte("}\n"))
	return []byte(string(body) + hashField + digest(body) + "\"}\n"), nil
}

// open turns a line, without its newline, into its entry and says what is
// wrong with the line by itself.
func open(line []byte) (Entry, error) {
	var e Entry
	if err := json.Unmarshal(line, &e); err != nil {
		return Entry{}, errors.New("is cut off or no audit line")
	}
	cut := bytes.LastIndex(line, []byte(hashField))
	if cut < 0 || e.Hash != digest(line[:cut]) || string(line[cut:]) != hashField+e.Hash+`"}` {
		return e, fmt.Errorf("was changed: entry %d does not have the hash it carries", e.Seq)
	}
	return e, nil
}

func digest(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// maxPlain caps what people type, in characters.
const maxPlain = 500

// plain makes text from a person or a file safe to show: what is not a visible
// character becomes U+FFFD, and it has an end.
func plain(s string) string {
	n := 0
	return strings.Map(func(r rune) rune {
		if n++; n > maxPlain {
			return -1
		}
		if unicode.IsPrint(r) {
			return r
		}
		return unicode.ReplacementChar
	}, s)
}

// shown makes an entry that was read from a file safe to show.
func (e Entry) shown() Entry {
	for _, s := range []*string{&e.OpID, &e.Operator, &e.Host, &e.KeptOn, &e.Second, &e.Profile, &e.API, &e.RoomName, &e.User, &e.UserName, &e.Document, &e.DocName, &e.URL, &e.Text, &e.Params, &e.Playbook, &e.Reason, &e.Outcome, &e.Code, &e.RequestID, &e.Found, &e.Prev, &e.Hash} {
		*s = plain(*s)
	}
	e.Action, e.Phase = Action(plain(string(e.Action))), Phase(plain(string(e.Phase)))
	return e
}

// Unfinished returns the intents without an outcome: operations that run now,
// or during which classtop was killed. Whether they happened is unknown.
func Unfinished(entries []Entry) []Entry {
	ended := make(map[string]bool)
	for _, e := range entries {
		if e.Phase == Outcome {
			ended[e.OpID] = true
		}
	}
	var out []Entry
	for _, e := range entries {
		if e.Phase == Intent && !ended[e.OpID] {
			out = append(out, e)
		}
	}
	return out
}
