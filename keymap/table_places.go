package keymap

import "strconv"

// digits makes one binding a digit, from the given first digit on.
func digits(first int, group Group, place Context, long string, rows []Binding) []Binding {
	for i := range rows {
		rows[i].Keys = keys(strconv.Itoa(first + i))
		rows[i].Group = group
		rows[i].In = in(place)
		rows[i].Long = long + rows[i].Short
	}
	return rows
}

func lensRows() []Binding {
	return digits(0, GroupLens, Home, "Show the classes of the lens: ", []Binding{
		{Action: LensAll, Short: "all"},
		{Action: LensLive, Short: "live"},
		{Action: LensUpcoming, Short: "upcoming"},
		{Action: LensEnded, Short: "ended"},
		{Action: LensAttention, Short: "attention"},
		{Action: LensLate, Short: "late"},
		{Action: LensOverrun, Short: "overrun"},
		{Action: LensNoTeacher, Short: "no teacher"},
		{Action: LensPinned, Short: "pinned"},
		{Action: LensMarked, Short: "marked"},
	})
}

func tabRows() []Binding {
	return digits(1, GroupTab, Room, "Go to the tab: ", []Binding{
		{Action: TabOverview, Short: "overview"},
		{Action: TabMembers, Short: "members"},
		{Action: TabQuiz, Short: "quiz"},
		{Action: TabDocuments, Short: "documents"},
		{Action: TabSeats, Short: "seats"},
		{Action: TabChat, Short: "chat"},
		{Action: TabEvents, Short: "events"},
		{Action: TabReport, Short: "report"},
	})
}

func globalRows() []Binding {
	return []Binding{
		{Action: Palette, Keys: keys(":"), Short: "go to", Long: "Open the palette: any view, any action, by name", Group: GroupGlobal, In: in(Global), Needed: true, Footer: true},
		{Action: Help, Keys: keys("?"), Short: "help", Long: "Show the keys that work here", Group: GroupGlobal, In: in(Global), Needed: true, Footer: true},
		{Action: Leave, Keys: keys("q"), Short: "leave", Long: "Go back; at home ask once whether to quit", Group: GroupGlobal, In: in(Global)},
		{Action: Quit, Keys: keys("ctrl+c"), Short: "quit", Long: "Quit at once", Group: GroupGlobal, In: in(always), Needed: true},
		{Action: Suspend, Keys: keys("ctrl+z"), Short: "suspend", Long: "Go to the shell; fg comes back", Group: GroupGlobal, In: in(always)},
	}
}

// replayRows control a recording, wherever on its screens somebody is.
func replayRows() []Binding {
	return []Binding{
		{Action: ReplayPause, Keys: keys(";"), Short: "pause", Long: "Pause the recording, or play on", Group: GroupReplay, In: in(Replay), Footer: true},
		{Action: ReplayBack, Keys: keys("h"), Short: "10 s back", Long: "Go 10 seconds back", Group: GroupReplay, In: in(Replay), Footer: true},
		{Action: ReplayOn, Keys: keys("l"), Short: "10 s on", Long: "Go 10 seconds on", Group: GroupReplay, In: in(Replay), Footer: true},
		{Action: ReplayFarBack, Keys: keys("H"), Short: "1 min back", Long: "Go a minute back", Group: GroupReplay, In: in(Replay)},
		{Action: ReplayFarOn, Keys: keys("L"), Short: "1 min on", Long: "Go a minute on", Group: GroupReplay, In: in(Replay)},
		{Action: ReplayNext, Keys: keys("f"), Short: "next problem", Long: "Go to where the next problem was raised", Group: GroupReplay, In: in(Replay), Footer: true},
		{Action: ReplayBefore, Keys: keys("b"), Short: "problem before", Long: "Go to where the problem before was raised", Group: GroupReplay, In: in(Replay)},
		{Action: ReplayFaster, Keys: keys(">"), Short: "faster", Long: "Play twice as fast, up to 64 times", Group: GroupReplay, In: in(Replay), Footer: true},
		{Action: ReplaySlower, Keys: keys("<"), Short: "slower", Long: "Play half as fast, down to a quarter", Group: GroupReplay, In: in(Replay)},
	}
}

func overlayRows() []Binding {
	return []Binding{
		{Action: DialogYes, Keys: keys("y"), Short: "yes", Long: "Do it (levels 1 and 2)", Group: GroupDialog, In: in(Dialog), Needed: true, Footer: true},
		{Action: DialogNo, Keys: keys("n", "esc"), Short: "no", Long: "Close the dialog; nothing is sent", Group: GroupDialog, In: in(Dialog), Needed: true, Footer: true},
		{Action: DialogEnter, Keys: keys("enter"), Short: "go on", Long: "Close with No; at level 3 go on once the digits are right", Group: GroupDialog, In: in(Dialog)},
		{Action: DialogNext, Keys: keys("tab", "right", "down"), Short: "next choice", Long: "Go to the next choice, such as a longer time", Group: GroupDialog, In: in(Dialog)},
		{Action: DialogPrev, Keys: keys("shift+tab", "left", "up"), Short: "previous choice", Long: "Go to the previous choice", Group: GroupDialog, In: in(Dialog)},
		{Action: DialogReason, Keys: keys("r"), Short: "reason", Long: "Type a reason for the audit file", Group: GroupDialog, In: in(Dialog)},
		{Action: DialogUp, Keys: keys("pgup"), Short: "targets above", Long: "Show the targets further up", Group: GroupDialog, In: in(Dialog)},
		{Action: DialogDown, Keys: keys("pgdown"), Short: "targets below", Long: "Show the targets further down", Group: GroupDialog, In: in(Dialog)},

		{Action: MenuDown, Keys: keys("j", "down", "tab"), Short: "down", Long: "Go to the next choice", Group: GroupMenu, In: in(Menu)},
		{Action: MenuUp, Keys: keys("k", "up", "shift+tab"), Short: "up", Long: "Go to the previous choice", Group: GroupMenu, In: in(Menu)},
		{Action: MenuChoose, Keys: keys("enter"), Short: "choose", Long: "Take the choice", Group: GroupMenu, In: in(Menu), Needed: true, Footer: true},
		{Action: MenuClose, Keys: keys("esc", "q", "x"), Short: "close", Long: "Close the menu", Group: GroupMenu, In: in(Menu), Needed: true, Footer: true},
		{Action: MenuShow, Keys: keys("space"), Short: "show or hide", Long: "Show or hide the column", Group: GroupMenu, In: in(Menu)},
		{Action: MenuEarlier, Keys: keys("[", "left"), Short: "further left", Long: "Move the column to the left", Group: GroupMenu, In: in(Menu)},
		{Action: MenuLater, Keys: keys("]", "right"), Short: "further right", Long: "Move the column to the right", Group: GroupMenu, In: in(Menu)},
		{Action: MenuWider, Keys: keys("+", "="), Short: "wider", Long: "Make the column wider", Group: GroupMenu, In: in(Menu)},
		{Action: MenuNarrower, Keys: keys("-"), Short: "narrower", Long: "Make the column narrower", Group: GroupMenu, In: in(Menu)},
		{Action: MenuReset, Keys: keys("0"), Short: "reset", Long: "Put all columns back as they were", Group: GroupMenu, In: in(Menu)},

		{Action: InputAccept, Keys: keys("enter"), Short: "accept", Long: "Take what is typed", Group: GroupInput, In: in(Input), Needed: true, Footer: true},
		{Action: InputCancel, Keys: keys("esc"), Short: "cancel", Long: "Drop what is typed", Group: GroupInput, In: in(Input), Needed: true, Footer: true},
		{Action: InputComplete, Keys: keys("tab"), Short: "complete", Long: "Complete the word", Group: GroupInput, In: in(Input), Footer: true},
		{Action: InputNext, Keys: keys("down", "ctrl+n"), Short: "next", Long: "Go to the next suggestion", Group: GroupInput, In: in(Input)},
		{Action: InputPrev, Keys: keys("up", "ctrl+p"), Short: "previous", Long: "Go to the previous suggestion", Group: GroupInput, In: in(Input)},
		{Action: InputLeft, Keys: keys("left"), Short: "choice before", Long: "Take the choice before, in a form", Group: GroupInput, In: in(Input)},
		{Action: InputRight, Keys: keys("right"), Short: "next choice", Long: "Take the next choice, in a form", Group: GroupInput, In: in(Input)},
		{Action: InputSend, Keys: keys("ctrl+s"), Short: "go on", Long: "Go on with the form, from any field", Group: GroupInput, In: in(Input)},
		{Action: InputExample, Keys: keys("ctrl+e"), Short: "example", Long: "Fill the empty fields of the form with the manual's example", Group: GroupInput, In: in(Input)},
	}
}
