//go:build unix

package main

import (
	"bufio"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"strings"

	"classtop/bench/data"
)

// serverArg makes this program the server: a process of its own, so that its
// costs are not counted as the client's.
const serverArg = "answer-member-lists"

// serve answers every request with a member list of as many as the parameter
// Limit asks for.
func serve() {
	bodies := map[int][]byte{100: data.Body(100), 1000: data.Body(1000)}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println("http://" + l.Addr().String())
	err = http.Serve(l, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n := 100
		if strings.HasPrefix(readAll(r), `{"RoomId":1000,`) || r.Header.Get("X-Members") == "1000" {
			n = 1000
		}
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Length", strconv.Itoa(len(bodies[n])))
		_, _ = w.Write(bodies[n])
	}))
	fmt.Fprintln(os.Stderr, err)
}

func readAll(r *http.Request) string {
	b := make([]byte, 64)
	n, _ := r.Body.Read(b)
	return string(b[:n])
}

// server starts the server and returns its address.
func server() (url string, stop func(), err error) {
	self, err := os.Executable()
	if err != nil {
		return "", nil, err
	}
	cmd := exec.Command(self, serverArg)
	out, err := cmd.StdoutPipe()
	if err != nil {
		return "", nil, err
	}
	if err := cmd.Start(); err != nil {
		return "", nil, err
	}
	stop = func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		stop()
		return "", nil, fmt.Errorf("the server did not start: %w", err)
	}
	return strings.TrimSpace(line), stop, nil
}
