package poll

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"classtop/class"
)

func TestTeachersOfClassesThatDoNotRunGetTheirNames(t *testing.T) {
	running(t, 120, func(b *bench) {
		for i := 1; i < 120; i++ {
			b.src.setStatus(i, class.RoomUpcoming)
		}
		b.src.members = func(class.RoomID) []class.Member {
			return []class.Member{someone("t1", class.RoleTeacher, class.Online)}
		}
		s := b.Join()
		s.Want([]Want{all(Visible)})
		for range 45 {
			time.Sleep(time.Second)
			b.mu.Lock()
			q := b.lines[lineKey{"DescribeUser", Background}]
			assert.True(t, q == nil || q.running <= 1, "one at a time")
			b.mu.Unlock()
		}
		got := b.take(s)
		for id := class.RoomID(1); id <= 120; id++ {
			assert.Equal(t, fmt.Sprint("name of t", id), got[Topic{Kind: Card, Room: id}][0].Data.(class.Card).TeacherName.String())
		}
		time.Sleep(2 * time.Hour)
		assert.Equal(t, 119, b.requests("DescribeUser"), "each once, and the one who is in a list never")
		assert.LessOrEqual(t, b.srv.peak["DescribeUser"], 10)
	})
}

func TestANameThatIsRefusedStaysAnId(t *testing.T) {
	running(t, 5, func(b *bench) {
		for i := range 5 {
			b.src.setStatus(i, class.RoomUpcoming)
		}
		asked := 0
		b.srv.fault = func(action string, _ class.RoomID) *class.Error {
			if action != "DescribeUser" {
				return nil
			}
			asked++
			return &class.Error{System: lcic, Action: action, Code: []string{"ResourceNotFound.User", "UnauthorizedOperation"}[asked%2]}
		}
		s := b.Join()
		s.Want([]Want{all(Visible)})
		time.Sleep(30 * time.Minute)
		card := b.take(s)[Topic{Kind: Card, Room: 3}][0].Data.(class.Card)
		assert.Equal(t, "t3", card.Teacher.String())
		assert.True(t, card.TeacherName.IsZero())
		assert.Equal(t, 5, asked, "each once an hour")
		assert.Equal(t, Connected, b.Health().State, "that names are not told is no trouble")
		s.Want(nil)
		time.Sleep(time.Minute)
		s.Want([]Want{all(Visible)})
		time.Sleep(time.Minute)
		assert.Equal(t, 5, asked, "remembered while nobody looked")
		time.Sleep(time.Hour)
		assert.Equal(t, 10, asked)
		time.Sleep(48 * time.Hour)
		assert.Equal(t, 5*mostAsks, asked, "and given up after a day")
	})
}

func TestASessionAsksForANameAndTheBookIsBounded(t *testing.T) {
	running(t, 0, func(b *bench) {
		who := someone("u", class.RoleStudent, class.Online)
		topic := nameTopic(who.ID)
		s := b.Join()
		s.Want([]Want{{topic, Background}})
		time.Sleep(time.Second)
		assert.Equal(t, class.Person{ID: who.ID, Name: who.Name}, b.take(s)[topic][0].Data)
		other := b.Join()
		other.Want([]Want{{topic, Background}})
		assert.Len(t, b.take(other)[topic], 1, "told from the book")
		assert.Equal(t, 1, b.requests("DescribeUser"))
		n := names{}
		for i := range mostNames + 10 {
			m := someone(fmt.Sprint(i), class.RoleTeacher, class.Online)
			n.learn(m.ID, m.Name)
		}
		assert.Len(t, n, mostNames)
	})
}
