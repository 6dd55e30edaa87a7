package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// mostNamesakes is how many exports of one table in one second get a name.
const mostNamesakes = 20

// saver writes exports into a folder. They hold names of pupils: only the
// owner can read them. A file that is there already stays as it is.
func saver(folder string) func(name string, data []byte) (string, error) {
	return func(name string, data []byte) (string, error) {
		folder, err := filepath.Abs(folder)
		if err != nil {
			return "", err
		}
		if err := os.MkdirAll(folder, 0o700); err != nil {
			return "", err
		}
		path := filepath.Join(folder, name)
		for n := 2; n <= mostNamesakes; n++ {
			err = create(path, data)
			if !errors.Is(err, fs.ErrExist) {
				return path, err
			}
			ext := filepath.Ext(name)
			path = filepath.Join(folder, fmt.Sprintf("%s-%d%s", strings.TrimSuffix(name, ext), n, ext))
		}
		return "", err
	}
}

// create writes a new file, or none.
func create(path string, data []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Close()); err != nil {
		return errors.Join(err, os.Remove(path))
	}
	return nil
}
