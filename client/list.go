package client

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"classtop/class"
	"classtop/class/clean"
	"classtop/client/spec"
)

// List reads a list of the application's own with all its pages, by the name
// of its action: users, groups, supervisors. params are texts as a form has
// them. Of an action that answers no list, each value is a record with Name
// and Value.
func (c *Client) List(ctx context.Context, action string, params map[string]string) ([]class.Record, error) {
	given := map[string]any{}
	a := spec.Find(action)
	for name, text := range params {
		v, err := spec.Coerce(a, name, text)
		if err != nil {
			return nil, &class.Error{System: spec.LCIC, Action: action, Code: class.CodeParameter, Message: safe(err.Error())}
		}
		given[name] = v
	}
	list := listOf(a)
	if list == nil || a.Param("Page") == nil || a.Param("Limit") == nil {
		records, _, err := c.page(ctx, a, list, given)
		return records, err
	}
	return pages(identity, func(page int) ([]class.Record, int64, error) {
		given["Page"], given["Limit"] = page, pageSize
		return c.page(ctx, a, list, given)
	})
}

// identity tells records apart by all they hold.
func identity(r *class.Record) string {
	b, _ := r.MarshalJSON() // texts can be encoded
	return string(b)
}

// listOf is the list that an action answers, or nil.
func listOf(a *spec.Action) *spec.Param {
	if a == nil {
		return nil
	}
	i := slices.IndexFunc(a.Returns, func(p spec.Param) bool { return strings.HasPrefix(p.Type, "[]") })
	if i < 0 || a.Param("Page") == nil && len(a.Returns) > 3 {
		return nil // a list among other things
	}
	return &a.Returns[i]
}

func (c *Client) page(ctx context.Context, a *spec.Action, list *spec.Param, params map[string]any) ([]class.Record, int64, error) {
	if a == nil {
		return nil, 0, &class.Error{Code: class.CodeParameter, Message: "there is no such action"}
	}
	answer, err := c.Call(ctx, a.Name, params)
	if err != nil {
		return nil, 0, err
	}
	v, err := decodePlain(answer.Data)
	if err != nil {
		return nil, 0, &class.Error{System: a.System, Action: a.Name, Code: class.CodeBody, RequestID: answer.RequestID, Cause: err}
	}
	masked, _ := spec.Masked(v)
	fields, _ := masked.(map[string]any)
	if list == nil {
		return values("", a.Returns, fields, a.System), 0, nil
	}
	items, _ := fields[list.Name].([]any)
	elem, _ := list.ElemType()
	order := spec.Get(a.System).Types[elem]
	records := make([]class.Record, 0, len(items))
	for _, item := range items {
		records = append(records, record(order, item))
	}
	return records, toInt([]byte(fmt.Sprint(fields["Total"]))), nil
}

// record makes a row of one item: an object's fields in the order of the
// facts and then the others, or the item itself as Id.
func record(order []spec.Param, item any) class.Record {
	object, ok := item.(map[string]any)
	if !ok {
		return class.Record{{Name: "Id", Value: asText(item)}}
	}
	var r class.Record
	for i := range order {
		if v, ok := object[order[i].Name]; ok {
			r = append(r, class.Field{Name: order[i].Name, Value: asText(v)})
			delete(object, order[i].Name)
		}
	}
	for _, name := range sortedNames(object) {
		r = append(r, class.Field{Name: clean.Text(name).String(), Value: asText(object[name])})
	}
	return r
}

// values makes one record of each value of an answer; those of objects have
// dotted names.
func values(path string, order []spec.Param, fields map[string]any, system string) []class.Record {
	var out []class.Record
	for i := range order {
		p := &order[i]
		v, ok := fields[p.Name]
		if inner, object := v.(map[string]any); object {
			out = append(out, values(path+p.Name+".", spec.Get(system).Types[p.Type], inner, system)...)
		} else if ok && p.Name != "RequestId" {
			out = append(out, class.Record{{Name: "Name", Value: clean.Text(path + p.Name)}, {Name: "Value", Value: asText(v)}})
		}
	}
	return out
}

func sortedNames(m map[string]any) []string {
	var names []string
	for name := range m {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// asText shows a decoded value; what is no single value stays JSON.
func asText(v any) class.Text {
	switch v := v.(type) {
	case nil:
		return class.Text{}
	case string:
		return clean.Text(v)
	case []any, map[string]any:
		b, _ := json.Marshal(v) // was decoded from JSON
		return clean.Block(string(b))
	}
	return clean.Text(fmt.Sprint(v))
}
