package poll

import (
	"container/heap"
	"time"
)

// How many flights of one action and tier may be out or wait for the budget.
// The background's few keep its places used; more would only be stuck in line.
var flights = [...]int{Focused: 64, Visible: 16, Background: 12}

// lineKey tells the queues apart.
type lineKey struct {
	action string
	tier   Tier
}

// line is the queue of one action's topics of one tier, earliest due first.
type line struct {
	key     lineKey
	system  *system
	entries []*entry
	running int // flights launched from here that have not landed
}

// entry is one topic that somebody wants or that the cards need.
type entry struct {
	topic  Topic
	row    *row
	base   bool // the cards need it in the background
	wanted bool // some session wants it, in the tier want
	direct bool // some session wants the data themselves, not only the card
	poked  bool // fetch once as if focused
	want   Tier

	due    time.Time
	line   *line // where it waits; nil while it flies or is done
	index  int   // in the line
	flight *flight
	fails  int
	after  time.Time // what was sent before is void (Poke)
	sent   time.Time // the last good fetch's start

	last *Update // the last good data; nil unless direct
	err  *Update // the failure since then; nil if none
}

// tier returns how urgent the entry is now.
func (e *entry) tier() Tier {
	switch {
	case e.poked:
		return Focused
	case e.wanted:
		return e.want
	default:
		return Background
	}
}

// demanded tells whether anybody needs the entry.
func (e *entry) demanded() bool { return e.base || e.wanted || e.poked }

// flights returns how many flights from here may be out. Names go one at a
// time: nobody waits for them.
func (q *line) flights() int {
	if q.key.action == table[Name].action {
		return 1
	}
	return flights[q.key.tier]
}

func (q *line) Len() int { return len(q.entries) }

func (q *line) Less(i, j int) bool {
	a, b := q.entries[i], q.entries[j]
	if !a.due.Equal(b.due) {
		return a.due.Before(b.due)
	}
	return a.topic.Room < b.topic.Room
}

func (q *line) Swap(i, j int) {
	q.entries[i], q.entries[j] = q.entries[j], q.entries[i]
	q.entries[i].index, q.entries[j].index = i, j
}

// Push is heap.Interface's.
func (q *line) Push(x any) {
	e := x.(*entry)
	e.line, e.index = q, len(q.entries)
	q.entries = append(q.entries, e)
}

// Pop is heap.Interface's.
func (q *line) Pop() any {
	last := len(q.entries) - 1
	e := q.entries[last]
	q.entries[last] = nil
	q.entries = q.entries[:last]
	e.line = nil
	return e
}

// enqueue puts the entry where its tier and due time belong. An entry that
// flies is queued when it lands.
func (h *Hub) enqueue(e *entry) {
	h.dequeue(e)
	if e.flight != nil || !e.demanded() {
		return
	}
	heap.Push(h.lineOf(e), e)
}

func (h *Hub) dequeue(e *entry) {
	if e.line != nil {
		heap.Remove(e.line, e.index)
	}
}

func (h *Hub) lineOf(e *entry) *line {
	key := lineKey{e.row.action, e.tier()}
	q := h.lines[key]
	if q == nil {
		q = &line{key: key, system: h.systemOf(e.row)}
		h.lines[key] = q
		h.order = append(h.order, q)
	}
	return q
}
