package views

import (
	"fmt"
	"slices"
	"strings"

	"github.com/dustin/go-humanize"

	"classtop/class"
	"classtop/class/clean"
	"classtop/keymap"
	"classtop/ops"
	"classtop/ui"
	"classtop/ui/theme"
)

// documentActions are the rows of what can be done with courseware.
func documentActions() []ui.Action {
	return []ui.Action{
		{Key: keymap.DocBind, Title: "Bind a document to the class", Ways: only(ops.DocBind), Ask: askBind},
		{Key: keymap.DocUnbind, Title: "Unbind the document from the class", Ways: only(ops.DocUnbind)},
		{Key: keymap.DocCreate, Title: "Create a document from a URL", Ways: only(ops.DocCreate), Ask: askCreate},
		{Key: keymap.DocDelete, Title: "Delete the document", Ways: only(ops.DocDelete)},
	}
}

// given tells a field's value that must be there.
func given(what string) func(string) string {
	return func(v string) string {
		if strings.TrimSpace(v) == "" {
			return what
		}
		return ""
	}
}

// askBind asks for the document's id: what can be bound is in no list of the
// class.
func askBind(h ui.Host, t ops.Target) ui.Question {
	return &ui.Form{
		Title:  h.Theme().Say("Bind a document to %s", t.RoomName),
		Fields: []ui.Field{{Label: "document", Hint: "its id", Check: given("Type the id of the document. Copy it (c) from another class, or create one.")}},
		Ways: func(values []string) []ui.Way {
			t.Document, t.DocName = clean.Text(strings.TrimSpace(values[0])), class.Text{}
			return only(ops.DocBind)(t)
		},
	}
}

// transcodings are the choices of TranscodeType, in its order.
var transcodings = []string{"none", "document", "video or audio"}

func askCreate(h ui.Host, t ops.Target) ui.Question {
	card, _ := h.Card(t.Room)
	t.Document, t.DocName = class.Text{}, class.Text{}
	return &ui.Form{
		Title: "Create a document from a URL",
		Fields: []ui.Field{
			{Label: "URL", Hint: "https://… of the file", Check: checkURL},
			{Label: "name", Hint: "what it is called", Check: given("Type what the document is called.")},
			{Label: "owner", Hint: "a user id", Start: card.Teacher.String(), Check: given("Type the user id of the owner.")},
			{Label: "transcode", Choices: transcodings, Start: "document"},
			{Label: "access", Choices: []string{"private", "public"}},
		},
		Ways: func(values []string) []ui.Way {
			owner := clean.Text(strings.TrimSpace(values[2]))
			if values[2] == card.Teacher.String() {
				owner = card.Teacher // as the service spells it
			}
			return []ui.Way{{Op: ops.Op{Action: ops.DocCreate, Target: t, Draft: ops.Draft{
				URL: clean.Block(strings.TrimSpace(values[0])), Name: clean.Text(strings.TrimSpace(values[1])), Owner: owner,
				Transcode: int64(slices.Index(transcodings, values[3])), Public: values[4] == "public",
			}}}}
		},
	}
}

// checkURL says what is wrong with the address of a file. The service fetches
// it itself, so it must be one that it can reach.
func checkURL(v string) string {
	v = strings.TrimSpace(v)
	scheme, rest, ok := strings.Cut(v, "://")
	switch {
	case v == "":
		return "Type the address of the file."
	case !ok || scheme != "https" && scheme != "http":
		return "The address begins with https:// or http://."
	case rest == "" || strings.HasPrefix(rest, "/"):
		return "The address has no host."
	case strings.ContainsFunc(v, func(r rune) bool { return r <= ' ' || r >= 0x7f }):
		return "Write the address with %-escapes: only plain ASCII without spaces."
	}
	return ""
}

// documentFacts is all that is known of a document.
func documentFacts(h ui.Host, d *class.Document) []ui.Fact {
	link := func(name string, t class.Text) ui.Fact {
		return ui.Fact{Name: name, Value: t.String(), Link: t.String(), Look: theme.Accent}
	}
	facts := []ui.Fact{
		{Name: "name", Value: d.Name.String(), Look: theme.Title},
		{Name: "id", Value: d.ID.String()},
		{Name: "type", Value: d.Type.String()},
		{Name: "size", Value: longSize(d.Size), Words: true},
		{Name: "pages", Value: zeroless(d.Pages)},
		{Name: "page size", Value: pageSize(d)},
		{Name: "owner", Value: d.Owner.String()},
		{Name: "access", Value: access(d), Words: true},
		{Name: "transcoding", Value: documentState(d), Words: true, Look: documentLook(d, h.Now())},
	}
	if d.State == class.TranscodeFail {
		facts = append(facts, ui.Fact{Name: "why", Value: d.Info.String(), Look: theme.Danger},
			ui.Fact{Name: "code", Value: d.Result.String(), Look: theme.Danger})
	} else {
		facts = append(facts, link("transcoded", d.Result))
	}
	return append(facts, link("file", d.URL), link("cover", d.Cover), link("preview", d.Preview),
		ui.Fact{Name: "updated", Value: moment(d.Updated, h.Location()), Words: true})
}

func documentState(d *class.Document) string {
	if d.State == class.Transcodes {
		return fmt.Sprintf("transcoding, %d%% done", percent(d.Progress))
	}
	return stateName(d.State)
}

func longSize(n int64) string {
	if n <= 0 {
		return ""
	}
	return size(n) + " (" + humanize.Comma(n) + " bytes)"
}

func pageSize(d *class.Document) string {
	if d.Width <= 0 || d.Height <= 0 {
		return ""
	}
	return fmt.Sprintf("%d x %d", d.Width, d.Height)
}
