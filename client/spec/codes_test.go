package spec_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"classtop/class"
	"classtop/client/spec"
)

// explained fails unless there are words of our own for the code.
func explained(t *testing.T, system, code string) {
	t.Helper()
	c := spec.Code(system, code)
	assert.True(t, c.Known, "%s %s is not in codes.json", system, code)
	for _, text := range []string{c.Meaning, c.Hint} {
		assert.NotEmpty(t, text, "%s %s", system, code)
	}
	assert.True(t, strings.HasSuffix(c.Meaning, ".") && strings.HasSuffix(c.Hint, "."), "%s: end sentences with a full stop", code)
	f := c.For("EndRoom")
	assert.NotContains(t, f.Hint+f.Meaning, "{", code)
}

func TestEveryCodeOfEveryActionIsExplained(t *testing.T) {
	for _, s := range spec.Systems() {
		for i := range s.Actions {
			for _, code := range s.Actions[i].Errors {
				explained(t, s.Name, code)
			}
		}
		for _, code := range spec.Codes(s.Name) {
			explained(t, s.Name, code)
		}
	}
}

// The actions that the dashboard gives buttons to.
func TestCodesOfTheTypedActions(t *testing.T) {
	for action, least := range map[string]int{
		"GetRooms": 2, "DescribeRoom": 2, "DescribeCurrentMemberList": 2,
		"KickUserFromRoom": 2, "EndRoom": 3, "StartRoom": 3,
	} {
		a := spec.Find(action)
		assert.GreaterOrEqual(t, len(a.Errors), least, action)
		for _, code := range append([]string{"AuthFailure.UnauthorizedOperation", "RequestLimitExceeded", "InternalError"}, a.Errors...) {
			explained(t, a.System, code)
		}
	}
}

func TestCodesNumber(t *testing.T) {
	for system, least := range map[string]int{spec.LCIC: 85, spec.CAR: 50, spec.IoT: 41, spec.RoomEngine: 80, "": 14} {
		assert.GreaterOrEqual(t, len(spec.Codes(system)), least, system)
	}
	assert.NotContains(t, spec.Codes(spec.LCIC), class.CodeTimeout)
}

func TestOwnCodesAreExplained(t *testing.T) {
	for _, code := range []string{
		class.CodeTimeout, class.CodeNetwork, class.CodeTLS, class.CodeHTTPStatus, class.CodeBody,
		class.CodeTooLarge, class.CodeCancelled, class.CodeReadOnly, class.CodeParameter,
		class.CodeConfig, class.CodeStale, class.CodeAudit, class.CodeBusy, class.CodeNotReady,
	} {
		for _, system := range []string{"", spec.LCIC, spec.RoomEngine} {
			explained(t, system, code)
		}
	}
}

func TestCodeFallsBack(t *testing.T) {
	up := spec.Code(spec.LCIC, "RequestLimitExceeded")
	c := spec.Code(spec.LCIC, "RequestLimitExceeded.SomethingNew")
	assert.Equal(t, up.Hint, c.Hint)
	assert.Equal(t, "RequestLimitExceeded.SomethingNew", c.Code)
	assert.True(t, c.Retryable)

	assert.Equal(t, spec.Code(spec.LCIC, "InternalError").Hint, spec.Code(spec.LCIC, "InternalServerError").Hint)
	assert.Equal(t, spec.Code(spec.LCIC, "InternalError").Hint, spec.Code(spec.LCIC, "InternalServerError.DB").Hint)

	for _, code := range []string{"", ".", "Brand.New", "999999", "..a.."} {
		c = spec.Code(spec.RoomEngine, code)
		assert.False(t, c.Known, code)
		assert.NotEmpty(t, c.Hint)
		assert.False(t, c.Retryable)
	}
	assert.False(t, spec.Code("nowhere", "Nothing").Known)
}

func TestHintNamesTheActionToGrant(t *testing.T) {
	c := spec.Code(spec.LCIC, "AuthFailure.UnauthorizedOperation").For("KickUserFromRoom")
	assert.Equal(t, "Ask the account's administrator to grant lcic:KickUserFromRoom in CAM.", c.Hint)
	assert.Contains(t, spec.Code(spec.CAR, "InvalidParameter").For("").Hint, "the help of the action")
	gone := spec.Code(spec.CAR, "ResourceNotFound.SessionNotFound")
	assert.Contains(t, gone.For("DestroySession").Hint, "may have ended already")
	assert.Equal(t, "The host has no running session, so nobody can join him.", gone.For("CreateSession").Meaning, "the host is not there: nothing has ended")
}

// A write that was refused for its content must not be offered again.
func TestRetryable(t *testing.T) {
	for code, want := range map[string]bool{
		"InternalError": true, "RequestLimitExceeded.IPLimitExceeded": true, "ResourceUnavailable.RoomStatistics": true,
		"ResourceNotFound.Room": false, "AuthFailure.SignatureFailure": false, "FailedOperation.ClassEnded": false,
		class.CodeTimeout: true, class.CodeReadOnly: false, class.CodeStale: false,
	} {
		assert.Equal(t, want, spec.Code(spec.LCIC, code).Retryable, code)
	}
	assert.True(t, spec.Code(spec.RoomEngine, "60007").Retryable)
	assert.False(t, spec.Code(spec.RoomEngine, "100004").Retryable)
}
