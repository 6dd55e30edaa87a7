package ops

import (
	"errors"
	"os"

	"golang.org/x/sys/windows"
)

// lockAt is the byte that is locked. Windows forbids reading what is locked, so
// it lies far beyond the contents.
const lockAt = 1 << 30

// tryLock takes the lock on a file if no other process has it. Closing the
// file gives it back.
func tryLock(f *os.File) (bool, error) {
	at := windows.Overlapped{Offset: lockAt}
	flags := uint32(windows.LOCKFILE_EXCLUSIVE_LOCK | windows.LOCKFILE_FAIL_IMMEDIATELY)
	err := windows.LockFileEx(windows.Handle(f.Fd()), flags, 0, 1, 0, &at)
	if errors.Is(err, windows.ERROR_LOCK_VIOLATION) || errors.Is(err, windows.ERROR_IO_PENDING) {
		return false, nil
	}
	return err == nil, err
}

// syncDir does nothing: Windows keeps names without being asked.
func syncDir(string) error { return nil }
