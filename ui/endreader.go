package ui

import (
	"io"
	"os"
)

// ending wraps the input so that its end (EOF, or EIO after a hang-up) ends
// the program. Bubble Tea by itself runs on without input for ever. A file
// must stay one, because raw mode and cancelling work on its descriptor.
func ending(in io.Reader, end func()) io.Reader {
	if f, ok := in.(*os.File); ok {
		return &endingFile{File: f, end: end}
	}
	return &endingReader{r: in, end: end}
}

type endingFile struct {
	*os.File
	end func()
}

// Read reports every error as the end of the input.
func (f *endingFile) Read(p []byte) (int, error) {
	n, err := f.File.Read(p)
	if err != nil {
		f.end()
		return n, io.EOF
	}
	return n, nil
}

type endingReader struct {
	r   io.Reader
	end func()
}

// Read reports every error as the end of the input.
func (e *endingReader) Read(p []byte) (int, error) {
	n, err := e.r.Read(p)
	if err != nil {
		e.end()
		return n, io.EOF
	}
	return n, nil
}
