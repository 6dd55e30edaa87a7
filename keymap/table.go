package keymap

// The actions. Those that write have the names of the operations in package
// ops.
const (
	Down     Action = "down"
	Up       Action = "up"
	Top      Action = "top"
	Bottom   Action = "bottom"
	HalfDown Action = "half-down"
	HalfUp   Action = "half-up"
	PageDown Action = "page-down"
	PageUp   Action = "page-up"
	Left     Action = "left"
	Right    Action = "right"
	In       Action = "in"
	Back     Action = "back"
	NextTab  Action = "next-tab"
	PrevTab  Action = "previous-tab"
	NextPane Action = "next-pane"
	LastView Action = "last-view"

	Mark      Action = "mark"
	MarkAll   Action = "mark-all"
	MarkRange Action = "mark-range"

	Preview  Action = "preview"
	Filter   Action = "filter"
	Sort     Action = "sort"
	Columns  Action = "columns"
	Mouse    Action = "mouse"
	Theme    Action = "theme"
	Describe Action = "describe"
	JSON     Action = "json"
	Copy     Action = "copy"
	Export   Action = "export"
	Refresh  Action = "refresh"
	Freeze   Action = "freeze"
	Slower   Action = "slower"
	Faster   Action = "faster"
	Unmask   Action = "unmask"
	Ack      Action = "acknowledge"
	Pin      Action = "pin"
	Note     Action = "note"

	LensAll       Action = "lens-all"
	LensLive      Action = "lens-live"
	LensUpcoming  Action = "lens-upcoming"
	LensEnded     Action = "lens-ended"
	LensAttention Action = "lens-attention"
	LensLate      Action = "lens-late"
	LensOverrun   Action = "lens-overrun"
	LensNoTeacher Action = "lens-no-teacher"
	LensPinned    Action = "lens-pinned"
	LensMarked    Action = "lens-marked"

	TabOverview  Action = "tab-overview"
	TabMembers   Action = "tab-members"
	TabQuiz      Action = "tab-quiz"
	TabDocuments Action = "tab-documents"
	TabSeats     Action = "tab-seats"
	TabChat      Action = "tab-chat"
	TabEvents    Action = "tab-events"
	TabReport    Action = "tab-report"

	Actions    Action = "actions"
	Kick       Action = "kick"
	Ban        Action = "ban"
	Unkick     Action = "unkick"
	Mute       Action = "mute"
	Unmute     Action = "unmute"
	Notice     Action = "notice"
	End        Action = "end"
	Start      Action = "start"
	SeatPick   Action = "seat"
	SeatOff    Action = "seat-off"
	SeatLock   Action = "seat-lock"
	SeatUnlock Action = "seat-unlock"
	SeatMove   Action = "seat-move"
	DocBind    Action = "doc-bind"
	DocUnbind  Action = "doc-unbind"
	DocCreate  Action = "doc-create"
	DocDelete  Action = "doc-delete"
	Undo       Action = "undo"
	Retry      Action = "retry"
	Claim      Action = "claim"

	ReplayPause   Action = "replay-pause"
	ReplaySlower  Action = "replay-slower"
	ReplayFaster  Action = "replay-faster"
	ReplayBack    Action = "replay-back"
	ReplayOn      Action = "replay-on"
	ReplayFarBack Action = "replay-far-back"
	ReplayFarOn   Action = "replay-far-on"
	ReplayBefore  Action = "replay-problem-before"
	ReplayNext    Action = "replay-next-problem"

	Palette Action = "palette"
	Help    Action = "help"
	Leave   Action = "leave"
	Quit    Action = "quit"
	Suspend Action = "suspend"

	DialogYes    Action = "dialog-yes"
	DialogNo     Action = "dialog-no"
	DialogEnter  Action = "dialog-enter"
	DialogNext   Action = "dialog-next"
	DialogPrev   Action = "dialog-previous"
	DialogReason Action = "dialog-reason"
	DialogUp     Action = "dialog-up"
	DialogDown   Action = "dialog-down"

	MenuDown     Action = "menu-down"
	MenuUp       Action = "menu-up"
	MenuChoose   Action = "menu-choose"
	MenuClose    Action = "menu-close"
	MenuShow     Action = "menu-show"
	MenuEarlier  Action = "menu-earlier"
	MenuLater    Action = "menu-later"
	MenuWider    Action = "menu-wider"
	MenuNarrower Action = "menu-narrower"
	MenuReset    Action = "menu-reset"

	InputAccept   Action = "input-accept"
	InputCancel   Action = "input-cancel"
	InputComplete Action = "input-complete"
	InputNext     Action = "input-next"
	InputPrev     Action = "input-previous"
	InputLeft     Action = "input-left"
	InputRight    Action = "input-right"
	InputSend     Action = "input-send"
	InputExample  Action = "input-example"
)

// in makes a list of contexts; the table reads better with it.
func in(c ...Context) []Context { return c }

// keys makes a list of keys.
func keys(k ...string) []string { return k }

// table returns a fresh copy of the whole table, in the order of the help.
func table() []Binding {
	rows := actRows()
	for _, more := range [][]Binding{moveRows(), lookRows(), lensRows(), tabRows(), globalRows(), replayRows(), overlayRows()} {
		rows = append(rows, more...)
	}
	return rows
}

func actRows() []Binding {
	return []Binding{
		{Action: Actions, Keys: keys("x"), Short: "actions", Long: "Show every action that is allowed here, and why the others are not", Group: GroupAct, In: in(Global), Footer: true},
		{Action: Kick, Keys: keys("K"), Short: "kick", Long: "Kick the member, for 10 minutes unless you choose otherwise", Group: GroupAct, In: in(Members, Seats, People, Classes), Writes: true, Footer: true},
		{Action: Ban, Short: "kick for good", Long: "Kick the member for good", Group: GroupAct, In: in(Members, Seats, People, Classes), Writes: true},
		{Action: Unkick, Keys: keys("U"), Short: "let in again", Long: "Let the kicked member in again, where the account's edition can", Group: GroupAct, In: in(Members, Seats, People, Classes), Writes: true},
		{Action: Mute, Keys: keys("M"), Short: "mute", Long: "Mute the member in the chat, for 10 minutes unless you choose otherwise", Group: GroupAct, In: in(Members, Seats, People, Classes), Writes: true},
		{Action: Unmute, Short: "unmute", Long: "Let the muted member write in the chat again", Group: GroupAct, In: in(Members, Seats, People, Classes), Writes: true},
		{Action: SeatPick, Keys: keys("P"), Short: "put on seat", Long: "Pick the member onto a seat", Group: GroupAct, In: in(Members, Seats), Writes: true, Footer: true},
		{Action: SeatOff, Short: "take off seat", Long: "Take the member off the seat", Group: GroupAct, In: in(Members, Seats), Writes: true},
		{Action: SeatMove, Short: "move to seat", Long: "Move the member to another seat", Group: GroupAct, In: in(Members, Seats), Writes: true},
		{Action: SeatLock, Short: "lock seat", Long: "Lock the seat", Group: GroupAct, In: in(Seats), Writes: true},
		{Action: SeatUnlock, Short: "unlock seat", Long: "Unlock the seat", Group: GroupAct, In: in(Seats), Writes: true},
		{Action: DocBind, Short: "bind document", Long: "Attach a document to the class by its id", Group: GroupAct, In: in(Documents), Writes: true},
		{Action: DocUnbind, Short: "unbind document", Long: "Detach the document from the class", Group: GroupAct, In: in(Documents), Writes: true},
		{Action: DocCreate, Short: "create document", Long: "Register a document by the URL of its file", Group: GroupAct, In: in(Documents), Writes: true},
		{Action: DocDelete, Short: "delete document", Long: "Delete the document, for every class", Group: GroupAct, In: in(Documents), Writes: true},
		{Action: Start, Keys: keys("S"), Short: "start class", Long: "Start the class", Group: GroupAct, In: in(Home, Room, Classes), Writes: true, Footer: true},
		{Action: End, Keys: keys("E"), Short: "end class", Long: "End the class for everybody", Group: GroupAct, In: in(Home, Room, Classes), Writes: true, Footer: true},
		{Action: Notice, Keys: keys("N"), Short: "send notice", Long: "Send a notice to everybody in the class", Group: GroupAct, In: in(Home, Room, Classes), Writes: true},
		{Action: Undo, Keys: keys("u"), Short: "cancel", Long: "Cancel what was confirmed and waits to be sent; sends nothing itself", Group: GroupAct, In: in(Home, Room, People, Classes, Lists)},
		{Action: Claim, Keys: keys("t"), Short: "take care of", Long: "Take care of the class, so that nobody else acts in it; again gives it back", Group: GroupAct, In: in(Home, Room, Classes)},
		{Action: Retry, Keys: keys("R"), Short: "retry failed", Long: "Ask again for those of the last action on marks that failed", Group: GroupAct, In: in(Global), Writes: true},
	}
}

func moveRows() []Binding {
	return []Binding{
		{Action: Down, Keys: keys("j", "down"), Short: "down", Long: "Go one row down", Group: GroupMove, In: in(Global)},
		{Action: Up, Keys: keys("k", "up"), Short: "up", Long: "Go one row up", Group: GroupMove, In: in(Global)},
		{Action: Top, Keys: keys("g", "home"), Short: "top", Long: "Go to the first row", Group: GroupMove, In: in(Global)},
		{Action: Bottom, Keys: keys("G", "end"), Short: "bottom", Long: "Go to the last row", Group: GroupMove, In: in(Global)},
		{Action: HalfDown, Keys: keys("ctrl+d"), Short: "half a page down", Long: "Go half a page down", Group: GroupMove, In: in(Global)},
		{Action: HalfUp, Keys: keys("ctrl+u"), Short: "half a page up", Long: "Go half a page up", Group: GroupMove, In: in(Global)},
		{Action: PageDown, Keys: keys("pgdown", "ctrl+f"), Short: "page down", Long: "Go a page down", Group: GroupMove, In: in(Global)},
		{Action: PageUp, Keys: keys("pgup", "ctrl+b"), Short: "page up", Long: "Go a page up", Group: GroupMove, In: in(Global)},
		{Action: Left, Keys: keys("left"), Short: "left", Long: "Go one seat to the left", Group: GroupMove, In: in(Seats)},
		{Action: Right, Keys: keys("right"), Short: "right", Long: "Go one seat to the right", Group: GroupMove, In: in(Seats)},
		{Action: In, Keys: keys("enter"), Short: "open", Long: "Go into what the cursor is on", Group: GroupMove, In: in(Global), Footer: true},
		{Action: Back, Keys: keys("esc"), Short: "back", Long: "Drop the filter, then the marks, then go to the parent; never quits", Group: GroupMove, In: in(Global), Needed: true, Footer: true},
		{Action: NextTab, Keys: keys("]"), Short: "next tab", Long: "Go to the next tab or lens", Group: GroupMove, In: in(Home, Room, Lists)},
		{Action: PrevTab, Keys: keys("["), Short: "previous tab", Long: "Go to the previous tab or lens", Group: GroupMove, In: in(Home, Room, Lists)},
		{Action: NextPane, Keys: keys("tab"), Short: "next pane", Long: "Go to the next pane", Group: GroupMove, In: in(Global)},
		{Action: LastView, Keys: keys("-"), Short: "last view", Long: "Go to the view before this one; again comes back", Group: GroupMove, In: in(Global)},
		{Action: Mark, Keys: keys("space"), Short: "mark", Long: "Mark the row and go to the next", Group: GroupMark, In: in(List)},
		{Action: MarkAll, Keys: keys("*"), Short: "mark all", Long: "Mark every row that the filter shows; again drops the marks", Group: GroupMark, In: in(List)},
		{Action: MarkRange, Keys: keys("v"), Short: "mark range", Long: "Mark from here to where v is pressed again", Group: GroupMark, In: in(List)},
	}
}

func lookRows() []Binding {
	return []Binding{
		{Action: Filter, Keys: keys("/"), Short: "filter", Long: "Show only the rows that match what you type", Group: GroupLook, In: in(List), Footer: true},
		{Action: Sort, Keys: keys("s"), Short: "sort", Long: "Choose the column to sort by; the same again reverses", Group: GroupLook, In: in(List), Footer: true},
		{Action: Columns, Keys: keys("o"), Short: "columns", Long: "Choose columns, their order and their width; it is remembered", Group: GroupLook, In: in(List)},
		{Action: Theme, Keys: keys("ctrl+t"), Short: "theme", Long: "Choose the colours, seen at once; it is remembered", Group: GroupLook, In: in(Global)},
		{Action: Mouse, Keys: keys("%"), Short: "mouse", Long: "Let the mouse choose rows, seats, tabs and lenses; again gives it back to the terminal", Group: GroupLook, In: in(Global)},
		{Action: Preview, Keys: keys("p"), Short: "preview", Long: "Show or hide the preview pane", Group: GroupLook, In: in(Global)},
		{Action: Describe, Keys: keys("d"), Short: "describe", Long: "Show everything that is known of the row, in words", Group: GroupLook, In: in(List)},
		{Action: JSON, Keys: keys("y"), Short: "raw JSON", Long: "Show the row as JSON", Group: GroupLook, In: in(List)},
		{Action: Copy, Keys: keys("c"), Short: "copy id", Long: "Copy the id to the clipboard (OSC 52), and show it", Group: GroupLook, In: in(List)},
		{Action: Export, Keys: keys("e"), Short: "export", Long: "Export the rows as CSV, JSON or Markdown", Group: GroupLook, In: in(List)},
		{Action: Refresh, Keys: keys("r"), Short: "refresh", Long: "Fetch now, ahead of the cadence", Group: GroupLook, In: in(Global)},
		{Action: Freeze, Keys: keys("z"), Short: "freeze", Long: "Freeze the screen; again goes on", Group: GroupLook, In: in(Global)},
		{Action: Unmask, Keys: keys("m"), Short: "show secret", Long: "Show the secret of the row, or mask it again", Group: GroupLook, In: in(Lists)},
		{Action: Slower, Keys: keys("{"), Short: "slower", Long: "Spend a fifth less of the account's request rate", Group: GroupLook, In: in(Global)},
		{Action: Faster, Keys: keys("}"), Short: "faster", Long: "Spend a quarter more of the account's request rate, never more than all of it", Group: GroupLook, In: in(Global)},
		{Action: Ack, Keys: keys("a"), Short: "acknowledge", Long: "Acknowledge what asks for attention; nothing is sent", Group: GroupLook, In: in(List)},
		{Action: Pin, Keys: keys("w"), Short: "pin", Long: "Pin the row to the top, or unpin it", Group: GroupLook, In: in(List)},
		{Action: Note, Keys: keys("i"), Short: "note", Long: "Write a note on the class, or on the problem under the cursor; nothing is sent", Group: GroupLook, In: in(Home, Room, Classes)},
	}
}
