package theme

import (
	"embed"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"
	"github.com/goccy/go-yaml"
)

// files are the themes that come with the program, one file each. A person's
// own have the same form.
//
//go:embed files/*.yaml
var files embed.FS

// The themes that Auto chooses between, by the terminal's background.
const (
	Auto  = "auto"
	Dark  = "dark"
	Light = "light"
)

// Palette is a theme as its file says it.
type Palette struct {
	Name, About string
	Light       bool // made for a light background
	// Background and Foreground are what the whole screen gets when the theme
	// was chosen by name; without them the terminal keeps its own.
	Background, Foreground Colour
	inks                   [tokens]ink
	selection              ink
}

// Colour is 24 bits of red, green and blue, or none.
type Colour struct {
	RGB uint32
	Set bool
}

// ink is what one token looks like.
type ink struct {
	fg, bg                         Colour
	basic                          ansi.BasicColor // for terminals with 16 colours
	named                          bool            // basic is set
	bold, faint, underline, invert bool
}

// names of the tokens in the files.
func names() [tokens]string {
	return [tokens]string{
		Plain: "plain", Muted: "muted", Title: "title", Accent: "accent", Good: "good", Warn: "warn", Danger: "danger",
		Stale: "stale", Info: "info", Bar: "bar", BarAlert: "bar-alert", Key: "key", Head: "head", Border: "border",
	}
}

// Set is every theme that can be chosen: those of the program and a person's
// own, by name, as the texts of their files. Of two with one name the person's
// own counts.
type Set struct{ Own map[string][]byte }

// Names lists the themes: the plain ones first, then the rest by name.
func (s Set) Names() []string {
	out := []string{Dark, Light, "high-contrast", "colour-blind", "no-colour"}
	var rest []string
	entries, _ := files.ReadDir("files")
	for _, e := range entries {
		rest = append(rest, strings.TrimSuffix(e.Name(), ".yaml"))
	}
	rest = append(rest, slices.Collect(maps.Keys(s.Own))...)
	slices.Sort(rest)
	for _, name := range slices.Compact(rest) {
		if !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}

// ErrUnknown is a theme that there is not.
var ErrUnknown = errors.New("there is no such theme")

// Find returns a theme by its name.
func (s Set) Find(name string) (*Palette, error) {
	data, ok := s.Own[name]
	if !ok {
		var err error
		if data, err = files.ReadFile("files/" + name + ".yaml"); err != nil {
			return nil, ErrUnknown
		}
	}
	return Parse(name, data)
}

// Parse reads a theme's file. Each token has a line such as `danger: "#ff7b72
// red bold"`: the colour, a background behind `on`, one of the sixteen colours
// for terminals that have no more, and bold, faint, underline or reverse.
func Parse(name string, data []byte) (*Palette, error) {
	var lines map[string]string
	if err := yaml.Unmarshal(data, &lines); err != nil {
		message := err.Error()
		if y := yaml.Error(nil); errors.As(err, &y) {
			message = y.GetMessage()
		}
		return nil, fmt.Errorf("theme %s: not lines of the form token: \"colour\": %s", name, message)
	}
	p := &Palette{Name: name}
	for _, key := range slices.Sorted(maps.Keys(lines)) {
		if err := p.set(key, lines[key]); err != nil {
			return nil, fmt.Errorf("theme %s: %s: %w", name, key, err)
		}
	}
	return p, nil
}

func (p *Palette) set(key, value string) (err error) {
	switch key {
	case "about":
		p.About = value
		return nil
	case "light":
		p.Light, err = strconv.ParseBool(value)
		return err
	case "background":
		p.Background, err = colour(value)
		return err
	case "foreground":
		p.Foreground, err = colour(value)
		return err
	case "selection":
		p.selection, err = parseInk(value)
		return err
	}
	all := names()
	i := slices.Index(all[:], key)
	if i < 0 {
		return fmt.Errorf("there is no such token; there are: %s, background, foreground, selection, light, about", strings.Join(all[:], ", "))
	}
	p.inks[i], err = parseInk(value)
	return err
}

func parseInk(value string) (k ink, err error) {
	words := strings.Fields(value)
	for i := 0; i < len(words); i++ {
		switch word := words[i]; {
		case word == "bold":
			k.bold = true
		case word == "faint":
			k.faint = true
		case word == "underline":
			k.underline = true
		case word == "reverse":
			k.invert = true
		case word == "on" && i+1 < len(words):
			i++
			k.bg, err = colour(words[i])
		case strings.HasPrefix(word, "#"):
			k.fg, err = colour(word)
		default:
			if k.basic, k.named = basic(word); !k.named {
				return k, fmt.Errorf("%q is neither #rrggbb, on #rrggbb, bold, faint, underline, reverse nor one of the 16 colours, such as bright-red", word)
			}
		}
		if err != nil {
			return k, err
		}
	}
	return k, nil
}

func colour(word string) (Colour, error) {
	rest, ok := strings.CutPrefix(word, "#")
	n, err := strconv.ParseUint(rest, 16, 32)
	if !ok || len(rest) != 6 || err != nil {
		return Colour{}, fmt.Errorf("%q is not a colour of the form #rrggbb", word)
	}
	return Colour{RGB: uint32(n), Set: true}, nil
}

// basic is one of the sixteen colours by its name.
func basic(word string) (ansi.BasicColor, bool) {
	rest, bright := strings.CutPrefix(word, "bright-")
	i := slices.Index([]string{"black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"}, rest)
	if i < 0 {
		return 0, false
	}
	if bright {
		i += 8
	}
	return ansi.BasicColor(i), true //nolint:gosec // 0 to 15
}
