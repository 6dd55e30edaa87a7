package ui

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"classtop/keymap"
	"classtop/lang"
	"classtop/ops"
)

// waiting is what was confirmed and is sent when its grace is over, unless
// somebody cancels it before. Nothing has been sent and nothing claimed.
type waiting struct {
	order
	id    int
	until time.Time
}

// order is what was confirmed: an operation, several on as many targets, or a
// playbook.
type order struct {
	title string
	batch ops.Batch // of a playbook its steps
	play  *ops.Play
}

func (o order) level() int {
	if o.play != nil {
		return o.play.Level()
	}
	return o.batch.Level()
}

func (o order) challenge() string {
	if o.play != nil {
		return o.play.Challenge()
	}
	return o.batch.Challenge()
}

// graceMsg says that a grace is over.
type graceMsg int

// words count down, and end with whom or what it is about.
func (w waiting) words(l lang.Lang, now time.Time, keys []string) string {
	left := max(0, w.until.Sub(now)+time.Second-1) / time.Second
	cancel := l.Say("cannot be cancelled by a key")
	if len(keys) > 0 {
		cancel = l.Say("%s cancels", keys[0])
	}
	what := l.Tell(w.title)
	if len(w.batch) > 1 && w.play == nil {
		what = fmt.Sprintf("%s (%d)", what, len(w.batch))
	}
	words := l.Say("%s in %ds, %s", what, left, cancel)
	if len(w.batch) == 1 && w.play == nil {
		t := w.batch[0].Aim()
		if name := cmp.Or(t.DocName.String(), t.UserName.String(), t.RoomName.String()); name != "" {
			words += ": " + name
		}
	}
	return words
}

// what names the action in full.
func (w waiting) what() string {
	if w.play != nil {
		return w.title + " on " + targetName(lang.English, w.play.Target)
	}
	if len(w.batch) == 1 {
		return w.batch[0].Sentence()
	}
	return fmt.Sprintf("%s, %d targets", w.title, len(w.batch))
}

// dispatch sends what was confirmed, at once or when its grace is over. Marks
// go at once: they must not be acted on a second time.
func (a *App) dispatch(o order) tea.Cmd {
	if len(o.batch) > 1 || o.play != nil {
		if a.bulk != nil {
			a.say(Warning, a.bulk.title+" is still under way")
			return nil
		}
		if grid := a.top().Grid(); grid != nil {
			grid.ClearMarks()
		}
	}
	d := a.deps.Grace[min(o.level(), 3)]
	if d <= 0 {
		return a.sendNow(o)
	}
	a.graces++
	a.waiting = append(a.waiting, waiting{order: o, id: a.graces, until: a.now().Add(d)})
	a.dirty = true
	return a.after(d, graceMsg(a.graces))
}

func (a *App) sendNow(o order) tea.Cmd {
	if len(o.batch) == 1 && o.play == nil {
		return a.run(o.batch[0])
	}
	return a.runAll(o)
}

// onGrace sends what has waited, if it is still there.
func (a *App) onGrace(m graceMsg) tea.Cmd {
	i := slices.IndexFunc(a.waiting, func(w waiting) bool { return w.id == int(m) })
	if i < 0 {
		return nil
	}
	w := a.waiting[i]
	a.waiting = slices.Delete(a.waiting, i, i+1)
	a.dirty = true
	return a.sendNow(w.order)
}

// waits tells whether an action on the target is in its grace.
func (a *App) waits(t ops.Target) bool {
	return slices.ContainsFunc(a.waiting, func(w waiting) bool {
		return slices.ContainsFunc(w.batch, func(o ops.Op) bool { return same(o.Target, t) })
	})
}

// cancels tells whether a key is the one that cancels. While something waits
// it means that in every view, whatever else the view uses it for.
func (a *App) cancels(key string) bool {
	act, _ := a.deps.Keys.Find(keymap.Home, key)
	return act == keymap.Undo
}

// cancel drops all that waits.
func (a *App) cancel() {
	if len(a.waiting) == 0 {
		a.say(Info, "nothing waits to be sent; what was sent cannot be taken back, but x offers to let in again or to unmute")
		return
	}
	var what []string
	for _, w := range a.waiting {
		what = append(what, w.what())
	}
	a.waiting = nil
	a.say(Info, "cancelled, nothing was sent: "+strings.Join(what, "; "))
}

// farewell says what was still waiting when the program ended: it was not sent
// and never will be.
func (a *App) farewell(out io.Writer) {
	for _, w := range a.waiting {
		fmt.Fprintln(out, a.theme.Say("Cancelled, nothing was sent: %s", a.theme.Tell(w.what())))
	}
}
