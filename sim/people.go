package sim

import (
	"fmt"
	"sort"
	"strings"
)

// mix turns numbers into one that looks random (splitmix64, folded).
func mix(parts ...uint64) uint64 {
	h := uint64(0x9e3779b97f4a7c15)
	for _, p := range parts {
		h ^= p
		h += 0x9e3779b97f4a7c15
		h = (h ^ h>>30) * 0xbf58476d1ce4e5b9
		h = (h ^ h>>27) * 0x94d049bb133111eb
		h ^= h >> 31
	}
	return h
}

// What mix is asked for.
const (
	saltName = iota + 1
	saltLook
	saltRoom
	saltTrack
	saltPeople
	saltQuiz
	saltPaper
	saltPlan
)

// person is one of the application's users by number. Those of the classes
// are made when they are looked at; nothing of them is kept.
type person int

const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

// scramble is odd, so that multiplying by it can be undone with unscramble.
const (
	scramble   = 0x9e3779b97f4a7c15
	unscramble = 0xf1de83e19937733d
)

// userID spells a person as LCIC spells user ids: 27 letters and digits. The
// number can be read back out of it.
func (w *world) userID(p person) string {
	if int(p) >= w.population {
		return w.registered[int(p)-w.population].id
	}
	return spellUser(w.seed, uint64(p))
}

func spellUser(seed, n uint64) string {
	b := make([]byte, 0, 27)
	b = append(b, '2')
	b = append62(b, n*scramble^seed, 11)
	b = append62(b, mix(seed, saltName, n), 10)
	return string(append62(b, mix(seed, saltName, n, 1), 5))
}

func append62(b []byte, v uint64, digits int) []byte {
	for range digits {
		b = append(b, alphabet[v%62])
		v /= 62
	}
	return b
}

// find returns the person with that id.
func (w *world) find(id string) (person, bool) {
	if n, ok := w.byID[id]; ok {
		return n, true
	}
	if len(id) != 27 || id[0] != '2' {
		return 0, false
	}
	var v uint64
	for i := 11; i >= 1; i-- {
		d := strings.IndexByte(alphabet, id[i])
		if d < 0 {
			return 0, false
		}
		v = v*62 + uint64(d)
	}
	n := (v ^ w.seed) * unscramble
	if n >= uint64(w.population) || spellUser(w.seed, n) != id {
		return 0, false
	}
	return person(n), true
}

// profile is what an application knows of a user.
type profile struct{ id, name, avatar, origin string }

// profileOf returns what is known of a person, changes included.
func (w *world) profileOf(p person) profile {
	if int(p) >= w.population {
		return *w.registered[int(p)-w.population]
	}
	if changed := w.profiles[p]; changed != nil {
		return *changed
	}
	one := profile{id: w.userID(p), name: w.born(p), origin: fmt.Sprintf("stu-%06d", p)}
	if mix(w.seed, saltLook, uint64(p))%3 > 0 {
		one.avatar = fmt.Sprintf("https://img.school.example/avatar/%06d.png", p)
	}
	return one
}

// nameOf is the name of a person, as changed last.
func (w *world) nameOf(p person) string {
	if int(p) < w.population && w.profiles[p] == nil {
		return w.born(p)
	}
	return w.profileOf(p).name
}

// born is the name that a person got from the seed.
func (w *world) born(p person) string {
	h := mix(w.seed, saltName, uint64(p), 2)
	pick := func(list []string) string {
		s := list[h%uint64(len(list))]
		h /= uint64(len(list))
		return s
	}
	t := w.tracks[w.trackOf(p)]
	kind := h % 100
	h /= 100
	switch {
	case kind < 3:
		return pick(odd)
	case t.english == (kind >= 12):
		return pick(first) + " " + pick(last)
	}
	return pick(surnames) + pick(given)
}

// trackOf returns the track that a person belongs to.
func (w *world) trackOf(p person) int {
	return sort.Search(len(w.tracks), func(i int) bool { return w.tracks[i].first > int(p) }) - 1
}

// address is the person's address, of the ranges that are for documentation.
func (w *world) address(p person) string {
	h := mix(w.seed, saltLook, uint64(p), 1)
	nets := []string{"192.0.2.", "198.51.100.", "203.0.113."}
	return fmt.Sprintf("%s%d", nets[h%3], 1+h/3%254)
}
