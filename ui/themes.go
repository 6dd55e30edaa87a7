package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"classtop/keymap"
	"classtop/ui/theme"
)

// useTheme puts a theme on the screen. One that cannot be read leaves the
// screen as it is and says why.
func (a *App) useTheme(name string) {
	file := name
	if name == theme.Auto {
		file = theme.Dark
		if a.light {
			file = theme.Light
		}
	}
	p, err := a.deps.Themes.Find(file)
	if err != nil {
		a.say(Warning, name+": "+err.Error())
		return
	}
	if name == theme.Auto {
		p.Background.Set = false // the terminal keeps its own
	}
	a.named, a.look.Palette = name, p
	a.retheme()
}

// retheme follows a change of the look.
func (a *App) retheme() {
	a.theme = theme.New(a.look)
	a.dirty = true
}

// onBackground learns what the terminal's background is.
func (a *App) onBackground(dark bool) {
	if a.light == !dark {
		return
	}
	a.light = !dark
	if a.named == theme.Auto {
		a.useTheme(theme.Auto)
	}
}

// takeTheme chooses a theme for good.
func (a *App) takeTheme(name string) tea.Cmd {
	a.useTheme(name)
	if a.named != name {
		return nil
	}
	if by := a.deps.ThemeBy; by != "" {
		a.say(Info, "theme "+name+" until you leave; "+by+" decides what classtop begins with")
		return nil
	}
	a.looks.Theme = name
	a.say(Success, "theme "+name)
	return a.keep()
}

// themeMenu is the menu of themes: the screen shows the one under the cursor.
type themeMenu struct {
	menu
	was string
}

func (a *App) openThemes() {
	m := &themeMenu{menu: menu{title: "Theme"}, was: a.named}
	for _, name := range slices.Concat([]string{theme.Auto}, a.deps.Themes.Names()) {
		it := item{label: name, hint: "dark or light, as your terminal is", run: func(a *App) tea.Cmd { return a.takeTheme(name) }}
		if name != theme.Auto {
			p, err := a.deps.Themes.Find(name)
			if err != nil {
				it.why = err.Error()
			} else {
				it.hint = p.About
			}
		}
		if name == a.named {
			m.at = len(m.items)
		}
		m.items = append(m.items, it)
	}
	a.show(m)
}

func (m *themeMenu) key(a *App, key string, press tea.KeyPressMsg) (bool, tea.Cmd) {
	done, cmd := m.menu.key(a, key, press)
	act, _ := a.deps.Keys.Find(keymap.Menu, key)
	switch {
	case done && act == keymap.MenuClose:
		a.useTheme(m.was)
	case !done && m.items[m.at].why == "":
		a.useTheme(m.items[m.at].label)
	}
	return done, cmd
}
