package sim

import "fmt"

// newID makes an id that nobody has, of a prefix and so many digits.
func (w *world) newID(prefix string, digits int) string {
	w.serial++
	return prefix + string(append62(nil, mix(w.seed, saltName, w.serial, 7)<<20|w.serial, digits))
}

// token makes a login token.
func (w *world) token(user string) string {
	return fmt.Sprintf("%016x%016x", mix(w.seed, uint64(w.now), uint64(len(user))), mix(w.seed, uint64(w.now), w.serial))
}

func (w *world) user(id string) (person, *refusal) {
	if p, ok := w.find(id); ok {
		return p, nil
	}
	return 0, refuse("ResourceNotFound.User", "The user %s does not exist.", id)
}

// register adds a user; the id is made up unless it is given.
func (w *world) register(name, avatar, origin, id string) *profile {
	if id == "" {
		id = w.newID("2", 26)
	}
	if name == "" {
		name = "user" + id[len(id)-4:]
	}
	one := &profile{id: id, name: name, avatar: avatar, origin: origin}
	p := person(w.population + len(w.registered))
	w.registered = append(w.registered, one)
	w.byID[id] = p
	if origin != "" {
		w.origins[origin] = p
	}
	return one
}

// byOrigin finds a user by the id of the school's own system.
func (w *world) byOrigin(origin string) (person, bool) {
	if p, ok := w.origins[origin]; ok {
		return p, true
	}
	var n int
	if _, err := fmt.Sscanf(origin, "stu-%d", &n); err != nil || n < 0 || n >= w.population {
		return 0, false
	}
	return person(n), w.profileOf(person(n)).origin == origin
}

// change returns a profile to write to.
func (w *world) change(p person) *profile {
	if int(p) >= w.population {
		return w.registered[int(p)-w.population]
	}
	if w.profiles[p] == nil {
		one := w.profileOf(p)
		w.profiles[p] = &one
	}
	return w.profiles[p]
}

func registerUser(w *world, p params) (obj, *refusal) {
	if origin := p.str("OriginId"); origin != "" {
		if _, taken := w.byOrigin(origin); taken {
			return nil, refuse("FailedOperation.OriginIdExists", "The origin id is taken already.")
		}
	}
	one := w.register(p.str("Name"), p.str("Avatar"), p.str("OriginId"), "")
	return obj{"UserId": one.id, "Token": w.token(one.id)}, nil
}

// batchRegister registers users; those whose origin id is known are overwritten.
func batchRegister(w *world, p params) (obj, *refusal) {
	for _, u := range p.objects("Users") {
		if u.id("SdkAppId") != w.app {
			return nil, refuse("InvalidParameter.SdkAppId", "SdkAppId %s does not belong to the account.", u.str("SdkAppId"))
		}
	}
	var list []obj
	for _, u := range p.objects("Users") {
		var one *profile
		if known, ok := w.byOrigin(u.str("OriginId")); ok && u.str("OriginId") != "" {
			one = w.change(known)
			one.name, one.avatar = u.str("Name"), u.str("Avatar")
		} else {
			one = w.register(u.str("Name"), u.str("Avatar"), u.str("OriginId"), "")
		}
		list = append(list, obj{"SdkAppId": w.app, "UserId": one.id, "OriginId": orNull(one.origin)})
	}
	return obj{"Users": list}, nil
}

func loginUser(w *world, p params) (obj, *refusal) {
	if _, bad := w.user(p.str("UserId")); bad != nil {
		return nil, bad
	}
	return obj{"UserId": p.str("UserId"), "Token": w.token(p.str("UserId"))}, nil
}

func loginOriginID(w *world, p params) (obj, *refusal) {
	who, ok := w.byOrigin(p.str("OriginId"))
	if !ok {
		return nil, refuse("ResourceNotFound.User", "The user does not exist.")
	}
	id := w.userID(who)
	return obj{"UserId": id, "Token": w.token(id)}, nil
}

func (w *world) userInfo(p person) obj {
	one := w.profileOf(p)
	return obj{"SdkAppId": w.app, "UserId": one.id, "Name": one.name, "Avatar": one.avatar, "OriginId": orNull(one.origin)}
}

func describeUser(w *world, p params) (obj, *refusal) {
	who, bad := w.user(p.str("UserId"))
	if bad != nil {
		return nil, bad
	}
	return w.userInfo(who), nil
}

func describeSdkAppIDUsers(w *world, p params) (obj, *refusal) {
	total := w.population + len(w.registered)
	limit := limitOf(p, 20, 1000)
	var list []obj
	for i := (max(p.num("Page"), 1) - 1) * limit; i >= 0 && i < int64(total) && int64(len(list)) < limit; i++ {
		list = append(list, w.userInfo(person(i)))
	}
	return obj{"Total": total, "Users": list}, nil
}

func modifyUserProfile(w *world, p params) (obj, *refusal) {
	who, bad := w.user(p.str("UserId"))
	if bad != nil {
		return nil, bad
	}
	one := w.change(who)
	if p.str("Nickname") != "" {
		one.name = p.str("Nickname")
	}
	if p.has("Avatar") {
		one.avatar = p.str("Avatar")
	}
	return nil, nil
}
