package views

import (
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"classtop/class"
	"classtop/class/clean"
	"classtop/keymap"
	"classtop/ops"
	"classtop/poll"
	"classtop/ui/uitest"
)

// shelf is the courseware of one class: every state, and what is odd.
func shelf() []class.Document {
	url := func(s string) class.Text { return clean.Block("https://files.example.com/" + s) }
	return []class.Document{
		{ID: text("doc_1"), Name: text("二次函数与不等式 第三讲.pptx"), Type: text("pptx"), URL: url("a.pptx"), Owner: text("t_wang"), Public: true,
			State: class.Transcoded, Progress: 100, Result: url("a/index.html"), Size: 4_812_003, Pages: 42, Width: 1280, Height: 720, Updated: unix(-90)},
		{ID: text("doc_2"), Name: text("课堂练习.pdf"), Type: text("pdf"), URL: url("b.pdf"), Owner: text("t_wang"), State: class.Transcodes, Progress: 45, Size: 1_204_331, Updated: unix(-2)},
		{ID: text("doc_3"), Name: text("Old scan.doc"), Type: text("doc"), URL: url("c.doc"), Owner: text("a_liu"), State: class.TranscodeFail,
			Result: text("TranscodeFailed.Password"), Info: text("the file has a password"), Size: 88_000, Updated: unix(-5)},
		{ID: text("doc_4"), Name: text("视频 抛物线.mp4"), Type: text("mp4"), URL: url("d.mp4"), Owner: text("t_wang"), Size: 734_003_200, Updated: unix(-4000)},
		{ID: text("doc_5"), Name: text(strings.Repeat("很长很长的名字", 40)), State: 9, Progress: 4000, Size: -1, Owner: text("x")},
	}
}

func documentsUpdate(list []class.Document) poll.Update {
	return talkUpdate(poll.Documents, "", list)
}

func inDocuments(t *testing.T, w, h int) *stand {
	s := inTab(t, w, h, "4")
	s.Put(documentsUpdate(shelf()))
	return s
}

func TestFramesOfDocuments(t *testing.T) {
	for _, size := range sizes {
		t.Run(fmt.Sprintf("%dx%d", size.w, size.h), func(t *testing.T) {
			s := inDocuments(t, size.w, size.h)
			requireFull(t, s, size.w, size.h)
			golden.RequireEqual(t, s.Text()+"\n")
		})
	}
}

func TestFrameOfDocumentsInASCII(t *testing.T) {
	s := newStand(t, 120, 24, onlyTabs("2", "4"), ascii)
	s.Put(updates(school())...)
	s.Press("j", "j", "j", "enter", "4")
	s.Put(documentsUpdate(shelf()))
	requireFull(t, s, 120, 24)
	golden.RequireEqual(t, s.Text()+"\n")
	for _, r := range "…│─●→╭╮╰╯▌━·–›↑↓✓" {
		assert.NotContains(t, s.Text(), string(r))
	}
}

func TestFrameOfDocumentsWithoutColour(t *testing.T) {
	s := inDocuments(t, 80, 24)
	s.Send(tea.ColorProfileMsg{Profile: colorprofile.ASCII})
	golden.RequireEqual(t, s.Frame()+"\n")
	for _, want := range []string{"FAILED", "45%", "ready", "state 9"} {
		assert.Contains(t, s.Text(), want)
	}
}

func TestTranscodingIsLive(t *testing.T) {
	s := inDocuments(t, 80, 24)
	assert.Contains(t, s.line("课堂练习"), "━━━━──────  45%")
	list := shelf()
	list[1].Progress = 98
	s.Put(documentsUpdate(list))
	assert.Contains(t, s.line("课堂练习"), "━━━━━━━━━─  98%")
	list[1].Progress, list[1].State = 100, class.Transcoded
	s.Put(documentsUpdate(list))
	assert.Contains(t, s.line("课堂练习"), "ready")
}

func TestDocumentsThatAreNotThere(t *testing.T) {
	s := inTab(t, 80, 24, "4")
	assert.Contains(t, s.Text(), "Reading")
	s.Put(documentsUpdate(nil))
	assert.Contains(t, s.Text(), "This class has no documents")
	s.Press("d", "y", "c", "p", "j")
	requireFull(t, s, 80, 24)
	broken := documentsUpdate(nil)
	broken.Err = &class.Error{Code: "InternalError", Meaning: "The service failed inside."}
	s.Put(documentsUpdate(shelf()), broken)
	assert.Contains(t, s.Text(), "课堂练习", "old data stay")
}

func TestDocumentIsDescribedWithLinks(t *testing.T) {
	s := inDocuments(t, 120, 40)
	s.Press("/", "二", "次", "enter")
	link := ansi.SetHyperlink("https://files.example.com/a/index.html")
	assert.Contains(t, s.Frame(), link, "in the preview")
	s.Press("p")
	assert.NotContains(t, s.Frame(), link)
	s.Press("d")
	assert.Contains(t, s.Frame(), link)
	assert.Contains(t, s.Text(), "4.8 MB (4,812,003 bytes)")
	s.Send(tea.ColorProfileMsg{Profile: colorprofile.ASCII})
	assert.NotContains(t, s.Frame(), "\x1b]8", "no links where the terminal may not know them")
}

func TestDeleteADocumentWantsTheDigits(t *testing.T) {
	s := inDocuments(t, 80, 24)
	s.choose("Delete the document")
	for _, want := range []string{"Delete document Old scan.doc (doc_3)", "every class", "Type 8217 and enter"} {
		assert.Contains(t, s.Text(), want)
	}
	s.press("y")
	s.yes("enter")
	assert.Empty(t, s.runner.Ran())
	s.press("8", "2", "1", "7")
	s.yes("enter")
	require.Len(t, s.runner.Ran(), 1)
	assert.Equal(t, ops.DocDelete, s.runner.Ran()[0].Action)
	assert.Equal(t, "doc_3", s.runner.Ran()[0].Target.Document.String())
	assert.Equal(t, []poll.Topic{{Kind: poll.Documents, Room: talkRoom}}, s.pokes[len(s.pokes)-1])
}

func TestMarkedDocumentsAreUnboundTogether(t *testing.T) {
	s := inDocuments(t, 80, 24)
	s.Press("space", "space")
	s.choose("Bind a document")
	assert.Contains(t, s.Text(), "one at a time")
	s.Press("esc")
	s.Press("space")
	s.Press("k", "space")
	s.choose("Unbind the document")
	assert.Contains(t, s.Text(), "Unbind document")
}

func TestCreateADocumentByForm(t *testing.T) {
	s := inDocuments(t, 80, 24)
	s.choose("Create a document")
	s.Press("h", "enter") // too early: not heard
	s.press("ftp://x"[0:1], "t", "p", ":", "/", "/", "x")
	assert.Contains(t, s.Text(), "begins with https://")
	s.Press("ctrl+u")
	s.Send(tea.PasteMsg{Content: "https://files.example.com/新.pptx\n"})
	assert.Contains(t, s.Text(), "only plain ASCII")
	s.Press("ctrl+u")
	s.Send(tea.PasteMsg{Content: "https://files.example.com/n.pptx"})
	s.Press("enter", "tab", "down", "down", "right", "enter")
	assert.Contains(t, s.Text(), "Type what the document is called", "enter shows the first field that does not do")
	for _, r := range "新课件" {
		s.Press(string(r))
	}
	golden.RequireEqual(t, boxed(s))
	s.Press("tab", "tab", "right", "down", "enter")
	assert.Contains(t, s.line("Create public"), "Create public document 新课件 of t_wang from")
	assert.Contains(t, s.Text(), "https://files.example.com/n.pptx")
	s.yes("y")
	require.Len(t, s.runner.Ran(), 1)
	assert.Equal(t, ops.Draft{URL: clean.Block("https://files.example.com/n.pptx"), Name: text("新课件"), Owner: text("t_wang"), Transcode: 2, Public: true},
		s.runner.Ran()[0].Draft)
	assert.True(t, s.runner.Ran()[0].Target.Document.IsZero())
}

func TestBindADocumentByItsID(t *testing.T) {
	s := inDocuments(t, 80, 24)
	s.choose("Bind a document")
	s.press("enter")
	assert.Contains(t, s.Text(), "Type the id of the document")
	s.Press("d", "o", "c", "_", "9", "enter")
	assert.Contains(t, s.Text(), "Bind document doc_9 to")
	s.yes("y")
	require.Len(t, s.runner.Ran(), 1)
	assert.Equal(t, "doc_9", s.runner.Ran()[0].Target.Document.String())
	s.choose("Bind a document")
	s.press("esc")
	assert.Contains(t, s.Text(), "not done: Bind a document")
	require.Len(t, s.runner.Ran(), 1)
}

func TestFormsHoldTheirTarget(t *testing.T) {
	s := inDocuments(t, 80, 24)
	s.choose("Create a document")
	s.now = s.now.Add(time.Second)
	before := s.Text()
	s.Put(documentsUpdate(nil))
	assert.Equal(t, before, s.Text(), "no row moves under a form")
	s.Press("esc")
	assert.Contains(t, s.Text(), "This class has no documents")
}

func TestCheckURL(t *testing.T) {
	for url, want := range map[string]string{
		"": "Type the address", "files.example.com/a": "begins with", "javascript:alert(1)": "begins with", "https://": "no host",
		"https:///a": "no host", "https://a/b c": "plain ASCII", "https://a/\u202eb": "plain ASCII", "https://a/b": "", " http://a ": "",
	} {
		if want == "" {
			assert.Empty(t, checkURL(url), url)
		} else {
			assert.Contains(t, checkURL(url), want, url)
		}
	}
}

func TestEveryOperatorActionIsInTheKeymap(t *testing.T) {
	for _, a := range Actions() {
		b, ok := keymap.Default().Binding(a.Key)
		require.True(t, ok, a.Key)
		assert.True(t, b.Writes, a.Key)
	}
}

func TestLinksReachTheTerminal(t *testing.T) {
	play(t, 120, 40, func(r *uitest.Rig, s *uitest.Session, _ *uitest.Runner) {
		r.Press("j", "j", "j", "enter", "4")
		s.Put(documentsUpdate(shelf()[:1]))
		r.Advance(time.Second)
		const address = "https://files.example.com/a/index.html"
		linked := ""
		for y := range 40 {
			for x := range 120 {
				// The virtual terminal has URL and Params the wrong way round.
				if c := r.Cell(x, y); c.Link.URL+c.Link.Params == address {
					linked += c.Content
				}
			}
		}
		assert.Equal(t, address, linked, "each cell of the address, wrapped or not, and no other")
	})
}
