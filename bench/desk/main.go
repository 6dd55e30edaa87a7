// Command desk shows a class with many members on the terminal, fed by itself:
// what is measured is the screen alone.
package main

import (
	"context"
	"flag"
	"fmt"
	"log/slog"
	"net"
	"os"
	"slices"
	"time"

	"golang.org/x/crypto/ssh"

	"classtop/bench/data"
	"classtop/keymap"
	"classtop/poll"
	"classtop/serve"
	"classtop/ui"
	"classtop/ui/uitest"
	"classtop/views"
)

func main() {
	members := flag.Int("members", 10_000, "people in the class")
	every := flag.Duration("every", 0, "time between two new lists; 0: never, and the clock stands")
	keys := flag.String("serve", "", "file with the public keys of those who may see it over SSH; empty: it is shown here")
	flag.Parse()
	start, session := time.Now(), uitest.NewSession()
	now := func() time.Time {
		if *every == 0 {
			return data.Now
		}
		return data.Now.Add(time.Since(start))
	}
	session.Put(data.Cards(40, now())...)
	if *every > 0 {
		go feed(session, *members, *every, now)
	}
	deps := ui.Deps{
		Session: school{session, data.Members(*members, 1, 10, now())}, Runner: &uitest.Runner{}, Keys: keymap.Default(), Views: views.All(), Actions: views.Actions(), Home: views.Home,
		Poke: func(...poll.Topic) {}, Status: func() ui.Status { return ui.Status{Used: 7, Limit: 10} },
		Now: now, Location: data.Now.Location(), Profile: ui.Profile{Name: "bench"},
	}
	err := error(nil)
	if *keys != "" {
		err = overSSH(*keys, deps)
	} else {
		err = ui.Run(context.Background(), deps, ui.Terminal{In: os.Stdin, Out: os.Stdout, Env: os.Environ()})
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// overSSH shows the class to whoever comes with one of the keys, and prints
// where and the host's own key as ssh keeps it.
func overSSH(keys string, deps ui.Deps) error {
	log := slog.New(slog.DiscardHandler)
	who, err := serve.OpenKeys(keys, log)
	if err != nil {
		return err
	}
	host, _, err := serve.HostKey(keys + ".host")
	if err != nil {
		return err
	}
	server, err := serve.New(serve.Config{Keys: who, HostKey: host, Limits: serve.DefaultLimits(), Log: log, Dashboard: func(serve.Guest) ui.Deps { return deps }})
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Println(l.Addr(), string(ssh.MarshalAuthorizedKey(host.PublicKey())))
	return server.Serve(context.Background(), l)
}

// school sends the members when they are wanted.
type school struct {
	*uitest.Session
	members poll.Update
}

// Want implements ui.Session.
func (s school) Want(wants []poll.Want) {
	s.Session.Want(wants)
	if slices.ContainsFunc(wants, func(w poll.Want) bool { return w.Topic == s.members.Topic }) {
		s.Put(s.members)
	}
}

// feed sends a new list of members, of whom every tenth did something.
func feed(session *uitest.Session, members int, every time.Duration, now func() time.Time) {
	for round := 2; ; round++ {
		time.Sleep(every)
		session.Put(append(data.Cards(40, now()), data.Members(members, round, 10, now()))...)
	}
}
