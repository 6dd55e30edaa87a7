package sim

import (
	"net/url"
	"slices"
)

func describeDeveloper(w *world, _ params) (obj, *refusal) {
	return obj{"DeveloperId": string(append62(nil, mix(w.seed, saltName, 3), 12))}, nil
}

func modifyApp(w *world, p params) (obj, *refusal) {
	for name, v := range p {
		w.settings[name] = v
	}
	return nil, nil
}

// setAppCustomContent checks that scripts and styles have an address that can
// be fetched.
func setAppCustomContent(w *world, p params) (obj, *refusal) {
	for _, c := range p.objects("CustomContent") {
		for _, field := range []string{"JsUrl", "CssUrl"} {
			u, err := url.Parse(c.str(field))
			if c.str(field) != "" && (err != nil || u.Scheme != "https" || u.Host == "") {
				return nil, refuse("InvalidParameter.CssOrJs", "%s of scene %s cannot be fetched.", field, c.str("Scene"))
			}
		}
	}
	for _, c := range p.objects("CustomContent") {
		w.content[c.str("Scene")] = c
	}
	return nil, nil
}

func deleteAppCustomContent(w *world, p params) (obj, *refusal) {
	scenes := p.list("Scenes")
	for _, scene := range scenes {
		if w.content[scene] == nil {
			return nil, refuse("InvalidParameter", "The scene %s has no custom content.", scene)
		}
	}
	if len(scenes) == 0 {
		clear(w.content)
	}
	for _, scene := range scenes {
		delete(w.content, scene)
	}
	return nil, nil
}

// setWatermark keeps what is given; an empty address or text removes its part.
func setWatermark(w *world, p params) (obj, *refusal) {
	for name, v := range p {
		w.watermark[name] = v
	}
	return nil, nil
}

func getWatermark(w *world, _ params) (obj, *refusal) {
	m := w.watermark
	out := obj{"TeacherLogo": nil, "BoardLogo": nil, "BackgroundPicture": nil, "Text": nil}
	logo := func(kind string) any {
		if m.str(kind+"Url") == "" {
			return nil
		}
		return obj{"Url": m.str(kind + "Url"), "Width": m.float(kind + "W"), "Height": m.float(kind + "H"), "LocationX": m.float(kind + "X"), "LocationY": m.float(kind + "Y")}
	}
	out["TeacherLogo"], out["BoardLogo"] = logo("Teacher"), logo("Board")
	if m.str("VideoUrl") != "" {
		out["BackgroundPicture"] = obj{"Url": m.str("VideoUrl")}
	}
	if m.str("Text") != "" {
		out["Text"] = obj{"Text": m.str("Text"), "Color": orNull(m.str("TextColor"))}
	}
	return out, nil
}

// openSupervisors makes the spectators of the first classes supervisors.
func (w *world) openSupervisors() {
	for i := range w.tracks {
		if t := &w.tracks[i]; t.spectator && len(w.supervisors) < 8 {
			w.supervisors = append(w.supervisors, w.userID(person(t.first+1+t.assistants)))
		}
	}
}

func createSupervisor(w *world, p params) (obj, *refusal) {
	users := p.list("Users")
	for _, id := range users {
		if _, bad := w.user(id); bad != nil {
			return nil, bad
		}
	}
	for _, id := range users {
		if !slices.Contains(w.supervisors, id) {
			w.supervisors = append(w.supervisors, id)
		}
	}
	return nil, nil
}

func deleteSupervisor(w *world, p params) (obj, *refusal) {
	users := p.list("Users")
	for _, id := range users {
		if !slices.Contains(w.supervisors, id) {
			return nil, refuse("ResourceNotFound.User", "The user %s is no supervisor.", id)
		}
	}
	w.supervisors = slices.DeleteFunc(w.supervisors, func(id string) bool { return slices.Contains(users, id) })
	return nil, nil
}

func describeSupervisors(w *world, p params) (obj, *refusal) {
	page, limit := max(p.num("Page"), 1), limitOf(p, 20, 100)
	list := append([]string{}, pageOf(w.supervisors, page, limit)...)
	return obj{"Total": len(w.supervisors), "Page": page, "Limit": limit, "UserIds": list}, nil
}
