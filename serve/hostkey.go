package serve

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	gossh "golang.org/x/crypto/ssh"
)

// HostKey reads the server's own key, or makes one for this user alone where
// there is none yet.
func HostKey(path string) (key gossh.Signer, made bool, err error) {
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		if data, err = newHostKey(path); err != nil {
			return nil, false, fmt.Errorf("make a host key: %w", err)
		}
		made = true
	}
	if err != nil {
		return nil, false, fmt.Errorf("read the host key: %w", err)
	}
	if info, err := os.Stat(path); err == nil && runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
		return nil, false, fmt.Errorf("the host key %s can be read by others (mode %s): run chmod 600 %s, or remove it and let a new one be made", path, info.Mode().Perm(), path)
	}
	if key, err = gossh.ParsePrivateKey(data); err != nil {
		return nil, false, fmt.Errorf("the host key %s cannot be read: %w", path, err)
	}
	return key, made, nil
}

func newHostKey(path string) ([]byte, error) {
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return nil, err
	}
	block, err := gossh.MarshalPrivateKey(key, "classtop host key")
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, err
	}
	data := pem.EncodeToMemory(block)
	_, err = f.Write(data)
	return data, errors.Join(err, f.Sync(), f.Close())
}

// Fingerprint is how ssh shows a key when it asks whether to trust it.
func Fingerprint(key gossh.Signer) string { return gossh.FingerprintSHA256(key.PublicKey()) }
