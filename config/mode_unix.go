//go:build !windows

package config

import "os"

// exposed tells whether anyone but the owner can read or change the file.
func exposed(info os.FileInfo) bool { return info.Mode().Perm()&0o077 != 0 }
