package sim

import (
	"maps"
	"slices"
)

// markKinds is how many kinds of marks a room may have.
const markKinds = 10

func engineUpdateMember(_ *world, e *engineRoom, d *detail, p params) (obj, *refusal) {
	info := p.object("MemberInfo")
	id := info.str("Member_Account")
	if _, bad := d.present(id); bad != nil {
		return nil, bad
	}
	role := info.str("Role")
	if role != "" && id == e.owner {
		return nil, refuse("100006", "the owner's role cannot be changed")
	}
	if role != "" && role != "Admin" && role != "Member" {
		return nil, refuse("100002", "MemberInfo.Role is Admin or Member")
	}
	m := e.member(id)
	if role != "" {
		m.admin = role == "Admin"
	}
	if info.has("NameCard") {
		m.card = info.str("NameCard")
	}
	if info.has("CustomInfo") {
		m.custom = info.str("CustomInfo")
	}
	return nil, nil
}

func engineMark(_ *world, e *engineRoom, _ *detail, p params) (obj, *refusal) {
	all := map[int64]bool{}
	for _, m := range e.people {
		for _, mark := range m.marks {
			all[mark] = true
		}
	}
	set := p.num("CommandType") == 1
	for _, one := range p.objects("MemberList") {
		for _, mark := range one.nums("Marks") {
			all[mark] = true
		}
	}
	if set && len(all) > markKinds {
		return nil, refuse("100009", "a room may have %d kinds of marks", markKinds)
	}
	for _, one := range p.objects("MemberList") {
		m, marks := e.member(one.str("Member_Account")), one.nums("Marks")
		m.marks = slices.DeleteFunc(m.marks, func(n int64) bool { return slices.Contains(marks, n) })
		if set {
			m.marks = append(m.marks, marks...)
		}
	}
	return nil, nil
}

func engineOwner(w *world, e *engineRoom, d *detail, p params) (obj, *refusal) {
	heir := p.str("NewOwner_Account")
	if p.str("From_Account") != e.owner {
		return nil, refuse("100002", "From_Account is not the owner")
	}
	if e.banned[heir] > w.now {
		return nil, refuse("100016", "the user %s is banned", heir)
	}
	if _, bad := d.present(heir); bad != nil {
		return nil, bad
	}
	e.owner = heir
	return nil, nil
}

// targets finds members by the list of accounts; the owner cannot be among them.
func (e *engineRoom) targets(d *detail, p params) ([]int, *refusal) {
	var list []int
	for _, id := range p.list("MemberList_Account") {
		if id == e.owner {
			return nil, refuse("100006", "the owner cannot be removed")
		}
		i, bad := d.present(id)
		if bad != nil {
			return nil, bad
		}
		list = append(list, i)
	}
	return list, nil
}

// engineKick puts members out; they may come back, and most do.
func engineKick(w *world, e *engineRoom, d *detail, p params) (obj, *refusal) {
	list, bad := e.targets(d, p)
	if bad != nil {
		return nil, bad
	}
	e.x.touched = true
	for _, i := range list {
		d.expel(i, w.now, false, 30)
	}
	return nil, nil
}

func engineBan(w *world, e *engineRoom, d *detail, p params) (obj, *refusal) {
	list, bad := e.targets(d, p)
	if bad != nil {
		return nil, bad
	}
	e.x.touched = true
	for _, i := range list {
		d.expel(i, w.now, false, p.num("Duration"))
		e.banned[d.members[i].id] = w.now + p.num("Duration")
	}
	return nil, nil
}

func engineUnban(w *world, e *engineRoom, d *detail, p params) (obj, *refusal) {
	for _, id := range p.list("MemberList_Account") {
		delete(e.banned, id)
		if i := d.find(id); i >= 0 && d.members[i].state.Kicked() {
			d.members[i].until, d.members[i].next = w.now, w.now+1
		}
	}
	return nil, nil
}

func engineBanned(w *world, e *engineRoom, _ *detail, p params) (obj, *refusal) {
	return accounts("BannedAccountList", "BannedUntil", e.banned, w.now, p), nil
}

func liveMuted(w *world, e *engineRoom, _ *detail, p params) (obj, *refusal) {
	out := accounts("MutedAccountList", "MutedUntil", e.muted, w.now, p)
	delete(out, "NextOffset")
	return out, nil
}

// accounts pages through users for whom something holds until a moment.
func accounts(list, field string, all map[string]int64, now int64, p params) obj {
	var ids []string
	for _, id := range slices.Sorted(maps.Keys(all)) {
		if all[id] > now {
			ids = append(ids, id)
		}
	}
	limit := int(limitOf(p, 20, 100))
	from := min(max(int(p.num("Offset")), 0), len(ids))
	to := min(from+limit, len(ids))
	rows, next := []obj{}, 0
	for _, id := range ids[from:to] {
		rows = append(rows, obj{"Member_Account": id, field: all[id]})
	}
	if to < len(ids) {
		next = to
	}
	return obj{list: rows, "NextOffset": next}
}
