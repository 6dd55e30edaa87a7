package views

import (
	"classtop/class"
	"classtop/ui"
)

// Offers are the forms that the marked members, or the one under the cursor,
// fill in.
func (v *members) Offers() []ui.Offer {
	chosen := v.table.Marked(v.host.Now())
	if m, ok := v.table.Selected(v.host.Now()); ok && len(chosen) == 0 {
		chosen = []*class.Member{m}
	}
	return memberOffers(v.host, v.card(), chosen)
}

// Offers are those of the tab, and the forms that change the class.
func (v *room) Offers() []ui.Offer {
	var out []ui.Offer
	if tab, ok := v.tab().(ui.Offering); ok {
		out = tab.Offers()
	}
	return append(out, roomForms(v.host, v.card())...)
}
