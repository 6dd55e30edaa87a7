package ops

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"classtop/class"
)

// ForGood is the length of a mute that does not end by itself: the service's
// own number for it.
const ForGood = (1<<32 - 1) * time.Second

// mostNotice caps a notice, in characters: the manuals state no limit, and the
// audit file keeps as much of it.
const mostNotice = maxPlain

// newerRow returns what is known of an action that not every edition of the
// service has: see Edition.
func newerRow(a Action) (row, bool) {
	switch a {
	case Unkick:
		return row{"UnblockKickedUser", 2, onUser, "Let", "Let", "letting", unkickRest, unkickWhy, sendUnkick, lookUnkicked}, true
	case Mute:
		return row{"ForbidSendMsg", 2, onUser, "Mute", "Muted", "muting", muteRest, muteWhy, sendMute, lookMuted}, true
	case Unmute:
		return row{"ForbidSendMsg", 1, onUser, "Unmute", "Unmuted", "unmuting", unmuteRest, unmuteWhy, sendUnmute, lookMuted}, true
	case Notice:
		return row{"SendRoomNotificationMessage", 2, onRoom, "Send", "Sent", "sending", noticeRest, noticeWhy, sendNotice, nil}, true
	}
	return row{}, false
}

func sendUnkick(ctx context.Context, s Sender, r *Result) (string, error) {
	return s.LetIn(ctx, r.Op.Target.Room, r.Op.Target.User)
}

func sendMute(ctx context.Context, s Sender, r *Result) (string, error) {
	return s.MuteInChat(ctx, r.Op.Target.Room, r.Op.Target.User, r.Op.Duration)
}

func sendUnmute(ctx context.Context, s Sender, r *Result) (string, error) {
	return s.MuteInChat(ctx, r.Op.Target.Room, r.Op.Target.User, 0)
}

func sendNotice(ctx context.Context, s Sender, r *Result) (string, error) {
	return s.SendNotice(ctx, r.Op.Target.Room, r.Op.Text)
}

func unkickRest(o Op) string { return o.Target.person() + " into " + o.Target.place() + " again" }

func muteRest(o Op) string {
	who := o.Target.person() + " in the chat of " + o.Target.place()
	if o.Duration == ForGood {
		return who + " for good"
	}
	return who + " for " + Span(o.Duration)
}

func unmuteRest(o Op) string { return o.Target.person() + " in the chat of " + o.Target.place() }

func noticeRest(o Op) string {
	return fmt.Sprintf("the notice “%s” to everybody in %s", plain(o.Text), o.Target.place())
}

func unkickWhy(o Op) string {
	if why := over(o.Target); why != "" {
		return why
	}
	if !o.Target.State.Kicked() {
		return o.Target.person() + " is not kicked out (" + o.Target.State.String() + ")."
	}
	return ""
}

// muteWhy lets a member be muted who is not there: a mute survives leaving and
// coming back.
func muteWhy(o Op) string {
	if why := over(o.Target); why != "" {
		return why
	}
	switch {
	case o.Target.Muted:
		return o.Target.person() + " is muted already. To change for how long, unmute first (x)."
	case o.Duration < time.Second:
		return "No time is chosen. Say for how long the member is muted, at least one second."
	case o.Duration > ForGood:
		return "That is longer than the service can count. Choose \"for good\"."
	}
	return ""
}

func unmuteWhy(o Op) string {
	if why := over(o.Target); why != "" {
		return why
	}
	if !o.Target.Muted {
		return o.Target.person() + " is not muted."
	}
	return ""
}

func noticeWhy(o Op) string {
	if why := over(o.Target); why != "" {
		return why
	}
	return NoticeFault(o.Text)
}

// NoticeFault says why a text cannot be a notice, or "" when it can.
func NoticeFault(text string) string {
	switch {
	case strings.TrimSpace(text) == "":
		return "Type what the notice says."
	case utf8.RuneCountInString(text) > mostNotice:
		return fmt.Sprintf("A notice has at most %d characters; this one has %d.", mostNotice, utf8.RuneCountInString(text))
	case !utf8.ValidString(text) || strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsPrint(r) }):
		return "A notice is one line of visible characters."
	}
	return ""
}

// lookUnkicked cannot say no: a service need not show at once that somebody
// may come back.
func lookUnkicked(ctx context.Context, r Reader, o Op) (sight, error) {
	members, err := r.Members(ctx, o.Target.Room)
	if err != nil {
		return sight{}, err
	}
	i := slices.IndexFunc(members, func(m class.Member) bool { return m.ID == o.Target.User })
	switch {
	case i < 0:
		return sight{unclear, o.Target.person() + " is not in the list of members"}, nil
	case members[i].State.Kicked():
		return sight{unclear, o.Target.person() + " is still shown as " + members[i].State.String()}, nil
	}
	return sight{applied, o.Target.person() + " is " + members[i].State.String()}, nil
}

func lookMuted(ctx context.Context, r Reader, o Op) (sight, error) {
	muted, err := r.Muted(ctx, o.Target.Room)
	if err != nil {
		return sight{}, err
	}
	is := slices.ContainsFunc(muted, func(m class.Mute) bool { return m.User == o.Target.User })
	found := sight{unchanged, o.Target.person() + " is not muted"}
	if is {
		found.found = o.Target.person() + " is muted"
	}
	if is == (o.Action == Mute) {
		found.seen = applied
	}
	return found, nil
}
