package sim_test

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"classtop/client/spec"
	"classtop/sim"
)

// fixture holds things of the school that example requests can name.
type fixture struct {
	live, upcoming, ended any
	pupil, teacher        string
	group, other          string
	document, question    string
}

func (x *school) fixture() fixture {
	x.t.Helper()
	var f fixture
	for _, room := range x.rooms(1) {
		questions := x.ok("DescribeQuestionList", map[string]any{"RoomId": room["RoomId"]}).list("QuestionInfo")
		if len(questions) > 0 && len(x.members(room["RoomId"])) > 9 {
			f.live, f.question = room["RoomId"], questions[0]["QuestionId"].(string)
			break
		}
	}
	require.NotEmpty(x.t, f.question)
	f.upcoming = x.rooms(0)[0]["RoomId"]
	for _, room := range x.rooms(2) {
		if num(room["RealEndTime"]) < x.clock.Unix()-100 {
			f.ended = room["RoomId"]
		}
	}
	for _, m := range x.members(f.live) {
		switch num(m["Role"]) {
		case 1:
			f.teacher = m["UserId"].(string)
		case 0:
			if num(m["CurrentState"]) == 1 && num(m["Stage"]) == 0 {
				f.pupil = m["UserId"].(string)
			}
		}
	}
	groups := x.ok("DescribeGroupList", map[string]any{}).list("GroupInfos")
	f.group, f.other = groups[0]["GroupId"].(string), groups[1]["GroupId"].(string)
	f.document = x.ok("DescribeDocumentsByRoom", map[string]any{"RoomId": f.live}).list("Documents")[0]["DocumentId"].(string)
	return f
}

// adapt puts ids that exist into an example request.
func (f fixture) adapt(x *school, action string, p map[string]any) map[string]any {
	room := f.live
	switch action {
	case "DescribeRoomStatistics", "DeleteRecord", "BatchDeleteRecord":
		room = f.ended
	case "ModifyRoom", "DeleteRoom", "StartRoom":
		room = f.upcoming
	}
	now := x.clock.Unix()
	values := map[string]any{
		"RoomId": room, "RoomIds": []any{room}, "SdkAppId": x.hello.SdkAppID, "SchoolId": x.hello.SdkAppID, "UserId": f.pupil,
		"TeacherId": f.teacher, "Assistants": []any{f.teacher}, "MemberIds": []any{f.pupil}, "Users": []any{f.pupil}, "MembersAccount": []any{f.pupil}, "GroupId": f.group,
		"GroupIds": []any{f.group}, "SubGroupIds": []any{f.group, f.other}, "DocumentId": f.document, "QuestionId": f.question,
		"Owner": f.teacher, "StartTime": now + 600, "EndTime": now + 1200, "SubType": "video", "OriginId": "stu-000001",
	}
	for name := range p {
		if _, isList := p[name].([]any); name == "DocumentId" && isList {
			p[name] = []any{f.document}
			continue
		}
		if v, ok := values[name]; ok && action != "CreateTRTCSignaturesWithRoomId" && !(name == "Users" && action == "BatchRegister") {
			p[name] = v
		}
		if inner, ok := p[name].([]any); ok {
			for _, item := range inner {
				if o, ok := item.(map[string]any); ok {
					f.adapt(x, action, o)
				}
			}
		}
	}
	return p
}

func TestEveryActionAnswersItsExample(t *testing.T) {
	for _, system := range []string{spec.LCIC, spec.CAR, spec.IoT} {
		sys := spec.Get(system)
		for i := range sys.Actions {
			a := &sys.Actions[i]
			t.Run(a.Name, func(t *testing.T) {
				x := open(t, sim.Options{Seed: 3, Rooms: 30, Members: 20})
				f := x.fixture()
				var p map[string]any
				require.NoError(t, json.Unmarshal(a.Examples[0].Request, &p))
				p = f.adapt(x, a.Name, p)
				switch a.Name {
				case "DeleteAppCustomContent":
					x.ok("SetAppCustomContent", map[string]any{"CustomContent": []any{map[string]any{"Scene": "xx"}}})
				case "DeleteSupervisor":
					x.ok("CreateSupervisor", map[string]any{"Users": p["Users"]})
				case "DestroySession":
					x.ok("CreateSession", map[string]any{"UserId": p["UserId"], "UserIp": "192.0.2.1", "ClientSession": "e30="})
				case "GetRooms":
					p["StartTime"], p["EndTime"] = x.clock.Unix()-3600, x.clock.Unix()
				case "GetWatermark":
					x.ok("SetWatermark", map[string]any{"TeacherUrl": "https://a.example/l.png", "BoardUrl": "https://a.example/b.png", "VideoUrl": "https://a.example/v.png", "Text": "x", "BoardX": 1.5})
				case "AddGroupMember", "BatchAddGroupMember":
					p["MemberIds"] = []any{x.ok("RegisterUser", map[string]any{}).Fields["UserId"]}
				case "StartRoom":
					p["RoomId"] = x.late()
				}
				r := x.ok(a.Name, p)
				assertShape(t, sys, a.Name, a.Returns, r.Fields)
			})
		}
	}
}

// late returns a class that should have started.
func (x *school) late() any {
	for _, p := range x.s.Problems() {
		if p.Kind == sim.ProblemLate {
			return p.Room
		}
	}
	x.t.Fatal("no class is late")
	return nil
}

// assertShape holds an answer against the facts: every field there, nothing
// else, types right, null only where it is allowed.
func assertShape(t *testing.T, sys *spec.System, at string, fields []spec.Param, got map[string]any) {
	t.Helper()
	names := map[string]bool{}
	for i := range fields {
		f := &fields[i]
		names[f.Name] = true
		v, there := got[f.Name]
		if !assert.True(t, there, "%s.%s is missing", at, f.Name) {
			continue
		}
		if v == nil {
			assert.True(t, f.Nullable, "%s.%s is null", at, f.Name)
			continue
		}
		elem, list := f.ElemType()
		items := []any{v}
		if list {
			var ok bool
			if items, ok = v.([]any); !assert.True(t, ok, "%s.%s is no list", at, f.Name) {
				continue
			}
			if f.Nullable {
				assert.NotEmpty(t, items, "%s.%s: an empty list is null", at, f.Name)
			}
		}
		for _, item := range items {
			assertType(t, sys, at+"."+f.Name, elem, item)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(got)) {
		assert.True(t, names[name], "%s.%s is not in the facts", at, name)
	}
}

func assertType(t *testing.T, sys *spec.System, at, elem string, v any) {
	t.Helper()
	switch v := v.(type) {
	case string:
		assert.Equal(t, "string", elem, at)
	case json.Number:
		assert.Contains(t, []string{"int64", "uint64", "float64"}, elem, at)
		if elem == "uint64" {
			assert.False(t, strings.HasPrefix(v.String(), "-"), "%s is %s", at, v)
		}
	case map[string]any:
		assertShape(t, sys, at, sys.Types[elem], v)
	default:
		assert.Equal(t, "bool", elem, at)
	}
}
