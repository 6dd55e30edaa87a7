package client_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"classtop/class"
	"classtop/client"
	"classtop/sim"
)

// Every list of the application's own is read from the simulated school, all
// pages of it.
func TestLists(t *testing.T) {
	s := sim.New(sim.Options{Seed: 7, Rooms: 30, Members: 20})
	hello := s.Credentials()
	c, err := client.New(client.Config{
		Credentials: client.Credentials{ID: hello.SecretID, Key: class.NewSecret(hello.SecretKey)},
		SdkAppID:    hello.SdkAppID, Transport: s.RoundTripper(), Now: time.Now,
	})
	require.NoError(t, err)
	users, err := c.List(t.Context(), "DescribeSdkAppIdUsers", nil)
	require.NoError(t, err)
	assert.Greater(t, len(users), 100, "more than one page")
	seen := map[class.Text]bool{}
	for _, u := range users {
		assert.False(t, seen[u.Get("UserId")], u.Get("UserId"))
		seen[u.Get("UserId")] = true
		assert.False(t, u.Get("Name").IsZero())
	}
	groups, err := c.List(t.Context(), "DescribeGroupList", nil)
	require.NoError(t, err)
	require.NotEmpty(t, groups)
	members, err := c.List(t.Context(), "DescribeGroupMemberList", map[string]string{"GroupId": groups[0].Get("GroupId").String()})
	require.NoError(t, err)
	require.NotEmpty(t, members)
	assert.False(t, members[0].Get("Id").IsZero())
	supervisors, err := c.List(t.Context(), "DescribeSupervisors", nil)
	require.NoError(t, err)
	require.NotEmpty(t, supervisors)
	marks, err := c.List(t.Context(), "GetWatermark", nil)
	require.NoError(t, err)
	require.NotEmpty(t, marks)
	assert.Contains(t, marks[0].Get("Name").String(), "TeacherLogo")

	_, err = c.List(t.Context(), "DescribeGroupMemberList", map[string]string{"GroupId": "nothing-like-it"})
	require.Error(t, err)
	_, err = c.List(t.Context(), "DescribeNothing", nil)
	require.Error(t, err)
	_, err = c.List(t.Context(), "DescribeSdkAppIdUsers", map[string]string{"Nothing": "1"})
	require.Error(t, err)
	_, err = c.List(t.Context(), "DeleteSupervisor", map[string]string{"Users": "a"})
	require.ErrorContains(t, err, class.CodeReadOnly)
}
