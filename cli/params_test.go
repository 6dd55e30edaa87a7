package cli

import (
	"encoding/json"
	"strings"
	"testing"

	"classtop/client/spec"
	"classtop/lang"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func parse(t *testing.T, action, stdin string, words ...string) (map[string]any, error) {
	t.Helper()
	x := spec.Find(action)
	require.NotNil(t, x)
	a := &app{in: strings.NewReader(stdin)}
	return a.params(x, words)
}

func TestParamsTakeTheFactsTypes(t *testing.T) {
	got, err := parse(t, "KickUserFromRoom", "", "RoomId=18446744073709551615", "UserId=007", "KickType:=1", "Duration=600")
	require.NoError(t, err)
	assert.Equal(t, map[string]any{
		"RoomId": uint64(18446744073709551615), "UserId": "007", "KickType": json.Number("1"), "Duration": uint64(600),
	}, got, "a user id of digits stays text, a room id keeps its 64 bits")

	got, err = parse(t, "DescribeSdkAppIdUsers", `{"Page": 2, "Limit": 5}`, "-", "Page=3")
	require.NoError(t, err)
	assert.Equal(t, map[string]any{"Page": int64(3), "Limit": json.Number("5")}, got, "later words win")
}

func TestParamsFaults(t *testing.T) {
	for word, want := range map[string]string{
		"RoomId":             `"RoomId" is not a parameter`,
		"RoomId:={":          "is not JSON",
		"RoomId:=1 2":        "something follows",
		"@/none/such":        "no such file",
		"RoomId=@/none/such": `written as RoomId:="@…"`,
		"-":                  "must hold one JSON object",
	} {
		_, err := parse(t, "DescribeRoom", "[1]", word)
		require.ErrorContains(t, err, want, word)
		assert.Equal(t, exitUsage, exitCode(err))
	}
}

func TestPutReachesIntoObjects(t *testing.T) {
	out := map[string]any{}
	require.NoError(t, put(out, "RoomInfo.RoomName", "x"))
	require.NoError(t, put(out, "RoomInfo.Seats", 3))
	assert.Equal(t, map[string]any{"RoomInfo": map[string]any{"RoomName": "x", "Seats": 3}}, out)
	out["Plain"] = 1
	require.ErrorContains(t, put(out, "Plain.Inner", 1), "was given as a whole already")
}

func TestSheets(t *testing.T) {
	type row struct {
		Name string `json:"name"`
		N    int    `json:"n"`
	}
	s := sheetOf([]row{{"李雷", 1}, {"=cmd()", 22}}, []col[row]{
		{"NAME", func(r *row) string { return r.Name }},
		{"N", func(r *row) string { return number(r.N) }},
	})
	for format, want := range map[string]string{
		"table": "NAME    N\n李雷    1\n=cmd()  22\n",
		"csv":   "NAME,N\n李雷,1\n'=cmd(),22\n",
		"json":  "[\n  {\n    \"name\": \"李雷\",\n    \"n\": 1\n  },\n  {\n    \"name\": \"=cmd()\",\n    \"n\": 22\n  }\n]\n",
	} {
		var b strings.Builder
		require.NoError(t, s.write(&b, format, lang.English))
		assert.Equal(t, want, b.String())
	}
	var b strings.Builder
	require.NoError(t, sheetOf[row](nil, nil).write(&b, "json", lang.English))
	assert.Equal(t, "[]\n", b.String(), "scripts always get a list")
}
