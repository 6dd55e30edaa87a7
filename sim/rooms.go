package sim

import (
	"slices"

	"classtop/class"
)

// room returns the class that a call is about.
func (w *world) room(p params) (*room, *refusal) {
	if x := w.rooms[p.id("RoomId")]; x != nil {
		return x, nil
	}
	return nil, refuse("ResourceNotFound.Room", "The room %s does not exist.", p.str("RoomId"))
}

// ended refuses what needs a class that is not over.
func (x *room) ended(now int64) *refusal {
	switch x.status(now) {
	case class.RoomEnded:
		return refuse("FailedOperation.ClassEnded", "The class is over.")
	case class.RoomExpired:
		return refuse("FailedOperation.ClassExpired", "The class has expired.")
	}
	return nil
}

// getRooms lists the classes that touch the window.
func getRooms(w *world, p params) (obj, *refusal) {
	from, to := w.now-1800, w.now+1800
	if p.has("StartTime") {
		from = p.num("StartTime")
	}
	if p.has("EndTime") {
		to = p.num("EndTime")
	}
	if from > to {
		return nil, refuse("InvalidParameterValue", "EndTime is before StartTime.")
	}
	states := p.nums("Status")
	var found []*room
	for _, x := range w.byStart {
		if x.start > to {
			break
		}
		if x.lastMoment(w.now) >= from && (len(states) == 0 || slices.Contains(states, int64(x.status(w.now)))) {
			found = append(found, x)
		}
	}
	list := []obj{}
	for _, x := range pageOf(found, p.num("Page"), limitOf(p, 10, 100)) {
		list = append(list, w.roomItem(x))
	}
	return obj{"Total": len(found), "Rooms": list}, nil
}

// lastMoment is when a class is or was over; one that is on lasts until now.
func (x *room) lastMoment(now int64) int64 {
	switch x.status(now) {
	case class.RoomLive:
		return max(x.end, now)
	case class.RoomEnded:
		return max(x.start, x.realEnd)
	}
	return x.end
}

func (w *world) roomItem(x *room) obj {
	s := &x.settings
	item := obj{
		"Name": x.name, "RoomId": x.id, "Status": x.status(w.now), "StartTime": x.start, "EndTime": x.end,
		"RealStartTime": past(x.realStart, w.now), "RealEndTime": past(x.realEnd, w.now), "Resolution": s.resolution,
		"MaxRTCMember": s.maxMic, "MaxMicNumber": s.maxMic, "ReplayUrl": nil, "RecordUrl": orNull(w.recordURL(x)),
		"EnableDirectControl": s.direct, "InteractionMode": s.interaction, "VideoOrientation": s.orientation,
		"IsGradingRequiredPostClass": s.grading, "RoomType": s.roomType, "EndDelayTime": s.endDelay, "LiveType": s.liveType,
		"RecordLiveUrl": s.liveURL, "EnableAutoStart": s.autoStart, "RecordBackground": s.background,
		"RecordScene": s.scene, "RecordLang": s.lang,
	}
	return item
}

// past shows a moment once it has come.
func past(t, now int64) int64 {
	if t > now {
		return 0
	}
	return t
}

func orNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}

func describeRoom(w *world, p params) (obj, *refusal) {
	x, bad := w.room(p)
	if bad != nil {
		return nil, bad
	}
	s := &x.settings
	out := obj{
		"Name": x.name, "StartTime": x.start, "EndTime": x.end, "TeacherId": w.idOrEmpty(x.teacher), "SdkAppId": w.app,
		"AudienceType": s.audience, "Resolution": s.resolution, "MaxMicNumber": s.maxMic, "AutoMic": s.autoMic,
		"AudioQuality": s.audioQuality, "SubType": s.subType, "DisableRecord": s.disableRecord,
		"Assistants": w.ids(x.assistants), "RecordUrl": orNull(w.recordURL(x)), "Status": x.status(w.now),
		"GroupId": orNull(s.group), "EnableDirectControl": s.direct, "InteractionMode": s.interaction,
		"VideoOrientation": s.orientation, "IsGradingRequiredPostClass": s.grading, "RoomType": s.roomType,
		"VideoDuration": x.filmLength(w.now), "EndDelayTime": s.endDelay, "LiveType": s.liveType, "RecordLiveUrl": s.liveURL,
		"EnableAutoStart": s.autoStart, "RecordBackground": s.background, "RTMPStreamingURL": "",
		"RecordScene": s.scene, "RecordLang": s.lang,
	}
	if p.num("RTMPStreamingURL") == 1 {
		out["RTMPStreamingURL"] = "rtmp://push.school.example/live/" + class.RoomID(x.id).String()
	}
	return out, nil
}

// ids spells people; nobody is null.
func (w *world) ids(people []person) []string {
	var list []string
	for _, p := range people {
		list = append(list, w.userID(p))
	}
	return list
}

func (w *world) idOrEmpty(p person) string {
	if p < 0 {
		return ""
	}
	return w.userID(p)
}

// endRoom ends a class.
func endRoom(w *world, p params) (obj, *refusal) {
	x, bad := w.room(p)
	if bad == nil {
		bad = x.ended(w.now)
	}
	if bad != nil {
		return nil, bad
	}
	if !x.live(w.now) {
		return nil, refuse("FailedOperation", "The class has not started.")
	}
	w.look(x) // what has happened so far stays
	x.realEnd, x.touched = w.now, true
	w.look(x)
	return nil, nil
}

// startRoom starts a class. Somebody must have come in before.
func startRoom(w *world, p params) (obj, *refusal) {
	x, bad := w.room(p)
	if bad == nil {
		bad = x.ended(w.now)
	}
	if bad != nil {
		return nil, bad
	}
	if x.live(w.now) {
		return nil, refuse("FailedOperation.ClassStarted", "The class has started already.")
	}
	d := w.look(x)
	if d.online == 0 {
		return nil, refuse("FailedOperation", "The class is not initialised: somebody must enter it first.")
	}
	if x.realEnd == 0 || x.realEnd <= w.now {
		x.realEnd = max(x.end, w.now+600)
	}
	x.realStart, x.touched = w.now, true
	d.log(w.now, roomStart, -1, 0)
	d.nextQuiz = w.now + 240
	return nil, nil
}
