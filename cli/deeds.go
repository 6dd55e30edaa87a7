package cli

import (
	"context"
	"log/slog"
	"time"

	"classtop/config"
	"classtop/engine"
	"classtop/ops"
)

// deeds are what operators did: what the audit file says, and what those of
// the other hosts say, as far as they are known.
func (l *link) deeds() ([]ops.Entry, error) {
	own, err := l.reader.Read(l.cfg.Audit)
	if l.trail == nil {
		return own, err
	}
	others, away := l.trail.Others(context.Background())
	if err == nil {
		err = away
	}
	return joined(l.cfg, own, others), err
}

// joined are the lines of this host's audit file and of the others'.
func joined(cfg *config.Config, own, others []ops.Entry) []ops.Entry {
	for i := range own {
		own[i].KeptOn = thisHost(cfg)
	}
	return ops.Merge(own, others)
}

// auditOfOthers reads what the other hosts did, from classtop serve itself or
// beside it.
func (a *app) auditOfOthers(ctx context.Context, cfg *config.Config) ([]ops.Entry, error) {
	l := &link{cfg: cfg}
	if a.remote != nil {
		l = a.remote.shared.l
	}
	if !cfg.Serve.Engine.Shared() {
		return nil, usage("there are no other hosts: serve.engine is process. What this one did: classtop audit export")
	}
	bus := l.bus
	if bus == nil {
		var err error
		if bus, err = l.beside(); err != nil {
			return nil, coded{exitUsage, err}
		}
		defer bus.Close()
	}
	audit, err := ops.OpenAudit(cfg.Audit, a.now)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	return engine.AuditOfOthers(ctx, bus, audit)
}

// beside joins the other hosts from a command, beside the classtop serve of this
// one.
func (l *link) beside() (engine.Bus, error) {
	o := l.meeting(slog.New(slog.DiscardHandler))
	o.Beside = l.cfg.Serve.Engine.Embedded
	return engine.Open(o)
}
