//go:build unix

package main

import (
	"bytes"
	"fmt"
	"io"
	"math"
	"net/http"
	"time"

	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common"
	tchttp "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/http"

	"classtop/bench/sdk"
	"classtop/bench/table"
)

// sign compares the signers. The SDK's cannot be called alone: it is what a
// call costs with signing, less what the same call costs when the SDK is told
// to skip it, with a transport that answers at once.
func sign(t *table.Table) error {
	ours, err := benchmarks("./client", "SignTC3", "100ms")
	if err != nil {
		return err
	}
	mine, bare, theirs := ours["SignTC3/sign"], ours["SignTC3/bare_hashes"], sdkSigner()
	t.Add(theirs/mine.ns >= 8, table.Row{
		What: "sign one request, against the SDK", Target: "8 x faster", Measured: nanos(mine.ns), Baseline: nanos(theirs) + " SDK", Ratio: times(theirs / mine.ns)})
	t.Add(mine.ns/bare.ns <= 2, table.Row{
		What: "sign one request, against its bare hashes", Target: "at most 2 x", Measured: nanos(mine.ns), Baseline: nanos(bare.ns) + " two SHA-256, one HMAC", Ratio: times(mine.ns / bare.ns)})
	t.Add(mine.allocs <= 1, table.Row{What: "allocations of signing", Target: "1", Measured: fmt.Sprint(mine.allocs)})
	return nil
}

// instantly answers every request with the same body, without a network.
type instantly []byte

func (b instantly) RoundTrip(r *http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: io.NopCloser(bytes.NewReader(b)), Request: r}, nil
}

// sdkSigner is how long the SDK signs, in nanoseconds.
func sdkSigner() float64 {
	c := sdk.New("http://lcic.tencentcloudapi.com", "AKIDEXAMPLE", "EXAMPLE-secret-key", "", sdk.Methods[0])
	c.WithHttpTransport(instantly(`{"Response":{"RequestId":"1"}}`))
	signed, plain := math.Inf(1), math.Inf(1) // the fastest of each: what disturbs only adds
	for range 25 {
		plain = min(plain, sdkCalls(c, true))
		signed = min(signed, sdkCalls(c, false))
	}
	return signed - plain
}

func sdkCalls(c *common.Client, skip bool) float64 {
	const n = 400
	began := processor()
	for range n {
		r := tchttp.NewCommonRequest("lcic", "2022-08-17", "GetRooms")
		_ = r.SetActionParameters(map[string]any{"SdkAppId": 3520371, "StartTime": 1711969535, "EndTime": 1711973135, "Page": 1, "Limit": 10, "Status": []int{1}})
		r.SetSkipSign(skip)
		_ = c.Send(r, tchttp.NewCommonResponse())
	}
	return float64(processor()-began) / n
}

func nanos(ns float64) string {
	return time.Duration(ns).Round(time.Duration(max(1, int(ns/100)))).String()
}

func times(ratio float64) string { return fmt.Sprintf("%.2f x", ratio) }
