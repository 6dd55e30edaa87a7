package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"classtop/client/spec"
)

// maxBody is the most that @file and standard input may hold, the service's
// own limit for a request.
const maxBody = 10 << 20

// params turns the words of `call ACTION …` into parameters: k=v takes the
// value by the type that the facts give (a list's parted by commas; a dotted name reaches into an object), k:=v takes JSON, k=@FILE and k:=@FILE take either from a file, @FILE and - take a
// whole JSON object. Later words win over earlier ones.
func (a *app) params(action *spec.Action, words []string) (map[string]any, error) {
	out := map[string]any{}
	for _, word := range words {
		if word == "-" || strings.HasPrefix(word, "@") {
			if err := a.body(word, out); err != nil {
				return nil, err
			}
			continue
		}
		name, value, ok := strings.Cut(word, "=")
		if !ok {
			return nil, usage("%q is not a parameter; write name=value, name:=json, @file or -", word)
		}
		value, err := a.value(name, value)
		if err != nil {
			return nil, err
		}
		if err := param(action, name, value, out); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// value takes the text of a file for @FILE, without the line's end.
func (a *app) value(name, value string) (string, error) {
	if !strings.HasPrefix(value, "@") {
		return value, nil
	}
	data, err := a.slurp(value)
	if err != nil {
		return "", usage("%s=%s: %v (a text that begins with @ is written as %s:=\"@…\")", name, value, err, strings.TrimSuffix(name, ":"))
	}
	return strings.TrimSuffix(strings.TrimSuffix(string(data), "\n"), "\r"), nil
}

func param(action *spec.Action, name, value string, out map[string]any) error {
	if name, ok := strings.CutSuffix(name, ":"); ok {
		v, err := decode([]byte(value))
		if err != nil {
			return usage("%s: %q is not JSON: %v", name, value, err)
		}
		return put(out, name, v)
	}
	v, err := spec.Coerce(action, name, value)
	if err != nil {
		return coded{exitUsage, err}
	}
	return put(out, name, v)
}

func put(out map[string]any, name string, v any) error {
	if err := spec.Put(out, name, v); err != nil {
		return coded{exitUsage, err}
	}
	return nil
}

// body merges a JSON object from a file or from standard input.
func (a *app) body(word string, out map[string]any) error {
	data, err := a.slurp(word)
	if err != nil {
		return usage("%s: %v", word, err)
	}
	v, err := decode(data)
	if err != nil {
		return usage("%s: not JSON: %v", word, err)
	}
	object, ok := v.(map[string]any)
	if !ok {
		return usage("%s: must hold one JSON object, the request's parameters", word)
	}
	for k, v := range object {
		out[k] = v
	}
	return nil
}

func (a *app) slurp(word string) ([]byte, error) {
	from := a.in
	if path, ok := strings.CutPrefix(word, "@"); ok {
		if a.remote != nil {
			return nil, errors.New("files of the host are not read over SSH; send yours through a pipe and write -")
		}
		f, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		from = f
	}
	data, err := io.ReadAll(io.LimitReader(from, maxBody+1))
	if err == nil && len(data) > maxBody {
		err = fmt.Errorf("over the limit of %d bytes", maxBody)
	}
	return data, err
}

// decode keeps numbers as they are written: room ids need all 64 bits.
func decode(data []byte) (any, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		return nil, err
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, fmt.Errorf("something follows the value")
	}
	return v, nil
}
