//go:build unix

package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha512"
	"encoding/base64"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// packed is an archive as the registry has them.
func packed(t *testing.T, files map[string]string) []byte {
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	w := tar.NewWriter(z)
	for name, text := range files {
		require.NoError(t, w.WriteHeader(&tar.Header{Name: "package/" + name, Mode: 0o644, Size: int64(len(text))}))
		_, err := w.Write([]byte(text))
		require.NoError(t, err)
	}
	require.NoError(t, w.Close())
	require.NoError(t, z.Close())
	return out.Bytes()
}

func TestAnArchiveIsTakenAtItsWord(t *testing.T) {
	data := packed(t, map[string]string{"lib/a.js": "let a", "lib/b.js": "let b"})
	sum := sha512.Sum512(data)
	a := archive{name: "@x/term", version: "1.2.3", sha512: base64.StdEncoding.EncodeToString(sum[:]), files: []string{"lib/a.js"}}
	assert.Equal(t, "https://registry.npmjs.org/@x/term/-/term-1.2.3.tgz", a.url())
	files, err := a.unpack(data)
	require.NoError(t, err)
	assert.Equal(t, map[string][]byte{"lib/a.js": []byte("let a")}, files)

	folder := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(folder, a.base()), data, 0o644))
	got, err := a.fetch(t.Context(), folder)
	require.NoError(t, err, "what is there is not fetched again")
	assert.Equal(t, data, got)
	assert.False(t, a.sound(data[1:]))

	a.files = []string{"lib/c.js"}
	_, err = a.unpack(data)
	assert.ErrorContains(t, err, "term-1.2.3.tgz has no lib/c.js")
}
