// Package sdk calls a service with Tencent Cloud's own Go SDK, as a user of it
// would: the yardstick for classtop's client and a witness for the simulator.
package sdk

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common"
	tchttp "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/http"
	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/profile"

	"classtop/client/spec"
)

// Methods are the SDK's ways to sign.
var Methods = []string{"TC3-HMAC-SHA256", "HmacSHA1", "HmacSHA256"}

// New makes the SDK's common client for a plain HTTP endpoint on loopback.
// The endpoint is a URL; region may be empty.
func New(endpoint, id, key, region, method string) *common.Client {
	p := profile.NewClientProfile()
	p.SignMethod = method
	p.Language = "en-US"
	p.HttpProfile.Scheme = "HTTP"
	p.HttpProfile.Endpoint = strings.TrimPrefix(endpoint, "http://")
	return common.NewCommonClient(common.NewCredential(id, key), region, p)
}

// NewRequest makes a request of one of the facts' actions. The SDK forgets the
// parameters of a common request when it signs by version 1, so they are
// flattened here, by the SDK's own code for typed requests.
func NewRequest(action, method string, params map[string]any) (*tchttp.CommonRequest, error) {
	a := spec.Find(action)
	if a == nil {
		return nil, fmt.Errorf("%s is not in the facts", action)
	}
	system := spec.Get(a.System)
	r := tchttp.NewCommonRequest(system.Service, system.Version, action)
	if method == Methods[0] {
		body, err := json.Marshal(params)
		if err != nil {
			return nil, err
		}
		return r, r.SetActionParameters(body)
	}
	flat, err := flatten(params)
	for name, value := range flat {
		r.GetParams()[name] = value
	}
	return r, err
}

// Call sends one request. The answer is what stands inside Response.
func Call(c *common.Client, r *tchttp.CommonRequest) (map[string]any, error) {
	answer := tchttp.NewCommonResponse()
	if err := c.Send(r, answer); err != nil {
		return nil, err
	}
	var envelope struct{ Response map[string]any }
	return envelope.Response, fillFrom(answer, &envelope)
}

func fillFrom(answer *tchttp.CommonResponse, v any) error {
	d := json.NewDecoder(strings.NewReader(string(answer.GetBody())))
	d.UseNumber()
	return d.Decode(v)
}

// carrier has the form of the SDK's typed requests. The SDK flattens P under
// the prefix "P.".
type carrier struct {
	*tchttp.BaseRequest
	P any `name:"P"`
}

func flatten(params map[string]any) (map[string]string, error) {
	c := &carrier{BaseRequest: &tchttp.BaseRequest{}, P: typed(params).Interface()}
	c.Init()
	if err := tchttp.ConstructParams(c); err != nil {
		return nil, err
	}
	flat := map[string]string{}
	for name, value := range c.GetParams() {
		if name, ours := strings.CutPrefix(name, "P."); ours {
			flat[name] = value
		}
	}
	return flat, nil
}

// typed turns a map into a struct with the tags that the SDK reads.
func typed(params map[string]any) reflect.Value {
	var fields []reflect.StructField
	var values []reflect.Value
	for _, name := range slices.Sorted(maps.Keys(params)) {
		v := valueOf(params[name])
		fields = append(fields, reflect.StructField{
			Name: "F" + strconv.Itoa(len(fields)), Type: v.Type(), Tag: reflect.StructTag(fmt.Sprintf("name:%q", name)),
		})
		values = append(values, v)
	}
	s := reflect.New(reflect.StructOf(fields)).Elem()
	for i, v := range values {
		s.Field(i).Set(v)
	}
	return s
}

// valueOf gives one value the type that a typed request would give it.
func valueOf(value any) reflect.Value {
	switch v := value.(type) {
	case map[string]any:
		return typed(v)
	case json.Number:
		if n, err := v.Int64(); err == nil {
			return reflect.ValueOf(n)
		}
		f, _ := v.Float64()
		return reflect.ValueOf(f)
	case []any:
		return listOf(v)
	}
	return reflect.ValueOf(value)
}

// listOf makes a slice of scalars. Objects may have different fields, so a
// list of them is a struct whose fields are named by their place.
func listOf(items []any) reflect.Value {
	byPlace := map[string]any{}
	for i, item := range items {
		if _, object := item.(map[string]any); object {
			byPlace[strconv.Itoa(i)] = item
		}
	}
	if len(byPlace) > 0 {
		return typed(byPlace)
	}
	list := reflect.ValueOf([]string{})
	for i, item := range items {
		v := valueOf(item)
		if i == 0 {
			list = reflect.MakeSlice(reflect.SliceOf(v.Type()), 0, len(items))
		}
		list = reflect.Append(list, v)
	}
	return list
}
