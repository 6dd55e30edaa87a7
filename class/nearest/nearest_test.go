package nearest

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestName(t *testing.T) {
	for _, c := range []struct{ word, want string }{
		{"regoin", "region"}, // swapped letters are one slip
		{"REGION", "region"},
		{"scool", "school"},
		{"get_seat", "get_seat_list"},
		{"Room", "DescribeRoom"},
		{"escape", "esc"},
		{"reg", "region"},
		{"xyzzy", ""},
		{"q", ""},
		{"", ""},
		{strings.Repeat("region", 100), ""},
	} {
		assert.Equal(t, c.want, Name(c.word, []string{"esc", "region", "school", "get_seat_list", "DescribeRoom"}), c.word)
	}
	assert.Empty(t, Name("region", nil))
}

func TestNamesAreTheMostSimilarFirst(t *testing.T) {
	all := []string{"DescribeRooms", "DescribeRoom", "DescribeUser", "EndRoom"}
	assert.Equal(t, []string{"DescribeRoom", "DescribeRooms"}, Names("DescribRoom", all, 2))
	assert.Len(t, Names("describeroo", all, 1), 1)
}

func TestDistance(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"", "abc", 3}, {"abc", "", 3}, {"kick", "kick", 0}, {"kick", "kcik", 1}, {"kick", "sick", 1}, {"end", "start", 5}} {
		assert.Equal(t, c.want, distance(c.a, c.b), "%s to %s", c.a, c.b)
		assert.Equal(t, c.want, distance(c.b, c.a), "%s to %s", c.b, c.a)
	}
}
