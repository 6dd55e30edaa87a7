package sim

import (
	"slices"
	"strings"

	"classtop/class"
)

// longest is how long a class may be planned: five hours.
const longest = 5 * 3600

// createRoom plans one class.
func createRoom(w *world, p params) (obj, *refusal) {
	x, bad := w.plan(p)
	if bad != nil {
		return nil, bad
	}
	w.add(x)
	return obj{"RoomId": x.id}, nil
}

// batchCreateRoom plans classes, all or none.
func batchCreateRoom(w *world, p params) (obj, *refusal) {
	var list []*room
	for _, one := range p.objects("RoomInfos") {
		x, bad := w.plan(one)
		if bad != nil {
			return nil, bad
		}
		list = append(list, x)
	}
	ids := []uint64{}
	for _, x := range list {
		w.add(x)
		ids = append(ids, x.id)
	}
	return obj{"RoomIds": ids}, nil
}

// plan makes a class out of the parameters of CreateRoom. It does not start
// by itself, unless that was asked for.
func (w *world) plan(p params) (*room, *refusal) {
	w.serial++
	x := &room{
		id: w.roomID(1<<31 + w.serial), track: -1, teacher: -1, spectator: -1, created: w.now, touched: true,
		settings: settings{seats: 6},
	}
	if bad := w.fill(x, p); bad != nil {
		return nil, bad
	}
	s := &x.settings
	s.seats = int(max(s.maxMic, 6))
	if s.roomType == 1 {
		s.seats = 0
	}
	if s.liveType == 1 && s.autoStart == 1 {
		x.realStart, x.realEnd = x.start, x.end
	}
	if s.group != "" {
		g, bad := w.group(s.group)
		if bad != nil {
			return nil, bad
		}
		for _, id := range w.membersOf(g) {
			if who, ok := w.find(id); ok {
				x.pupils = append(x.pupils, who)
			}
		}
	}
	return x, nil
}

// fill writes the parameters into a class after all checks.
func (w *world) fill(x *room, p params) *refusal {
	if bad := w.times(x, p); bad != nil {
		return bad
	}
	if strings.Contains(p.str("Name"), "违禁") {
		return refuse("InvalidParameter.Content", "The name was refused by content moderation.")
	}
	teacher, assistants := x.teacher, x.assistants
	if id := p.str("TeacherId"); id != "" {
		who, bad := w.user(id)
		if bad != nil {
			return bad
		}
		teacher = who
	}
	if p.has("Assistants") {
		assistants = nil
		for _, id := range p.list("Assistants") {
			who, bad := w.user(id)
			if bad != nil {
				return bad
			}
			assistants = append(assistants, who)
		}
	}
	if id := p.str("GroupId"); id != "" {
		if _, bad := w.group(id); bad != nil {
			return bad
		}
	}
	x.teacher, x.assistants = teacher, assistants
	if p.str("Name") != "" {
		x.name = p.str("Name")
	}
	if p.has("StartTime") {
		x.start = p.num("StartTime")
	}
	if p.has("EndTime") {
		x.end = p.num("EndTime")
	}
	x.settings.read(p)
	return nil
}

// times checks the planned start and end.
func (w *world) times(x *room, p params) *refusal {
	start, end := x.start, x.end
	if p.has("StartTime") {
		if start = p.num("StartTime"); start < w.now {
			return refuse("InvalidParameter.StartTime", "The start lies in the past.")
		}
	}
	if p.has("EndTime") {
		if end = p.num("EndTime"); end <= w.now {
			return refuse("InvalidParameter.EndTime", "The end lies in the past.")
		}
	}
	if end <= start {
		return refuse("InvalidParameter.EndTime", "The end is not after the start.")
	}
	if end-start > longest {
		return refuse("FailedOperation.ClassTooLong", "A class may be five hours long.")
	}
	return nil
}

// read takes over the settings that are given.
func (s *settings) read(p params) {
	for name, to := range map[string]*int64{
		"Resolution": &s.resolution, "MaxMicNumber": &s.maxMic, "AutoMic": &s.autoMic, "TurnOffMic": &s.turnOffMic,
		"AudioQuality": &s.audioQuality, "DisableRecord": &s.disableRecord, "AudienceType": &s.audience,
		"EnableDirectControl": &s.direct, "InteractionMode": &s.interaction, "VideoOrientation": &s.orientation,
		"IsGradingRequiredPostClass": &s.grading, "RoomType": &s.roomType, "EndDelayTime": &s.endDelay,
		"LiveType": &s.liveType, "EnableAutoStart": &s.autoStart,
	} {
		if p.has(name) {
			*to = p.num(name)
		}
	}
	for name, to := range map[string]*string{
		"SubType": &s.subType, "RecordLiveUrl": &s.liveURL, "GroupId": &s.group, "RecordBackground": &s.background,
		"RecordScene": &s.scene, "RecordLang": &s.lang,
	} {
		if p.has(name) {
			*to = p.str(name)
		}
	}
	if s.audience == 0 {
		s.audience = 1
	}
}

// modifyRoom changes a class. Once it is on, only what people see may change.
func modifyRoom(w *world, p params) (obj, *refusal) {
	x, bad := w.room(p)
	if bad == nil {
		bad = x.ended(w.now)
	}
	if bad != nil {
		return nil, bad
	}
	if x.live(w.now) {
		for _, name := range []string{"StartTime", "Resolution", "MaxMicNumber", "AutoMic", "AudioQuality", "SubType", "DisableRecord", "GroupId"} {
			if p.has(name) {
				return nil, refuse("FailedOperation.ClassStarted", "%s cannot be changed once the class has started.", name)
			}
		}
	}
	before := *x
	if bad := w.fill(x, p); bad != nil {
		return nil, bad
	}
	if p.has("StartTime") && x.realStart > 0 {
		x.realStart = x.start
	}
	if p.has("EndTime") && x.realEnd > 0 {
		x.realEnd = x.end
	}
	if x.start != before.start {
		w.byStart = slices.DeleteFunc(w.byStart, func(one *room) bool { return one == x })
		w.add(x)
	}
	w.restaff(x, before.teacher)
	return nil, nil
}

// restaff lets a new teacher come in.
func (w *world) restaff(x *room, before person) {
	if x.detail == nil || x.teacher == before || x.teacher < 0 {
		return
	}
	x.touched = true
	d := w.look(x)
	for i := range d.members {
		if d.members[i].who == before && d.members[i].role == class.RoleTeacher {
			d.members[i].role = class.RoleAssistant
		}
	}
	if i := d.find(w.userID(x.teacher)); i >= 0 {
		d.members[i].role = class.RoleTeacher
		return
	}
	d.admitMember(w, x.teacher, class.RoleTeacher, w.now+5)
}

func deleteRoom(w *world, p params) (obj, *refusal) {
	x, bad := w.room(p)
	if bad != nil {
		return nil, bad
	}
	if x.realStart > 0 && x.realStart <= w.now {
		return nil, refuse("FailedOperation.ClassStarted", "The class has started, it cannot be deleted any more.")
	}
	w.remove(x)
	return nil, nil
}
