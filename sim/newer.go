package sim

import "classtop/class"

// The actions that newer editions have besides the manual's.

// running returns a class that is not over, as it is now.
func (w *world) running(p params) (*detail, *refusal) {
	x, bad := w.room(p)
	if bad == nil {
		bad = x.ended(w.now)
	}
	if bad != nil {
		return nil, bad
	}
	return w.look(x), nil
}

// forbidSendMsg mutes members in the chat; 0 seconds end it.
func forbidSendMsg(w *world, p params) (obj, *refusal) {
	d, bad := w.running(p)
	if bad != nil {
		return nil, bad
	}
	ids := p.list("MembersAccount")
	for _, id := range ids {
		if d.find(id) < 0 {
			return nil, refuse("ResourceNotFound.User", "The user %s is not in the class.", id)
		}
	}
	d.x.touched = true
	until := w.now + p.num("MuteTime")
	for _, id := range ids {
		m := &d.members[d.find(id)]
		m.silenced, m.silent = until > w.now, until
	}
	return nil, nil
}

// describeRoomForbiddenUser lists who is muted, here or not: a mute survives
// leaving.
func describeRoomForbiddenUser(w *world, p params) (obj, *refusal) {
	d, bad := w.running(p)
	if bad != nil {
		return nil, bad
	}
	list := []obj{}
	for i := range d.members {
		if m := &d.members[i]; m.silenced && m.silent > w.now {
			list = append(list, obj{"MemberAccount": m.id, "MutedUntil": m.silent})
		}
	}
	return obj{"MutedAccountList": list}, nil
}

// sendRoomNotificationMessage puts a notice into the chat.
func sendRoomNotificationMessage(w *world, p params) (obj, *refusal) {
	d, bad := w.running(p)
	if bad != nil {
		return nil, bad
	}
	d.x.touched = true
	d.announce(w.now, p.str("MsgContent"))
	return nil, nil
}

// unblockKickedUser lets a kicked member come back; for anybody else it does
// nothing.
func unblockKickedUser(w *world, p params) (obj, *refusal) {
	d, bad := w.running(p)
	if bad != nil {
		return nil, bad
	}
	i := d.find(p.str("UserId"))
	if i < 0 {
		return nil, refuse("ResourceNotFound.User", "The user %s is not in the class.", p.str("UserId"))
	}
	m := &d.members[i]
	if m.state.Kicked() {
		d.x.touched = true
		m.state, m.until, m.stays = class.Offline, 0, false
		m.next = w.now + int64(between(d.dice, 5, 20))
	}
	return nil, nil
}
