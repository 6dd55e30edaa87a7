// Package conformance lets Tencent Cloud's own SDK judge the simulator.
package conformance

import (
	"bytes"
	"encoding/json"
	"maps"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common"
	tcerr "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/errors"

	"classtop/bench/sdk"
	"classtop/client/spec"
	"classtop/sim"
)

// school is a simulated school behind a socket. Its clock moves with every
// call, so that rates are kept.
type school struct {
	t      *testing.T
	s      *sim.Server
	hello  sim.Hello
	client map[string]*common.Client // by region
	method string
	passed *atomic.Int64
	url    string
}

func open(t *testing.T, method string) *school {
	x := &school{t: t, method: method, passed: &atomic.Int64{}, client: map[string]*common.Client{}}
	// The SDK signs by the system's clock, so the school cannot live in another
	// year. At a round time its timetable is the same in every run.
	start := time.Now().Truncate(5 * time.Minute).Add(150 * time.Second)
	x.s = sim.New(sim.Options{Seed: 3, Rooms: 30, Members: 20, Now: func() time.Time { return start.Add(time.Duration(x.passed.Load())) }})
	x.hello = x.s.Credentials()
	server := httptest.NewServer(x.s)
	t.Cleanup(server.Close)
	x.url = server.URL
	return x
}

func (x *school) now() int64 { return x.s.Time().Unix() }

// call sends an action by the SDK.
func (x *school) call(action string, params map[string]any) (map[string]any, error) {
	x.t.Helper()
	x.passed.Add(int64(100 * time.Millisecond))
	a := spec.Find(action)
	region := ""
	if system := spec.Get(a.System); system.RegionRequired {
		region = system.Regions[1]
	}
	if a.Param("SdkAppId") != nil && params["SdkAppId"] == nil {
		params["SdkAppId"] = x.hello.SdkAppID
	}
	if x.client[region] == nil {
		x.client[region] = sdk.New(x.url, x.hello.SecretID, x.hello.SecretKey, region, x.method)
	}
	r, err := sdk.NewRequest(action, x.method, params)
	require.NoError(x.t, err)
	return sdk.Call(x.client[region], r)
}

func (x *school) ok(action string, params map[string]any) map[string]any {
	x.t.Helper()
	answer, err := x.call(action, params)
	require.NoError(x.t, err, action)
	return answer
}

func (x *school) list(action, name string, params map[string]any) []map[string]any {
	x.t.Helper()
	items, _ := x.ok(action, params)[name].([]any)
	var out []map[string]any
	for _, item := range items {
		out = append(out, item.(map[string]any))
	}
	require.NotEmpty(x.t, out, "%s %v", action, params)
	return out
}

func (x *school) rooms(state int) []map[string]any {
	x.t.Helper()
	return x.list("GetRooms", "Rooms", map[string]any{
		"StartTime": x.now() - 40000, "EndTime": x.now() + 40000, "Page": 1, "Limit": 100, "Status": []any{state}})
}

func number(v any) int64 {
	n, _ := v.(json.Number).Int64()
	return n
}

// things of the school that example requests can name, by parameter.
func (x *school) things(action string) map[string]any {
	x.t.Helper()
	room := x.rooms(1)[0]["RoomId"]
	for _, live := range x.rooms(1) {
		if answer := x.ok("DescribeQuestionList", map[string]any{"RoomId": live["RoomId"]}); answer["QuestionInfo"] != nil {
			room = live["RoomId"]
			break
		}
	}
	v := map[string]any{
		"SdkAppId": x.hello.SdkAppID, "SchoolId": x.hello.SdkAppID, "StartTime": x.now() + 600, "EndTime": x.now() + 1200,
		"SubType": "video", "OriginId": "stu-000001",
		"QuestionId": x.list("DescribeQuestionList", "QuestionInfo", map[string]any{"RoomId": room})[0]["QuestionId"],
		"DocumentId": x.list("DescribeDocumentsByRoom", "Documents", map[string]any{"RoomId": room})[0]["DocumentId"],
	}
	x.people(v, room)
	groups := x.list("DescribeGroupList", "GroupInfos", map[string]any{})
	v["GroupId"], v["SubGroupIds"] = groups[0]["GroupId"], []any{groups[0]["GroupId"], groups[1]["GroupId"]}
	v["GroupIds"] = []any{groups[0]["GroupId"]}
	switch action {
	case "DescribeRoomStatistics", "DeleteRecord", "BatchDeleteRecord":
		room = x.ended()
	case "ModifyRoom", "DeleteRoom":
		room = x.rooms(0)[0]["RoomId"]
	case "StartRoom":
		room = x.late()
	}
	v["RoomId"], v["RoomIds"] = room, []any{room}
	return v
}

func (x *school) people(v map[string]any, room any) {
	for _, m := range x.list("DescribeCurrentMemberList", "MemberRecords", map[string]any{"RoomId": room, "Page": 1, "Limit": 1000}) {
		switch id := m["UserId"]; {
		case number(m["Role"]) == 1:
			v["TeacherId"], v["Owner"], v["Assistants"] = id, id, []any{id}
		case number(m["Role"]) == 0 && number(m["CurrentState"]) == 1 && number(m["Stage"]) == 0:
			v["UserId"], v["MemberIds"], v["Users"], v["MembersAccount"] = id, []any{id}, []any{id}, []any{id}
		}
	}
}

// ended returns a class whose report is ready.
func (x *school) ended() any {
	for _, room := range x.rooms(2) {
		if number(room["RealEndTime"]) < x.now()-100 {
			return room["RoomId"]
		}
	}
	x.t.Fatal("no class has ended long ago")
	return nil
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

// adapt puts things that exist into an example request.
func adapt(action string, params, things map[string]any) {
	for name, value := range params {
		list, isList := value.([]any)
		switch thing, known := things[name]; {
		case name == "DocumentId" && isList:
			params[name] = []any{thing}
		case known && action != "CreateTRTCSignaturesWithRoomId" && (name != "Users" || action != "BatchRegister"):
			params[name] = thing
		case isList:
			for _, item := range list {
				if object, ok := item.(map[string]any); ok {
					adapt(action, object, things)
				}
			}
		}
	}
}

// before makes what an action needs to find.
func (x *school) before(action string, p map[string]any) {
	x.t.Helper()
	switch action {
	case "DeleteAppCustomContent":
		x.ok("SetAppCustomContent", map[string]any{"CustomContent": []any{map[string]any{"Scene": "xx"}}})
	case "DeleteSupervisor":
		x.ok("CreateSupervisor", map[string]any{"Users": p["Users"]})
	case "DestroySession":
		x.ok("CreateSession", map[string]any{"UserId": p["UserId"], "UserIp": "192.0.2.1", "ClientSession": "e30="})
	case "GetRooms":
		p["StartTime"], p["EndTime"] = x.now()-3600, x.now()
	case "GetWatermark":
		x.ok("SetWatermark", map[string]any{"TeacherUrl": "https://a.example/l.png", "BoardUrl": "https://a.example/b.png", "VideoUrl": "https://a.example/v.png", "Text": "x", "BoardX": json.Number("1.5")})
	case "AddGroupMember", "BatchAddGroupMember":
		p["MemberIds"] = []any{x.ok("RegisterUser", map[string]any{})["UserId"]}
	}
}

func TestTheSDKCallsEveryAction(t *testing.T) {
	for _, method := range sdk.Methods {
		called := 0
		for _, name := range []string{spec.LCIC, spec.CAR, spec.IoT} {
			system := spec.Get(name)
			for i := range system.Actions {
				a := &system.Actions[i]
				called++
				t.Run(method+"/"+a.Name, func(t *testing.T) {
					x := open(t, method)
					params := map[string]any{}
					d := json.NewDecoder(bytes.NewReader(a.Examples[0].Request))
					d.UseNumber()
					require.NoError(t, d.Decode(&params))
					adapt(a.Name, params, x.things(a.Name))
					x.before(a.Name, params)
					assertShape(t, system, a.Name, a.Returns, x.ok(a.Name, params))
				})
			}
		}
		assert.Equal(t, 53+4+2+1, called, "the manuals' and those of newer editions")
	}
}

// TestTheSDKReadsRefusals proves that refusals arrive as the SDK's own errors.
func TestTheSDKReadsRefusals(t *testing.T) {
	for _, method := range sdk.Methods {
		t.Run(method, func(t *testing.T) {
			x := open(t, method)
			refused := func(code, action string, params map[string]any) {
				t.Helper()
				_, err := x.call(action, params)
				var fault *tcerr.TencentCloudSDKError
				require.ErrorAs(t, err, &fault)
				assert.Equal(t, code, fault.Code)
				assert.NotEmpty(t, fault.Message)
				assert.NotEmpty(t, fault.RequestId)
			}
			live := x.rooms(1)[0]["RoomId"]
			refused("FailedOperation.ClassStarted", "DeleteRoom", map[string]any{"RoomId": live})
			refused("FailedOperation.RoomNotEnd", "DescribeRoomStatistics", map[string]any{"RoomId": live, "Page": 1, "Limit": 10})
			refused("ResourceNotFound.Room", "DescribeRoom", map[string]any{"RoomId": 1})
			x.hello.SecretKey = "another key"
			clear(x.client)
			refused("AuthFailure.SignatureFailure", "DescribeRoom", map[string]any{"RoomId": live})
		})
	}
}

// assertShape holds an answer against the facts: every field there, nothing
// else, null only where it is allowed.
func assertShape(t *testing.T, system *spec.System, at string, fields []spec.Param, got map[string]any) {
	t.Helper()
	known := map[string]bool{}
	for i := range fields {
		f := &fields[i]
		known[f.Name] = true
		v, there := got[f.Name]
		if !assert.True(t, there, "%s.%s is missing", at, f.Name) {
			continue
		}
		if v == nil {
			assert.True(t, f.Nullable, "%s.%s is null", at, f.Name)
			continue
		}
		elem, list := f.ElemType()
		items, isList := v.([]any)
		if assert.Equal(t, list, isList, "%s.%s: a list", at, f.Name); !list {
			items = []any{v}
		}
		for _, item := range items {
			assertType(t, system, at+"."+f.Name, elem, item)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(got)) {
		assert.True(t, known[name], "%s.%s is not in the facts", at, name)
	}
}

func assertType(t *testing.T, system *spec.System, at, elem string, v any) {
	t.Helper()
	switch v := v.(type) {
	case string:
		assert.Equal(t, "string", elem, at)
	case json.Number:
		assert.Contains(t, []string{"int64", "uint64", "float64"}, elem, at)
		assert.False(t, elem == "uint64" && strings.HasPrefix(v.String(), "-"), "%s is %s", at, v)
	case map[string]any:
		assertShape(t, system, at, system.Types[elem], v)
	default:
		assert.Equal(t, "bool", elem, at)
	}
}
