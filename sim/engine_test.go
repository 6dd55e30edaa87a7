package sim_test

import (
	"bytes"
	"compress/zlib"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"classtop/client/spec"
	"classtop/sim"
)

// sig makes a UserSig.
func sig(key string, app uint64, user string, at time.Time, valid int) string {
	text := fmt.Sprintf("TLS.identifier:%s\nTLS.sdkappid:%d\nTLS.time:%d\nTLS.expire:%d\n", user, app, at.Unix(), valid)
	doc, _ := json.Marshal(map[string]any{
		"TLS.ver": "2.0", "TLS.identifier": user, "TLS.sdkappid": app, "TLS.expire": valid, "TLS.time": at.Unix(),
		"TLS.sig": base64.StdEncoding.EncodeToString(hmac256([]byte(key), text)),
	})
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	_, _ = z.Write(doc)
	_ = z.Close()
	return strings.NewReplacer("+", "*", "/", "-", "=", "_").Replace(base64.StdEncoding.EncodeToString(b.Bytes()))
}

func (x *school) query() url.Values {
	h := x.hello
	return url.Values{
		"sdkappid": {fmt.Sprint(h.SdkAppID)}, "identifier": {h.Admin}, "random": {"99999999"}, "contenttype": {"json"},
		"usersig": {sig(h.UserSigKey, h.SdkAppID, h.Admin, x.clock, 86400)},
	}
}

// post calls the room engine and returns code and answer.
func (x *school) post(path string, q url.Values, body string) (int64, map[string]any) {
	x.t.Helper()
	r, err := http.NewRequest(http.MethodPost, "https://adminapisgp.im.qcloud.com"+path+"?"+q.Encode(), strings.NewReader(body))
	require.NoError(x.t, err)
	resp, err := x.s.RoundTripper().RoundTrip(r)
	require.NoError(x.t, err)
	b, err := io.ReadAll(resp.Body)
	require.NoError(x.t, err)
	require.NoError(x.t, resp.Body.Close())
	var out map[string]any
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	require.NoError(x.t, d.Decode(&out), "%s", b)
	assert.Regexp(x.t, `^Id-[0-9a-f]{32}-O-Seq-\d+$`, out["RequestId"])
	code := num(out["ErrorCode"])
	assert.Equal(x.t, code == 0, out["ActionStatus"] == "OK")
	answer, _ := out["Response"].(map[string]any)
	return code, answer
}

func (x *school) engine(command string, p map[string]any) (int64, map[string]any) {
	x.t.Helper()
	body, err := json.Marshal(p)
	require.NoError(x.t, err)
	return x.post(spec.Find(command).Path, x.query(), string(body))
}

func TestUserSigIsVerified(t *testing.T) {
	x := open(t, sim.Options{Rooms: 3})
	path, h := spec.Find("get_seat_list").Path, x.hello
	cases := map[int64]func(q url.Values){
		100002: func(url.Values) {}, // past all checks: the body lacks RoomId
		60012:  func(q url.Values) { q.Del("sdkappid") },
		70020:  func(q url.Values) { q.Set("sdkappid", "1") },
		60004:  func(q url.Values) { q.Del("usersig") },
		60002:  func(q url.Values) { q.Set("random", "-1") },
		70003:  func(q url.Values) { q.Set("usersig", q.Get("usersig")[:20]) },
		70014:  func(q url.Values) { q.Set("usersig", sig(h.UserSigKey, 7, h.Admin, x.clock, 86400)) },
		70013:  func(q url.Values) { q.Set("identifier", "somebody") },
		70009:  func(q url.Values) { q.Set("usersig", sig("another", h.SdkAppID, h.Admin, x.clock, 86400)) },
		70001:  func(q url.Values) { q.Set("usersig", sig(h.UserSigKey, h.SdkAppID, h.Admin, x.clock, 0)) },
		60010: func(q url.Values) {
			q.Set("identifier", "u1")
			q.Set("usersig", sig(h.UserSigKey, h.SdkAppID, "u1", x.clock, 86400))
		},
	}
	for want, change := range cases {
		q := x.query()
		change(q)
		code, _ := x.post(path, q, "{}")
		assert.Equal(t, want, code)
	}
	code, _ := x.post(path, x.query(), "")
	assert.EqualValues(t, 60003, code)
	code, _ = x.post("/v4/room_engine_http_mic/dance", x.query(), "{}")
	assert.EqualValues(t, 60009, code)
}

func TestEveryCommandAnswersItsExample(t *testing.T) {
	sys := spec.Get(spec.RoomEngine)
	for i := range sys.Actions {
		a := &sys.Actions[i]
		t.Run(a.Name, func(t *testing.T) {
			x := open(t, sim.Options{Seed: 3, Rooms: 30, Members: 20})
			f := x.fixture()
			room := fmt.Sprint(f.live)
			for _, seat := range []int{1, 2} {
				for _, locked := range []bool{true, false} { // which takes whoever sits there off
					code, _ := x.engine("lock_seat", map[string]any{"RoomId": room, "Index": seat, "ForbidTaken": locked})
					require.EqualValues(t, 0, code)
				}
			}
			if a.Name != "pick_user_on_seat" {
				code, _ := x.engine("pick_user_on_seat", map[string]any{"RoomId": room, "Member_Account": f.pupil, "Index": 2})
				assert.EqualValues(t, 0, code)
			}
			request := strings.NewReplacer(`"room-test"`, `"`+room+`"`, `"live-room"`, `"`+room+`"`, `"user2"`, `"`+f.pupil+`"`,
				`"user1"`, `"`+f.pupil+`"`, `"user"`, `"`+f.pupil+`"`, `"user3"`, `"`+f.pupil+`"`).Replace(string(a.Examples[0].Request))
			switch a.Name {
			case "create_room":
				request = strings.Replace(request, room, "room-of-my-own", 1)
			case "change_room_owner":
				request = strings.Replace(request, f.pupil, f.teacher, 1)
			}
			code, answer := x.post(a.Path, x.query(), request)
			assert.EqualValues(t, 0, code, request)
			for i := range a.Returns {
				if name, ok := strings.CutPrefix(a.Returns[i].Name, "Response."); ok {
					assert.NotNil(t, answer[name], "%s is missing", name)
				}
			}
		})
	}
}

// seats returns who sits where, by seat.
func (x *school) seats(room string) []map[string]any {
	x.t.Helper()
	code, answer := x.engine("get_seat_list", map[string]any{"RoomId": room})
	require.EqualValues(x.t, 0, code)
	var out []map[string]any
	for _, s := range answer["SeatList"].([]any) {
		out = append(out, s.(map[string]any))
	}
	return out
}

func TestSeatsAreRefusedInWordsOfTheManual(t *testing.T) {
	x := open(t, sim.Options{Seed: 3, Rooms: 30, Members: 20})
	f := x.fixture()
	room := fmt.Sprint(f.live)
	x.pass(time.Minute)
	pick := func(user string, seat int) int64 {
		code, _ := x.engine("pick_user_on_seat", map[string]any{"RoomId": room, "Member_Account": user, "Index": seat})
		return code
	}
	lock := func(seat int, locked bool) {
		code, _ := x.engine("lock_seat", map[string]any{"RoomId": room, "Index": seat, "ForbidTaken": locked})
		assert.EqualValues(t, 0, code)
	}
	for i := range x.seats(room) {
		if i > 0 {
			lock(i, true) // takes everybody off
			lock(i, false)
		}
	}
	lock(3, true)
	assert.EqualValues(t, 100200, pick(f.pupil, 3), "locked")
	assert.EqualValues(t, 100005, pick("nobody", 2))
	assert.EqualValues(t, 100002, pick(f.pupil, 99))
	assert.EqualValues(t, 0, pick(f.pupil, 2))
	assert.Equal(t, f.pupil, x.seats(room)[2]["Member_Account"])
	assert.EqualValues(t, 100203, pick(f.pupil, 4), "sits already")
	var other string
	for _, m := range x.members(f.live) {
		if num(m["CurrentState"]) == 1 && num(m["Stage"]) == 0 && num(m["Role"]) == 0 {
			other = m["UserId"].(string)
		}
	}
	assert.Contains(t, []int64{100210, 100202}, pick(other, 2), "taken")
	code, _ := x.engine("move_user_to_seat", map[string]any{"RoomId": room, "Member_Account": f.pupil, "SeatIndex": 3, "Policy": 0})
	assert.EqualValues(t, 0, code)
	assert.Equal(t, f.pupil, x.seats(room)[3]["Member_Account"])
	code, _ = x.engine("kick_user_off_seat", map[string]any{"RoomId": room, "Member_Account": f.pupil, "Data": ""})
	assert.EqualValues(t, 0, code)
	assert.Nil(t, x.seats(room)[3]["Member_Account"])
	code, _ = x.engine("get_seat_list", map[string]any{"RoomId": "12"})
	assert.EqualValues(t, 100004, code)
	x.ok("EndRoom", map[string]any{"RoomId": f.live})
	assert.EqualValues(t, 100004, pick(f.pupil, 2), "closed with the class")
}

func TestALectureHasNoSeats(t *testing.T) {
	x := open(t, sim.Options{Seed: 3, Rooms: 60, Members: 20})
	for _, room := range x.rooms(1) {
		if num(room["RoomType"]) == 1 {
			code, _ := x.engine("lock_seat", map[string]any{"RoomId": fmt.Sprint(room["RoomId"]), "Index": 0, "ForbidTaken": true})
			assert.EqualValues(t, 100211, code)
			return
		}
	}
	t.Fatal("no lecture")
}
