package client

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"classtop/class"
	"classtop/class/clean"
	"classtop/client/spec"
)

// fields decodes an object with its exact names, the last of two winning.
func fields(raw []byte) map[string]json.RawMessage {
	var m map[string]json.RawMessage
	_ = json.Unmarshal(raw, &m)
	return m
}

// reference decodes what the fast decoders do, slowly and with encoding/json.
func reference[T any](body []byte, listName string, one func(map[string]json.RawMessage) T) (v verdict, total int64, items []T, ok bool) {
	if !json.Valid(body) {
		return v, 0, nil, false
	}
	resp := fields(body)["Response"]
	if !isObject(resp) {
		v, _, err := open(spec.LCIC, body)
		return v, 0, nil, err == nil
	}
	r := fields(resp)
	if isObject(r["Error"]) {
		e := fields(r["Error"])
		v.code, v.message = toText(e["Code"]), toText(e["Message"])
	}
	v.requestID = toText(r["RequestId"])
	var list []json.RawMessage
	_ = json.Unmarshal(r[listName], &list)
	for _, raw := range list {
		if isObject(raw) {
			items = append(items, one(fields(raw)))
		}
	}
	return v, toInt(r["Total"]), items, true
}

func cleanField(raw json.RawMessage) class.Text { return clean.Text(toText(raw)) }

func slowMember(f map[string]json.RawMessage) class.Member {
	return class.Member{
		ID: cleanField(f["UserId"]), Name: cleanField(f["UserName"]), IP: cleanField(f["IPAddress"]),
		Place: cleanField(f["Location"]), GroupID: cleanField(f["GroupId"]),
		Role: class.Role(toInt(f["Role"])), State: class.Presence(toInt(f["CurrentState"])), Device: class.Device(toInt(f["Device"])),
		Camera: toInt(f["Camera"]) != 0, Mic: toInt(f["Mic"]) != 0, Muted: toInt(f["Silence"]) != 0, OnStage: toInt(f["Stage"]) != 0,
		HandUps: toInt(f["HandUps"]), Answers: toInt(f["AnswerQuestions"]), Rewards: toInt(f["Rewords"]),
		MicTimes: toInt(f["PerMemberMicCount"]), Messages: toInt(f["PerMemberMessageCount"]),
		Present: class.Seconds(toInt(f["PresentTime"])), FirstJoin: class.Unix(toInt(f["FirstJoinTimestamp"])), LastQuit: class.Unix(toInt(f["LastQuitTimestamp"])),
	}
}

func slowRoom(f map[string]json.RawMessage) class.Room {
	r := class.Room{
		ID: class.RoomID(toUint(f["RoomId"])), Name: cleanField(f["Name"]), Status: class.RoomStatus(toInt(f["Status"])),
		Start: class.Unix(toInt(f["StartTime"])), End: class.Unix(toInt(f["EndTime"])),
		RealStart: class.Unix(toInt(f["RealStartTime"])), RealEnd: class.Unix(toInt(f["RealEndTime"])),
		MicLimit: toInt(f["MaxMicNumber"]), RoomType: toInt(f["RoomType"]), EndDelay: toInt(f["EndDelayTime"]), RecordURL: cleanField(f["RecordUrl"]),
	}
	if r.MicLimit == 0 {
		r.MicLimit = toInt(f["MaxRTCMember"])
	}
	if r.RecordURL.IsZero() {
		r.RecordURL = cleanField(f["ReplayUrl"])
	}
	return r
}

var nastyBodies = []string{
	`{"Response":{"Total":1,"RequestId":"xx","MemberRecords":[{"UserName":"张三","UserId":"u1","Mic":1,"Camera":"1","HandUps":null,"Stage":true}]}}`,
	`{"Response":{"Total":"2","Rooms":[{"RoomId":18446744073709551615,"Name":"a\u001b[31m","MaxRTCMember":16},{"RoomId":"7","Name":null,"ReplayUrl":"https://x"}],"RequestId":1}}`,
	`{"Response":{"Total":null,"MemberRecords":null,"Rooms":null,"RequestId":null}}`,
	`{"Response":{"Error":{"Code":"InternalError","Message":"m\u00e9"},"RequestId":"r"}}`,
	`{"Response":{"MemberRecords":[{"UserId":"\ud83d\ude00\ud83d","UserName":"` + "\xff\xfe" + `","PresentTime":1.9e2,"Role":"x","Location":["a"],"Future":{"a":[1,{}]}},7,null,"x",[]]}}`,
	`{"Response":{"Rooms":[{"Name":"a"}],"Rooms":[{"Na\u006de":"b","Status":-1}]},"Response":{"Rooms":[{"Name":"c","RoomId":-5,"EndDelayTime":-1}]}}`,
	`{"Response":[]}`, `{"code":4000,"message":"old","codeDesc":"InternalError"}`, `{"code":0}`, `[]`, `null`, ``, `{}`, `{"Response":{}}`,
	`{"Response":{"Total":01}}`, `{"Response":{}} x`, `{"Response":{"Total":1.}}`, `{"a":"\x"}`, `{"Response":{"Total":99999999999999999999}}`,
}

func FuzzDecodeMembers(f *testing.F) {
	for _, s := range nastyBodies {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		var p memberPageData
		v, err := p.decode(bytes.Clone(body))
		wantV, total, want, ok := reference(body, "MemberRecords", slowMember)
		require.Equal(t, ok, err == nil, "valid %v", json.Valid(body))
		if ok {
			require.Equal(t, wantV, v)
			require.Equal(t, total, p.total)
			require.Equal(t, want, p.members)
		}
	})
}

func FuzzDecodeRooms(f *testing.F) {
	for _, s := range nastyBodies {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		var p roomPageData
		v, err := p.decode(bytes.Clone(body))
		wantV, total, want, ok := reference(body, "Rooms", slowRoom)
		require.Equal(t, ok, err == nil, "valid %v", json.Valid(body))
		if ok {
			require.Equal(t, wantV, v)
			require.Equal(t, total, p.total)
			require.Equal(t, want, p.rooms)
		}
	})
}

func TestNothingIsLeftOfAnEarlierBody(t *testing.T) {
	var p memberPageData
	_, err := p.decode(manyMembers(3))
	require.NoError(t, err)
	v, err := p.decode([]byte(`{"code":4000,"message":"old","codeDesc":"InternalError"}`))
	require.NoError(t, err)
	assert.Equal(t, "InternalError", v.code)
	assert.Empty(t, p.members)
}

// manyMembers is a body as the service would send it.
func manyMembers(n int) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, `{"Response":{"Total":%d,"MemberRecords":[`, n)
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `{"UserId":"student_%d","UserName":"王小明%d","PresentTime":%d,"Camera":1,"Mic":0,"Silence":0,"AnswerQuestions":3,"HandUps":2,`+
			`"FirstJoinTimestamp":1711971335,"LastQuitTimestamp":0,"Rewords":1,"IPAddress":"10.0.0.%d","Location":"广东省深圳市","Device":1,`+
			`"PerMemberMicCount":1,"PerMemberMessageCount":4,"Role":0,"GroupId":"g1","SubGroupId":["s1"],"Stage":0,"CurrentState":1}`, i, i, i*3, i%250)
	}
	b.WriteString(`],"RequestId":"8cc600da-b066-476a-a527-ee19c46f77f9"}}`)
	return []byte(b.String())
}

func TestMembersCostFewAllocations(t *testing.T) {
	if raced {
		t.Skip("allocations are counted without the race detector")
	}
	body := manyMembers(1000)
	var p memberPageData
	decode := func() { _, _ = p.decode(body) }
	decode()
	assert.Len(t, p.members, 1000)
	assert.Equal(t, "王小明7", p.members[7].Name.String())
	assert.LessOrEqual(t, testing.AllocsPerRun(20, decode), 8.0, "members, texts, the RequestId and a few closures")
}

// pointerMember is how the official SDK decodes.
type pointerMember struct {
	UserID, UserName, IPAddress, Location, GroupID                     *string
	PresentTime, Camera, Mic, Silence, AnswerQuestions, HandUps        *uint64
	FirstJoinTimestamp, LastQuitTimestamp, Rewords, Role, CurrentState *uint64
	Device, PerMemberMicCount, PerMemberMessageCount, Stage            *int64
	SubGroupID                                                         []*string
}

func BenchmarkDecodeMembers(b *testing.B) {
	body := manyMembers(1000)
	b.Run("classtop", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			var p memberPageData
			_, _ = p.decode(body)
		}
	})
	b.Run("json", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			var v struct {
				Response struct{ MemberRecords []*pointerMember }
			}
			_ = json.Unmarshal(body, &v)
		}
	})
}
