package sim

import (
	"slices"
	"strconv"

	"classtop/class"
)

// liveInfo is LiveRoomInfo, for one room or for the list.
func (w *world) liveInfo(e *engineRoom, d *detail) obj {
	info := e.describe(d, w.now)
	out := obj{
		"CoverURL": e.info.str("CoverURL"), "Category": []int{1}, "ActivityStatus": bit(e.x.live(w.now)), "ViewCount": d.peak,
		"OnlineCount": d.online, "IsPublicVisible": true,
	}
	for _, name := range []string{"RoomId", "RoomName", "RoomType", "Owner_Account", "CreateTime", "IsSeatEnabled", "TakeSeatMode", "MaxSeatCount", "MaxMemberCount", "IsMessageDisabled", "MemberCount"} {
		out[name] = info[name]
	}
	return out
}

func liveRoom(w *world, e *engineRoom, d *detail, _ params) (obj, *refusal) {
	return obj{"RoomInfo": w.liveInfo(e, d)}, nil
}

// liveRooms pages through the rooms that are on.
func liveRooms(w *world, p params) (obj, *refusal) {
	from, err := strconv.Atoi(p.str("Next"))
	if p.str("Next") != "" && (err != nil || from < 0) {
		return nil, refuse("100002", "Next is no cursor")
	}
	var ids []string
	for _, x := range w.byStart {
		if x.live(w.now) {
			ids = append(ids, strconv.FormatUint(x.id, 10))
		}
	}
	if p.str("SortDirection") == "descend" {
		slices.Reverse(ids)
	}
	list, next := []obj{}, ""
	for i := from; i < len(ids); i++ {
		if len(list) == int(p.num("Count")) {
			next = strconv.Itoa(i)
			break
		}
		if e, d, bad := w.open(ids[i]); bad == nil {
			list = append(list, w.liveInfo(e, d))
		}
	}
	return obj{"Next": next, "RoomList": list}, nil
}

func liveStatistic(_ *world, _ *engineRoom, d *detail, _ params) (obj, *refusal) {
	came := 0
	for i := range d.members {
		came += bit(d.members[i].firstJoin > 0)
	}
	return obj{
		"TotalViewers": came, "TotalMsgCount": len(d.chat), "TotalLikesReceived": 0, "TotalGiftsSent": 0, "TotalGiftCoins": 0,
		"TotalUniqueGiftSenders": 0,
	}, nil
}

// liveMute silences members in the chat; 0 seconds end it.
func liveMute(w *world, e *engineRoom, d *detail, p params) (obj, *refusal) {
	e.x.touched = true
	for _, id := range p.list("MemberList_Account") {
		until := w.now + p.num("MuteTime")
		e.muted[id] = until
		if i := d.find(id); i >= 0 {
			d.members[i].silenced, d.members[i].silent = until > w.now, until
		}
	}
	return nil, nil
}

func liveMembers(_ *world, _ *engineRoom, d *detail, _ params) (obj, *refusal) {
	list := []obj{}
	for i := range d.members {
		if d.members[i].here() {
			list = append(list, obj{"Member_Account": d.members[i].id})
		}
	}
	return obj{"Next": "", "MemberCount": len(list), "MemberList": list[:min(len(list), 1000)]}, nil
}

func liveAdmins(_ *world, e *engineRoom, d *detail, _ params) (obj, *refusal) {
	list := []string{}
	for i := range d.members {
		if id := d.members[i].id; e.people[id] != nil && e.people[id].admin {
			list = append(list, id)
		}
	}
	return obj{"Admin_Account": list}, nil
}

// adminLimit is how many administrators a live room may have.
const adminLimit = 5

func liveModifyAdmin(w *world, e *engineRoom, d *detail, p params) (obj, *refusal) {
	ids, add := p.list("Admin_Account"), p.str("OpType") == "add"
	count := 0
	for id, m := range e.people {
		count += bit(m.admin && !slices.Contains(ids, id))
	}
	if add && count+len(ids) > adminLimit {
		return nil, refuse("100020", "a room may have %d administrators", adminLimit)
	}
	for _, id := range ids {
		e.member(id).admin = add
		if add && d.find(id) < 0 {
			d.admitMember(w, w.guest(id), class.RoleStudent, 0)
		}
	}
	return nil, nil
}
