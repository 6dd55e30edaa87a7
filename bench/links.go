//go:build unix

package main

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"classtop/bench/screen"
	"classtop/bench/table"
	"classtop/bench/term"
)

// walk is what somebody does in a list of 10,000 members, half of them with
// Chinese names: steps, pages, the end and the beginning, another tab and back,
// a filter.
var walk = append(strings.Split("jjjjjjjjjjjjjjjjjjjjkkkk", ""), "\x1b[6~", "\x1b[6~", "jjjjj", "G", "g", "1", "2", "/", "娜", "\x1b")

// links counts the bytes of the same walk on a terminal, over SSH and in tmux.
func links(t *table.Table) error {
	w, desk, clean, err := openDesk()
	if err != nil {
		return err
	}
	defer clean()
	for _, l := range []struct {
		where string
		open  func(desk string) (link, error)
	}{{"on a terminal", w.direct}, {"over SSH, as ssh writes them", w.ssh}, {"in tmux, as tmux gets them", w.tmux}} {
		shown, err := l.open(desk)
		if err == nil {
			err = stroll(t, l.where, shown)
			shown.end()
		}
		if err != nil {
			return fmt.Errorf("%s: %w", l.where, err)
		}
	}
	return nil
}

// stroll takes the walk and adds a row: what was written for it, and the least
// from each screen at rest to the next.
func stroll(t *table.Table, where string, l link) error {
	if err := enter(l.Desk); err != nil {
		return err
	}
	l.Rest(rest)
	began, least, before := l.sent(), 0, l.Cells()
	for _, keys := range walk {
		if err := l.Type(keys); err != nil {
			return err
		}
		l.Rest(rest)
		after := l.Cells()
		bytes, _ := screen.Least(before, after)
		least, before = least+bytes, after
	}
	wrote := l.sent() - began
	ratio := float64(wrote) / float64(least)
	t.Add(ratio <= 1.25, table.Row{What: "bytes of a walk through a class " + where, Target: "at most 1.25 x the minimum",
		Measured: fmt.Sprintf("%d bytes", wrote), Baseline: fmt.Sprintf("%d minimum", least), Ratio: times(ratio)})
	return nil
}

// rest is how long nothing is written before a screen counts as done.
const rest = 150 * time.Millisecond

// link is a terminal on which the members are shown.
type link struct {
	*term.Desk
	sent func() int // bytes so far
	end  func()
}

func (w workshop) direct(desk string) (link, error) {
	d, err := term.Run(w.dir, 120, 40, desk)
	if err != nil {
		return link{}, err
	}
	return link{d, d.Sent, d.End}, nil
}

// ssh is OpenSSH's client at the program's own server.
func (w workshop) ssh(desk string) (link, error) {
	key, keys, known := filepath.Join(w.dir, "key"), filepath.Join(w.dir, "keys"), filepath.Join(w.dir, "known")
	if out, err := exec.Command("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key).CombinedOutput(); err != nil {
		return link{}, fmt.Errorf("ssh-keygen: %w: %s", err, out)
	}
	public, err := os.ReadFile(key + ".pub")
	if err != nil {
		return link{}, err
	}
	if err := os.WriteFile(keys, append([]byte(`name="bench",role="viewer" `), public...), 0o600); err != nil {
		return link{}, err
	}
	server := exec.Command(desk, "-serve", keys)
	out, err := server.StdoutPipe()
	if err != nil {
		return link{}, err
	}
	if err := server.Start(); err != nil {
		return link{}, err
	}
	stop := func() {
		_ = server.Process.Kill()
		_ = server.Wait()
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		stop()
		return link{}, fmt.Errorf("the server did not start: %w", err)
	}
	at, host, _ := strings.Cut(line, " ")
	_, port, _ := strings.Cut(at, ":")
	if err := os.WriteFile(known, []byte("bench "+host), 0o600); err != nil {
		stop()
		return link{}, err
	}
	d, err := term.Run(w.dir, 120, 40, "ssh", "-F", "none", "-i", key, "-p", port, "-o", "IdentitiesOnly=yes", "-o", "HostKeyAlias=bench",
		"-o", "UserKnownHostsFile="+known, "127.0.0.1")
	if err != nil {
		stop()
		return link{}, err
	}
	return link{d, d.Sent, func() { d.End(); stop() }}, nil
}

// tmux shows it in a pane of the terminal's size and copies what the program
// writes into a file.
func (w workshop) tmux(desk string) (link, error) {
	config, socket, copied := filepath.Join(w.dir, "tmux.conf"), filepath.Join(w.dir, "tmux"), filepath.Join(w.dir, "copied")
	settings := "set -g status off\nset -g default-terminal tmux-256color\nset -as terminal-features ',xterm*:RGB'\nset -sg escape-time 10\n"
	if err := os.WriteFile(config, []byte(settings), 0o600); err != nil {
		return link{}, err
	}
	d, err := term.Run(w.dir, 120, 40, "tmux", "-f", config, "-S", socket, "new-session", desk)
	if err != nil {
		return link{}, err
	}
	run := func(args ...string) error {
		out, err := exec.Command("tmux", append([]string{"-S", socket}, args...)...).CombinedOutput()
		if err != nil {
			return fmt.Errorf("tmux %s: %w: %s", args[0], err, out)
		}
		return nil
	}
	end := func() {
		_ = run("kill-server")
		d.End()
	}
	_, err = d.Until("the rooms", func() bool { return strings.HasPrefix(position(d), "1/") })
	if err == nil {
		err = run("pipe-pane", "cat >"+copied)
	}
	if err != nil {
		end()
		return link{}, err
	}
	sent := func() int {
		info, err := os.Stat(copied)
		if err != nil {
			return 0
		}
		return int(info.Size())
	}
	return link{d, sent, end}, nil
}
