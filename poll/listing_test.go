package poll

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"classtop/class"
)

// lister answers nothing but lists.
type lister struct{ Source }

func (lister) List(_ context.Context, _ string, params map[string]string) ([]class.Record, error) {
	asked := params["GroupId"]
	return []class.Record{{{Name: "asked", Value: class.NewText(asked, asked)}}}, nil
}

func TestAListingIsReadByItsAction(t *testing.T) {
	topic := ListingOf("DescribeGroupMemberList", map[string]string{"GroupId": "g &1"})
	assert.Equal(t, topic, ListingOf("DescribeGroupMemberList", map[string]string{"GroupId": "g &1"}), "topics can be compared")
	row := rowOf(topic)
	assert.Equal(t, "DescribeGroupMemberList", row.action)
	assert.NotZero(t, row.every[Background])
	data, err := row.fetch(t.Context(), lister{}, query{Topic: topic})
	require.NoError(t, err)
	list, _ := data.([]class.Record)
	assert.Equal(t, "g &1", list[0].Get("asked").String())
	assert.Equal(t, "GetRooms", rowOf(Topic{Kind: Rooms}).action)
	assert.Nil(t, rowOf(Topic{Kind: Cards}))
}
