package poll

import (
	"context"
	"reflect"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"classtop/class"
)

// plainTexts may be shown: they name no person, address or place.
var plainTexts = map[string]bool{
	"RoomDetail.SubType": true, "RoomDetail.RecordLang": true, "Question.ID": true, "Document.ID": true, "Document.Type": true, "Event.Kind": true,
}

// paint fills every Text of a value with one that must not be shown.
func paint(v reflect.Value, texts func(at string, t class.Text) class.Text) {
	switch v.Kind() {
	case reflect.Slice:
		for i := range v.Len() {
			paint(v.Index(i), texts)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			f := v.Field(i)
			if !f.CanSet() {
				continue
			}
			if t, ok := f.Interface().(class.Text); ok {
				f.Set(reflect.ValueOf(texts(v.Type().Name()+"."+v.Type().Field(i).Name, t)))
				continue
			}
			if f.Kind() == reflect.Slice && f.Len() == 0 {
				f.Set(reflect.MakeSlice(f.Type(), 1, 1))
			}
			if list, ok := f.Interface().([]class.Text); ok {
				list[0] = texts(v.Type().Name()+"."+v.Type().Field(i).Name, list[0])
				continue
			}
			paint(f, texts)
		}
	}
}

const secretName = "王建国"

func real1[T any]() T {
	var v T
	paint(reflect.ValueOf(&v).Elem(), func(string, class.Text) class.Text { return class.NewText(secretName, secretName+"\a") })
	return v
}

// openBook is a source full of what must not be shown.
type openBook struct{ Source }

func (openBook) RoomsAsTheyCome(context.Context, time.Time, time.Time, func([]class.Room)) ([]class.Room, error) {
	return []class.Room{real1[class.Room]()}, nil
}
func (openBook) Room(context.Context, class.RoomID) (class.RoomDetail, error) {
	return real1[class.RoomDetail](), nil
}
func (openBook) Members(context.Context, class.RoomID) ([]class.Member, error) {
	return []class.Member{real1[class.Member]()}, nil
}
func (openBook) Questions(context.Context, class.RoomID) ([]class.Question, error) {
	return []class.Question{real1[class.Question]()}, nil
}
func (openBook) Answers(context.Context, class.Text) ([]class.Answer, error) {
	return []class.Answer{real1[class.Answer]()}, nil
}
func (openBook) Documents(context.Context, class.RoomID) ([]class.Document, error) {
	return []class.Document{real1[class.Document]()}, nil
}
func (openBook) Seats(context.Context, class.RoomID) ([]class.Seat, error) {
	return []class.Seat{real1[class.Seat]()}, nil
}
func (openBook) Messages(context.Context, class.RoomID, int64) ([]class.Message, error) {
	return []class.Message{real1[class.Message]()}, nil
}
func (openBook) Events(context.Context, class.RoomID) ([]class.Event, error) {
	return []class.Event{real1[class.Event]()}, nil
}
func (openBook) Report(context.Context, class.RoomID) (class.Report, error) {
	return real1[class.Report](), nil
}

func (openBook) User(context.Context, class.Text) (class.Person, error) {
	return real1[class.Person](), nil
}

func TestTheMaskHidesEveryTextAndKeepsWhatIsSent(t *testing.T) {
	m := Mask(openBook{}, "key")
	rv := reflect.ValueOf(m)
	for i := range rv.NumMethod() {
		name := rv.Type().Method(i).Name
		if name == "List" {
			continue
		}
		args := []reflect.Value{reflect.ValueOf(t.Context())}
		for j := 1; j < rv.Method(i).Type().NumIn(); j++ {
			args = append(args, reflect.Zero(rv.Method(i).Type().In(j)))
		}
		out := rv.Method(i).Call(args)
		require.True(t, out[1].IsNil(), name)
		seen := 0
		v := reflect.New(out[0].Type()).Elem()
		v.Set(out[0])
		paint(v, func(at string, text class.Text) class.Text {
			seen++
			assert.Equal(t, secretName+"\a", text.Raw(), "%s %s", name, at)
			if !plainTexts[at] {
				assert.NotContains(t, text.String(), secretName, "%s %s", name, at)
				assert.NotEmpty(t, text.String(), "%s %s", name, at)
			}
			return text
		})
		assert.Positive(t, seen, name)
	}
	_, err := m.List(t.Context(), "DescribeGroupList", nil)
	require.Error(t, err)
}

func TestPseudonymsAreStable(t *testing.T) {
	name := func(key, s string) string { return Mask(nil, key).(*masked).name(plain(s)).String() }
	assert.Equal(t, name("k", "Anna"), name("k", "Anna"))
	assert.NotEqual(t, name("k", "Anna"), name("k", "Berta"))
	assert.NotEqual(t, name("k", "Anna"), name("other", "Anna"), "without the key nobody can try names out")
	assert.True(t, Mask(nil, "k").(*masked).name(class.Text{}).IsZero())
}
