package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"classtop/class"
	"classtop/sim"
)

// TestCommandsInASchoolAreChinese reads what the check, the playbooks and the
// commands that act say where there is a school, well and not.
func TestCommandsInASchoolAreChinese(t *testing.T) {
	school := sim.New(sim.Options{Seed: 7, Rooms: 8, Members: 12, Speed: 1e-6})
	server := httptest.NewServer(school)
	defer server.Close()
	hello, home := school.Credentials(), t.TempDir()
	env := map[string]string{
		"LANG": "zh_CN.UTF-8", "HOME": home, "USER": "tester", "TENCENTCLOUD_SECRET_ID": hello.SecretID, "TENCENTCLOUD_SECRET_KEY": hello.SecretKey,
		"CLASSTOP_ENDPOINT": server.URL, "CLASSTOP_ROOM_ENGINE_ENDPOINT": server.URL, "CLASSTOP_SDK_APP_ID": fmt.Sprint(hello.SdkAppID),
		"CLASSTOP_ADMIN": hello.Admin, "CLASSTOP_USERSIG_KEY": hello.UserSigKey,
	}
	run := func(line ...string) string {
		var out bytes.Buffer
		Main(line, func(name string) (string, bool) { v, ok := env[name]; return v, ok }, strings.NewReader(""), &out, &out)
		return strings.ReplaceAll(out.String(), home, "~")
	}
	var rooms []struct {
		ID     class.RoomID     `json:"id"`
		Status class.RoomStatus `json:"status"`
	}
	require.NoError(t, json.Unmarshal([]byte(run("get", "rooms", "-o", "json")), &rooms))
	room := class.RoomID(0)
	for _, r := range rooms {
		if r.Status == class.RoomLive {
			room = r.ID
		}
	}
	require.NotZero(t, room)
	id := room.String()
	members, names := run("get", "members", id, "-o", "json"), run("get", "rooms", "-o", "json")
	var people []struct {
		ID    string         `json:"id"`
		Role  class.Role     `json:"role"`
		State class.Presence `json:"state"`
	}
	require.NoError(t, json.Unmarshal([]byte(members), &people))
	user := ""
	for _, m := range people {
		if m.Role == class.RoleStudent && m.State == class.Online {
			user = m.ID
		}
	}
	require.NotEmpty(t, user)
	// What the service says, and the ids of its answers, stay as they are.
	service := regexp.MustCompile(`\([A-Z][^)]*\)|\(identifier[^)]*\)|（\d+: [^）]*）|\[?RequestId [^\s\]]+\]?`)
	read := func(line ...string) {
		t.Helper()
		noEnglish(t, strings.Join(line, " "), service.ReplaceAllString(run(line...), ""), members+names+strings.Join(line, " ")+" default calm down last wait ms nobody App")
	}
	for _, line := range [][]string{{"rooms"}, {"room", id}, {"members", id}, {"questions", id}, {"documents", id}, {"seats", id}, {"messages", id}, {"events", id}} {
		head, _, _ := strings.Cut(run(append([]string{"get"}, line...)...), "\n")
		noEnglish(t, line[0], head, "")
		head, _, _ = strings.Cut(run(append([]string{"get", "-o", "csv"}, line...)...), "\n")
		require.Regexp(t, `^[A-Z ,]+$`, head, "the columns of CSV are for scripts")
	}
	read("check")
	env["CLASSTOP_ADMIN"] = "nobody"
	read("check")
	env["CLASSTOP_ADMIN"] = hello.Admin
	for _, tail := range [][]string{{"--dry-run"}, {}, {"--yes", "--reason", "吵闹"}, {"--yes"}} {
		for _, line := range [][]string{
			{"notice", id, "快下课了"}, {"seat", "pick", id, user, "3"}, {"seat", "move", id, user, "4"}, {"seat", "off", id, user}, {"seat", "lock", id, "2"},
			{"seat", "unlock", id, "2"}, {"mute", id, user}, {"unmute", id, user}, {"kick", id, user}, {"unkick", id, user}, {"kick", id, user, "--for-good"},
			{"start", id}, {"end", id}, {"kick", id, "nobody"},
		} {
			read(append(line, tail...)...)
		}
	}
	read("call", "EndRoom", "RoomId="+id)
	read("audit", "verify")
	env["CLASSTOP_READ_ONLY"] = "true"
	read("kick", id, user, "--yes")
	server.Close()
	read("check")
	read("get", "rooms")
}
