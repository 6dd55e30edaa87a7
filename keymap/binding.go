// Package keymap holds the one table of what keys do. Help, footer, palette,
// the README's table and the overrides of the config all come from it, so none
// of them can say something else than what a key does.
//
// It is pure and knows no terminal library: keys are the strings that Bubble
// Tea v2 gives for a key press ("j", "K", "ctrl+d", "pgup", "space").
package keymap

// Action names what a key does. The names are what a config file writes.
type Action string

// Context names a place where keys are pressed.
type Context string

// The contexts. A place sees its own bindings and those of the wider places
// that it lies in; Dialog, Menu and Input see almost nothing but their own.
const (
	Global    Context = "global"    // everywhere but in dialogs, menus and inputs
	List      Context = "list"      // any table of rows
	Home      Context = "home"      // the list of rooms
	Room      Context = "room"      // inside a room, any tab
	Members   Context = "members"   // the members tab of a room
	Seats     Context = "seats"     // the seats tab of a room
	Documents Context = "documents" // the documents tab of a room
	People    Context = "people"    // people outside one room: find, users
	Classes   Context = "classes"   // classes outside the list of rooms: attention, schedule, patrol
	Lists     Context = "lists"     // the application's own lists, the API console, sessions, calls
	Replay    Context = "replay"    // while a recording is played, besides the place itself
	Dialog    Context = "dialog"    // a confirmation
	Menu      Context = "menu"      // a list of choices: x, s, export
	Input     Context = "input"     // text is typed: palette, filter, reason
	always    Context = "always"    // really everywhere
)

// Contexts lists every context that a place can be in.
func Contexts() []Context {
	return []Context{Global, List, Home, Room, Members, Seats, Documents, People, Lists, Classes, Replay, Dialog, Menu, Input}
}

// wider says which contexts a place sees besides its own, nearest first.
var wider = map[Context][]Context{
	Global:    {Replay, always},
	List:      {Global, Replay, always},
	Home:      {List, Global, Replay, always},
	Room:      {List, Global, Replay, always},
	Members:   {Room, List, Global, Replay, always},
	Seats:     {Room, List, Global, Replay, always},
	Documents: {Room, List, Global, Replay, always},
	People:    {List, Global, Replay, always},
	Classes:   {List, Global, Replay, always},
	Lists:     {List, Global, Replay, always},
	Replay:    {always},
	Dialog:    {always},
	Menu:      {always},
	Input:     {always},
}

// Group orders the help.
type Group string

// The groups, in the order in which the help shows them.
const (
	GroupMove   Group = "Move"
	GroupMark   Group = "Mark"
	GroupLook   Group = "Look"
	GroupLens   Group = "Lenses at home"
	GroupTab    Group = "Tabs in a room"
	GroupAct    Group = "Act"
	GroupGlobal Group = "Everywhere"
	GroupReplay Group = "In a replay"
	GroupDialog Group = "In a dialog"
	GroupMenu   Group = "In a menu"
	GroupInput  Group = "While typing"
)

func groups() []Group {
	return []Group{GroupAct, GroupMove, GroupMark, GroupLook, GroupLens, GroupTab, GroupGlobal, GroupReplay, GroupDialog, GroupMenu, GroupInput}
}

// Binding is one row of the table.
type Binding struct {
	Action Action
	Keys   []string // in Bubble Tea's notation; none: only the x menu and the palette reach it
	Short  string   // two or three words for footer and palette
	Long   string   // a sentence for the help
	Group  Group
	In     []Context
	Writes bool // changes something on the server
	Footer bool // worth a place in the footer
	Needed bool // an override must leave it at least one key
}

// sees tells whether a place has this binding.
func (b Binding) sees(place Context) bool {
	for _, in := range b.In {
		if in == place {
			return true
		}
		for _, w := range wider[place] {
			if in == w {
				return true
			}
		}
	}
	return false
}
