package client

import (
	"net/url"
	"strings"

	"classtop/class/clean"
	"classtop/client/spec"
)

// Prepared is a request that was signed and not sent. Signatures are shown in
// part, tokens and UserSigs not at all.
type Prepared struct {
	System, Action string
	Method, URL    string
	Headers        []Header
	Body           string
	Canonical      string // the canonical request (TC3); several lines
	ToSign         string // the string to sign; several lines for TC3
}

// Header is one header of a prepared request.
type Header struct{ Name, Value string }

// headerNames are the headers in the order and spelling of the manual.
var headerNames = []string{
	"Authorization", "Content-Type", "X-TC-Action", "X-TC-Version", "X-TC-Timestamp", "X-TC-Region", "X-TC-Token", "X-TC-Language",
}

// Prepare checks and signs any action, writes too, without sending it.
func (c *Client) Prepare(action string, params map[string]any, sign SignMethod) (Prepared, error) {
	r, err := c.checked(action, params, sign)
	if err != nil {
		return Prepared{}, err
	}
	if err := c.ready(r); err != nil {
		return Prepared{}, err
	}
	return c.show(r), nil
}

// show signs a request and hides what is secret in it.
func (c *Client) show(r *request) Prepared {
	s := c.build(r)
	hide := c.hider(s, r.params)
	p := Prepared{
		System: r.system.Name, Action: r.action.Name, Method: s.method,
		URL: s.at.scheme + "://" + s.at.host + s.path, Body: hide(string(s.body)), ToSign: safe(hide(s.toSign)),
	}
	if s.query != "" {
		p.URL += "?" + hide(s.query)
	}
	for _, name := range headerNames {
		if value := s.header.Get(name); value != "" {
			p.Headers = append(p.Headers, Header{name, safe(hide(value))})
		}
	}
	if r.system.Name != spec.RoomEngine && r.sign.tc3() {
		canonical := s.tc3.appendCanonical(nil)
		p.Canonical, p.ToSign = string(canonical), string(s.tc3.appendToSign(nil, canonical, s.tc3.scope()))
	}
	return p
}

// hider returns a function that masks a request's secrets in any of its texts,
// as they are and as a form or a query encodes them.
func (c *Client) hider(s *signed, params map[string]any) func(string) string {
	var pairs []string
	add := func(secret, shown string) {
		if secret != "" {
			pairs = append(pairs, secret, shown, url.QueryEscape(secret), shown)
		}
	}
	add(c.cfg.Credentials.Token.Reveal(), "****")
	add(c.sigs.current(), "****")
	add(s.signature, mask(s.signature))
	for _, secret := range secretsOf(params) {
		quoted, _ := encodeJSON(secret)
		add(strings.TrimSpace(string(quoted)), `"`+spec.Mask+`"`)
		add(secret, spec.Mask)
	}
	return strings.NewReplacer(pairs...).Replace
}

// secretsOf lists the secrets among parameters. They are objects of JSON.
func secretsOf(params map[string]any) (out []string) {
	for name, v := range params {
		switch v := v.(type) {
		case string:
			if spec.IsSecret(name) {
				out = append(out, v)
			}
		case map[string]any:
			out = append(out, secretsOf(v)...)
		}
	}
	return out
}

// safe makes a text of the user's own safe to show and cuts nothing off.
func safe(s string) string { return clean.Line(s, max(1, 8*len(s))) }
