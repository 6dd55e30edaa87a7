package cli

import (
	"context"
	"slices"
	"strings"
	"time"

	"classtop/class"
	"classtop/class/clean"
	"classtop/lang"
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
	Notes             []ops.Note   // written since
	Rooms             []class.Room
	Counts            []stateCount
	Late              []class.Room // should have begun, or ended
	Problem           string       // why the audit file or the classes are not all there
	zone              *time.Location
	lang              lang.Lang
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
			return s.page().html(a.out)
		}
		return s.page().markdown(a.out)
	})
	return cmd
}

// shift collects. A part that cannot be read is named in the report: the rest
// is worth having all the same.
func (a *app) shift(ctx context.Context, l *link, since time.Duration) *shift {
	now, p := l.now(), &l.cfg.Profile
	s := &shift{Profile: clean.Line(p.Name, 60), Operator: clean.Line(a.operator(), 60), From: now.Add(-since), To: now, zone: p.TimeZone, lang: a.lang}
	entries, err := l.deeds()
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
	notes, err := ops.OpenNotes(l.cfg.Notes(), l.now, clean.Line)
	s.note("The notes", err)
	s.Notes = notes.Since(s.From)
	from, to := p.Window(now)
	s.Rooms, err = l.client.Rooms(ctx, from, to)
	s.note("The list of classes", err)
	s.count()
	return s
}

func (s *shift) note(what string, err error) {
	if err != nil {
		s.Problem = strings.TrimSpace(s.Problem + " " + s.lang.Tell(what) + ": " + s.lang.Tell(clean.Line(err.Error(), 300)) + ".")
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
		return s.lang.Say("for good")
	}
	return s.lang.Say("until %s", s.When(k.Until))
}

// Why says what is wrong with a class's time.
func (s *shift) Why(r class.Room) string {
	if r.Status == class.RoomUpcoming {
		return s.lang.Say("not started since %s", s.When(r.Start.Time()))
	}
	return s.lang.Say("overrun since %s", s.When(r.End.Time()))
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
