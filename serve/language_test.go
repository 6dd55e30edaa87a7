package serve

import (
	"fmt"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"classtop/lang"
	"classtop/ops"
)

// TestASessionEndsInItsOwnLanguage proves that the locale of the session, and
// not of the server, decides in which language it is sent away.
func TestASessionEndsInItsOwnLanguage(t *testing.T) {
	key := newKey(t)
	r := start(t, func(c *Config) {
		c.Limits.PerKey = 1
		c.Tell = func(g Guest, text string) string { return lang.OfLocale(g.Setting).Tell(text) }
	}, entry("李雷", ops.Lead, key))
	c := r.mustDial(key)
	r.watch(c, 80, 24, true).sees("keys=0.")
	for locale, want := range map[string]string{
		"zh_CN.UTF-8": "classtop: 你在这里已有 1 个会话，达到同一公钥的上限；请先结束一个\n", "C": "classtop: you have 1 open here, the most for one key; end one first\n",
	} {
		s, err := c.NewSession()
		require.NoError(t, err)
		require.NoError(t, s.Setenv("LC_ALL", locale))
		var said sayings
		s.Stderr = &said
		assert.Error(t, s.Run("who"))
		assert.Equal(t, want, said.String())
	}
}

// TestFarewellsAreChinese holds every reason for the end of a session against
// what may be there in Chinese: what is typed.
func TestFarewellsAreChinese(t *testing.T) {
	typed := regexp.MustCompile(`classtop|ssh -t|ssh HOST get rooms -o json|SSH`)
	for _, why := range []error{
		errRevoked, errChanged, errStopping, errIdle, errLifetime, errStalled, errHungUp, errNoTerminal,
		fmt.Errorf(tooManyOfOne, 3), fmt.Errorf(tooManyOfAll, 200), fmt.Errorf("the command line cannot be read: %w", fmt.Errorf("No closing quotation")),
	} {
		for _, text := range []string{why.Error(), fmt.Sprintf(endsNow, why)} {
			told := lang.Chinese.Tell(text)
			assert.NotRegexp(t, `[A-Za-z]`, typed.ReplaceAllString(told, ""), text)
		}
	}
}
