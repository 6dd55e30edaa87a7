# make demo and make test need nothing but Go.

GO       ?= go
PKGS     ?= ./...
VERSION  ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
LDFLAGS  := -s -w -X classtop/cli.version=$(VERSION)
FUZZTIME ?= 5s
SOAK     ?= 10m
FUZZJOBS ?= 2
# RACE=1 adds the race detector, which needs a C compiler.
TESTFLAGS := $(if $(RACE),-race)

.PHONY: build build-cluster demo test lint bench serve-load hosts faults soak vuln fuzz pictures package clean

build:
	CGO_ENABLED=0 $(GO) build -trimpath -ldflags "$(LDFLAGS)" -o classtop .

# The same with what several hosts need to share a school: 10 MiB more.
build-cluster:
	CGO_ENABLED=0 $(GO) build -tags cluster -trimpath -ldflags "$(LDFLAGS)" -o classtop-cluster .

demo: build
	./classtop --demo

test:
	$(GO) test $(TESTFLAGS) $(PKGS)
	cd bench && $(GO) test $(TESTFLAGS) ./...
	cd pictures && $(GO) test $(TESTFLAGS) ./...

lint:
	@unformatted=$$(gofmt -l .); \
	if [ -n "$$unformatted" ]; then echo "gofmt -w these:"; echo "$$unformatted"; exit 1; fi
	$(GO) vet $(PKGS)
	$(GO) vet -tags cluster ./engine ./cli
	$(GO) tool staticcheck $(PKGS)
	cd bench && $(GO) vet ./... && $$(cd .. && $(GO) tool -n staticcheck) ./...
	cd pictures && $(GO) vet ./... && $$(cd .. && $(GO) tool -n staticcheck) ./...

# One table of what speed and cost should be, are, and are for others; see
# docs/performance.md. It takes about two minutes and wants a quiet machine.
bench:
	cd bench && $(GO) run .

# One line for each fault that is played, with what was measured and held
# against its limit.
faults:
	@out=$$(mktemp); trap 'rm -f "$$out"' EXIT; \
	$(GO) test -count=1 -v ./faults ./cli -run '$(FAULTS)' >"$$out" 2>&1 || { cat "$$out"; exit 1; }; \
	grep '^fault ' "$$out"
FAULTS := Fault|Code|Stories|OddAnswers|Terminal[RLS]|Crash|Dashboard|Soak

# Eight simulated hours with a fault a minute; then ten real minutes (SOAK=2m: two)
# of the real program against classtop sim.
soak:
	CLASSTOP_SOAK_HOURS=8 $(GO) test -count=1 -v ./faults -run TestSoak
	CLASSTOP_SOAK=$(SOAK) $(GO) test -count=1 -timeout 20m -v ./cli -run TestTenMinutes

# Known vulnerabilities in the modules that the program calls. The database
# comes as a Go module, so the module proxy is all that is needed; VULNDB=latest
# asks for today's.
vuln:
	@set -e; db=$$(mktemp -d); trap 'rm -rf "$$db"' EXIT; \
	osv=$$($(GO) mod download -json golang.org/x/vulndb@$(VULNDB) | sed -n 's/.*"Dir": "\(.*\)".*/\1/p')/data/osv; \
	$(GO) run golang.org/x/vulndb/cmd/indexdb@$(VULNDB) -vulns "$$osv" -out "$$db"; \
	$(GO) run golang.org/x/vuln/cmd/govulncheck@$(GOVULNCHECK) -db "file://$$db" -format json $(PKGS) >"$$db/found.json"; \
	$(GO) run .ci/vuln.go <"$$db/found.json"
VULNDB      ?= v0.0.0-20261105234957-e22db6528018
GOVULNCHECK := v1.9.0

# 100 real SSH sessions on one served school: what they cost the account, their
# memory, and how long a key takes with one terminal that stopped reading.
serve-load:
	$(GO) test ./cli -count=1 -v -run TestServeCosts -args -load

# Three real servers on one school; the one that polls is killed.
hosts:
	$(GO) test -tags cluster ./cli -count=1 -v -run TestHosts

# Every Fuzz function of every package, FUZZTIME each, FUZZJOBS at a time on
# one core each.
fuzz:
	@grep -rHo --include='*_test.go' '^func Fuzz[A-Za-z0-9_]*' . | sort | sed 's/:func / /' | \
	xargs -P $(FUZZJOBS) -L 1 sh -c 'echo "fuzz $$1 in $$(dirname $$0)"; \
		exec $(GO) test -run "^$$" -fuzz "^$$1$$" -fuzztime $(FUZZTIME) -parallel 1 "$$(dirname $$0)" </dev/null'

# The README's pictures, of the real program on a school with a fixed seed, shown
# by xterm.js in Chromium: those whose frames changed, or ALL=1. It takes about
# five minutes and says first what it lacks; see CONTRIBUTING.md.
pictures:
	cd pictures && $(GO) run . $(if $(ALL),-all)

# Archives, deb and rpm packages, checksums and a bill of materials in dist/,
# of the last commit. It publishes nothing.
package:
	sh packaging/package.sh

clean:
	rm -f classtop classtop-cluster cover.out
	rm -rf dist
