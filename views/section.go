package views

import (
	"cmp"
	"slices"

	"classtop/ui"
	"classtop/ui/theme"
)

// section is a part of a screen that is made of text: labels on the left, its
// lines beside them. On a small screen it gets fewer lines than it has.
type section struct {
	labels []string // beside the first lines
	need   int      // the lower, the sooner it gets lines
	least  int      // lines that it gets before others get more than theirs
	lines  []string // painted; at most as wide as within says
}

const (
	labelWidth = 10
	margin     = 1
)

// within is the room for a section's lines in a column.
func within(w int) int { return max(1, w-margin-labelWidth-1) }

// stack shows sections one below the other, in exactly h lines of w cells. A
// blank line parts them where there is room for that.
func stack(host ui.Host, parts []section, w, h int) []string {
	given := share(parts, h)
	used := 0
	for _, n := range given {
		used += n
	}
	airy := used+len(parts)-1 <= h
	out := make([]string, 0, h)
	for i := range parts {
		if airy && i > 0 && given[i] > 0 {
			out = append(out, theme.Spaces(w))
		}
		out = append(out, parts[i].render(host, w, given[i])...)
	}
	for len(out) < h {
		out = append(out, theme.Spaces(w))
	}
	return out[:max(0, h)]
}

// share gives each section its lines: first what each needs at least, then the
// rest, both in the order of need.
func share(parts []section, h int) []int {
	order := make([]int, len(parts))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(parts[a].need, parts[b].need) })
	given := make([]int, len(parts))
	for _, most := range []func(*section) int{
		func(s *section) int { return min(s.least, len(s.lines)) },
		func(s *section) int { return len(s.lines) },
	} {
		for _, i := range order {
			n := min(max(0, most(&parts[i])-given[i]), h)
			given[i] += n
			h -= n
		}
	}
	return given
}

// render returns n of the section's lines; the last says what is left out.
func (s *section) render(host ui.Host, w, n int) []string {
	th := host.Theme()
	out := make([]string, 0, n)
	for i, line := range s.lines[:n] {
		label := ""
		if i < len(s.labels) {
			label = s.labels[i]
		}
		more := ""
		if left := len(s.lines) - n; i == n-1 && left > 0 {
			more = th.Paint(theme.Muted, " "+th.Say("+%d more", left))
		}
		label = th.Paint(theme.Head, th.FitRight(th.Tell(label), labelWidth))
		out = append(out, th.Fit(theme.Spaces(margin)+label+" "+th.Sides(line, more, within(w)), w))
	}
	return out
}

// beside puts columns of equal height next to each other.
func beside(columns ...[]string) []string {
	out := slices.Clone(columns[0])
	for _, col := range columns[1:] {
		for i := range out {
			out[i] += col[i]
		}
	}
	return out
}

// pack writes items one after the other and begins a new line where the next
// does not fit.
func pack(items []string, sep string, w int) []string {
	var out []string
	line := ""
	for _, item := range items {
		next := item
		if line != "" {
			next = line + sep + item
		}
		if line != "" && theme.Width(next) > w {
			out = append(out, line)
			next = item
		}
		line = next
	}
	if line != "" {
		out = append(out, line)
	}
	return out
}
