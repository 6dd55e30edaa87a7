package poll

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"strings"
	"time"

	"classtop/class"
)

// masked is a Source that shows pseudonyms.
type masked struct {
	from Source
	key  []byte
}

// Mask returns a source of the same classes in which names, ids of users,
// addresses, places and what people write are hidden behind pseudonyms. The
// same person has the same pseudonym everywhere and, with the same key, every
// time; without the key nobody can try names out. What is sent back to the
// service stays the real id. Ids of classes are not hidden.
func Mask(from Source, key string) Source { return &masked{from: from, key: []byte(key)} }

// hash is a number that stands for a text of a kind.
func (m *masked) hash(kind string, t class.Text) uint64 {
	h := hmac.New(sha256.New, m.key)
	h.Write([]byte(kind + "\x00" + t.String()))
	return binary.BigEndian.Uint64(h.Sum(nil))
}

// id hides an identifier or an address.
func (m *masked) id(prefix string, t class.Text) class.Text {
	return t.As(fmt.Sprintf("%s-%06x", prefix, m.hash(prefix, t)&0xffffff))
}

func (m *masked) user(t class.Text) class.Text { return m.id("user", t) }

// name hides the name of a person, a class or a document.
func (m *masked) name(t class.Text) class.Text {
	n := m.hash("name", t)
	return t.As(hues[n%uint64(len(hues))] + " " + birds[(n>>8)%uint64(len(birds))])
}

// hidden hides what people wrote.
func hidden(t class.Text) class.Text { return t.As("(hidden)") }

// The words of pseudonyms.
var (
	hues = strings.Fields(`Amber Azure Beige Black Blue Bronze Brown Coral Cream Crimson Cyan Ebony Emerald Golden Green Grey
		Hazel Indigo Ivory Jade Khaki Lemon Lilac Lime Maroon Mint Navy Ochre Olive Orange Pearl Pink Plum Purple Red Rose
		Ruby Rusty Sand Scarlet Silver Slate Tan Teal Umber Violet White Yellow`)
	birds = strings.Fields(`Bittern Bunting Buzzard Condor Coot Crane Crow Cuckoo Curlew Dipper Dove Duck Eagle Egret Falcon
		Finch Godwit Goose Grebe Grouse Gull Hawk Heron Hoopoe Ibis Jay Kestrel Kite Lark Linnet Magpie Martin Merlin
		Oriole Osprey Owl Pigeon Pipit Plover Quail Raven Robin Snipe Starling Stork Swan Swift Tern Thrush Wren`)
)

// room hides a class's name and its recording.
func (m *masked) room(r class.Room) class.Room {
	r.Name, r.RecordURL = m.name(r.Name), hidden(r.RecordURL)
	return r
}

func (m *masked) member(p class.Member) class.Member {
	p.ID, p.Name, p.GroupID = m.user(p.ID), m.name(p.Name), m.id("group", p.GroupID)
	p.IP, p.Place = m.id("address", p.IP), m.id("place", p.Place)
	return p
}

// each applies a mask to a copy of a list: what came may be shared.
func each[T any](list []T, err error, mask func(T) T) ([]T, error) {
	if err != nil {
		return nil, err
	}
	out := make([]T, len(list))
	for i := range list {
		out[i] = mask(list[i])
	}
	return out, nil
}

func (m *masked) RoomsAsTheyCome(ctx context.Context, from, to time.Time, soFar func([]class.Room)) ([]class.Room, error) {
	hide := soFar
	if soFar != nil {
		hide = func(list []class.Room) {
			list, _ = each(list, nil, m.room)
			soFar(list)
		}
	}
	list, err := m.from.RoomsAsTheyCome(ctx, from, to, hide)
	return each(list, err, m.room)
}

func (m *masked) Room(ctx context.Context, id class.RoomID) (class.RoomDetail, error) {
	d, err := m.from.Room(ctx, id)
	if err != nil {
		return class.RoomDetail{}, err
	}
	d.Room, d.Teacher, d.GroupID = m.room(d.Room), m.user(d.Teacher), m.id("group", d.GroupID)
	d.Assistants, _ = each(d.Assistants, nil, m.user)
	d.RecordLiveURL, d.RecordBackground, d.RecordScene = hidden(d.RecordLiveURL), hidden(d.RecordBackground), hidden(d.RecordScene)
	return d, nil
}

func (m *masked) Members(ctx context.Context, id class.RoomID) ([]class.Member, error) {
	list, err := m.from.Members(ctx, id)
	return each(list, err, m.member)
}

func (m *masked) Questions(ctx context.Context, id class.RoomID) ([]class.Question, error) {
	list, err := m.from.Questions(ctx, id)
	return each(list, err, func(q class.Question) class.Question {
		q.Text = hidden(q.Text)
		return q
	})
}

func (m *masked) Answers(ctx context.Context, question class.Text) ([]class.Answer, error) {
	list, err := m.from.Answers(ctx, question)
	return each(list, err, func(a class.Answer) class.Answer {
		a.UserID, a.Name = m.user(a.UserID), m.name(a.Name)
		return a
	})
}

func (m *masked) Documents(ctx context.Context, id class.RoomID) ([]class.Document, error) {
	list, err := m.from.Documents(ctx, id)
	return each(list, err, func(d class.Document) class.Document {
		d.Name, d.Owner = m.name(d.Name), m.user(d.Owner)
		for _, t := range []*class.Text{&d.URL, &d.Result, &d.Info, &d.Cover, &d.Preview} {
			*t = hidden(*t)
		}
		return d
	})
}

func (m *masked) Seats(ctx context.Context, id class.RoomID) ([]class.Seat, error) {
	list, err := m.from.Seats(ctx, id)
	return each(list, err, func(s class.Seat) class.Seat {
		s.User = m.user(s.User)
		return s
	})
}

func (m *masked) Messages(ctx context.Context, id class.RoomID, before int64) ([]class.Message, error) {
	list, err := m.from.Messages(ctx, id, before)
	return each(list, err, func(msg class.Message) class.Message {
		msg.From = m.user(msg.From)
		msg.Body, _ = each(msg.Body, nil, func(p class.MessagePart) class.MessagePart {
			p.Text = hidden(p.Text)
			return p
		})
		return msg
	})
}

func (m *masked) Events(ctx context.Context, id class.RoomID) ([]class.Event, error) {
	list, err := m.from.Events(ctx, id)
	return each(list, err, func(e class.Event) class.Event {
		e.User, e.RecordURL = m.user(e.User), hidden(e.RecordURL)
		return e
	})
}

func (m *masked) Report(ctx context.Context, id class.RoomID) (class.Report, error) {
	r, err := m.from.Report(ctx, id)
	if err != nil {
		return class.Report{}, err
	}
	r.Members, _ = each(r.Members, nil, m.member)
	return r, nil
}

func (m *masked) User(ctx context.Context, id class.Text) (class.Person, error) {
	p, err := m.from.User(ctx, id)
	return class.Person{ID: m.user(p.ID), Name: m.name(p.Name)}, err
}

// List hides the lists of an application whole: their fields are not known one
// by one.
func (m *masked) List(_ context.Context, action string, _ map[string]string) ([]class.Record, error) {
	return nil, &class.Error{System: lcic, Action: action, Code: class.CodeNotReady,
		Meaning: "This list is not shown while names are hidden.", Hint: "Start classtop without --mask to see it."}
}
