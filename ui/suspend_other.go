//go:build !unix

package ui

import (
	"sync/atomic"

	tea "charm.land/bubbletea/v2"
)

func beforeSuspend(*atomic.Bool) {}

func onStop(*tea.Program, *atomic.Bool) (undo func()) { return func() {} }
