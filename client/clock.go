package client

import (
	"net/http"
	"regexp"
	"strconv"
	"time"
)

// A clock that is less than this off is not the reason for a refusal: the
// service allows 300 seconds.
const (
	leastSkew = time.Minute
	noSkew    = 2 * time.Second // what the whole seconds of a Date cannot tell from none
)

// expired tells whether a code refuses a request for its time.
func expired(code string) bool {
	return code == "AuthFailure.SignatureExpire" || code == "70001"
}

var serverTime = regexp.MustCompile(`server time (\d{9,11})`)

// learn takes the server's clock from an answer that refused a request for its
// time. It reports false when the request was signed with just that clock, so
// that signing again would be refused again.
func (c *Client) learn(o outcome) bool {
	server, err := http.ParseTime(o.date)
	if err != nil {
		m := serverTime.FindStringSubmatch(o.message)
		if m == nil {
			return false
		}
		sec, _ := strconv.ParseInt(m[1], 10, 64) // eleven digits at most
		server = time.Unix(sec, 0)
	}
	offset := server.Add(500 * time.Millisecond).Sub(o.arrived) // Date is cut to whole seconds
	if offset.Abs() < noSkew {
		offset = 0
	}
	if (offset - o.offset).Abs() < leastSkew {
		return false
	}
	c.offset.Store(int64(offset))
	return true
}
