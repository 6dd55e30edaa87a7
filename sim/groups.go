package sim

import (
	"slices"
	"strings"
)

// groupSize is how many members a group may have.
const groupSize = 1000

// group is a list of users; a merged one is a list of groups.
type group struct {
	id, name, teacher string
	members           []string
	subs              []string // merged groups only
}

func (g *group) merged() bool { return len(g.subs) > 0 }

// openGroups gives the first timetables a group each.
func (w *world) openGroups() {
	for i := range min(12, len(w.tracks)) {
		t := &w.tracks[i]
		g := &group{id: w.trackGroup(i), name: "Class group " + string(rune('A'+i)), teacher: w.userID(person(t.first))}
		for n := 1 + t.assistants; n < t.people; n++ {
			g.members = append(g.members, w.userID(person(t.first+n)))
		}
		w.groups = append(w.groups, g)
	}
}

// trackGroup is the group id of a timetable, empty if it has none.
func (w *world) trackGroup(i int) string {
	if i >= 12 {
		return ""
	}
	return "g" + string(append62(nil, mix(w.seed, saltTrack, uint64(i), 9), 11))
}

func (w *world) group(id string) (*group, *refusal) {
	for _, g := range w.groups {
		if g.id == id {
			return g, nil
		}
	}
	return nil, refuse("ResourceNotFound.GroupNotExist", "The group %s does not exist.", id)
}

// some returns groups by id; ordinary tells that none may be a merged one.
func (w *world) some(ids []string, ordinary bool) ([]*group, *refusal) {
	var list []*group
	for _, id := range ids {
		g, bad := w.group(id)
		if bad != nil {
			return nil, bad
		}
		if ordinary && g.merged() {
			return nil, refuse("InvalidParameter.GroupTypeInvalid", "The group %s is a merged one.", id)
		}
		list = append(list, g)
	}
	return list, nil
}

// people checks that all users exist.
func (w *world) people(ids []string) *refusal {
	for _, id := range ids {
		if _, ok := w.find(id); !ok {
			return refuse("ResourceNotFound.GroupPartUsersNotExist", "Some users do not exist: %s.", id)
		}
	}
	return nil
}

// staff checks a teacher for a group with these members.
func (w *world) staff(teacher string, members []string) *refusal {
	if teacher == "" {
		return nil
	}
	if _, ok := w.find(teacher); !ok {
		return refuse("InvalidParameter.GroupTeachersNotExist", "The teacher %s does not exist.", teacher)
	}
	if slices.Contains(members, teacher) {
		return refuse("InvalidParameter.GroupTeacherNotMember", "The teacher cannot be a member of the group.")
	}
	return nil
}

// create makes one group after all checks.
func (w *world) createGroup(name, teacher string, members []string) (string, *refusal) {
	if teacher == "" && len(members) == 0 {
		return "", refuse("InvalidParameter.GroupParamInvalid", "Give a teacher or members.")
	}
	if bad := w.staff(teacher, members); bad != nil {
		return "", bad
	}
	if bad := w.people(members); bad != nil {
		return "", bad
	}
	g := &group{id: w.newID("g", 11), name: name, teacher: teacher}
	g.add(members)
	w.groups = append(w.groups, g)
	return g.id, nil
}

func (g *group) add(members []string) {
	for _, id := range members {
		if !slices.Contains(g.members, id) {
			g.members = append(g.members, id)
		}
	}
}

func createGroupWithMembers(w *world, p params) (obj, *refusal) {
	id, bad := w.createGroup(p.str("GroupName"), p.str("TeacherId"), p.list("MemberIds"))
	if bad != nil {
		return nil, bad
	}
	return obj{"GroupId": id}, nil
}

func batchCreateGroupWithMembers(w *world, p params) (obj, *refusal) {
	members, ids, before := p.list("MemberIds"), []string{}, len(w.groups)
	for _, one := range p.objects("GroupBaseInfos") {
		id, bad := w.createGroup(one.str("GroupName"), one.str("TeacherId"), members)
		if bad != nil {
			w.groups = w.groups[:before] // all or none
			return nil, bad
		}
		ids = append(ids, id)
	}
	return obj{"GroupIds": ids}, nil
}

func createGroupWithSubGroup(w *world, p params) (obj, *refusal) {
	subs, bad := w.some(p.list("SubGroupIds"), true)
	if bad == nil {
		bad = w.staff(p.str("TeacherId"), nil)
	}
	if bad != nil {
		return nil, bad
	}
	if len(subs) == 0 {
		return nil, refuse("InvalidParameter.GroupParamInvalid", "Give groups to merge.")
	}
	g := &group{id: w.newID("g", 11), name: p.str("GroupName"), teacher: p.str("TeacherId"), subs: p.list("SubGroupIds")}
	w.groups = append(w.groups, g)
	return obj{"GroupId": g.id}, nil
}

// addGroupMember serves AddGroupMember and BatchAddGroupMember.
func addGroupMember(w *world, p params) (obj, *refusal) {
	groups, bad := w.some(groupIDs(p), true)
	members := p.list("MemberIds")
	if bad == nil {
		bad = w.people(members)
	}
	if bad != nil {
		return nil, bad
	}
	for _, g := range groups {
		if slices.Contains(members, g.teacher) {
			return nil, refuse("InvalidParameter.GroupTeacherNotMember", "The teacher cannot be a member of the group.")
		}
		if len(g.members)+len(members) > groupSize {
			return nil, refuse("InvalidParameter.GroupMemberOverLimit", "The group %s is full.", g.id)
		}
	}
	for _, g := range groups {
		g.add(members)
	}
	return nil, nil
}

// deleteGroupMember serves DeleteGroupMember and BatchDeleteGroupMember.
func deleteGroupMember(w *world, p params) (obj, *refusal) {
	groups, bad := w.some(groupIDs(p), true)
	members := p.list("MemberIds")
	if bad == nil {
		bad = w.people(members)
	}
	if bad != nil {
		return nil, bad
	}
	for _, g := range groups {
		g.members = slices.DeleteFunc(g.members, func(id string) bool { return slices.Contains(members, id) })
	}
	return nil, nil
}

func groupIDs(p params) []string {
	if p.has("GroupId") {
		return []string{p.str("GroupId")}
	}
	return p.list("GroupIds")
}

func deleteGroup(w *world, p params) (obj, *refusal) {
	gone, bad := w.some(p.list("GroupIds"), false)
	if bad != nil {
		return nil, bad
	}
	w.groups = slices.DeleteFunc(w.groups, func(g *group) bool { return slices.Contains(gone, g) })
	return nil, nil
}

func modifyGroup(w *world, p params) (obj, *refusal) {
	g, bad := w.group(p.str("GroupId"))
	if bad != nil {
		return nil, bad
	}
	if !p.has("GroupName") && !p.has("TeacherId") {
		return nil, refuse("InvalidParameter.GroupParamInvalid", "Give a name or a teacher.")
	}
	if teacher := p.str("TeacherId"); teacher != "" {
		if _, ok := w.find(teacher); !ok {
			return nil, refuse("ResourceNotFound.GroupPartUsersNotExist", "The teacher %s does not exist.", teacher)
		}
		if bad := w.staff(teacher, g.members); bad != nil {
			return nil, bad
		}
		g.teacher = teacher
	}
	if p.str("GroupName") != "" {
		g.name = p.str("GroupName")
	}
	return nil, nil
}

func describeGroup(w *world, p params) (obj, *refusal) {
	g, bad := w.group(p.str("GroupId"))
	if bad != nil {
		return nil, bad
	}
	return obj{"GroupId": g.id, "GroupName": g.name, "TeacherId": orNull(g.teacher), "GroupType": bit(g.merged()), "SubGroupIds": g.subs}, nil
}

func describeGroupList(w *world, p params) (obj, *refusal) {
	var found []*group
	teacher, member := p.str("TeacherId"), p.str("MemberId")
	for _, g := range w.groups {
		switch {
		case teacher != "" && g.teacher != teacher:
		case teacher == "" && member != "" && !slices.Contains(w.membersOf(g), member):
		default:
			found = append(found, g)
		}
	}
	var rows []obj
	for _, g := range pageOf(found, p.num("Page"), limitOf(p, 20, 1000)) {
		// Here the sub-groups are one text, in DescribeGroup a list.
		rows = append(rows, obj{"GroupId": g.id, "GroupName": g.name, "TeacherId": g.teacher, "GroupType": bit(g.merged()), "SubGroupIds": orNull(strings.Join(g.subs, ","))})
	}
	return obj{"Total": len(found), "GroupInfos": rows}, nil
}

// membersOf lists the members; those of a merged group are its groups'.
func (w *world) membersOf(g *group) []string {
	list := slices.Clone(g.members)
	for _, id := range g.subs {
		if sub, bad := w.group(id); bad == nil {
			list = append(list, sub.members...)
		}
	}
	return list
}

func describeGroupMemberList(w *world, p params) (obj, *refusal) {
	g, bad := w.group(p.str("GroupId"))
	if bad != nil {
		return nil, bad
	}
	all := w.membersOf(g)
	return obj{"Total": len(all), "MemberIds": pageOf(all, p.num("Page"), limitOf(p, 20, 1000))}, nil
}
