package table

import (
	"cmp"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestTheOrderForgetsHowItCameAbout: a table begins to sort with the order of
// its last frame, and still shows what a new table with the same rows shows.
func TestTheOrderForgetsHowItCameAbout(t *testing.T) {
	t.Run("by id", func(t *testing.T) { forgets(t, newPeople(0).order) })
	t.Run("as they came", func(t *testing.T) { forgets(t, nil) })
}

func forgets(t *testing.T, order func(a, b *person, now time.Time) int) {
	dice := rand.New(rand.NewPCG(7, 7))
	tab, rows := newPeople(0), people(0)
	tab.order = order
	sorted, reverse, filter := "", false, ""
	steps := []func(){
		func() { // another list, longer or shorter
			rows = people(dice.IntN(40))
			dice.Shuffle(len(rows), func(a, b int) { rows[a], rows[b] = rows[b], rows[a] })
			tab.Set(rows)
		},
		func() { // somebody comes, or has another age
			p := person{id: dice.IntN(50), name: "新", age: dice.IntN(30)}
			tab.Put(p)
			rows = append([]person(nil), tab.All()...)
		},
		func() {
			filter = []string{"", "anna", "age:1", "nobody"}[dice.IntN(4)]
			tab.Filter(filter)
		},
		func() {
			id := []string{"name", "age", ""}[dice.IntN(3)]
			reverse = id != "" && id == sorted && !reverse
			sorted = id
			tab.Sort(id)
		},
	}
	for range 2000 {
		steps[dice.IntN(len(steps))]()
		fresh := newPeople(0)
		fresh.order = order
		fresh.Set(rows)
		fresh.Filter(filter)
		if sorted != "" {
			fresh.Sort(sorted)
		}
		if reverse {
			fresh.Sort(sorted)
		}
		require.Equal(t, ids(fresh), ids(tab))
	}
}

func ids(t *Table[int, person]) []int {
	var out []int
	for _, p := range t.Rows(noon.Add(time.Minute)) {
		out = append(out, p.id)
	}
	return out
}

// TestSortingWhatIsSortedIsCheap counts: pdqsort needs about n·log n questions
// for rows in disorder, and n for rows that stand as they stood.
func TestSortingWhatIsSortedIsCheap(t *testing.T) {
	const n = 10_000
	asked := 0
	tab := newPeople(0)
	tab.order = func(a, b *person, _ time.Time) int {
		asked++
		return cmp.Compare(a.age, b.age)
	}
	rows := people(n)
	tab.Set(rows)
	tab.Rows(noon)
	assert.Greater(t, asked, 2*n)
	asked = 0
	rows[17].name, rows[4000].name = "another", "one more"
	tab.Set(rows)
	tab.Rows(noon)
	assert.Less(t, asked, 2*n)
}
