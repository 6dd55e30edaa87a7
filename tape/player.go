package tape

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"sync"
	"time"

	"classtop/class"
	"classtop/poll"
)

// The speeds of a player, times as fast as it was.
var speeds = []float64{0.25, 0.5, 1, 2, 4, 8, 16, 32, 64}

// normal is the index of speed 1.
const normal = 2

// Player plays a recording to one session. Its clock is the recording's: what
// was 5 seconds old then is 5 seconds old now.
type Player struct {
	about  About
	data   []byte
	blocks []block
	raised []int64 // when problems were raised, in order
	cut    bool
	wake   chan struct{}

	mu      sync.Mutex
	base    time.Time // place in the recording at the time of since
	since   time.Time // by the real clock
	speed   int
	paused  bool
	moved   bool // somebody jumped: the state must be found anew
	end     time.Time
	err     error
	session *session

	dialect *dialect
	dec     *decoder
	open    int // the block being decoded; the next is open+1
}

// Load reads a recording. It is bounded by the size of the file.
func Load(name string) (*Player, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("replay: %w", err)
	}
	p, err := newPlayer(data)
	if err != nil {
		return nil, fmt.Errorf("replay %s: %w", name, err)
	}
	return p, nil
}

func newPlayer(data []byte) (*Player, error) {
	about, dialect, rest, err := readAbout(data)
	if err != nil {
		return nil, err
	}
	p := &Player{about: about, dialect: dialect, data: data, wake: make(chan struct{}, 1), speed: normal, moved: true}
	p.blocks, p.cut = index(data, rest)
	if len(p.blocks) == 0 {
		return nil, fmt.Errorf("there is nothing in it yet")
	}
	for _, b := range p.blocks {
		p.raised = append(p.raised, b.raised...)
		p.end = maxTime(p.end, time.UnixMilli(b.Last))
	}
	slices.Sort(p.raised)
	p.base, p.since = p.begin(), time.Now()
	p.session = &session{player: p, full: make(chan struct{}, 1), given: map[poll.Topic]bool{}, box: map[poll.Topic][]poll.Update{}}
	return p, nil
}

func maxTime(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func (p *Player) begin() time.Time { return time.UnixMilli(p.blocks[0].First) }

// About says where the recording came from.
func (p *Player) About() About { return p.about }

// Now is the recording's clock.
func (p *Player) Now() time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.now()
}

func (p *Player) now() time.Time {
	if p.paused {
		return p.base
	}
	at := p.base.Add(time.Duration(float64(time.Since(p.since)) * speeds[p.speed]))
	if at.After(p.end) {
		return p.end
	}
	return at
}

// errCut is why a file is shorter than it was to be.
var errCut = errors.New("the end of the recording is missing: its last block is not whole")

// Reel is where a player stands.
type Reel struct {
	Begin, End, At time.Time
	Speed          float64
	Paused         bool
	Err            error // why it does not go on
}

// Reel returns where the player stands.
func (p *Player) Reel() Reel {
	p.mu.Lock()
	defer p.mu.Unlock()
	at := p.now()
	err := p.err
	if err == nil && p.cut {
		err = errCut
	}
	return Reel{Begin: p.begin(), End: p.end, At: at, Speed: speeds[p.speed], Paused: p.paused || !at.Before(p.end), Err: err}
}

// set makes the clock go on from a place.
func (p *Player) set(at time.Time) {
	if at.Before(p.begin()) {
		at = p.begin()
	}
	if at.After(p.end) {
		at = p.end
	}
	p.base, p.since = at, time.Now()
}

// Toggle pauses, or goes on; from the end it begins anew.
func (p *Player) Toggle() {
	p.change(func() {
		at := p.now()
		if !p.paused && !at.Before(p.end) {
			p.moved, at = true, p.begin()
			p.set(at)
			return
		}
		p.set(at)
		p.paused = !p.paused
	})
}

// Faster doubles the speed, up to 64 times.
func (p *Player) Faster() {
	p.change(func() { p.set(p.now()); p.speed = min(p.speed+1, len(speeds)-1) })
}

// Slower halves the speed, down to a quarter.
func (p *Player) Slower() { p.change(func() { p.set(p.now()); p.speed = max(p.speed-1, 0) }) }

// Jump goes forward, or back, by a time.
func (p *Player) Jump(by time.Duration) {
	p.change(func() { p.moved = true; p.set(p.now().Add(by)) })
}

// together is how near to each other problems count as one place to jump to.
const together = time.Second

// Problem goes to where the next problem was raised, or the one before. It
// tells whether there was one.
func (p *Player) Problem(forward bool) (found bool) {
	p.change(func() {
		at := p.now()
		to := slices.IndexFunc(p.raised, func(ms int64) bool { return time.UnixMilli(ms).After(at.Add(together)) })
		if !forward {
			to = -1
			for i, ms := range p.raised {
				if time.UnixMilli(ms).Before(at.Add(-2 * together)) {
					to = i
				}
			}
		}
		if found = to >= 0; found {
			p.moved = true
			p.set(time.UnixMilli(p.raised[to]))
		}
	})
	return found
}

func (p *Player) change(do func()) {
	p.mu.Lock()
	do()
	p.mu.Unlock()
	p.nudge()
}

func (p *Player) nudge() {
	select {
	case p.wake <- struct{}{}:
	default:
	}
}

// Trend returns the latest readings of a class, as poll.Hub.History does.
func (p *Player) Trend(id class.RoomID) []poll.Sample {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.dec == nil || p.dec.trends[id] == nil {
		return nil
	}
	return p.dec.trends[id].Samples()
}

// Run plays until the context ends, and returns its error.
func (p *Player) Run(ctx context.Context) error {
	timer := time.NewTimer(0)
	defer timer.Stop()
	for ctx.Err() == nil {
		timer.Reset(p.play())
		select {
		case <-ctx.Done():
		case <-timer.C:
		case <-p.wake:
		}
	}
	return ctx.Err()
}

// frame is the least time between two looks: nobody sees more.
const frame = 30 * time.Millisecond

// idle is how long a player sleeps that has nothing to play.
const idle = time.Minute

// play gives the session what has happened by now and returns how long
// nothing else does.
func (p *Player) play() time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.moved {
		p.find(p.now())
		p.session.jumped()
	}
	touched := p.forward(p.now())
	p.session.give(touched)
	if p.paused {
		return idle
	}
	next, some := p.next()
	if !some {
		return idle
	}
	return max(frame, time.Duration(float64(next.Sub(p.now()))/speeds[p.speed]))
}

// find goes to the last key block before a moment.
func (p *Player) find(at time.Time) {
	p.moved = false
	p.dec, p.open = newDecoder(p.dialect), -1
	for i, b := range p.blocks {
		if b.Key == 1 && b.First <= at.UnixMilli() {
			p.open = i - 1
		}
	}
	p.forward(at)
}

// next is when the next frame is to be played.
func (p *Player) next() (time.Time, bool) {
	switch {
	case p.dec.more():
		return time.UnixMilli(p.dec.next()), true
	case p.open+1 < len(p.blocks):
		return time.UnixMilli(p.blocks[p.open+1].First), true
	}
	return time.Time{}, false
}

// forward decodes up to a moment and returns the topics that changed.
func (p *Player) forward(at time.Time) []poll.Topic {
	var touched []poll.Topic
	for {
		next, some := p.next()
		if !some || next.After(at) {
			return touched
		}
		if !p.dec.more() {
			p.load()
			continue
		}
		t, repeats, err := p.dec.step()
		if err != nil {
			p.stop(err)
			return touched
		}
		if !repeats {
			touched = append(touched, t)
		}
	}
}

// load opens the next block.
func (p *Player) load() {
	p.open++
	b := &p.blocks[p.open]
	frames, err := b.unpacked(p.data)
	if err != nil {
		p.stop(err)
		return
	}
	p.dec.block(frames, b.Key == 1)
}

// stop ends the recording where it is damaged.
func (p *Player) stop(err error) {
	p.end = maxTime(p.begin(), time.UnixMilli(p.blocks[max(0, p.open)].First))
	p.err = fmt.Errorf("%w at %s", err, p.end.UTC().Format(time.TimeOnly+" UTC"))
	p.dec.block(nil, false)
	p.blocks = p.blocks[:max(1, p.open)]
	p.open = len(p.blocks)
	p.set(p.now())
}
