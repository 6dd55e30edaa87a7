package sim_test

import (
	"math/bits"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"classtop/sim"
)

func TestAQuizOpensAndIsAnswered(t *testing.T) {
	x := open(t, sim.Options{Seed: 2, Rooms: 1, Members: 30})
	room := x.rooms(1)[0]["RoomId"]
	list := func() []map[string]any {
		return x.ok("DescribeQuestionList", map[string]any{"RoomId": room}).list("QuestionInfo")
	}
	before := len(list())
	for len(list()) == before {
		x.pass(time.Second)
	}
	q := list()[before]
	id := q["QuestionId"]
	answers := func() (int64, []map[string]any) {
		r := x.ok("DescribeAnswerList", map[string]any{"QuestionId": id})
		return num(r.Fields["Total"]), r.list("AnswerInfo")
	}
	assert.Nil(t, x.ok("DescribeAnswerList", map[string]any{"QuestionId": id, "Page": 9}).Fields["AnswerInfo"], "an empty list is null")
	first, _ := answers()
	x.pass(20 * time.Second)
	later, _ := answers()
	x.pass(60 * time.Second)
	total, rows := answers()
	assert.Less(t, first, later)
	assert.Less(t, later, total)
	assert.Greater(t, total, int64(15))
	q = list()[before]
	var sum int64
	for _, s := range q["AnswerStats"].([]any) {
		sum += num(s.(map[string]any)["Count"])
	}
	assert.Equal(t, total, sum)
	for _, a := range rows {
		assert.Equal(t, num(a["Answer"]) == num(q["CorrectAnswer"]), num(a["IsCorrect"]) == 1)
		assert.Positive(t, num(a["CostTime"]))
	}
	several := false
	for range 20 {
		x.pass(3 * time.Minute)
		if r := x.do("DescribeQuestionList", map[string]any{"RoomId": room}); r.Code == "" {
			for _, q := range r.list("QuestionInfo") {
				several = several || bits.OnesCount64(uint64(num(q["CorrectAnswer"]))) > 1
			}
		}
	}
	assert.True(t, several, "some questions have several right options")
	assert.Equal(t, "ResourceNotFound", x.do("DescribeAnswerList", map[string]any{"QuestionId": "no"}).Code)
}

func TestDocumentsTranscode(t *testing.T) {
	x := open(t, sim.Options{Seed: 2, Rooms: 1, Members: 20})
	room := x.rooms(1)[0]["RoomId"]
	owner := x.members(room)[0]["UserId"]
	create := func(url string) any {
		return x.ok("CreateDocument", map[string]any{"DocumentUrl": url, "DocumentName": "讲义.pdf", "Owner": owner, "TranscodeType": 1, "DocumentType": "pdf"}).Fields["DocumentId"]
	}
	id, broken := create("https://a.example/a.pdf"), create("https://a.example/fail.pdf")
	state := func(id any) [2]int64 {
		f := x.ok("DescribeDocument", map[string]any{"DocumentId": id}).Fields
		return [2]int64{num(f["TranscodeState"]), num(f["TranscodeProgress"])}
	}
	assert.Equal(t, [2]int64{0, 0}, state(id))
	x.pass(10 * time.Second)
	assert.EqualValues(t, 1, state(id)[0])
	assert.InDelta(t, 33, state(id)[1], 6)
	x.pass(25 * time.Second)
	assert.Equal(t, [2]int64{3, 100}, state(id))
	assert.EqualValues(t, 2, state(broken)[0])
	bound := func() int64 {
		return num(x.ok("DescribeDocumentsByRoom", map[string]any{"RoomId": room}).Fields["Total"])
	}
	before := bound()
	x.ok("BindDocumentToRoom", map[string]any{"RoomId": room, "DocumentId": id})
	assert.Equal(t, before+1, bound())
	x.ok("UnbindDocumentFromRoom", map[string]any{"RoomId": room, "DocumentId": id})
	assert.Equal(t, before, bound())
	assert.Equal(t, "ResourceNotFound.Document", x.do("UnbindDocumentFromRoom", map[string]any{"RoomId": room, "DocumentId": id}).Code)
	x.ok("DeleteDocument", map[string]any{"DocumentId": id})
	assert.Equal(t, "ResourceNotFound.Document", x.do("DescribeDocument", map[string]any{"DocumentId": id}).Code)
	page := x.ok("BatchDescribeDocument", map[string]any{"Page": 1, "Limit": 100, "Permission": []int{0, 1}, "Keyword": "no such name"})
	assert.Nil(t, page.Fields["Documents"])
}

func TestChatAndEventsAndReport(t *testing.T) {
	x := open(t, sim.Options{Seed: 2, Rooms: 1, Members: 30})
	room := x.rooms(1)[0]["RoomId"]
	x.pass(30 * time.Minute)
	chat := func(seq int64) []map[string]any {
		return x.ok("GetRoomMessage", map[string]any{"RoomId": room, "Seq": seq, "Limit": 50}).list("Messages")
	}
	page := chat(0)
	require.Len(t, page, 50)
	last := num(page[49]["Seq"])
	assert.Equal(t, num(page[0]["Seq"])-49, last, "newest first, without a gap")
	assert.Equal(t, last-1, num(chat(last)[0]["Seq"]))
	kinds := map[int64]bool{}
	for seq := num(page[0]["Seq"]) + 1; seq > 1; {
		page = chat(seq)
		for _, m := range page {
			seq = num(m["Seq"])
			kinds[num(m["MessageBody"].([]any)[0].(map[string]any)["MessageType"])] = true
		}
	}
	assert.Len(t, kinds, 3, "text, image, custom")

	x.ok("EndRoom", map[string]any{"RoomId": room})
	assert.Equal(t, "ResourceUnavailable.RoomStatistics", x.do("DescribeRoomStatistics", map[string]any{"RoomId": room, "Page": 1, "Limit": 100}).Code)
	x.pass(time.Minute)
	r := x.ok("DescribeRoomStatistics", map[string]any{"RoomId": room, "Page": 1, "Limit": 100})
	assert.Positive(t, num(r.Fields["PeakMemberNumber"]))
	assert.GreaterOrEqual(t, num(r.Fields["MemberNumber"]), num(r.Fields["PeakMemberNumber"]))
	seen := map[any]bool{}
	for n := int64(1); ; n++ {
		r := x.ok("GetRoomEvent", map[string]any{"RoomId": room, "Page": n, "Limit": 200})
		for _, e := range r.list("Events") {
			seen[e["EventType"]] = true
		}
		if n*200 >= num(r.Fields["Total"]) {
			break
		}
	}
	assert.GreaterOrEqual(t, len(seen), 12, seen)
	joins := x.ok("GetRoomEvent", map[string]any{"RoomId": room, "Page": 1, "Limit": 1, "Keyword": "RoomEnd"})
	assert.Len(t, joins.list("Events"), 1)
	x.pass(time.Hour)
	assert.Nil(t, x.ok("GetRoomEvent", map[string]any{"RoomId": room, "Page": 1, "Limit": 1}).Fields["Events"], "gone an hour after the end")
}

func TestDocumentedErrorsInDocumentedSituations(t *testing.T) {
	x := open(t, sim.Options{Seed: 3, Rooms: 30, Members: 20})
	f := x.fixture()
	now := x.clock.Unix()
	class := func(change map[string]any) map[string]any {
		p := map[string]any{"Name": "新班", "StartTime": now + 600, "EndTime": now + 4200, "Resolution": 1, "MaxMicNumber": 4, "SubType": "video", "TeacherId": f.teacher}
		for k, v := range change {
			p[k] = v
		}
		return p
	}
	cases := []struct {
		action string
		p      map[string]any
		want   string
	}{
		{"DeleteRoom", map[string]any{"RoomId": f.live}, "FailedOperation.ClassStarted"},
		{"ModifyRoom", map[string]any{"RoomId": f.ended, "Name": "x"}, "FailedOperation.ClassEnded"},
		{"ModifyRoom", map[string]any{"RoomId": f.live, "MaxMicNumber": 2}, "FailedOperation.ClassStarted"},
		{"DescribeRoomStatistics", map[string]any{"RoomId": f.live, "Page": 1, "Limit": 10}, "FailedOperation.RoomNotEnd"},
		{"CreateRoom", class(map[string]any{"StartTime": now - 60}), "InvalidParameter.StartTime"},
		{"CreateRoom", class(map[string]any{"EndTime": now + 500}), "InvalidParameter.EndTime"},
		{"CreateRoom", class(map[string]any{"EndTime": now + 600 + 5*3600 + 1}), "FailedOperation.ClassTooLong"},
		{"CreateRoom", class(map[string]any{"TeacherId": "nobody"}), "ResourceNotFound.User"},
		{"CreateRoom", class(map[string]any{"GroupId": "none"}), "ResourceNotFound.GroupNotExist"},
		{"DescribeGroup", map[string]any{"GroupId": "none"}, "ResourceNotFound.GroupNotExist"},
		{"CreateGroupWithMembers", map[string]any{"GroupName": "g"}, "InvalidParameter.GroupParamInvalid"},
		{"CreateGroupWithMembers", map[string]any{"GroupName": "g", "TeacherId": f.teacher, "MemberIds": []string{f.teacher}}, "InvalidParameter.GroupTeacherNotMember"},
		{"CreateGroupWithMembers", map[string]any{"GroupName": "g", "TeacherId": "nobody"}, "InvalidParameter.GroupTeachersNotExist"},
		{"AddGroupMember", map[string]any{"GroupId": f.group, "MemberIds": []string{"nobody"}}, "ResourceNotFound.GroupPartUsersNotExist"},
		{"AddGroupMember", map[string]any{"GroupId": f.group, "MemberIds": make([]string, 201)}, "InvalidParameter.GroupMemberOverLimit"},
		{"RegisterUser", map[string]any{"OriginId": "stu-000001"}, "FailedOperation.OriginIdExists"},
		{"DescribeUser", map[string]any{"UserId": strings.Repeat("2", 27)}, "ResourceNotFound.User"},
		{"SetAppCustomContent", map[string]any{"CustomContent": []any{map[string]any{"Scene": "a", "JsUrl": "nonsense"}}}, "InvalidParameter.CssOrJs"},
		{"DeleteSupervisor", map[string]any{"Users": []string{"nobody"}}, "ResourceNotFound.User"},
		{"DestroySession", map[string]any{"UserId": "nobody"}, "ResourceUnavailable.AccessFailed"},
		{"CreateSession", map[string]any{"UserId": "u", "UserIp": "here", "ClientSession": "x"}, "InvalidParameterValue"},
		{"CreateSession", map[string]any{"UserId": "u", "UserIp": "192.0.2.1"}, "MissingParameter"},
	}
	for _, c := range cases {
		assert.Equal(t, c.want, x.do(c.action, c.p).Code, c.action)
	}
}

func TestWhatIsCreatedIsShownAndWhatIsDeletedIsGone(t *testing.T) {
	x := open(t, sim.Options{Seed: 3, Rooms: 30, Members: 20})
	f := x.fixture()
	now := x.clock.Unix()
	user := x.ok("RegisterUser", map[string]any{"Name": "林小雨", "OriginId": "own-1"}).Fields["UserId"]
	assert.Equal(t, "林小雨", x.ok("DescribeUser", map[string]any{"UserId": user}).Fields["Name"])
	assert.Equal(t, user, x.ok("LoginOriginId", map[string]any{"OriginId": "own-1"}).Fields["UserId"])
	x.ok("ModifyUserProfile", map[string]any{"UserId": f.pupil, "Nickname": "改了名"})
	assert.Equal(t, "改了名", x.ok("DescribeUser", map[string]any{"UserId": f.pupil}).Fields["Name"])

	group := x.ok("CreateGroupWithMembers", map[string]any{"GroupName": "g", "MemberIds": []any{user, f.pupil}}).Fields["GroupId"]
	room := x.ok("CreateRoom", map[string]any{"Name": "新班", "StartTime": now + 60, "EndTime": now + 3600, "Resolution": 1, "MaxMicNumber": 4, "SubType": "video", "TeacherId": user, "GroupId": group}).Fields["RoomId"]
	d := x.ok("DescribeRoom", map[string]any{"RoomId": room}).Fields
	assert.Equal(t, "新班", d["Name"])
	assert.Equal(t, user, d["TeacherId"])
	assert.Nil(t, d["Assistants"], "nobody is null")
	assert.Equal(t, "FailedOperation", x.do("StartRoom", map[string]any{"RoomId": room}).Code, "nobody has come yet")
	x.pass(50 * time.Second)
	assert.Len(t, x.members(room), 3)
	x.ok("StartRoom", map[string]any{"RoomId": room})
	assert.EqualValues(t, 1, num(x.ok("DescribeRoom", map[string]any{"RoomId": room}).Fields["Status"]))

	other := x.ok("CreateRoom", map[string]any{"Name": "b", "StartTime": now + 600, "EndTime": now + 3600, "Resolution": 1, "MaxMicNumber": 4, "SubType": "video"}).Fields["RoomId"]
	x.ok("DeleteRoom", map[string]any{"RoomId": other})
	assert.Equal(t, "ResourceNotFound.Room", x.do("DescribeRoom", map[string]any{"RoomId": other}).Code)
	x.ok("DeleteGroup", map[string]any{"GroupIds": []any{group}})
	assert.Equal(t, "ResourceNotFound.GroupNotExist", x.do("DescribeGroup", map[string]any{"GroupId": group}).Code)
	x.ok("CreateTRTCSignaturesWithRoomId", map[string]any{"RoomId": "r1", "TRTCUserIds": []string{"a", "b"}})
	assert.Equal(t, "InvalidParameter.RoomIdExist", x.do("CreateTRTCSignaturesWithRoomId", map[string]any{"RoomId": "r1", "TRTCUserIds": []string{"a"}}).Code)
	gone := x.ok("BatchDeleteRecord", map[string]any{"RoomIds": []any{f.ended}}).Fields["RoomIds"]
	if gone != nil {
		assert.Nil(t, x.ok("DescribeRoom", map[string]any{"RoomId": f.ended}).Fields["RecordUrl"])
	}
	assert.Nil(t, x.ok("BatchDeleteRecord", map[string]any{"RoomIds": []any{f.ended}}).Fields["RoomIds"], "nothing left")
}
