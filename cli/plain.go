package cli

import (
	"bufio"
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"classtop/class/rescue"
	"classtop/ops"
	"classtop/poll"
	"classtop/serve"
	"classtop/ui"
)

// plain is the dashboard as lines: for screen readers, logs and pipes. What
// changes is told as it happens; typed lines are commands, those of classtop
// itself among them, with the same checks, questions and audit file.
type plain struct {
	a      *app
	shared *shared
	stamp  string     // form of the time in front of each line
	mu     sync.Mutex // a command's output is not interrupted
	log    *chronicle
}

// The forms of the time: short for ears, whole for logs.
const (
	stampShort = "15:04:05"
	stampWhole = "2006-01-02T15:04:05-07:00"
)

// lines shows the school until the person leaves or a signal comes.
func (a *app) lines(parent context.Context, l *link) error {
	ctx, stop := interruptible(parent)
	defer stop()
	s := a.share(l)
	p := &plain{a: a, shared: s, stamp: stampWhole, log: newChronicle(l.lang)}
	if terminal(a.out) {
		p.stamp = stampShort
	}
	return s.run(ctx, a, func(ctx context.Context) error {
		session := s.deps(s.runner).Session
		defer session.Close()
		session.Want([]poll.Want{{Topic: poll.Topic{Kind: poll.Rooms}, Tier: poll.Visible}, {Topic: poll.Topic{Kind: poll.Cards}, Tier: poll.Background}})
		p.say(l.lang.Say("classtop %s, profile %s. Type help for what can be typed here.", version, l.cfg.Profile.Name))
		ctx, leave := context.WithCancel(ctx)
		defer leave()
		rescue.Go("typed lines", func() { p.listen(ctx, leave) })
		return p.watch(ctx, session)
	})
}

// watch tells what changes.
func (p *plain) watch(ctx context.Context, session ui.Session) error {
	for {
		updates, err := session.Wait(ctx)
		if err != nil {
			if ctx.Err() != nil {
				return nil // the person left
			}
			return err
		}
		p.mu.Lock()
		var lines []string
		for _, u := range updates {
			lines = append(lines, p.log.apply(u)...)
		}
		p.print(lines...)
		p.mu.Unlock()
	}
}

func (p *plain) say(lines ...string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.print(lines...)
}

func (p *plain) print(lines ...string) {
	at := p.a.now().In(p.shared.l.cfg.Profile.TimeZone).Format(p.stamp)
	for _, l := range lines {
		fmt.Fprintln(p.a.out, at+" "+p.a.lang.Tell(l))
	}
}

// listen takes typed lines. The end of a terminal's input leaves; that of a
// file or a pipe only means that nothing more is asked.
func (p *plain) listen(ctx context.Context, leave func()) {
	in := bufio.NewReader(p.a.in)
	for ctx.Err() == nil {
		line, err := in.ReadString('\n')
		if words := strings.Fields(line); len(words) > 0 && !p.obey(ctx, words) {
			leave()
			return
		}
		if err != nil {
			if terminal(p.a.in) {
				leave()
			}
			return
		}
	}
}

// obey carries out a typed line; it tells whether to go on.
func (p *plain) obey(ctx context.Context, words []string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if words[0] == "classtop" {
		words = words[1:]
	}
	switch first := strings.Join(words[:min(1, len(words))], ""); first {
	case "quit", "q", "exit":
		return false
	case "", "help", "?":
		p.help()
	case "attention", "a":
		p.print(p.log.attention()...)
	default:
		if first == "list" || first == "l" {
			words = append([]string{"get", "rooms"}, words[1:]...)
		}
		p.exec(ctx, words)
	}
	return true
}

// exec runs a command of classtop on what this program has open already.
func (p *plain) exec(ctx context.Context, words []string) {
	guest := serve.Guest{Person: serve.Person{Name: p.a.operator(), Role: ops.Lead}}
	if !slices.Contains(remoteCommands, words[0]) {
		p.print(p.a.lang.Say("there is no command %q here: type help", words[0]))
		return
	}
	far := &app{env: p.a.env, in: p.a.in, out: p.a.out, err: p.a.err, now: p.a.now, remote: &remote{p.shared, guest}, lang: p.a.lang}
	if code := far.obey(ctx, words); code != exitDone {
		p.print(p.a.lang.Say("ended with status %d", code))
	}
}

func (p *plain) help() {
	for _, l := range []string{
		"attention: what is open, the worst first",
		"list: all classes",
		"get room ID, get members ID, get questions ID: one class",
		"kick ROOM USER, end ROOM, start ROOM, seat …: the commands of classtop, each asks first",
		"quit: leave",
	} {
		p.print(p.a.lang.Say(l))
	}
}
