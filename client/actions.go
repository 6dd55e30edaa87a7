package client

import (
	"context"

	"classtop/class"
	"classtop/client/spec"
)

// read sends one of LCIC's typed reads and decodes the answer.
func read[T any](ctx context.Context, c *Client, action, on string, body any) (T, error) {
	var data T
	return data, c.fetch(ctx, spec.LCIC, action, on, body, into(spec.LCIC, &data))
}

// fetch sends a read whose body has an SdkAppId or does not need one.
func (c *Client) fetch(ctx context.Context, system, action, on string, body any, decode decoder) error {
	r, err := c.request(system, action, on, body)
	if err != nil {
		return err
	}
	_, err = c.do(ctx, r, decode)
	return err
}

// request prepares a typed call. The actions are constants of this package; a
// test holds each of them against the facts.
func (c *Client) request(system, action, on string, body any) (*request, error) {
	a := spec.Get(system).Action(action)
	r, err := newRequest(a, body, on)
	if err != nil {
		return nil, err
	}
	p := a.Param("SdkAppId")
	r.needApp = p != nil && p.Required
	return r, nil
}

// inRoom names a class in errors.
func inRoom(id class.RoomID) string { return "room " + id.String() }

// listBody is the body of a list of one class.
type listBody struct {
	RoomID   class.RoomID `json:"RoomId"`
	SdkAppID uint64       `json:"SdkAppId,omitempty"`
	Page     int          `json:"Page"`
	Limit    int          `json:"Limit"`
}

// roomBody is the body of a call that needs only the class.
type roomBody struct {
	RoomID class.RoomID `json:"RoomId"`
}
