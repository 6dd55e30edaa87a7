package tape

import (
	"testing"
	"time"

	"classtop/class"
	"classtop/class/clean"
	"classtop/poll"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// What one host packs another unpacks as it was, with what the wire said of
// each text.
func TestPackKeepsWhatTheWireSaid(t *testing.T) {
	at := time.UnixMilli(1_700_000_000_123)
	list := poll.ListingOf("DescribeDeveloper", nil)
	us := []poll.Update{
		{Topic: poll.Topic{Kind: poll.Rooms}, Data: []class.Room{{ID: 7, Name: clean.Text("a\x1b]b")}}, Started: at, At: at},
		{Topic: poll.Topic{Kind: poll.Card, Room: 7}, Data: class.Card{Room: class.Room{ID: 7}, MembersAt: at, Problems: []class.Problem{{Rule: "late", Since: at}}}, Started: at, At: at},
		{Topic: poll.Topic{Kind: poll.Members, Room: 7}, Data: []class.Member{{ID: clean.Text("\u202eu")}, {ID: clean.Text("v")}}, Started: at, At: at},
		{Topic: poll.Topic{Kind: poll.Members, Room: 8}, Err: &class.Error{Code: class.CodeNetwork, Meaning: "no"}, Started: at, At: at},
		{Topic: list, Data: []class.Record{{{Name: "A", Value: clean.Text("1\n")}}, {}}, Started: at, At: at},
	}
	data, err := Pack(us)
	require.NoError(t, err)
	got, err := Unpack(data)
	require.NoError(t, err)
	require.Len(t, got, len(us))
	assert.Equal(t, "a\x1b]b", got[0].Data.([]class.Room)[0].Name.Raw())
	assert.Equal(t, us[2].Data.([]class.Member)[0].ID, got[2].Data.([]class.Member)[0].ID)
	assert.True(t, at.Equal(got[1].Data.(class.Card).Problems[0].Since))
	assert.Equal(t, us[3].Err, got[3].Err)
	assert.Equal(t, us[4].Data.([]class.Record)[0], got[4].Data.([]class.Record)[0])
	assert.Equal(t, list, got[4].Topic)
	Shift(&got[1], time.Hour)
	assert.True(t, at.Add(time.Hour).Equal(got[1].Data.(class.Card).MembersAt))

	wants := []poll.Want{{Topic: list, Tier: poll.Focused}, {Topic: poll.Topic{Kind: poll.Answers, ID: clean.Text("q\x1b")}, Tier: poll.Background}}
	data, err = PackWants(wants)
	require.NoError(t, err)
	back, err := UnpackWants(data)
	require.NoError(t, err)
	assert.Equal(t, wants, back)

	data[0]++
	_, err = Unpack(data)
	assert.ErrorIs(t, err, ErrVersion)
}

func FuzzUnpack(f *testing.F) {
	good, _ := Pack([]poll.Update{{Topic: poll.Topic{Kind: poll.Members, Room: 8}, Data: []class.Member{{ID: clean.Text("v")}}}})
	f.Add(good)
	f.Fuzz(func(_ *testing.T, data []byte) {
		raw, err := squeeze(data)
		if err != nil {
			return
		}
		_, _ = Unpack(raw)
		_, _ = UnpackWants(raw)
		_, _ = Unpack(data)
	})
}
