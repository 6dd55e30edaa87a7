package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"classtop/class/nearest"
	"classtop/config"
	"classtop/ops"
	"classtop/ui"
	"classtop/ui/theme"
)

// themes reads a person's own themes. A folder that is not there has none.
func themes(cfg *config.Config) theme.Set {
	own := map[string][]byte{}
	paths, _ := filepath.Glob(filepath.Join(cfg.Themes(), "*.yaml"))
	for _, path := range paths {
		if data, err := os.ReadFile(path); err == nil {
			own[strings.TrimSuffix(filepath.Base(path), ".yaml")] = data
		}
	}
	return theme.Set{Own: own}
}

// chosenTheme is the theme to begin with: what the configuration or a flag
// says, or else what was chosen on screen. by says who decided, if that was
// not the screen.
func chosenTheme(cfg *config.Config, set theme.Set, looks ui.Looks) (name, by string, err error) {
	name = cfg.UI.Theme
	if source := cfg.Source("ui.theme"); source != "default" {
		by = source
	} else if _, err := set.Find(looks.Theme); err == nil {
		return looks.Theme, "", nil
	}
	if name == theme.Auto {
		return name, by, nil
	}
	_, err = set.Find(name)
	switch {
	case errors.Is(err, theme.ErrUnknown):
		allowed := "there are: auto, " + strings.Join(set.Names(), ", ")
		if near := nearest.Name(name, set.Names()); near != "" {
			allowed = fmt.Sprintf("did you mean %q? %s", near, allowed)
		}
		err = &config.Error{Where: by, Key: "ui.theme", Problem: fmt.Sprintf("there is no theme %q", name), Allowed: allowed + "; your own belong in " + cfg.Themes()}
	case err != nil:
		err = &config.Error{Where: filepath.Join(cfg.Themes(), name+".yaml"), Problem: err.Error()}
	}
	return name, by, err
}

// dress chooses the theme that dashboards begin with.
func (l *link) dress(looks ui.Looks) (err error) {
	l.themes = themes(l.cfg)
	l.theme, l.themeBy, err = chosenTheme(l.cfg, l.themes, looks)
	return err
}

// looksFile is where the choices made on screen are kept.
func (a *app) looksFile() string { return config.StatePath(a.env, "looks.json") }

// readLooks reads them. A file that is missing or broken has none: nothing in
// it is worth more than a start.
func readLooks(path string) (looks ui.Looks) {
	data, err := os.ReadFile(path)
	if err != nil || json.Unmarshal(data, &looks) != nil {
		return ui.Looks{}
	}
	return looks
}

// keepLooks writes them, whole or not at all.
func keepLooks(path string) func(ui.Looks) error {
	return func(looks ui.Looks) error {
		data, err := json.MarshalIndent(looks, "", "  ")
		if err != nil {
			return err
		}
		return ops.ReplaceFile(path, append(data, '\n'))
	}
}
