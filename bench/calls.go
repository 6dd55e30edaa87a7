//go:build unix

package main

import (
	"context"
	"fmt"
	"runtime"
	"syscall"
	"time"

	tchttp "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/http"

	"classtop/bench/sdk"
	"classtop/bench/table"
	"classtop/class"
	"classtop/client"
)

// member is MemberRecord as the SDK's generated code decodes it.
type member struct {
	UserId, UserName, IPAddress, Location, GroupId                     *string
	PresentTime, Camera, Mic, Silence, AnswerQuestions, HandUps        *uint64
	FirstJoinTimestamp, LastQuitTimestamp, Rewords, Role, CurrentState *uint64
	Device, PerMemberMicCount, PerMemberMessageCount, Stage            *int64
	SubGroupId                                                         []*string
}

type memberAnswer struct {
	*tchttp.BaseResponse
	Response *struct {
		Total         *uint64
		MemberRecords []*member
		RequestId     *string
	}
}

// calls compares one member list call over loopback, decoded. The room's
// number tells the server how many members to send.
func calls(t *table.Table) error {
	url, stop, err := server()
	if err != nil {
		return err
	}
	defer stop()
	c, err := client.New(client.Config{Credentials: client.Credentials{ID: "AKIDEXAMPLE", Key: class.NewSecret("EXAMPLE-secret-key")}, Endpoint: url, SdkAppID: 3520371})
	if err != nil {
		return err
	}
	ours := func(n int) error {
		list, err := c.Members(context.Background(), class.RoomID(n))
		if err == nil && len(list) != n {
			return fmt.Errorf("%d members instead of %d", len(list), n)
		}
		return err
	}
	theirs := sdkMembers(url)
	if err := compare(t, 100, 5, ours, theirs); err != nil {
		return err
	}
	return compare(t, 1000, 10, ours, theirs)
}

func sdkMembers(url string) func(n int) error {
	c := sdk.New(url, "AKIDEXAMPLE", "EXAMPLE-secret-key", "", sdk.Methods[0])
	return func(n int) error {
		r := tchttp.NewCommonRequest("lcic", "2022-08-17", "DescribeCurrentMemberList")
		if err := r.SetActionParameters(map[string]any{"RoomId": n, "Page": 1, "Limit": 1000}); err != nil {
			return err
		}
		r.SetHeader(map[string]string{"X-Members": fmt.Sprint(n)})
		answer := &memberAnswer{BaseResponse: &tchttp.BaseResponse{}}
		err := c.Send(r, answer)
		if err == nil && len(answer.Response.MemberRecords) != n {
			return fmt.Errorf("%d members instead of %d", len(answer.Response.MemberRecords), n)
		}
		return err
	}
}

// cost is what one call takes: time, processor time and allocations.
type cost struct{ wall, cpu, allocs float64 }

func compare(t *table.Table, n int, target float64, ours, theirs func(int) error) error {
	var costs [2][]cost
	for round := range 12 { // in turns: what disturbs one disturbs the other
		for i, call := range []func(int) error{ours, theirs} {
			c, err := measure(40, func() error { return call(n) })
			if err != nil {
				return err
			}
			if round > 0 {
				costs[i] = append(costs[i], c)
			}
		}
	}
	o, s := medians(costs[0]), medians(costs[1])
	t.Add(s.wall/o.wall >= target, table.Row{What: fmt.Sprintf("member list over loopback, %d members", n), Target: fmt.Sprintf("%.0f x faster", target),
		Measured: nanos(o.wall), Baseline: nanos(s.wall) + " SDK", Ratio: times(s.wall / o.wall)})
	t.Add(o.allocs <= s.allocs/8, table.Row{What: fmt.Sprintf("its allocations, %d members", n), Target: "at most 1/8",
		Measured: fmt.Sprintf("%.0f", o.allocs), Baseline: fmt.Sprintf("%.0f SDK", s.allocs), Ratio: times(o.allocs / s.allocs)})
	if n == 1000 {
		share := func(c cost) float64 { return 100 * 20 * c.cpu / float64(time.Second) }
		t.Add(share(o) <= 10, table.Row{What: "processor at 20 calls a second of 1000 members", Target: "at most 10 % of a core",
			Measured: fmt.Sprintf("%.1f %%", share(o)), Baseline: fmt.Sprintf("%.1f %% SDK", share(s)), Ratio: times(o.cpu / s.cpu)})
	}
	return nil
}

// measure calls n times, one after the other.
func measure(n int, call func() error) (cost, error) {
	runtime.GC()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	cpu, began := processor(), time.Now()
	for range n {
		if err := call(); err != nil {
			return cost{}, err
		}
	}
	wall := time.Since(began)
	used := processor() - cpu
	runtime.ReadMemStats(&after)
	per := func(x float64) float64 { return x / float64(n) }
	return cost{per(float64(wall)), per(float64(used)), per(float64(after.Mallocs - before.Mallocs))}, nil
}

// processor is the processor time of this process.
func processor() time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func medians(all []cost) cost {
	pick := func(f func(cost) float64) float64 {
		var xs []float64
		for _, c := range all {
			xs = append(xs, f(c))
		}
		return median(xs)
	}
	return cost{pick(func(c cost) float64 { return c.wall }), pick(func(c cost) float64 { return c.cpu }), pick(func(c cost) float64 { return c.allocs })}
}
