package poll

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"classtop/class"
)

// listOf makes a member list as the client does: all strings are parts of one
// block.
func listOf(room, n int) []class.Member {
	var block strings.Builder
	for i := range n {
		fmt.Fprintf(&block, "user-%05d-%03d|学生 %05d %03d|Chengdu, Sichuan, CN|203.0.113.%03d|", room, i, room, i, i)
	}
	parts := strings.Split(block.String(), "|")
	text := func(i int) class.Text { return class.NewText(parts[i], parts[i]) }
	list := make([]class.Member, n)
	for i := range list {
		list[i] = class.Member{ID: text(4 * i), Name: text(4*i + 1), Place: text(4*i + 2), IP: text(4*i + 3), State: class.Online, Device: 1}
	}
	list[0].Role = class.RoleTeacher
	return list
}

func inUse() (bytes, objects int64) {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc), int64(m.HeapObjects)
}

// fill gives a hub that somebody wants all cards of so many running classes
// with fifty members each, read so many times.
func fill(h *Hub, rooms, rounds int) {
	h.Join().Want([]Want{all(Visible)})
	h.mu.Lock()
	defer h.mu.Unlock()
	src := &school{}
	src.live(rooms)
	now := time.Now()
	h.takeRooms(src.rooms, Update{Started: now, At: now})
	for round := range rounds {
		for i := range rooms {
			id := class.RoomID(i + 1)
			h.takeMembers(h.rooms[id], listOf(i, 50), Update{Started: now.Add(time.Duration(round) * 10 * time.Second)})
			if round == 0 {
				h.takeDetail(h.rooms[id], &class.RoomDetail{Teacher: class.NewText(fmt.Sprint("t", i), fmt.Sprint("t", i))}, Update{Started: now})
				h.setBase(Topic{Kind: Detail, Room: id}, false, 0)
			}
		}
	}
	for s := range h.sessions {
		s.drain() // the session's own copy is not the hub's
	}
}

func TestMemoryOfAThousandClasses(t *testing.T) {
	h := NewHub(Config{})
	bytes, objects := inUse()
	fill(h, 1000, 3)
	bytes2, objects2 := inUse()
	t.Logf("%.1f MiB, %d objects", float64(bytes2-bytes)/(1<<20), objects2-objects)
	assert.LessOrEqual(t, bytes2-bytes, int64(10<<20))
	assert.LessOrEqual(t, objects2-objects, int64(5000))
	runtime.KeepAlive(h)
}

func TestHistoryIsARing(t *testing.T) {
	var h History
	start := time.Unix(1_000_000, 0)
	for i := range 300 {
		h.Add(start.Add(time.Duration(i)*apart*time.Second), class.Counts{Online: i})
		h.Add(start.Add(time.Duration(i)*apart*time.Second+time.Second), class.Counts{Online: i + 1, Teachers: 1000})
	}
	assert.EqualValues(t, kept, h.len)
	assert.EqualValues(t, 300, h.back(0).online, "of five seconds the latest stays")
	assert.EqualValues(t, 181, h.back(kept-1).online)
	assert.EqualValues(t, 255, h.back(0).teachers)
	assert.EqualValues(t, 65535, small(1<<20))
}

// BenchmarkMembersIntoCard is what one member list costs the hub.
func BenchmarkMembersIntoCard(b *testing.B) {
	h := NewHub(Config{})
	fill(h, 10, 1)
	list := listOf(1, 1000)
	h.mu.Lock()
	defer h.mu.Unlock()
	b.ReportAllocs()
	for b.Loop() {
		h.takeMembers(h.rooms[2], list, Update{Started: time.Now()})
	}
}

// BenchmarkLookAgain is what the rules cost every five seconds.
func BenchmarkLookAgain(b *testing.B) {
	h := NewHub(Config{})
	fill(h, 1000, 1)
	h.mu.Lock()
	defer h.mu.Unlock()
	b.ReportAllocs()
	now := time.Now()
	for b.Loop() {
		now = now.Add(lookEvery)
		h.lookAgain(now)
	}
}
