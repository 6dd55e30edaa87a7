package cli

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"classtop/class/clean"
	"classtop/class/rescue"
	"classtop/tape"
	"classtop/ui"
	"classtop/ui/theme"
	"classtop/views"

	"github.com/spf13/cobra"
)

// tapedViews are the views that a recording has data for.
var tapedViews = slices.DeleteFunc(slices.Clone(maskedViews), func(name string) bool { return name == "requests" })

func (a *app) replayCmd() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "replay FILE",
		Short: "Play a recording through the same screens: pause, speed, seek",
		Long: "Play what classtop --record FILE kept. No account and no network are needed, and nothing can be changed:\n" +
			"the classes on the screen are those of another time. ; pauses, h and l go 10 seconds back and on, H and L\n" +
			"a minute, f and b to the next problem and the one before, > and < play faster and slower.",
		Example: "classtop --record shift.tape\nclasstop replay shift.tape",
		Args:    words("FILE"),
	}
	cmd.Flags().String("theme", theme.Auto, "colours: auto, dark, light, nord …; :theme shows them all")
	cmd.Flags().Bool("ascii", false, "draw with plain ASCII only")
	cmd.RunE = a.run(func(cmd *cobra.Command, args []string) error {
		player, err := tape.Load(args[0])
		if err != nil {
			return err
		}
		if !terminal(a.in) || !terminal(a.out) {
			return usage("a replay needs a terminal for input and output")
		}
		cfg, err := a.loadFor(cmd, true)
		if err != nil {
			return err
		}
		return a.replay(cmd.Context(), &link{cfg: cfg, lang: a.lang}, player)
	})
	return cmd
}

// replay shows a recording until the person leaves.
func (a *app) replay(parent context.Context, l *link, player *tape.Player) error {
	looks := readLooks(a.looksFile())
	if err := l.dress(looks); err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(parent)
	defer cancel()
	var fault crash
	defer rescue.OnFault(func(f *rescue.Fault) {
		fault.note(f)
		cancel()
	})()
	ended := make(chan struct{})
	rescue.Go("the player", func() {
		defer close(ended)
		_ = player.Run(ctx)
	})
	err := ui.Run(ctx, a.replayDeps(l, player, looks), a.screen())
	cancel()
	<-ended
	return a.account(cmp.Or(fault.first(), asFault(err)), err)
}

func (a *app) replayDeps(l *link, player *tape.Player, looks ui.Looks) ui.Deps {
	about := player.About()
	profile := strings.TrimSpace(clean.Line(about.Profile, 24))
	return ui.Deps{
		Session: player.Session(), Trend: player.Trend, Now: player.Now, Wall: a.now, Player: reels{player}, Runner: a.idle(), Save: saver(l.cfg.Exports),
		Keys: l.cfg.Keys, Views: tapeViews(), Actions: views.Actions(), Home: views.Home,
		Look: l.look(), Themes: l.themes, Theme: l.theme, ThemeBy: l.themeBy, Looks: looks, Keep: keepLooks(a.looksFile()),
		Location: l.cfg.Profile.TimeZone, Window: l.cfg.Profile.Window,
		Profile: ui.Profile{Name: profile, ReadOnly: true}, Version: version,
	}
}

func tapeViews() []ui.Def {
	return slices.DeleteFunc(views.All(), func(d ui.Def) bool { return !slices.Contains(tapedViews, d.Name) })
}

// reels makes a player speak the words of package ui.
type reels struct{ *tape.Player }

// Reel is where the player stands.
func (r reels) Reel() ui.Reel { return ui.Reel(r.Player.Reel()) }
