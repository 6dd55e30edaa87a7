package cli

import (
	"cmp"
	"log/slog"
	"os"
	"strconv"

	"classtop/config"
	"classtop/engine"
	"classtop/ops"
	"classtop/poll"
	"classtop/serve"
)

// meet connects with the other hosts, if the configuration speaks of any.
func (l *link) meet(log *slog.Logger) (engine.Bus, error) {
	if !l.cfg.Serve.Engine.Shared() {
		return nil, nil
	}
	l.log = log
	return engine.Open(l.meeting(log))
}

// meeting says where the hosts meet.
func (l *link) meeting(log *slog.Logger) engine.Options {
	e := l.cfg.Serve.Engine
	return engine.Options{
		URL: e.URL, Listen: e.Listen, Credentials: e.Credentials, Cert: e.Cert, Key: e.Key, CA: e.CA, Dir: e.Dir,
		School: strconv.FormatUint(l.cfg.Profile.SdkAppID, 10), Log: log,
	}
}

// engine is what decides whether the hub polls.
func (l *link) engine(a *app, hub *poll.Hub, runner func() *ops.Runner) engine.Engine {
	if l.bus == nil {
		return engine.Alone{Hub: hub, Budget: l.budget}
	}
	node := engine.NewNode(engine.Config{Bus: l.bus, Hub: hub, Budget: l.budget, Host: l.host(), Log: l.log, Now: a.now, Runner: runner})
	l.via, l.after = node.Via, node.After
	return node
}

// hostName is what audit lines say of where an operator was; empty where there
// is one host.
func (l *link) hostName() string {
	if l.bus == nil {
		return ""
	}
	return l.host()
}

// host is what the other hosts call this one.
func (l *link) host() string { return thisHost(l.cfg) }

func thisHost(cfg *config.Config) string {
	name, _ := os.Hostname()
	return cmp.Or(cfg.Serve.Engine.Host, name, "a host")
}

// hostFigures say what this host does among the others.
func (s *shared) hostFigures() []serve.Figure {
	if s.l.bus == nil {
		return nil
	}
	now := s.engine.Standing()
	mode := serve.Figure{Name: "classtop_engine_mode", Help: "1 for what this host does among the others.", Values: oneOf("mode", engine.Following, engine.Lone, now.Mode)}
	return []serve.Figure{mode, {Name: "classtop_engine_followers", Help: "Hosts that this one polls for.", Values: serve.One(float64(now.Hosts))}}
}
