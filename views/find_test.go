package views

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"classtop/class"
	"classtop/poll"
)

func TestFindKeepsOnePersonFromEveryClass(t *testing.T) {
	s := newStand(t, 120, 24)
	s.Put(updates(school())...)
	s.Press(":")
	s.Press("f", "i", "n", "d", "space", "陈", "enter")
	require.Contains(t, s.Text(), "Nobody found yet: 陈")
	s.Put(updates(school())...)
	for _, w := range s.session.Wants() {
		if w.Topic.Kind == poll.Members {
			assert.Equal(t, poll.Background, w.Tier, "a search must not starve what is on screen")
		}
	}
	s.Put(membersUpdate(310048217), membersUpdate(310048230))
	require.Contains(t, s.Text(), "2 of 4 live classes read")
	require.Contains(t, s.Text(), "陈晓")
	require.Contains(t, s.Text(), "English 7B")
	require.NotContains(t, s.Text(), "刘洋")
	require.Contains(t, s.Text(), "1/2")

	s.Put(poll.Update{Topic: poll.Topic{Kind: poll.Members, Room: 310048230}, Data: []class.Member{}, Started: now, At: now})
	require.Contains(t, s.Text(), "1/1", "who left is gone")
	s.Press("enter")
	s.Put(membersUpdate(310048217))
	require.Contains(t, s.Text(), "▌ offline")
	require.Contains(t, s.Text(), "陈晓")
}
