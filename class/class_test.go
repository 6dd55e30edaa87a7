package class_test

import (
	"encoding/json"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"classtop/class"
)

func TestTextKeepsBothForms(t *testing.T) {
	plain := class.NewText("李雷", "李雷")
	assert.Equal(t, "李雷", plain.String())
	assert.Equal(t, "李雷", plain.Raw())

	dirty := class.NewText("a␛b", "a\x1bb")
	assert.Equal(t, "a␛b", dirty.String())
	assert.Equal(t, "a\x1bb", dirty.Raw())
	assert.NotEqual(t, class.NewText("a␛b", "a␛b"), dirty, "two different users who look the same stay two")

	b, err := json.Marshal(map[string]class.Text{"name": dirty})
	assert.NoError(t, err)
	assert.JSONEq(t, `{"name":"a␛b"}`, string(b))
	assert.True(t, class.Text{}.IsZero())
}

func TestOptionsAreAPlainBitMask(t *testing.T) {
	for mask, letters := range map[class.Options]string{0: "", 1: "A", 2: "B", 3: "AB", 12: "CD", 33: "AF", 1 << 25: "Z", 1<<40 | 1: "A+"} {
		assert.Equal(t, letters, mask.String(), "%d", mask)
	}
}

func TestTally(t *testing.T) {
	q := class.Question{Correct: 3, Stats: []class.AnswerStat{{Options: 3, Count: 6}, {Options: 1, Count: 3}, {Options: 1 << 30, Count: 1}}}
	got := q.Tally()
	assert.Equal(t, class.Tally{Answered: 10, Right: 6, Letters: []int64{9, 6, 0, 0}, Unknown: 1}, got)
	assert.InDelta(t, 0.6, got.RightShare(), 1e-9)
	assert.Zero(t, class.Question{}.Tally().RightShare(), "nobody answered")
	assert.Len(t, class.Question{Correct: 1 << 5}.Tally().Letters, 6, "F is the right one")
}

func TestCountLeavesOutTheKicked(t *testing.T) {
	members := []class.Member{
		{State: class.Online, Role: class.RoleTeacher, Mic: true, Camera: true},
		{State: class.Reconnecting, Mic: true, HandUps: 2},
		{State: class.Offline, Mic: true, HandUps: 1},
		{State: class.Kicked, HandUps: 5},
		{State: class.KickedForGood},
		{State: class.Absent, Role: class.RoleAssistant},
		{State: class.Online, Role: class.RoleAssistant},
	}
	assert.Equal(t, class.Counts{Online: 3, Expected: 5, Mics: 2, Cameras: 1, Hands: 3, Kicked: 2, Teachers: 1, Assistants: 1, AllAssistants: 2}, class.Count(members))
}

func TestLateAndOverrun(t *testing.T) {
	now := time.Unix(10_000, 0)
	assert.Equal(t, 100*time.Second, class.Room{Status: class.RoomLive, End: 9_900}.Overrun(now))
	assert.Zero(t, class.Room{Status: class.RoomEnded, End: 9_900}.Overrun(now))
	assert.Zero(t, class.Room{Status: class.RoomLive, End: 10_100}.Overrun(now))
	assert.Equal(t, time.Minute, class.Room{Status: class.RoomUpcoming, Start: 9_940}.Late(now))
	assert.Zero(t, class.Room{Status: class.RoomLive, Start: 9_940}.Late(now))
}

func TestUnknownNumbersStayNumbers(t *testing.T) {
	assert.Equal(t, "live", class.RoomLive.String())
	assert.Equal(t, "7", class.RoomStatus(7).String())
	assert.Equal(t, "-1", class.Presence(-1).String())
	assert.Equal(t, "18446744073709551615", class.RoomID(1<<64-1).String())
}

func TestErrorSaysAllThatAPersonNeeds(t *testing.T) {
	err := &class.Error{Action: "KickUserFromRoom", On: "u1 in room 7", Code: "ResourceNotFound.Room", Message: "no such room",
		Meaning: "The class does not exist.", Hint: "Check the number.", RequestID: "r-1"}
	assert.EqualError(t, err, "KickUserFromRoom u1 in room 7: ResourceNotFound.Room: The class does not exist. (no such room) Check the number. [RequestId r-1]")
	assert.True(t, errors.Is(err, &class.Error{Code: "ResourceNotFound"}))
	assert.False(t, errors.Is(err, &class.Error{Code: "ResourceNot"}))
}

func TestWhatEndsPolling(t *testing.T) {
	for code, fatal := range map[string]bool{"AuthFailure.SignatureFailure": true, "AuthFailure.SignatureExpire": false, "UnauthorizedOperation": true,
		"InternalError": false, "RequestLimitExceeded": false, "70009": true, class.CodeTimeout: false} {
		assert.Equal(t, fatal, (&class.Error{Code: code}).Fatal(), code)
	}
	assert.True(t, (&class.Error{Code: "RequestLimitExceeded.UinLimitExceeded"}).RateLimited())
	assert.True(t, (&class.Error{Code: "60018"}).RateLimited())
	assert.False(t, (&class.Error{Code: "LimitExceeded"}).RateLimited())

	for code, want := range map[string]bool{"100004": true, "100211": true, "100001": false, "100012": false, "70001": false} {
		assert.Equal(t, want, (&class.Error{System: "roomengine", Code: code}).OfTarget(), code)
	}
	for code, want := range map[string]bool{"ResourceNotFound.Room": true, "FailedOperation.ClassEnded": true, "FailedOperation.RoomNotEnd": true, "FailedOperation": false,
		"FailedOperation.RequestTimedOut": false, "InternalError": false, "RequestLimitExceeded": false} {
		assert.Equal(t, want, (&class.Error{Code: code}).OfTarget(), code)
	}
}
