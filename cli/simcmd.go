package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"classtop/class/rescue"
	"classtop/config"
	"classtop/sim"

	"github.com/spf13/cobra"
)

func (a *app) simCmd() *cobra.Command {
	var listen string
	var world school
	cmd := &cobra.Command{
		Use:   "sim",
		Short: "Run the simulated school alone, on loopback, over the real protocols",
		Long: "Run the simulated school alone. The first line on standard output is one JSON object with the endpoints\n" +
			"and the credentials of the school; it verifies every signature. GET /_sim/stats and /_sim/journal\n" +
			"report, PUT /_sim/faults changes the faults.",
		Example: "classtop sim --rooms 100 --speed 10\nclasstop sim --listen 127.0.0.1:8080 --faults faults.json",
		Args:    cobra.NoArgs,
	}
	cmd.Flags().StringVar(&listen, "listen", "127.0.0.1:0", "address of this machine; port 0 takes a free one")
	world.flags(cmd)
	cmd.RunE = a.run(func(cmd *cobra.Command, _ []string) error {
		o, err := world.options()
		if err != nil {
			return err
		}
		ctx, stop := interruptible(cmd.Context())
		defer stop()
		return a.serveSim(ctx, sim.New(o), listen)
	})
	return cmd
}

// serveSim listens until ctx ends. It binds to loopback only: the keys that it
// prints are no secret, and what it serves is plain HTTP.
func (a *app) serveSim(ctx context.Context, school *sim.Server, listen string) error {
	host, _, err := net.SplitHostPort(listen)
	if err != nil || !config.Loopback(host) {
		return usage("--listen: %q is not an address of this machine such as 127.0.0.1:8080", listen)
	}
	l, err := net.Listen("tcp", listen)
	if err != nil {
		return fmt.Errorf("the simulator cannot listen: %w", err)
	}
	hello := school.Credentials()
	hello.Endpoint = "http://" + l.Addr().String()
	hello.RoomEngineEndpoint = hello.Endpoint
	if err := json.NewEncoder(a.out).Encode(hello); err != nil {
		return errors.Join(err, l.Close())
	}
	a.exports(hello)
	server := &http.Server{Handler: school, ReadHeaderTimeout: 10 * time.Second}
	ended := make(chan error, 1)
	rescue.Go("the simulator", func() { ended <- server.Serve(l) })
	select {
	case err := <-ended:
		return fmt.Errorf("the simulator ended: %w", err)
	case <-ctx.Done():
	}
	closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	defer cancel()
	if err := server.Shutdown(closing); err != nil {
		return server.Close() // a client holds a connection open: cut it
	}
	return nil
}

// exports tells a person what to paste in another terminal. These keys belong
// to the simulated school only.
func (a *app) exports(h sim.Hello) {
	fmt.Fprint(a.err, a.lang.Say("In another terminal:\n\n"+
		"export TENCENTCLOUD_SECRET_ID=%s\nexport TENCENTCLOUD_SECRET_KEY=%s\n"+
		"export CLASSTOP_ENDPOINT=%s\nexport CLASSTOP_ROOM_ENGINE_ENDPOINT=%s\n"+
		"export CLASSTOP_SDK_APP_ID=%d\nexport CLASSTOP_ADMIN=%s\nexport CLASSTOP_USERSIG_KEY=%s\n"+
		"classtop\n\nctrl+c ends the school.\n",
		h.SecretID, h.SecretKey, h.Endpoint, h.RoomEngineEndpoint, h.SdkAppID, h.Admin, h.UserSigKey))
}
