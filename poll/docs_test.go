package poll

import (
	"os"
	"regexp"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestEveryRuleIsExplained keeps docs/attention.md in step with the table of
// rules: names, order, severities and how long each must hold.
func TestEveryRuleIsExplained(t *testing.T) {
	doc, err := os.ReadFile("../docs/attention.md")
	require.NoError(t, err)
	rows := regexp.MustCompile("(?m)^\\| `([^`]+)` \\| (\\w+) \\| [^|]+ \\| ([^|]+) \\|").FindAllStringSubmatch(string(doc), -1)
	var names []string
	for _, row := range rows {
		names = append(names, row[1])
	}
	require.Equal(t, RuleNames(), names)
	defaults := Rules{}.withDefaults()
	says := map[time.Duration]string{0: "", 2 * time.Second: "after 2 s", time.Minute: "after 60 s", 2 * time.Minute: "after 2 min"}
	for i := range ruleTable {
		rule := &ruleTable[i]
		assert.Equal(t, [...]string{1: "note", 2: "soon", 3: "NOW"}[rule.severity], rows[i][2], rule.name)
		assert.Contains(t, rows[i][3], says[rule.raise(&defaults)], rule.name)
	}
	assert.Contains(t, rows[0][3], "2 min", "late")
	assert.Contains(t, rows[9][3], "5 min", "overrun")
}
