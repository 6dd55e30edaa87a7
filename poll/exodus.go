package poll

import (
	"fmt"
	"hash/maphash"
	"math"
	"time"

	"classtop/class"
)

// maxGroups is how many places and kinds of device are told apart in a class;
// a place that is not among the first is not watched there.
const maxGroups = 20

// group counts the people of one place or one kind of device in a class.
type group struct {
	key          uint32 // hash of the place or device; 0: unused
	online, left uint16 // left: within the last minutes
}

// groups names the keys and says which departures are recent.
type groups struct {
	seed   maphash.Seed
	names  map[uint32]string
	within time.Duration
}

// join counts a member in the groups of the class.
func (g *groups) join(l *living, m *class.Member, now time.Time) {
	here := m.State.Here()
	gone := m.State == class.Offline && m.LastQuit != 0 && now.Sub(m.LastQuit.Time()) < g.within
	if !here && !gone {
		return
	}
	if place := m.Place.String(); place != "" {
		l.count(g.key(place, ""), here)
	}
	if m.Device != 0 {
		l.count(g.key(m.Device.String(), "devices with "), here)
	}
}

// key returns the key of a name and remembers the name. Only names are kept
// that are few; a flood of new ones is not told apart any more.
func (g *groups) key(name, prefix string) uint32 {
	if g.names == nil {
		g.seed, g.names = maphash.MakeSeed(), map[uint32]string{}
	}
	key := max(1, uint32(maphash.String(g.seed, name)))
	if _, known := g.names[key]; !known && len(g.names) < 4096 {
		g.names[key] = prefix + string([]byte(name))
	}
	return key
}

func (l *living) count(key uint32, here bool) {
	for i := range l.groups {
		g := &l.groups[i]
		if g.key != key && g.key != 0 {
			continue
		}
		g.key = key
		if here {
			g.online = min(g.online, math.MaxUint16-1) + 1
		} else {
			g.left = min(g.left, math.MaxUint16-1) + 1
		}
		return
	}
}

// exodus returns the words for a group that many left from, if people of it
// left this class too.
func (l *living) exodus(words map[uint32]string) string {
	if len(words) == 0 {
		return ""
	}
	for i := range l.groups {
		if l.groups[i].left > 0 {
			if w := words[l.groups[i].key]; w != "" {
				return w
			}
		}
	}
	return ""
}

// exoduses adds the groups of all running classes up and returns those that
// many people left from, out of more than one class. Classes that are about to
// end do not count.
func (h *Hub) exoduses() map[uint32]string {
	type sum struct{ online, left, rooms int }
	sums := map[uint32]sum{}
	for _, r := range h.rooms {
		if r.living == nil || !r.live() || (&scene{card: &r.card, school: h.cfg.Now()}).ending() {
			continue
		}
		for _, g := range r.living.groups {
			if g.key == 0 {
				break
			}
			s := sums[g.key]
			s.online += int(g.online)
			s.left += int(g.left)
			if g.left > 0 {
				s.rooms++
			}
			sums[g.key] = s
		}
	}
	words := map[uint32]string{}
	for key, s := range sums {
		part := float64(s.left) / float64(max(1, s.left+s.online))
		if s.rooms >= 2 && s.left >= h.cfg.Rules.Leavers && part >= h.cfg.Rules.LeavePart {
			words[key] = fmt.Sprintf("many left several classes at once: %s", h.alarms.groups.names[key])
		}
	}
	return words
}
