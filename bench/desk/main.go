// Command desk shows a class with many members on the terminal, fed by itself:
// what is measured is the screen alone.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"time"

	"classtop/bench/data"
	"classtop/keymap"
	"classtop/poll"
	"classtop/ui"
	"classtop/ui/uitest"
	"classtop/views"
)

func main() {
	members := flag.Int("members", 10_000, "people in the class")
	every := flag.Duration("every", 0, "time between two new lists; 0: never, and the clock stands")
	flag.Parse()
	start, session := time.Now(), uitest.NewSession()
	now := func() time.Time {
		if *every == 0 {
			return data.Now
		}
		return data.Now.Add(time.Since(start))
	}
	session.Put(append(data.Cards(40, now()), data.Members(*members, 1, 10, now()))...)
	if *every > 0 {
		go feed(session, *members, *every, now)
	}
	err := ui.Run(context.Background(), ui.Deps{
		Session: session, Runner: &uitest.Runner{}, Keys: keymap.Default(), Views: views.All(), Actions: views.Actions(), Home: views.Home,
		Poke: func(...poll.Topic) {}, Status: func() ui.Status { return ui.Status{Used: 7, Limit: 10} },
		Now: now, Location: data.Now.Location(), Profile: ui.Profile{Name: "bench"},
	}, ui.Terminal{In: os.Stdin, Out: os.Stdout, Env: os.Environ()})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// feed sends a new list of members, of whom every tenth did something.
func feed(session *uitest.Session, members int, every time.Duration, now func() time.Time) {
	for round := 2; ; round++ {
		time.Sleep(every)
		session.Put(append(data.Cards(40, now()), data.Members(members, round, 10, now()))...)
	}
}
