package cli

import (
	"context"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"
	"time"

	"classtop/class"
	"classtop/class/clean"
	"classtop/ops"

	"github.com/spf13/cobra"
)

// shift is what a report says of a span of time: what was done, from the audit
// file, and how the watched classes stand now.
type shift struct {
	Profile, Operator string
	From, To          time.Time
	Deeds             []ops.Record
	Open              []ops.Record // of unknown end
	Out               []ops.Kicked // still kept out
	Rooms             []class.Room
	Counts            []stateCount
	Late              []class.Room // should have begun, or ended
	Problem           string       // why the audit file or the classes are not all there
	zone              *time.Location
}

type stateCount struct {
	State string
	N     int
}

func (a *app) reportCmd() *cobra.Command {
	var since time.Duration
	var format string
	cmd := &cobra.Command{
		Use:   "report",
		Short: "Write a shift report: what was watched, what was done, what is open",
		Long: "Write a shift report from the audit file and from how the classes stand now, as Markdown or as one\n" +
			"HTML page that needs nothing else. What was done is that of this profile, by every operator.",
		Example: "classtop report --since 4h > shift.md\nclasstop report --since 8h -o html > shift.html",
		Args:    cobra.NoArgs,
	}
	cmd.Flags().DurationVar(&since, "since", 4*time.Hour, "from this long ago until now")
	outputFlag(cmd, &format, "md", "html")
	cmd.RunE = a.run(func(cmd *cobra.Command, _ []string) error {
		if since <= 0 {
			return usage("--since: a length of time over 0, such as 4h")
		}
		l, err := a.connectOnce(cmd)
		if err != nil {
			return err
		}
		ctx, stop := interruptible(cmd.Context())
		defer stop()
		s := a.shift(ctx, l, since)
		if format == "html" {
			return s.html(a.out)
		}
		return s.markdown(a.out)
	})
	return cmd
}

// shift collects. A part that cannot be read is named in the report: the rest
// is worth having all the same.
func (a *app) shift(ctx context.Context, l *link, since time.Duration) *shift {
	now, p := l.now(), &l.cfg.Profile
	s := &shift{Profile: clean.Line(p.Name, 60), Operator: clean.Line(a.operator(), 60), From: now.Add(-since), To: now, zone: p.TimeZone}
	entries, err := ops.CheckedAudit(l.cfg.Audit)
	s.note("The audit file", err)
	all := slices.DeleteFunc(ops.Records(entries), func(r ops.Record) bool { return r.Intent.Profile != s.Profile })
	s.Out = ops.Out(slices.Clone(all), now)
	for _, r := range all {
		if r.Intent.Time.Before(s.From) {
			continue
		}
		s.Deeds = append(s.Deeds, r)
		if r.Open() {
			s.Open = append(s.Open, r)
		}
	}
	from, to := p.Window(now)
	s.Rooms, err = l.client.Rooms(ctx, from, to)
	s.note("The list of classes", err)
	s.count()
	return s
}

func (s *shift) note(what string, err error) {
	if err != nil {
		s.Problem = strings.TrimSpace(s.Problem + " " + what + ": " + clean.Line(err.Error(), 300) + ".")
	}
}

// count sums the classes up and picks those that are not on time.
func (s *shift) count() {
	for _, status := range []class.RoomStatus{class.RoomLive, class.RoomUpcoming, class.RoomEnded, class.RoomExpired} {
		n := 0
		for _, r := range s.Rooms {
			if r.Status == status {
				n++
			}
		}
		s.Counts = append(s.Counts, stateCount{status.String(), n})
	}
	for _, r := range s.Rooms {
		late := r.Status == class.RoomUpcoming && r.Start.Time().Before(s.To)
		over := r.Status == class.RoomLive && r.End != 0 && r.End.Time().Before(s.To)
		if late || over {
			s.Late = append(s.Late, r)
		}
	}
}

// When writes a moment in the school's time.
func (s *shift) When(t time.Time) string { return t.In(s.zone).Format("2006-01-02 15:04") }

// Until says how long a member is kept out.
func (s *shift) Until(k ops.Kicked) string {
	if k.Until.IsZero() {
		return "for good"
	}
	return "until " + s.When(k.Until)
}

// Why says what is wrong with a class's time.
func (s *shift) Why(r class.Room) string {
	if r.Status == class.RoomUpcoming {
		return "not started since " + s.When(r.Start.Time())
	}
	return "overrun since " + s.When(r.End.Time())
}

// Done counts what has happened.
func (s *shift) Done() (n int) {
	for _, r := range s.Deeds {
		if r.OK() {
			n++
		}
	}
	return n
}

// markdown writes the report as text. What a person or the service wrote is
// escaped, so that it cannot become a link, a heading or another column.
func (s *shift) markdown(out io.Writer) error {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	row := func(cells ...string) {
		for i := range cells {
			cells[i] = inMarkdown(cells[i])
		}
		line("| %s |", strings.Join(cells, " | "))
	}
	head := func(cells ...string) {
		line("\n| %s |\n|%s", strings.Join(cells, " | "), strings.Repeat("---|", len(cells)))
	}
	line("# Shift report: %s\n", inMarkdown(s.Profile))
	line("%s to %s, written by %s.", s.When(s.From), s.When(s.To), inMarkdown(s.Operator))
	if s.Problem != "" {
		line("\n**Not complete:** %s", inMarkdown(s.Problem))
	}
	line("\n## Watched\n\n%d classes:", len(s.Rooms))
	for _, c := range s.Counts {
		line("- %d %s", c.N, c.State)
	}
	line("\n## Open\n\n%d of unknown end, %d not on time, %d members kept out.", len(s.Open), len(s.Late), len(s.Out))
	if len(s.Open)+len(s.Late)+len(s.Out) > 0 {
		head("What", "Who or where", "Class", "State")
	}
	for _, r := range s.Open {
		row(r.What(), r.Target(), r.Intent.RoomName, r.End()+": look at the target")
	}
	for _, r := range s.Late {
		row("class", r.ID.String(), r.Name.String(), s.Why(r))
	}
	for _, k := range s.Out {
		row("kept out", k.Target(), k.Intent.RoomName, s.Until(k))
	}
	line("\n## Done\n\n%d operations, %d of them done.", len(s.Deeds), s.Done())
	if len(s.Deeds) > 0 {
		head("Time", "Action", "Target", "Class", "Operator", "End", "Reason", "RequestId")
	}
	for _, r := range s.Deeds {
		row(s.When(r.Intent.Time), r.What(), r.Target(), r.Intent.RoomName, r.Intent.Operator, r.End(), r.Intent.Reason, r.Outcome.RequestID)
	}
	_, err := io.WriteString(out, b.String())
	return err
}

// inMarkdown takes the meaning from what Markdown and HTML would read.
func inMarkdown(text string) string {
	var b strings.Builder
	for _, r := range text {
		if strings.ContainsRune("\\`*_[]<>#|~!&", r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

func (s *shift) html(out io.Writer) error { return page.Execute(out, s) }

var page = template.Must(template.New("shift").Parse(`<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Shift report: {{.Profile}}</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>body{font:15px/1.5 sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse;width:100%}
th,td{text-align:left;padding:.25rem .6rem;border-bottom:1px solid #ccc}.bad{color:#a00}@media print{body{margin:0}}</style></head><body>
<h1>Shift report: {{.Profile}}</h1><p>{{.When .From}} to {{.When .To}}, written by {{.Operator}}.</p>
{{with .Problem}}<p class="bad">Not complete: {{.}}</p>{{end}}
<h2>Watched</h2><p>{{len .Rooms}} classes</p><ul>{{range .Counts}}<li>{{.N}} {{.State}}</li>{{end}}</ul>
<h2>Open</h2><p>{{len .Open}} of unknown end, {{len .Late}} not on time, {{len .Out}} members kept out.</p>
<table><tr><th>What</th><th>Who or where</th><th>Class</th><th>State</th></tr>
{{range .Open}}<tr class="bad"><td>{{.What}}</td><td>{{.Target}}</td><td>{{.Intent.RoomName}}</td><td>{{.End}}: look at the target</td></tr>{{end}}
{{range .Late}}<tr><td>class</td><td>{{.ID}}</td><td>{{.Name.String}}</td><td>{{$.Why .}}</td></tr>{{end}}
{{range .Out}}<tr><td>kept out</td><td>{{.Target}}</td><td>{{.Intent.RoomName}}</td><td>{{$.Until .}}</td></tr>{{end}}</table>
<h2>Done</h2><p>{{len .Deeds}} operations, {{.Done}} of them done.</p>
<table><tr><th>Time</th><th>Action</th><th>Target</th><th>Class</th><th>Operator</th><th>End</th><th>Reason</th><th>RequestId</th></tr>
{{range .Deeds}}<tr><td>{{$.When .Intent.Time}}</td><td>{{.What}}</td><td>{{.Target}}</td><td>{{.Intent.RoomName}}</td><td>{{.Intent.Operator}}</td>
<td{{if not .OK}} class="bad"{{end}}>{{.End}}</td><td>{{.Intent.Reason}}</td><td>{{.Outcome.RequestID}}</td></tr>{{end}}</table>
</body></html>
`))
