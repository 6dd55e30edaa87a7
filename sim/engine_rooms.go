package sim

import (
	"slices"
	"strconv"

	"classtop/class"
)

// engineRoom is what the room engine knows of a room besides the class. Every
// class has one under its number as text, from ten minutes before its time to
// its end; create_room makes others.
type engineRoom struct {
	id      string
	x       *room
	own     bool // made by create_room
	closed  bool
	owner   string
	kind    string // RoomType
	mode    string // TakeSeatMode
	info    params // settings as they are on the wire
	created int64
	people  map[string]*engineMember
	banned  map[string]int64 // until
	muted   map[string]int64
}

// engineMember is what the room engine knows of a member.
type engineMember struct {
	card, custom string
	admin        bool
	marks        []int64
}

// open finds a room that is there now.
func (w *world) open(id string) (*engineRoom, *detail, *refusal) {
	e := w.engineRooms[id]
	if e == nil {
		n, err := strconv.ParseUint(id, 10, 64)
		x := w.rooms[n]
		if err != nil || x == nil || strconv.FormatUint(n, 10) != id {
			return nil, nil, noRoom(id)
		}
		e = w.newEngineRoom(id, x, w.idOrEmpty(x.teacher))
		w.engineRooms[id] = e
	}
	d := w.look(e.x)
	if e.closed || d.closed || w.now < d.base {
		return nil, nil, noRoom(id)
	}
	return e, d, nil
}

func noRoom(id string) *refusal {
	return refuse("100004", "the room %s does not exist or has been closed", id)
}

func (w *world) newEngineRoom(id string, x *room, owner string) *engineRoom {
	return &engineRoom{
		id: id, x: x, owner: owner, kind: "Conference", mode: "ApplyToTake", info: params{}, created: max(x.created, x.start-early),
		people: map[string]*engineMember{}, banned: map[string]int64{}, muted: map[string]int64{},
	}
}

// in wraps a handler that works in a room.
func in(do func(w *world, e *engineRoom, d *detail, p params) (obj, *refusal)) handler {
	return func(w *world, p params) (obj, *refusal) {
		id := p.str("RoomId")
		if id == "" {
			id = p.object("RoomInfo").str("RoomId")
		}
		e, d, bad := w.open(id)
		if bad != nil {
			return nil, bad
		}
		return do(w, e, d, p)
	}
}

func (e *engineRoom) member(id string) *engineMember {
	if e.people[id] == nil {
		e.people[id] = &engineMember{}
	}
	return e.people[id]
}

// present returns the index of a member who is in the room.
func (d *detail) present(id string) (int, *refusal) {
	if i := d.find(id); i >= 0 && d.members[i].here() {
		return i, nil
	}
	return -1, refuse("100005", "the user %s is not a member of the room", id)
}

// guest finds a user or makes one; the room engine has its own accounts.
func (w *world) guest(id string) person {
	if p, ok := w.find(id); ok {
		return p
	}
	w.register(id, "", "", id)
	return w.byID[id]
}

func engineCreate(w *world, p params) (obj, *refusal) {
	info := p.object("RoomInfo")
	id, owner := info.str("RoomId"), info.str("Owner_Account")
	if id == "" || owner == "" || info.str("RoomType") == "" {
		return nil, refuse("100002", "RoomInfo needs RoomId, RoomType and Owner_Account")
	}
	if e, _, bad := w.open(id); bad == nil {
		if e.owner == owner {
			return nil, refuse("100010", "the room id is in use by this owner")
		}
		return nil, refuse("100003", "the room id is in use")
	}
	x := &room{
		track: -1, teacher: w.guest(owner), spectator: -1, created: w.now, start: w.now, end: w.now + 86400, touched: true,
		realStart: w.now, settings: settings{maxMic: 16, seats: int(info.num("MaxSeatCount")), audience: 1},
	}
	if x.settings.seats == 0 && (!info.has("IsSeatEnabled") || info.yes("IsSeatEnabled")) {
		x.settings.seats = 8
	}
	e := w.newEngineRoom(id, x, owner)
	e.own, e.created, e.kind = true, w.now, info.str("RoomType")
	e.change(info)
	w.engineRooms[id] = e
	d := w.look(x)
	d.members[0].next = 0
	d.join(0, w.now)
	return nil, nil
}

// change takes over what is given of RoomInfo.
func (e *engineRoom) change(info params) {
	for name, v := range info {
		e.info[name] = v
	}
	if mode := info.str("TakeSeatMode"); mode != "" {
		e.mode = mode
	}
}

func engineUpdate(_ *world, e *engineRoom, d *detail, p params) (obj, *refusal) {
	info := p.object("RoomInfo")
	e.change(info)
	e.x.touched = true
	for i := range d.members {
		if info.yes("IsAudioDisabled") && d.members[i].role == class.RoleStudent {
			d.setMic(i, d.at, false)
		}
		if info.yes("IsVideoDisabled") && d.members[i].role == class.RoleStudent {
			d.setCamera(i, d.at, false)
		}
	}
	return nil, nil
}

func engineDestroy(w *world, e *engineRoom, d *detail, _ params) (obj, *refusal) {
	e.closed = true
	if e.own {
		d.close(w.now)
		delete(w.engineRooms, e.id)
	}
	return nil, nil
}

// describe is RoomInfo.
func (e *engineRoom) describe(d *detail, now int64) obj {
	x := e.x
	status := "None"
	if !e.own {
		status = map[bool]string{true: "Running", false: "NotStarted"}[x.live(now)]
	}
	name := e.info.str("RoomName")
	if name == "" {
		name = x.name
	}
	limit := e.info.num("MaxMemberCount")
	if limit == 0 {
		limit = 300
	}
	out := obj{
		"RoomId": e.id, "RoomName": name, "RoomType": e.kind, "Owner_Account": e.owner, "MaxMemberCount": limit,
		"MaxSeatCount": len(d.seats), "CustomInfo": e.info.str("CustomInfo"), "ScheduleStartTime": x.start, "ScheduleEndTime": x.end,
		"RoomStatus": status, "IsSeatEnabled": len(d.seats) > 0, "TakeSeatMode": e.mode, "CreateTime": e.created, "MemberCount": d.online,
	}
	if len(d.seats) == 0 {
		out["TakeSeatMode"] = "None"
	}
	for _, flag := range []string{"IsVideoDisabled", "IsAudioDisabled", "IsMessageDisabled", "IsScreenSharingDisabled", "IsCloudRecordingDisabled"} {
		out[flag] = e.info.yes(flag)
	}
	return out
}

func engineInfo(w *world, e *engineRoom, d *detail, _ params) (obj, *refusal) {
	return obj{"RoomInfo": e.describe(d, w.now)}, nil
}

// role of a member as the room engine calls it.
func (e *engineRoom) role(id string) string {
	switch {
	case id == e.owner:
		return "RoomOwner"
	case e.people[id] != nil && e.people[id].admin:
		return "Admin"
	}
	return "Member"
}

func engineMembers(w *world, e *engineRoom, d *detail, p params) (obj, *refusal) {
	from, _ := strconv.Atoi(p.str("Next")) // empty is the first page
	count := int(p.num("Count"))
	if count <= 0 {
		count = 50
	}
	list, next := []obj{}, ""
	for i := max(from, 0); i < len(d.members); i++ {
		m := &d.members[i]
		if !m.here() {
			continue
		}
		if len(list) == count {
			next = strconv.Itoa(i)
			break
		}
		known := e.people[m.id]
		if known == nil {
			known = &engineMember{}
		}
		card := known.card
		if card == "" {
			card = w.nameOf(m.who)
		}
		list = append(list, obj{"Member_Account": m.id, "NameCard": card, "Role": e.role(m.id), "Marks": slices.Concat([]int64{}, known.marks), "CustomInfo": known.custom})
	}
	return obj{"Next": next, "MemberList": list}, nil
}
