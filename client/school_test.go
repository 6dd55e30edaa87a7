package client_test

import (
	"errors"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"classtop/class"
	"classtop/class/clean"
	"classtop/client"
	"classtop/sim"
)

// school returns a client of a simulated school over a real connection; the
// simulator checks signatures and parameters as the real service does.
func school(t *testing.T) *client.Client {
	t.Helper()
	server := sim.New(sim.Options{Seed: 1, Rooms: 130})
	web := httptest.NewServer(server)
	t.Cleanup(web.Close)
	hello := server.Credentials()
	c, err := client.New(client.Config{
		Credentials: client.Credentials{ID: hello.SecretID, Key: class.NewSecret(hello.SecretKey)},
		Endpoint:    web.URL, RoomEngineEndpoint: web.URL,
		SdkAppID: hello.SdkAppID, Admin: hello.Admin, UserSigKey: class.NewSecret(hello.UserSigKey),
		Region: "ap-guangzhou",
	})
	require.NoError(t, err)
	return c
}

func TestReadsAgainstTheSchool(t *testing.T) {
	c, ctx := school(t), t.Context()
	now := time.Now()
	rooms, err := c.Rooms(ctx, now.Add(-24*time.Hour), now.Add(24*time.Hour))
	require.NoError(t, err)
	assert.GreaterOrEqual(t, len(rooms), 130, "more than a page")
	room := live(t, rooms)
	detail, err := c.Room(ctx, room.ID)
	require.NoError(t, err)
	assert.Equal(t, room.Name, detail.Name)
	members, err := c.Members(ctx, room.ID)
	require.NoError(t, err)
	assert.NotEmpty(t, members)
	for _, read := range []func() error{
		func() error { _, err := c.Questions(ctx, room.ID); return err },
		func() error { _, err := c.Documents(ctx, room.ID); return err },
		func() error { _, err := c.Seats(ctx, room.ID); return err },
		func() error { _, err := c.Messages(ctx, room.ID, 0); return err },
		func() error { _, err := c.Events(ctx, room.ID); return err },
	} {
		assert.NoError(t, read())
	}
	_, err = c.Room(ctx, 1)
	assert.True(t, errors.Is(err, &class.Error{Code: "ResourceNotFound.Room"}), "%v", err)
}

func TestWritesAgainstTheSchool(t *testing.T) {
	c, ctx := school(t), t.Context()
	now := time.Now()
	rooms, err := c.Rooms(ctx, now.Add(-24*time.Hour), now.Add(24*time.Hour))
	require.NoError(t, err)
	room := live(t, rooms)
	members, err := c.Members(ctx, room.ID)
	require.NoError(t, err)
	var user class.Text
	for _, m := range members {
		if m.Role == class.RoleStudent && m.State == class.Online {
			user = m.ID
			break
		}
	}
	require.False(t, user.IsZero())
	id, err := c.Writer().Kick(ctx, room.ID, user, false, 10*time.Minute)
	require.NoError(t, err)
	assert.NotEmpty(t, id)
	members, err = c.Members(ctx, room.ID)
	require.NoError(t, err)
	for _, m := range members {
		if m.ID == user {
			assert.Equal(t, class.Kicked, m.State)
		}
	}
	_, err = c.Writer().End(ctx, room.ID)
	require.NoError(t, err)
	_, err = c.Writer().Kick(ctx, room.ID, clean.Text(user.Raw()), true, 0)
	assert.Error(t, err, "the class is over")
}

func TestEverySignatureIsAccepted(t *testing.T) {
	c := school(t)
	for _, sign := range client.SignMethods {
		_, err := c.CallSigned(t.Context(), "GetRooms", map[string]any{"Page": 1, "Limit": 10, "Status": []any{0, 1}}, sign)
		assert.NoError(t, err, sign)
	}
}

func live(t *testing.T, rooms []class.Room) class.Room {
	t.Helper()
	for _, r := range rooms {
		if r.Status == class.RoomLive {
			return r
		}
	}
	t.Fatal("no class is on")
	return class.Room{}
}
