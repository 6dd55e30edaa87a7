package client

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"classtop/class"
	"classtop/class/clean"
	"classtop/client/spec"
)

// saying is a transport that answers with one text and keeps the last request.
type saying struct {
	body string
	last *http.Request
	sent string
	n    int
}

func (s *saying) RoundTrip(r *http.Request) (*http.Response, error) {
	s.n++
	s.last = r
	if r.Body != nil {
		raw, _ := io.ReadAll(r.Body)
		s.sent = string(raw)
	}
	return &http.Response{StatusCode: 200, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(s.body)), Request: r}, nil
}

func (s *saying) client(t *testing.T, changes ...func(*Config)) *Client {
	t.Helper()
	return through(t, s.RoundTrip, append(changes, func(cfg *Config) { cfg.Region = "ap-guangzhou" })...)
}

// reads are the typed reads by their action.
var reads = map[string]func(context.Context, *Client) error{
	"GetRooms": func(ctx context.Context, c *Client) error {
		_, err := c.Rooms(ctx, time.Unix(1, 0), time.Unix(2, 0))
		return err
	},
	"DescribeRoom":              func(ctx context.Context, c *Client) error { _, err := c.Room(ctx, 7); return err },
	"DescribeCurrentMemberList": func(ctx context.Context, c *Client) error { _, err := c.Members(ctx, 7); return err },
	"DescribeQuestionList":      func(ctx context.Context, c *Client) error { _, err := c.Questions(ctx, 7); return err },
	"DescribeAnswerList":        func(ctx context.Context, c *Client) error { _, err := c.Answers(ctx, clean.Text("q")); return err },
	"DescribeDocumentsByRoom":   func(ctx context.Context, c *Client) error { _, err := c.Documents(ctx, 7); return err },
	"DescribeDocument":          func(ctx context.Context, c *Client) error { _, err := c.Document(ctx, clean.Text("d")); return err },
	"GetRoomMessage":            func(ctx context.Context, c *Client) error { _, err := c.Messages(ctx, 7, 5); return err },
	"GetRoomEvent":              func(ctx context.Context, c *Client) error { _, err := c.Events(ctx, 7); return err },
	"DescribeRoomStatistics":    func(ctx context.Context, c *Client) error { _, err := c.Report(ctx, 7); return err },
	"DescribeRoomForbiddenUser": func(ctx context.Context, c *Client) error { _, err := c.Muted(ctx, 7); return err },
	"get_seat_list":             func(ctx context.Context, c *Client) error { _, err := c.Seats(ctx, 7); return err },
}

// writes are the typed writes by their action.
var writes = map[string]func(context.Context, *Writer) error{
	"KickUserFromRoom": func(ctx context.Context, w *Writer) error {
		_, err := w.Kick(ctx, 7, clean.Text("u1"), false, time.Minute)
		return err
	},
	"ForbidSendMsg": func(ctx context.Context, w *Writer) error {
		_, err := w.MuteInChat(ctx, 7, clean.Text("u1"), time.Minute)
		return err
	},
	"SendRoomNotificationMessage": func(ctx context.Context, w *Writer) error {
		_, err := w.SendNotice(ctx, 7, "quiet")
		return err
	},
	"UnblockKickedUser": func(ctx context.Context, w *Writer) error {
		_, err := w.LetIn(ctx, 7, clean.Text("u1"))
		return err
	},
	"EndRoom":   func(ctx context.Context, w *Writer) error { _, err := w.End(ctx, 7); return err },
	"StartRoom": func(ctx context.Context, w *Writer) error { _, err := w.Start(ctx, 7); return err },
	"pick_user_on_seat": func(ctx context.Context, w *Writer) error {
		_, err := w.PickOnSeat(ctx, 7, clean.Text("u1"), 1)
		return err
	},
	"kick_user_off_seat": func(ctx context.Context, w *Writer) error {
		_, err := w.TakeOffSeat(ctx, 7, clean.Text("u1"))
		return err
	},
	"lock_seat": func(ctx context.Context, w *Writer) error {
		_, err := w.LockSeat(ctx, 7, 0, class.SeatLocks{Audio: true})
		return err
	},
	"move_user_to_seat": func(ctx context.Context, w *Writer) error {
		_, err := w.MoveToSeat(ctx, 7, clean.Text("u1"), 0)
		return err
	},
	"BindDocumentToRoom": func(ctx context.Context, w *Writer) error {
		_, err := w.BindDocument(ctx, 7, clean.Text("d1"))
		return err
	},
	"UnbindDocumentFromRoom": func(ctx context.Context, w *Writer) error {
		_, err := w.UnbindDocument(ctx, 7, clean.Text("d1"))
		return err
	},
	"DeleteDocument": func(ctx context.Context, w *Writer) error {
		_, err := w.DeleteDocument(ctx, clean.Text("d1"))
		return err
	},
	"CreateDocument": func(ctx context.Context, w *Writer) error {
		_, _, err := w.CreateDocument(ctx, clean.Block("https://a.example/d.pdf"), clean.Text("讲义"), clean.Text("u1"), 1, true)
		return err
	},
}

func TestEveryExampleDecodes(t *testing.T) {
	tested := 0
	for _, system := range spec.Systems() {
		for i := range system.Actions {
			a := &system.Actions[i]
			for _, ex := range a.Examples {
				tested++
				t.Run(a.Name, func(t *testing.T) {
					s := &saying{body: string(ex.Response)}
					c := s.client(t)
					if read := reads[a.Name]; read != nil {
						require.NoError(t, read(t.Context(), c))
					}
					var params map[string]any
					require.NoError(t, json.Unmarshal(ex.Request, &params))
					answer, err := c.Writer().Call(t.Context(), a.Name, params)
					require.NoError(t, err)
					fields, err := answer.Fields()
					require.NoError(t, err)
					if system.Name != spec.RoomEngine {
						assert.NotEmpty(t, answer.RequestID)
						assert.Contains(t, fields, "RequestId")
					}
				})
			}
		}
	}
	assert.GreaterOrEqual(t, tested, 58)
}

// TestTypedRequestsFollowTheFacts holds what the typed calls send against the
// facts, and that exactly the typed writes are writes there.
func TestTypedRequestsFollowTheFacts(t *testing.T) {
	check := func(name string, write bool, call func(c *Client) error) {
		t.Run(name, func(t *testing.T) {
			a := spec.Find(name)
			require.NotNil(t, a)
			assert.Equal(t, write, a.Write())
			s := &saying{body: `{"Response":{"RequestId":"r"}}`}
			if a.System == spec.RoomEngine {
				s.body = `{"ActionStatus":"OK","ErrorCode":0,"RequestId":"r"}`
			}
			require.NoError(t, call(s.client(t)))
			var params map[string]any
			require.NoError(t, json.Unmarshal([]byte(s.sent), &params))
			if v := spec.Check(a, params); v != nil {
				t.Errorf("%s: %v", s.sent, v)
			}
		})
	}
	for name, read := range reads {
		check(name, false, func(c *Client) error { return read(t.Context(), c) })
	}
	for name, write := range writes {
		check(name, true, func(c *Client) error { return write(t.Context(), c.Writer()) })
	}
}

func TestNullsEverywhere(t *testing.T) {
	for name, read := range reads {
		a := spec.Find(name)
		for _, value := range []string{`null`, `"x"`, `[null,7,"x",[],{}]`, `{}`, `-1.5`, `true`} {
			fields := []string{`"RequestId":"r"`}
			for _, p := range a.Returns {
				if top, _, _ := strings.Cut(p.Name, "."); p.Name != "RequestId" && !strings.Contains(top, "[") {
					fields = append(fields, fmt.Sprintf("%q:%s", strings.TrimPrefix(p.Name, "Response."), value))
				}
			}
			body := `{"Response":{` + strings.Join(fields, ",") + `},"ActionStatus":"OK","Future":[]}`
			assert.NoError(t, read(t.Context(), (&saying{body: body}).client(t)), "%s: %s", name, value)
		}
	}
}

func TestEveryCodeOfTheTypedActionsHasWords(t *testing.T) {
	for _, name := range []string{"GetRooms", "DescribeRoom", "DescribeCurrentMemberList", "KickUserFromRoom", "EndRoom", "StartRoom"} {
		a := spec.Find(name)
		require.NotEmpty(t, a.Errors, name)
		for _, code := range a.Errors {
			body := fmt.Sprintf(`{"Response":{"Error":{"Code":%q,"Message":"m"},"RequestId":"r"}}`, code)
			s := &saying{body: body}
			c := s.client(t)
			c.jitter = func(time.Duration) time.Duration { return 0 }
			var err error
			if read := reads[name]; read != nil {
				err = read(t.Context(), c)
			} else {
				err = writes[name](t.Context(), c.Writer())
			}
			e := asError(t, err)
			assert.NotEmpty(t, e.Meaning, code)
			assert.NotEmpty(t, e.Hint, code)
			assert.Equal(t, "r", e.RequestID)
			assert.False(t, e.HasCode("InternalServerError"), "the wire calls it InternalError")
		}
	}
}

func TestSeatsAndTheirRefusals(t *testing.T) {
	s := &saying{body: string(spec.Find("get_seat_list").Examples[0].Response)}
	c := s.client(t, func(cfg *Config) {
		cfg.RoomIDs = func(id class.RoomID) (string, bool) { return "room-test", id == 7 }
	})
	seats, err := c.Seats(t.Context(), 7)
	require.NoError(t, err)
	require.Len(t, seats, 2)
	assert.Equal(t, "user2", seats[0].User.String())
	assert.JSONEq(t, `{"RoomId":"room-test"}`, s.sent)
	q := s.last.URL.Query()
	assert.Equal(t, "/v4/room_engine_http_mic/get_seat_list", s.last.URL.Path)
	assert.Equal(t, []string{"3520371", "administrator", "json"}, []string{q.Get("sdkappid"), q.Get("identifier"), q.Get("contenttype")})
	assert.Equal(t, "administrator", openUserSig(t, q.Get("usersig")).Identifier)
	assert.NotEmpty(t, q.Get("random"))

	_, err = c.Seats(t.Context(), 8)
	assert.Equal(t, class.CodeConfig, asError(t, err).Code)

	s.body = `{"ActionStatus":"FAIL","ErrorCode":100200,"ErrorInfo":"locked","RequestId":"Id-1"}`
	_, err = c.Writer().PickOnSeat(t.Context(), 7, clean.Text("u\x1b1"), 1)
	e := asError(t, err)
	assert.Equal(t, "100200", e.Code)
	assert.Equal(t, "Id-1", e.RequestID)
	assert.Equal(t, "u␛1 seat 1 in room 7", e.On)
	assert.NotEmpty(t, e.Hint)
	assert.Contains(t, s.sent, `"Member_Account":"u\u001b1"`, "the service gets what it said")
}

// paged answers pages of a growing, shifting list.
func TestPagesEndWhateverTotalSays(t *testing.T) {
	for name, c := range map[string]struct {
		total func(page int) int
		want  int
		calls int
	}{
		"right":    {func(int) int { return 250 }, 250, 3},
		"grows":    {func(page int) int { return 1000 * page }, 250, 4},
		"shrinks":  {func(page int) int { return 400 - 100*page }, 200, 2},
		"for ever": {func(int) int { return 1 << 40 }, 250, 4},
		"zero":     {func(int) int { return 0 }, 100, 1},
	} {
		t.Run(name, func(t *testing.T) {
			calls := 0
			got, err := pages(func(n *int) int { return *n }, func(page int) ([]int, int64, error) {
				calls++
				var items []int
				for i := (page - 1) * 100; i < min(page*100, 250); i++ {
					items = append(items, i)
				}
				return items, int64(c.total(page)), nil
			})
			require.NoError(t, err)
			assert.Len(t, got, c.want)
			assert.Equal(t, c.calls, calls)
		})
	}
}

func TestPagesAreGivenAsTheyCome(t *testing.T) {
	var seen [][]int
	got, err := pagesAsTheyCome(func(n *int) int { return *n }, func(page int) ([]int, int64, error) {
		return []int{2 * page, 2*page + 1}, 6, nil
	}, func(soFar []int) { seen = append(seen, soFar) })
	require.NoError(t, err)
	assert.Equal(t, []int{2, 3, 4, 5, 6, 7}, got)
	assert.Equal(t, [][]int{{2, 3}, {2, 3, 4, 5}}, seen, "the last page comes with the answer")
}

func TestPagesDropDuplicatesAndNeverLoop(t *testing.T) {
	calls := 0
	got, err := pages(func(n *int) int { return *n }, func(page int) ([]int, int64, error) {
		calls++
		return []int{page, page, 1, page + 1}, 1 << 40, nil
	})
	require.NoError(t, err)
	assert.Equal(t, maxPages, calls)
	assert.Len(t, got, maxPages+1)
	_, err = pages(func(n *int) int { return *n }, func(int) ([]int, int64, error) { return nil, 0, io.EOF })
	assert.ErrorIs(t, err, io.EOF)
}

func TestMessagesAreOldestFirst(t *testing.T) {
	s := &saying{body: `{"Response":{"Messages":[{"Seq":9,"FromAccount":"b","MessageBody":[{"MessageType":0,"TextMessage":"a\nb"}]},
		{"Seq":3,"MessageBody":[{"MessageType":1,"ImageMessage":"https://x"},{"MessageType":2,"CustomMessage":{"Data":"d"}}]},{"Seq":9}],"RequestId":"r"}}`}
	got, err := s.client(t).Messages(t.Context(), 7, 10)
	require.NoError(t, err)
	require.Len(t, got, 2)
	assert.Equal(t, int64(3), got[0].Seq)
	assert.Equal(t, "d", got[0].Body[1].Text.String())
	assert.Equal(t, "a␊b", got[1].Body[0].Text.String())
	assert.True(t, bytes.Contains([]byte(s.sent), []byte(`"Seq":10`)))
}
