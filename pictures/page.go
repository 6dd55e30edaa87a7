//go:build unix

package main

import (
	"bytes"
	"context"
	_ "embed"
	"os"
	"path"
	"path/filepath"
)

//go:embed page.html
var pageHTML []byte

// writePage writes the page of the terminal with all it needs into dir, and
// returns the file.
func writePage(ctx context.Context, dir string) (string, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	var all bytes.Buffer
	for _, a := range archives {
		data, err := a.fetch(ctx, filepath.Join(cache, "classtop", "pictures"))
		if err != nil {
			return "", err
		}
		files, err := a.unpack(data)
		if err != nil {
			return "", err
		}
		for _, name := range a.files {
			element := "script"
			if path.Ext(name) == ".css" {
				element = "style"
			}
			all.WriteString("<" + element + ">\n")
			all.Write(files[name])
			all.WriteString("\n</" + element + ">\n")
		}
	}
	head, rest, _ := bytes.Cut(pageHTML, []byte("\n"))
	file := filepath.Join(dir, "page.html")
	return file, os.WriteFile(file, bytes.Join([][]byte{head, all.Bytes(), rest}, []byte("\n")), 0o644)
}
