package poll

import (
	"context"
	"net/url"
	"strings"

	"classtop/class"
)

// ListingOf names a list of the application's own by the action that reads it
// and its parameters, as texts of a form. Page and Limit are not among them:
// all pages are read.
func ListingOf(action string, params map[string]string) Topic {
	id := action
	if len(params) > 0 {
		values := url.Values{}
		for name, text := range params {
			values.Set(name, text)
		}
		id += " " + values.Encode() // sorted, and plain ASCII
	}
	return Topic{Kind: Listing, ID: class.NewText(id, id)}
}

// rowOf returns what is known of a topic, or nil. The lists share a kind and
// differ in their actions, which have a share of the budget each.
func rowOf(t Topic) *row {
	if t.Kind != Listing {
		return table[t.Kind]
	}
	action, asked, _ := strings.Cut(t.ID.String(), " ")
	return &row{lcic, action, cadence(30, 30, 120), func(ctx context.Context, s Source, _ query) (any, error) {
		return s.List(ctx, action, listParams(asked))
	}}
}

func listParams(query string) map[string]string {
	values, _ := url.ParseQuery(query) // ListingOf made it
	out := make(map[string]string, len(values))
	for name := range values {
		out[name] = values.Get(name)
	}
	return out
}
