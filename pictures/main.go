//go:build unix

// Command pictures draws the README's pictures: it runs the real program on a
// simulated school, records what it writes to its terminal, and lets xterm.js
// in Chromium show it. See CONTRIBUTING.md.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"time"
)

// to is where the pictures are.
const to = "../docs/pictures"

func main() {
	all := flag.Bool("all", false, "draw all pictures, not only those whose frames changed")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := draw(ctx, *all); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// draw draws what is out of date. What it needs is looked for before anything
// else is done.
func draw(ctx context.Context, all bool) error {
	dir, err := os.MkdirTemp("", "classtop-pictures")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	s, err := prepare(ctx, dir)
	if err != nil {
		return fmt.Errorf("the pictures cannot be drawn here:\n%w", err)
	}
	defer s.stop()
	say("what the frames show now")
	now := filepath.Join(dir, "frames")
	if err := os.Mkdir(now, 0o755); err != nil {
		return err
	}
	if err := run(ctx, ".", "test", "-count=1", "-run", "^TestFrames$", ".", "-args", "-frames", now); err != nil {
		return err
	}
	due := stale(now, all)
	if len(due) == 0 {
		say("every picture is up to date; -all draws them all the same")
		return nil
	}
	program := filepath.Join(dir, "classtop")
	if err := run(ctx, "..", "build", "-trimpath", "-ldflags", "-s -w -X classtop/cli.version=demo", "-o", program, "."); err != nil {
		return err
	}
	opens := opening(time.Now())
	say("the school opens at %s; the pictures are ready about %.0f minutes later", opens.Format(time.TimeOnly), warmUp.Minutes()+2)
	zone := filepath.Join(dir, "zone")
	if err := errors.Join(os.WriteFile(zone, zoneOf(opens), 0o644), wait(ctx, opens)); err != nil {
		return err
	}
	return record(ctx, dir, program, zone, now, due, s)
}

// prepare finds or fetches everything that drawing needs.
func prepare(ctx context.Context, dir string) (*studio, error) {
	browser, err := findBrowser()
	if err != nil {
		return nil, err
	}
	page, err := writePage(ctx, dir)
	if err != nil {
		return nil, err
	}
	return openStudio(ctx, browser, page)
}

// stale are the pictures that are missing or show another frame than now.
func stale(now string, all bool) map[string]bool {
	due := map[string]bool{}
	for _, s := range sessions {
		for _, name := range s.pictures() {
			before, missing := os.ReadFile(frameFile("frames", name))
			after, _ := os.ReadFile(frameFile(now, name))
			_, undrawn := os.Stat(s.file(name))
			if all || missing != nil || undrawn != nil || !slices.Equal(words(string(before)), words(string(after))) {
				due[name] = true
			}
		}
	}
	return due
}

func frameFile(dir, name string) string { return filepath.Join(dir, name+".txt") }

// file is where a picture of the session is.
func (s *session) file(name string) string {
	if s.film != "" {
		return filepath.Join(to, name+".gif")
	}
	return filepath.Join(to, name+".png")
}

// record runs all sessions that have a picture to draw, side by side, and
// draws those.
func record(ctx context.Context, dir, program, zone, now string, due map[string]bool, s *studio) error {
	type take struct {
		session *session
		recording
		err error
	}
	takes, running := make(chan take), 0
	for i := range sessions {
		one := &sessions[i]
		for _, name := range one.pictures() {
			if due[name] {
				running++
				go func() {
					r, err := one.record(program, filepath.Join(dir, fmt.Sprint("home", i)), zone)
					takes <- take{one, r, err}
				}()
				break
			}
		}
	}
	var errs []error
	for range running {
		select {
		case t := <-takes:
			if t.err == nil {
				t.err = t.session.print(t.recording, now, due, s)
			}
			errs = append(errs, t.err)
		case <-ctx.Done(): // the programs end with their terminals
			return ctx.Err()
		}
	}
	return errors.Join(errs...)
}

// record plays the session on the real program.
func (s *session) record(program, home, zone string) (recording, error) {
	l, err := openLocation(s, program, home, zone)
	if err != nil {
		return recording{}, err
	}
	defer l.desk.End()
	err = s.play(l)
	return l.recording, err
}

// print writes the pictures that are due, and the text of the frames that they
// show.
func (s *session) print(r recording, now string, due map[string]bool, st *studio) error {
	pictures, err := st.develop(r, s.paper)
	if err != nil {
		return err
	}
	files := map[string][]byte{}
	if s.film != "" {
		if files[s.film], err = film(pictures); err != nil {
			return err
		}
	} else {
		for _, p := range pictures {
			if !due[p.name] {
				continue
			}
			if files[p.name], err = still(p.image); err != nil {
				return err
			}
		}
	}
	for name, data := range files {
		frame, err := os.ReadFile(frameFile(now, name))
		if err != nil {
			return err
		}
		if err := errors.Join(os.WriteFile(s.file(name), data, 0o644), os.WriteFile(frameFile("frames", name), frame, 0o644)); err != nil {
			return err
		}
		say("%s  %d KiB", filepath.Base(s.file(name)), len(data)>>10)
	}
	return nil
}

// run runs a go command.
func run(ctx context.Context, dir string, args ...string) error {
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("go %s: %w\n%s", args[0], err, out)
	}
	return nil
}

func say(format string, args ...any) { fmt.Printf(format+"\n", args...) }
