package client

import (
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"hash"
	"slices"
	"strconv"
	"strings"
)

// v1Text returns the text that a v1 signature covers: the parameters sorted by
// name in ASCII order, their values as they are, not encoded. A Signature
// among them is left out.
func v1Text(method, host string, params map[string]string) string {
	names := make([]string, 0, len(params))
	for name := range params {
		if name != "Signature" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	var b strings.Builder
	b.WriteString(method + host + "/?")
	for i, name := range names {
		if i > 0 {
			b.WriteByte('&')
		}
		b.WriteString(name + "=" + params[name])
	}
	return b.String()
}

// v1Signature signs a text of v1Text. The service checks HmacSHA256 only when
// the parameters name it as SignatureMethod, so the caller must do so.
func v1Signature(key, text string, method SignMethod) string {
	var newHash func() hash.Hash = sha1.New
	if method.sha256() {
		newHash = sha256.New
	}
	mac := hmac.New(newHash, []byte(key))
	mac.Write([]byte(text))
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// flatten turns nested parameters into the names that forms and queries use:
// List.0, Objects.0.Field.
func flatten(params map[string]any) map[string]string {
	out := make(map[string]string, len(params))
	for name, value := range params {
		flattenInto(out, name, value)
	}
	return out
}

func flattenInto(out map[string]string, name string, value any) {
	switch v := value.(type) {
	case nil:
	case string:
		out[name] = v
	case bool:
		out[name] = strconv.FormatBool(v)
	case float64:
		out[name] = strconv.FormatFloat(v, 'f', -1, 64)
	case json.Number:
		out[name] = v.String()
	case map[string]any:
		for field, item := range v {
			flattenInto(out, name+"."+field, item)
		}
	case []any:
		for i, item := range v {
			flattenInto(out, name+"."+strconv.Itoa(i), item)
		}
	default:
		flattenOther(out, name, value)
	}
}

// flattenOther brings what is no plain JSON value ([]string, a struct) into
// that form; a number or named string prints as itself.
func flattenOther(out map[string]string, name string, value any) {
	var plain any
	raw, err := json.Marshal(value)
	if err == nil {
		plain, err = decodePlain(raw)
	}
	if err != nil {
		out[name] = fmt.Sprint(value)
		return
	}
	flattenInto(out, name, plain)
}
