package views

import (
	"strings"
	"time"

	"classtop/class"
	"classtop/keymap"
	"classtop/ui"
	"classtop/ui/theme"
)

// lens is one way to look at the list of classes.
type lens struct {
	key  keymap.Action
	name string
	pass func(v *rooms, r *roomRow, now time.Time) bool // nil lets all through
}

func lenses() []lens {
	status := func(s class.RoomStatus) func(*rooms, *roomRow, time.Time) bool {
		return func(_ *rooms, r *roomRow, _ time.Time) bool { return r.card.Room.Status == s }
	}
	return []lens{
		{keymap.LensAll, "all", nil},
		{keymap.LensLive, "live", status(class.RoomLive)},
		{keymap.LensUpcoming, "upcoming", status(class.RoomUpcoming)},
		{keymap.LensEnded, "ended", func(_ *rooms, r *roomRow, _ time.Time) bool { return r.card.Room.Status >= class.RoomEnded }},
		{keymap.LensAttention, "attention", func(_ *rooms, r *roomRow, _ time.Time) bool { return len(r.card.Problems) > 0 || r.feed.Err != nil }},
		{keymap.LensLate, "late", func(_ *rooms, r *roomRow, now time.Time) bool { return r.card.Room.Late(now) > 0 }},
		{keymap.LensOverrun, "overrun", func(_ *rooms, r *roomRow, now time.Time) bool { return r.card.Room.Overrun(now) > 0 }},
		{keymap.LensNoTeacher, "no teacher", func(_ *rooms, r *roomRow, _ time.Time) bool { return ui.NoTeacher(r.card) }},
		{keymap.LensPinned, "pinned", func(_ *rooms, r *roomRow, _ time.Time) bool { return r.pinned }},
		{keymap.LensMarked, "marked", func(v *rooms, r *roomRow, _ time.Time) bool { return v.table.IsMarked(r.card.Room.ID) }},
	}
}

func (v *rooms) lensKey(a keymap.Action) bool {
	for i, l := range lenses() {
		if l.key == a {
			v.look(i)
			return true
		}
	}
	return false
}

// look takes a lens; beyond the last comes the first.
func (v *rooms) look(i int) {
	all := lenses()
	v.lens = (i + len(all)) % len(all)
	pass := all[v.lens].pass
	if pass == nil {
		v.table.Lens(nil)
		return
	}
	v.table.Lens(func(r *roomRow, now time.Time) bool { return pass(v, r, now) })
}

// Note shows the lenses with their digits where there is room.
func (v *rooms) Note(w int) string {
	th := v.host.Theme()
	var parts []string
	for i, l := range lenses() {
		text := string(rune('0'+i)) + " " + th.Word("lens", l.name)
		if i == v.lens {
			parts = append(parts, th.Paint(theme.Accent, "["+text+"]"))
		} else {
			parts = append(parts, th.Paint(theme.Muted, text))
		}
	}
	if all := strings.Join(parts, "  "); theme.Width(all) <= w {
		return all
	}
	return th.Paint(theme.Muted, th.Say("0-9 lens:")+" ") + parts[v.lens]
}
