package ui

import (
	"time"

	"classtop/class"
	"classtop/poll"
)

// Status is what the header says of the connection and the budget.
type Status struct {
	Waiting bool          // nothing has come yet
	Problem *class.Error  // the last fetch failed; nil when all is well
	Since   time.Time     // when the trouble began
	Part    string        // a system or an action that alone is in trouble; empty: none
	Partly  *class.Error  // what its trouble is
	Stopped bool          // polling has stopped until a person mends something
	Used    int           // requests in the last second, of the busiest action
	Limit   int           // requests a second it may use
	Slowed  bool          // another client made the server refuse
	Foreign float64       // what somebody else seems to use a second; 0: nobody noticed
	Offset  time.Duration // server's clock minus ours; 0 if none was needed
}

// StatusOf puts the header's figures together of what the poller says. The
// gauge shows the action that uses the most of its share.
func StatusOf(h poll.Health, uses []poll.ActionUse, offset time.Duration) Status {
	st := Status{
		Waiting: h.State == poll.Connecting, Problem: h.Err, Since: h.Since,
		Stopped: h.State == poll.Stopped, Offset: offset,
	}
	if h.Part != "" { // the data of all else are as fresh as ever
		st.Part, st.Partly, st.Problem = h.Part, h.Err, nil
	}
	worst := -1.0
	for _, u := range uses {
		st.Slowed = st.Slowed || u.Recent > 0
		st.Foreign = max(st.Foreign, u.Foreign)
		if u.Share <= 0 {
			continue
		}
		if part := float64(u.Used) / u.Share; part > worst {
			worst, st.Used, st.Limit = part, u.Used, max(1, int(u.Share))
		}
	}
	return st
}
