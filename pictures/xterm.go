//go:build unix

package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha512"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"time"
)

// archive is a package of the npm registry, pinned by version and content.
type archive struct {
	name, version string
	sha512        string // base64, as the registry's "integrity" has it
	files         []string
}

// archives are what draws the terminal.
var archives = []archive{
	{"@xterm/xterm", "6.0.0", "TQwDdQGtwwDt+2cgKDLn0IRaSxYu1tSUjgKarSDkUM0ZNiSRXFpjxEsvc/Zgc5kq5omJ+V0a8/kIM2WD3sMOYg==",
		[]string{"css/xterm.css", "lib/xterm.js"}},
	{"@xterm/addon-unicode11", "0.9.0", "FxDnYcyuXhNl+XSqGZL/t0U9eiNb/q3EWT5rYkQT/zuig8Gz/VagnQANKHdDWFM2lTMk9ly0EFQxxxtZUoRetw==",
		[]string{"lib/addon-unicode11.js"}},
	{"@xterm/addon-webgl", "0.19.0", "b3fMOsyLVuCeNJWxolACEUED0vm7qC0cy4wRvf3oURSzDTYVQiGPhTnhWZwIHdvC48Y+oLhvYXnY4XDXPoJo6A==",
		[]string{"lib/addon-webgl.js"}},
}

func (a archive) base() string { return path.Base(a.name) + "-" + a.version + ".tgz" }

func (a archive) url() string { return "https://registry.npmjs.org/" + a.name + "/-/" + a.base() }

// fetch returns the archive from the folder, or from the registry, and keeps it
// in the folder then.
func (a archive) fetch(ctx context.Context, folder string) ([]byte, error) {
	file := filepath.Join(folder, a.base())
	data, err := os.ReadFile(file)
	if err == nil && a.sound(data) {
		return data, nil
	}
	if data, err = download(ctx, a.url()); err != nil {
		return nil, fmt.Errorf("%w\n  Without a way to the registry, bring it from elsewhere as %s", err, file)
	}
	if !a.sound(data) {
		return nil, fmt.Errorf("%s is not what it was when it was pinned: its SHA-512 differs", a.url())
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return nil, err
	}
	return data, os.WriteFile(file, data, 0o644)
}

func (a archive) sound(data []byte) bool {
	sum := sha512.Sum512(data)
	return base64.StdEncoding.EncodeToString(sum[:]) == a.sha512
}

func download(ctx context.Context, url string) (_ []byte, err error) {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Minute)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, resp.Body.Close()) }()
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: %s", url, resp.Status)
	}
	return io.ReadAll(io.LimitReader(resp.Body, 32<<20))
}

// unpack takes the wanted files out of an archive.
func (a archive) unpack(data []byte) (map[string][]byte, error) {
	packed, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", a.base(), err)
	}
	found, all := map[string][]byte{}, tar.NewReader(packed)
	for {
		head, err := all.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", a.base(), err)
		}
		for _, name := range a.files {
			if head.Name != "package/"+name {
				continue
			}
			if found[name], err = io.ReadAll(all); err != nil {
				return nil, fmt.Errorf("%s: %w", a.base(), err)
			}
		}
	}
	for _, name := range a.files {
		if found[name] == nil {
			return nil, fmt.Errorf("%s has no %s", a.base(), name)
		}
	}
	return found, nil
}
