package client

import (
	"context"

	"classtop/class"
	"classtop/client/spec"
)

// Members reads everybody of a class, those who left too
// (DescribeCurrentMemberList).
func (c *Client) Members(ctx context.Context, room class.RoomID) ([]class.Member, error) {
	return pages(memberID, func(page int) ([]class.Member, int64, error) {
		body := listBody{RoomID: room, Page: page, Limit: memberPage}
		var p memberPageData
		err := c.fetch(ctx, spec.LCIC, "DescribeCurrentMemberList", inRoom(room), body, p.decode)
		return p.members, p.total, err
	})
}

// User reads a user's profile (DescribeUser).
func (c *Client) User(ctx context.Context, id class.Text) (class.Person, error) {
	a, err := read[struct {
		UserID name `json:"UserId"`
		Name   name
	}](ctx, c, "DescribeUser", "user "+id.String(), struct {
		UserID string `json:"UserId"`
	}{id.Raw()})
	return class.Person{ID: class.Text(a.UserID), Name: class.Text(a.Name)}, err
}
