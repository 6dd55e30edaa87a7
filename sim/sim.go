// Package sim is a simulated school behind the real protocols: a seeded world
// of classes and people that moves with time, and a server that verifies
// signatures, parameters and rates as the cloud does. It shares no code with
// the client, so that a mistake on one side cannot hide on the other.
package sim

import (
	"math/rand/v2"
	"net/http"
	"sync"
	"time"
)

// Options describe the school. The zero value is a school of 40 classes that
// starts now and runs at the speed of the clock.
type Options struct {
	Seed    uint64           // the same seed gives the same school
	Rooms   int              // classes at the start; 0 is 40
	Members int              // people in a class, on average; 0 is 28
	Speed   float64          // simulated seconds in a second; 0 is 1
	Faults  *Faults          // what goes wrong from the start; nil is nothing
	Now     func() time.Time // the clock; nil is time.Now
	Start   time.Time        // the simulated time at the start; zero is now
	Edition Edition          // which actions there are; empty is Newer
	Token   string           // a session token that requests must bear; empty asks for none
}

// Edition is what of the API an account has.
type Edition string

// The editions.
const (
	Newer  Edition = "newer"  // the manual's actions and those that came after it
	Manual Edition = "manual" // the manual's only, as on the international site
)

// Hello says how to reach the school; the first line that `classtop sim`
// prints is this as JSON. The keys belong to the simulated school only.
type Hello struct {
	Endpoint           string `json:"endpoint"`             // LCIC, CAR and IoT Explorer; empty until it listens
	RoomEngineEndpoint string `json:"room_engine_endpoint"` // empty until it listens
	SecretID           string `json:"secret_id"`
	SecretKey          string `json:"secret_key"`
	SdkAppID           uint64 `json:"sdk_app_id"`
	Admin              string `json:"admin"`
	UserSigKey         string `json:"usersig_key"`
}

// Server is one simulated school. It has no goroutine of its own: the world
// moves on when somebody asks. All methods may be called at any time.
type Server struct {
	mu      sync.Mutex
	hello   Hello
	token   string
	edition Edition
	now     func() time.Time
	speed   float64
	started time.Time // by the clock
	origin  time.Time // in the world
	world   *world
	meter   meter
	faults  faultList
	journal []Entry
	ids     *rand.Rand // request ids and dice for faults
	calls   uint64
}

// New opens a school.
func New(o Options) *Server {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Speed <= 0 {
		o.Speed = 1
	}
	s := &Server{
		hello: Hello{
			SecretID: "AKIDSIMULATED", SecretKey: "key-of-the-simulated-school",
			SdkAppID: 3520371, Admin: "administrator", UserSigKey: "usersig-key-of-the-simulated-school",
		},
		token: o.Token, edition: o.Edition, now: o.Now, speed: o.Speed, started: o.Now(), origin: o.Start,
		meter: newMeter(), ids: rand.New(rand.NewPCG(o.Seed, 0x1d5)),
	}
	if s.origin.IsZero() {
		s.origin = s.started
	}
	if o.Faults != nil {
		s.faults.set(*o.Faults)
	}
	s.world = newWorld(o.Seed, positive(o.Rooms, 40), positive(o.Members, 28), s.origin.Unix(), s.hello.SdkAppID)
	return s
}

func positive(n, otherwise int) int {
	if n > 0 {
		return n
	}
	return otherwise
}

// Credentials returns the keys of the school. The caller fills the endpoints
// in once it listens.
func (s *Server) Credentials() Hello { return s.hello }

// Time returns the moment in the simulated world.
func (s *Server) Time() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.time()
}

func (s *Server) time() time.Time {
	passed := s.now().Sub(s.started)
	if s.speed != 1 {
		passed = time.Duration(float64(passed) * s.speed)
	}
	return s.origin.Add(passed)
}

// Problems lists what the simulator made go wrong in classes so far, past,
// present and future, in the order of their beginning.
func (s *Server) Problems() []Problem {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.world.advance(s.time().Unix())
	return s.world.problemList()
}

var _ http.Handler = (*Server)(nil)
