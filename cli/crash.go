package cli

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sync"

	"classtop/class/rescue"
	"classtop/config"
)

// crash keeps the first fault that a goroutine reported.
type crash struct {
	mu    sync.Mutex
	fault *rescue.Fault
}

func (c *crash) note(f *rescue.Fault) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.fault == nil {
		c.fault = f
	}
}

func (c *crash) first() *rescue.Fault {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.fault
}

// asFault finds the panic in an error; nil if it is none.
func asFault(err error) *rescue.Fault {
	var f *rescue.Fault
	errors.As(err, &f)
	return f
}

// account writes the report of a crash and says where it is. Without a crash
// the error stays what it is; a crash that was told already stays told.
func (a *app) account(f *rescue.Fault, err error) error {
	var told reported
	if f == nil || errors.As(err, &told) {
		return err
	}
	path, failed := a.crashFile(f)
	if failed != nil {
		return reported{fmt.Errorf("%w (no report could be written: %w)\n%s", f, failed, f.Stack)}
	}
	return reported{fmt.Errorf("%w\nA report without names and keys is in %s: please send it to the project", f, path)}
}

// reported is a crash that has its report.
type reported struct{ error }

func (r reported) Unwrap() error { return r.error }

// crashFile writes what a developer needs into the state folder. It holds no
// value of the program's memory, only places in its source.
func (a *app) crashFile(f *rescue.Fault) (path string, err error) {
	path = config.StatePath(a.env, "crash-"+a.now().UTC().Format("20060102T150405Z")+".txt")
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return "", err
	}
	text := fmt.Sprintf("classtop %s, %s %s/%s\n%s\n\n%s", readBuild().short(), runtime.Version(), runtime.GOOS, runtime.GOARCH, f.Error(), f.Stack)
	return path, os.WriteFile(path, []byte(text), 0o600)
}
