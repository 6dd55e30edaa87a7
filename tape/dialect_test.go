package tape

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"classtop/class"
	"classtop/poll"
)

// otherMember is a member as another version of the program may know him: one
// field more, most of them fewer, in another order, and one of another kind.
type otherMember struct {
	State class.Presence
	Badge class.Text
	Marks []struct {
		N    int
		Name class.Text
	}
	ID    class.Text
	Muted class.Text
	Tail  int
}

// otherCard lacks the counts of hands and says when in other words.
type otherCard struct {
	Mood      class.Text
	Room      struct{ ID class.RoomID }
	MembersAt time.Time
	Counts    struct{ Spirits, Online int }
}

// elsewhere records as another version would.
func elsewhere(t *testing.T, us ...poll.Update) []byte {
	t.Helper()
	const later poll.Kind = 77
	was := map[poll.Kind]*shape{poll.Members: kinds[poll.Members], poll.Card: kinds[poll.Card]}
	defer func() {
		kinds[poll.Members], kinds[poll.Card] = was[poll.Members], was[poll.Card]
		delete(kinds, later)
	}()
	kinds[poll.Members] = kind("members", reflect.TypeFor[[]otherMember]())
	kinds[poll.Card] = kind("card", reflect.TypeFor[otherCard]())
	kinds[later] = kind("moods", reflect.TypeFor[[]class.Seat]())
	return recorded(t, append(us, update(later, 7, 3, []class.Seat{{User: say("u1")}, {User: say("u2")}}))...)
}

func TestARecordingWithOtherFieldsIsPlayed(t *testing.T) {
	one := otherMember{State: class.Online, Badge: say("gold"), ID: say("s_1"), Muted: say("no"), Tail: 9}
	one.Marks = append(one.Marks, struct {
		N    int
		Name class.Text
	}{3, say("good")})
	two := otherMember{ID: say("s_2"), Tail: 1}
	card := otherCard{Mood: say("calm"), MembersAt: at(2)}
	card.Room.ID, card.Counts.Spirits, card.Counts.Online = 7, 13, 21
	data := elsewhere(t, update(poll.Card, 7, 1, card), update(poll.Members, 7, 1, []otherMember{one}), update(poll.Members, 7, 2, []otherMember{two, one}))

	p, err := newPlayer(data)
	require.NoError(t, err)
	got := state(t, p, 5)
	assert.Equal(t, []class.Member{{ID: say("s_2")}, {ID: say("s_1"), State: class.Online}}, got[poll.Topic{Kind: poll.Members, Room: 7}],
		"what is known of both is there, in its field; the rest is left out or zero")
	assert.Equal(t, class.Card{Room: class.Room{ID: 7}, MembersAt: at(2), Counts: class.Counts{Online: 21}}, got[poll.Topic{Kind: poll.Card, Room: 7}])
	trend := p.Trend(7)
	require.Len(t, trend, 1)
	assert.Equal(t, 21, trend[0].Online)
	assert.NoError(t, p.Reel().Err, "and the kind that nobody knows does no harm")
}

// The numbers and names of kinds, and the names of their fields, are the
// format: a field that is renamed is lost to older recordings, and a kind that
// gets another number too.
func TestTheKindsKeepTheirNumbers(t *testing.T) {
	got := map[string]poll.Kind{}
	for k, s := range kinds {
		got[s.name] = k
	}
	assert.Equal(t, map[string]poll.Kind{"rooms": 0, "card": 2, "detail": 3, "members": 4, "questions": 5, "answers": 6, "documents": 7,
		"seats": 8, "messages": 9, "events": 10, "report": 11, "name": 13, "trend": 0xf0}, got)
}

func TestTheFirstLineHasRoom(t *testing.T) {
	line, err := json.Marshal(About{Kinds: spoken()})
	require.NoError(t, err)
	assert.Less(t, len(line), headLong/4)
	d, err := dialectOf(spoken())
	require.NoError(t, err)
	for k, s := range kinds {
		assert.Equal(t, s.words(), d.kinds[k].words())
		for _, c := range d.kinds[k].columns {
			assert.False(t, c.skip, "%s: %s", s.name, c.name)
		}
	}
}

func TestHostileColumns(t *testing.T) {
	for _, columns := range []string{"", "n", "x ", "nID", "*(", "*Users", "*Users() ", "*Users(nN ) nID", ") ", "nID )", strings.Repeat("nA ", mostColumns+1)} {
		_, err := dialectOf([]KindAbout{{Kind: poll.Members, Of: "members", Columns: columns}, {Of: "error", Columns: failures.words()}})
		assert.ErrorIs(t, err, errBroken, columns)
	}
	deep := strings.Repeat("*a(", 10_000) + "nN " + strings.Repeat(") ", 10_000)
	d, err := dialectOf([]KindAbout{{Kind: poll.Members, Of: "members", Columns: deep}, {Of: "error", Columns: "nN "}})
	require.NoError(t, err, "deep, but nothing that is known")
	assert.True(t, d.kinds[poll.Members].columns[0].skip)
}

// FuzzDialect lets a file say what its own columns are.
func FuzzDialect(f *testing.F) {
	e := newEncoder()
	e.full = func() {}
	for _, u := range lesson(10) {
		e.update(u)
	}
	f.Add(kinds[poll.Members].words(), bytes.Clone(e.buf))
	f.Add("sName nState *Users(sID nState ) ", bytes.Clone(e.buf))
	f.Fuzz(func(t *testing.T, columns string, frames []byte) {
		all := spoken()
		for i := range all {
			if all[i].Kind == poll.Members || all[i].Of == "card" {
				all[i].Columns = columns
			}
		}
		of, err := dialectOf(all)
		if err != nil {
			return
		}
		d := newDecoder(of)
		d.block(frames, true)
		for d.more() {
			topic, _, err := d.step()
			if err != nil {
				return
			}
			_, _ = d.updates(topic)
		}
	})
}
