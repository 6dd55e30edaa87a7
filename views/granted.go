package views

import (
	"classtop/class"
	"classtop/client/spec"
	"classtop/keymap"
	"classtop/ui"
	"classtop/ui/table"
	"classtop/ui/theme"
)

// granted is a view of what this program was given by the service and keeps
// secret: sessions and call parameters. It lives as long as the program.
type granted[T any] struct {
	ui.Base
	host        ui.Host
	title, word string
	empty, hint string
	table       *table.Table[grantKey, T]
	make        func([]*ui.Sent) []T
	key         func(*T) grantKey
	sent        func(*T) *ui.Sent
	secret      func(*T) string // of the selection, as it is copied
	offers      func(sel *T, ok bool) []ui.Offer
	shown       sign
	newest      *ui.Sent
	bare        grantKey // the row whose secret is shown
}

// grantKey tells rows apart: the request, and the user in it.
type grantKey struct {
	sent *ui.Sent
	user class.Text
}

func (v *granted[T]) Title() string { return v.host.Theme().Tell(v.title) }

func (v *granted[T]) Context() keymap.Context { return keymap.Lists }

// Grid is the table, up to date.
func (v *granted[T]) Grid() ui.Grid {
	sent := v.host.Sent()
	now, newest := sign{all: len(sent)}, (*ui.Sent)(nil)
	for i, s := range sent {
		if !s.Ended.IsZero() {
			now.ended++
		}
		if i == 0 {
			newest = s
		}
	}
	if now != v.shown || newest != v.newest {
		v.shown, v.newest = now, newest
		v.table.Set(v.make(sent))
	}
	return v.table
}

func (v *granted[T]) selected() (*T, bool) {
	v.Grid()
	return v.table.Selected(v.host.Now())
}

func (v *granted[T]) Key(a keymap.Action) bool {
	row, ok := v.selected()
	switch {
	case !ok:
		return false
	case a == keymap.In:
		v.host.ShowAnswer(v.sent(row))
	case a == keymap.Unmask && v.bare == v.key(row):
		v.bare = grantKey{}
		v.table.Touch()
	case a == keymap.Unmask:
		v.bare = v.key(row)
		v.table.Touch()
	default:
		return false
	}
	return true
}

// masked is a secret as its column shows it.
func (v *granted[T]) masked(k grantKey, secret func() string) string {
	if v.bare != k {
		return spec.Mask
	}
	return secret()
}

func (v *granted[T]) ID() (what, id string) {
	if row, ok := v.selected(); ok {
		return "user id", v.key(row).user.String()
	}
	return "", ""
}

// Secret is what `c` copies.
func (v *granted[T]) Secret() (what, secret string) {
	if row, ok := v.selected(); ok {
		return v.word, v.secret(row)
	}
	return "", ""
}

// Offers are the forms that belong here.
func (v *granted[T]) Offers() []ui.Offer {
	row, ok := v.selected()
	return v.offers(row, ok)
}

func (v *granted[T]) Note(int) string {
	th := v.host.Theme()
	return th.Paint(theme.Muted, th.Say("m shows a secret, c copies it"))
}

func (v *granted[T]) Render(w, h int) []string {
	v.Grid()
	th := v.host.Theme()
	lines := v.table.Render(th, w, h, v.host.Now())
	if v.table.Shown() > 0 || h < 2 {
		return lines
	}
	if v.table.Len() > 0 {
		return append(lines[:1], ui.Message(th, w, h-1, theme.Warn, "Nothing matches the filter "+v.table.FilterText(), "esc clears the filter")...)
	}
	return append(lines[:1], ui.Message(th, w, h-1, theme.Info, v.empty, v.hint)...)
}
