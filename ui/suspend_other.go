//go:build !unix

package ui

import tea "charm.land/bubbletea/v2"

func beforeSuspend() {}

func letStop() {}

func onStop(*tea.Program, <-chan struct{}) (undo func()) { return func() {} }
