package sim

import "fmt"

// message is one chat message, kept small; its words come out of the tables.
type message struct {
	at   int32 // seconds after the class's base
	who  int16
	kind uint8
	text uint8 // which of the words of its kind
}

// What a message is.
const (
	talkPupil uint8 = iota
	talkLesson
	talkSpam
	talkImage
	talkCustom
	talkNotice
)

// noticeFrom is who a notice of the service itself comes from.
const noticeFrom = "administrator"

// announce adds a notice to the chat, which no member sent.
func (d *detail) announce(t int64, text string) {
	d.chat = append(d.chat, message{at: int32(t - d.base), who: -1, kind: talkNotice, text: uint8(len(d.notices))})
	d.notices = append(d.notices, text)
}

// say adds a message to the chat.
func (d *detail) say(i int, t int64, kind uint8) {
	words := map[uint8][]string{talkPupil: chatter, talkLesson: lessons, talkSpam: spam}[kind]
	m := message{int32(t - d.base), int16(i), kind, uint8(d.dice.IntN(len(words)))}
	if kind != talkSpam {
		switch n := d.dice.IntN(40); {
		case n == 0:
			m.kind = talkImage
		case n == 1:
			m.kind = talkCustom
		}
	}
	d.members[i].messages++
	d.chat = append(d.chat, m)
}

func (d *detail) body(m message, seq int) obj {
	item := obj{"MessageType": 0, "TextMessage": nil, "ImageMessage": nil, "CustomMessage": nil}
	switch m.kind {
	case talkImage:
		item["MessageType"], item["ImageMessage"] = 1, fmt.Sprintf("https://img.school.example/chat/%06d.jpg", seq)
	case talkCustom:
		item["MessageType"] = 2
		item["CustomMessage"] = obj{"Data": `{"type":"like","count":1}`, "Desc": "like", "Ext": ""}
	case talkLesson:
		item["TextMessage"] = lessons[int(m.text)%len(lessons)]
	case talkSpam:
		item["TextMessage"] = spam[int(m.text)%len(spam)]
	case talkNotice:
		item["TextMessage"] = d.notices[int(m.text)%len(d.notices)]
	default:
		item["TextMessage"] = chatter[int(m.text)%len(chatter)]
	}
	return item
}

// getRoomMessage pages back through the chat, newest first.
func getRoomMessage(w *world, p params) (obj, *refusal) {
	x, bad := w.room(p)
	if bad != nil {
		return nil, bad
	}
	d := w.look(x)
	limit := 20
	if p.num("Limit") > 0 {
		limit = int(min(p.num("Limit"), 100))
	}
	last := len(d.chat)
	if seq := p.num("Seq"); seq > 0 {
		last = min(last, int(seq)-1)
	}
	list := []obj{}
	for i := last - 1; i >= 0 && len(list) < limit; i-- {
		m, from := d.chat[i], noticeFrom
		if m.who >= 0 {
			from = d.members[m.who].id
		}
		list = append(list, obj{
			"Timestamp": d.base + int64(m.at), "FromAccount": from, "Seq": i + 1, "MessageBody": []obj{d.body(m, i+1)},
		})
	}
	return obj{"Messages": list}, nil
}
