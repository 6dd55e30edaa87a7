package sim

import (
	"encoding/base64"
	"net/netip"
)

const (
	sessionLimit = 50 // cloud applications that may run at once
	playerLimit  = 4  // players of one host
)

// session is a cloud application that runs for a user.
type session struct{ host, role string }

func createSession(w *world, p params) (obj, *refusal) {
	user, host := p.str("UserId"), p.str("HostUserId")
	if _, err := netip.ParseAddr(p.str("UserIp")); err != nil {
		return nil, refuse("InvalidParameterValue", "UserIp is no IP address.")
	}
	if host != "" && host != user && w.sessions[host] == nil {
		return nil, refuse("ResourceNotFound.SessionNotFound", "The host %s has no session.", host)
	}
	if w.sessions[user] == nil && len(w.sessions) >= sessionLimit {
		return nil, refuse("ResourceNotFound.NoIdle", "No idle instance is left.")
	}
	role := p.str("Role")
	if host != "" && role != "Viewer" {
		players := 0
		for id, s := range w.sessions {
			if id != user && s.host == host && s.role != "Viewer" {
				players++
			}
		}
		if players >= playerLimit {
			return nil, refuse("LimitExceeded.Role", "The host has %d players already.", players)
		}
	}
	w.sessions[user] = &session{host, role}
	w.serial++
	answer := encode(obj{"session": w.serial, "user": user})
	return obj{"ServerSession": base64.StdEncoding.EncodeToString(answer)}, nil
}

func destroySession(w *world, p params) (obj, *refusal) {
	user := p.str("UserId")
	if w.sessions[user] == nil {
		return nil, refuse("ResourceUnavailable.AccessFailed", "The user %s has no session.", user)
	}
	delete(w.sessions, user)
	return nil, nil
}
