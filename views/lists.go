package views

import (
	"cmp"
	"fmt"
	"strconv"
	"time"

	"classtop/class"
	"classtop/ui"
)

// lists are the application's own lists, one row each.
func lists() []listDef {
	return []listDef{
		{
			name: "users", title: "Users", help: "everybody who is registered", reads: []string{"DescribeSdkAppIdUsers"},
			id: "UserId", idWord: "user id", empty: "Nobody is registered in this application",
			enter: func(h ui.Host, r class.Record) { h.Read("DescribeUser", map[string]any{"UserId": r.Get("UserId")}) },
			cols: []listCol{
				{field: "Name", title: "Name", width: 14, max: 32}, {field: "UserId", title: "User id", width: 14, max: 30},
				{field: "OriginId", title: "Origin id", width: 12, max: 30, drop: 1}, {field: "Avatar", title: "Avatar", width: 30, max: 60, drop: 2},
			},
			forms: []listForm{
				{title: "Register a user", action: "RegisterUser"},
				{title: "Register several users", action: "BatchRegister"},
				{title: "Change the user's profile", action: "ModifyUserProfile", fill: args{"UserId": "UserId", "Nickname": "Name", "Avatar": "Avatar"}},
				{title: "Describe the user", action: "DescribeUser", fill: args{"UserId": "UserId"}},
				{title: "Get a login token", action: "LoginUser", fill: args{"UserId": "UserId"}},
				{title: "Get a login token by origin id", action: "LoginOriginId", fill: args{"OriginId": "OriginId"}},
				{title: "Make them supervisors", action: "CreateSupervisor", fill: args{"Users": "UserId"}, many: true},
				{title: "Create a group of them", action: "CreateGroupWithMembers", fill: args{"MemberIds": "UserId"}, many: true},
			},
		},
		groupsDef(), groupDef(), coursewareDef(),
		{
			name: "supervisors", title: "Supervisors", help: "who may look into every class", reads: []string{"DescribeSupervisors"},
			id: "Id", idWord: "user id", empty: "This application has no supervisors",
			enter: func(h ui.Host, r class.Record) { h.Read("DescribeUser", map[string]any{"UserId": r.Get("Id")}) },
			cols:  []listCol{{field: "Id", title: "User id", width: 20, max: 60, user: true}},
			forms: []listForm{
				{title: "Make users supervisors", action: "CreateSupervisor"},
				{title: "Take the role away", action: "DeleteSupervisor", fill: args{"Users": "Id"}, many: true},
				{title: "Describe the user", action: "DescribeUser", fill: args{"UserId": "Id"}},
			},
		},
		{
			name: "recordings", title: "Recordings", help: "classes of the last week that were recorded", reads: []string{"GetRooms"},
			params: lastWeek, id: "RoomId", idWord: "room id", empty: "No class of the last week was recorded",
			keep: func(r class.Record) bool { return !r.Get("RecordUrl").IsZero() },
			cols: []listCol{
				{field: "Name", title: "Class", width: 16, max: 40}, {field: "RoomId", title: "Room id", width: 10, max: 14, number: true},
				{field: "RealStartTime", title: "Started", width: 11, drop: 1, text: shortMoment}, {field: "RealEndTime", title: "Ended", width: 11, drop: 2, text: shortMoment},
				{field: "RecordUrl", title: "Recording", width: 16, max: 90, drop: 3},
			},
			forms: []listForm{
				{title: "Delete the recording", action: "DeleteRecord", fill: args{"RoomId": "RoomId"}},
				{title: "Delete several recordings", action: "BatchDeleteRecord", fill: args{"RoomIds": "RoomId"}, many: true},
			},
		},
		{
			name: "application", title: "Application", help: "watermark, developer and settings of the application", reads: []string{"DescribeDeveloper", "GetWatermark"},
			id: "Name", idWord: "setting", empty: "Nothing is set",
			cols: []listCol{{field: "Name", title: "Setting", width: 24, max: 32}, {field: "Value", title: "Value", width: 20, max: 100, text: orNotSet}},
			forms: []listForm{
				{title: "Set the watermark", action: "SetWatermark"},
				{title: "Set custom content", action: "SetAppCustomContent"},
				{title: "Delete custom content", action: "DeleteAppCustomContent"},
				{title: "Change callback and transfer", action: "ModifyApp"},
			},
		},
	}
}

func groupsDef() listDef {
	return listDef{
		name: "groups", title: "Groups", help: "groups of users", reads: []string{"DescribeGroupList"},
		id: "GroupId", idWord: "group id", empty: "This application has no groups",
		enter: func(h ui.Host, r class.Record) {
			h.Open("group", ui.Arg{Text: r.Get("GroupId").String(), Name: r.Get("GroupName")})
		},
		cols: []listCol{
			{field: "GroupName", title: "Group", width: 16, max: 40}, {field: "GroupId", title: "Group id", width: 14, max: 24},
			{field: "TeacherId", title: "Teacher", width: 14, max: 46, drop: 1, user: true}, {field: "GroupType", title: "Kind", width: 8, drop: 2, text: groupKind, words: true},
			{field: "SubGroupIds", title: "Merged of", width: 10, max: 50, drop: 3},
		},
		forms: []listForm{
			{title: "Create a group", action: "CreateGroupWithMembers"},
			{title: "Create several groups", action: "BatchCreateGroupWithMembers"},
			{title: "Merge groups", action: "CreateGroupWithSubGroup", fill: args{"SubGroupIds": "GroupId"}, many: true},
			{title: "Add members", action: "AddGroupMember", fill: args{"GroupId": "GroupId"}},
			{title: "Add members to several groups", action: "BatchAddGroupMember", fill: args{"GroupIds": "GroupId"}, many: true},
			{title: "Remove members", action: "DeleteGroupMember", fill: args{"GroupId": "GroupId"}},
			{title: "Remove members of several groups", action: "BatchDeleteGroupMember", fill: args{"GroupIds": "GroupId"}, many: true},
			{title: "Change name or teacher", action: "ModifyGroup", fill: args{"GroupId": "GroupId", "GroupName": "GroupName", "TeacherId": "TeacherId"}},
			{title: "Describe the group", action: "DescribeGroup", fill: args{"GroupId": "GroupId"}},
			{title: "Delete groups", action: "DeleteGroup", fill: args{"GroupIds": "GroupId"}, many: true},
		},
	}
}

func groupDef() listDef {
	return listDef{
		name: "group", title: "Group", help: "the members of a group: group ID", reads: []string{"DescribeGroupMemberList"},
		params: func(arg ui.Arg, _ time.Time) args { return args{"GroupId": arg.Text} },
		id:     "Id", idWord: "user id", empty: "This group has no members",
		enter: func(h ui.Host, r class.Record) { h.Read("DescribeUser", map[string]any{"UserId": r.Get("Id")}) },
		cols:  []listCol{{field: "Id", title: "User id", width: 20, max: 60, user: true}},
		forms: []listForm{
			{title: "Add members", action: "AddGroupMember", fill: args{"GroupId": "=GroupId"}},
			{title: "Remove members", action: "DeleteGroupMember", fill: args{"GroupId": "=GroupId", "MemberIds": "Id"}, many: true},
			{title: "Describe the user", action: "DescribeUser", fill: args{"UserId": "Id"}},
			{title: "Describe the group", action: "DescribeGroup", fill: args{"GroupId": "=GroupId"}},
		},
	}
}

func coursewareDef() listDef {
	return listDef{
		name: "courseware", title: "Courseware", help: "the documents of every class", reads: []string{"BatchDescribeDocument"},
		params: func(ui.Arg, time.Time) args { return args{"Permission": "0,1"} },
		id:     "DocumentId", idWord: "document id", empty: "This application has no courseware",
		enter: func(h ui.Host, r class.Record) {
			h.Read("DescribeDocument", map[string]any{"DocumentId": r.Get("DocumentId")})
		},
		cols: []listCol{
			{field: "DocumentName", title: "Name", width: 18, max: 40}, {field: "TranscodeState", title: "Transcoding", width: 12, max: 16, text: transcodingWord, words: true},
			{field: "DocumentSize", title: "Size", width: 8, number: true, drop: 2, text: sizeWord}, {field: "Pages", title: "Pages", width: 5, number: true, drop: 5},
			{field: "Permission", title: "Access", width: 7, drop: 3, text: accessWord, words: true}, {field: "Owner", title: "Owner", width: 10, max: 30, drop: 4},
			{field: "UpdateTime", title: "Updated", width: 11, drop: 1, text: shortMoment}, {field: "DocumentId", title: "Id", width: 10, max: 24},
		},
		forms: []listForm{
			{title: "Register a document by the URL of its file", action: "CreateDocument"},
			{title: "Attach it to a class", action: "BindDocumentToRoom", fill: args{"DocumentId": "DocumentId"}},
			{title: "Detach it from a class", action: "UnbindDocumentFromRoom", fill: args{"DocumentId": "DocumentId"}},
			{title: "Describe it", action: "DescribeDocument", fill: args{"DocumentId": "DocumentId"}},
			{title: "Delete it, for every class", action: "DeleteDocument", fill: args{"DocumentId": "DocumentId"}},
		},
	}
}

// number is a field as a number; 0 if it is none.
func number(t class.Text) int64 {
	n, _ := strconv.ParseInt(t.String(), 10, 64)
	return n
}

func transcodingWord(_ ui.Host, t class.Text) string { return class.Transcoding(number(t)).String() }

func sizeWord(_ ui.Host, t class.Text) string { return size(number(t)) }

func accessWord(_ ui.Host, t class.Text) string { return either(number(t) == 1, "public", "private") }

func orNotSet(h ui.Host, t class.Text) string {
	return cmp.Or(t.String(), h.Theme().Say("not set"))
}

// lastWeek is the span of the recordings.
func lastWeek(_ ui.Arg, now time.Time) args {
	return args{"StartTime": fmt.Sprint(now.AddDate(0, 0, -7).Unix()), "EndTime": fmt.Sprint(now.Unix())}
}

func groupKind(_ ui.Host, t class.Text) string {
	switch t.String() {
	case "0":
		return "ordinary"
	case "1":
		return "merged"
	}
	return t.String()
}

// shortMoment is a time in seconds as day and clock.
func shortMoment(h ui.Host, t class.Text) string {
	n := number(t)
	if n == 0 {
		return ""
	}
	return time.Unix(n, 0).In(h.Location()).Format("01-02 15:04")
}

// listViews are the views of the lists.
func listViews() []ui.Def {
	var out []ui.Def
	for _, d := range lists() {
		out = append(out, ui.Def{Name: d.name, Title: d.title, Help: d.help, New: newListing(d)})
	}
	return out
}
