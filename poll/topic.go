// Package poll decides what to fetch and when, so that what eyes are on stays
// fresh while no action's share of the account's budget is ever exceeded.
//
// Sessions (dashboards) say what they show; the hub keeps the union of their
// wants, one flight a topic, and leaves what came in each session's
// latest-wins mailbox. It never blocks on a session.
package poll

import (
	"time"

	"classtop/class"
)

// Kind is a subject that can be fetched.
type Kind uint8

// The kinds of topics. Cards is put together by the hub and never fetched by
// itself.
const (
	Rooms     Kind = iota // []class.Room: all classes of the window (GetRooms)
	Cards                 // demand only: a Card update for every class
	Card                  // class.Card: Rooms, Detail and Members of one class in short
	Detail                // class.RoomDetail (DescribeRoom)
	Members               // []class.Member (DescribeCurrentMemberList)
	Questions             // []class.Question (DescribeQuestionList)
	Answers               // []class.Answer (DescribeAnswerList); Topic.ID is the question's
	Documents             // []class.Document (DescribeDocumentsByRoom)
	Seats                 // []class.Seat (get_seat_list)
	Messages              // []class.Message, oldest first (GetRoomMessage); Topic.ID is the number before which they lie, empty for the newest
	Events                // []class.Event (GetRoomEvent)
	Report                // class.Report (DescribeRoomStatistics)
	Listing               // []class.Record: a list of the application's own; see ListingOf
	Name                  // class.Person (DescribeUser); Topic.ID is the user's
)

// Topic names one thing to fetch. It is comparable.
type Topic struct {
	Kind Kind
	Room class.RoomID
	ID   class.Text // the question of Answers, the number of Messages, what Listing reads, the user of Name; empty otherwise
}

// Tier says how much a topic matters now.
type Tier uint8

// The tiers, from the most urgent to the least.
const (
	Focused    Tier = iota // under the cursor or the view's own subject: about every second
	Visible                // on the screen: about every three seconds
	Background             // everything else, as the budget allows
)

// Want is a session's demand for a topic. A want for Cards asks for the card
// of every class; a want for one Card raises the tier of that class only.
type Want struct {
	Topic Topic
	Tier  Tier
}

// Update is what a fetch ended in. Data has the type that the kind's comment
// names; on an error it is nil and the receiver keeps what it had.
type Update struct {
	Topic   Topic
	Data    any
	Started time.Time // when the request was sent: the data are not newer
	At      time.Time // when the answer came
	Err     *class.Error
	More    bool // of a list that is read for the first time: the rest is under way
}
