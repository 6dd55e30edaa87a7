package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"classtop/client"
	"classtop/client/spec"

	"github.com/spf13/cobra"
)

// call is what the command was given.
type call struct {
	act
	list bool
	sign string
}

func (a *app) callCmd() *cobra.Command {
	var f call
	cmd := &cobra.Command{
		Use:   "call ACTION [k=v] [k:=json] [@FILE] [-]",
		Short: "Send any action of any system, checked and signed",
		Long: "Send any action of any system, checked against the facts before it is sent.\n\n" +
			"name=value takes the value by the parameter's type, name:=json takes JSON, @FILE and - (standard\n" +
			"input) take a whole JSON object. SdkAppId comes from the profile where it is left out.\n" +
			"`classtop call ACTION --help` prints the action's parameters, limits and errors.",
		Example:           "classtop call DescribeRoom RoomId=347306302\nclasstop call --list lcic\nclasstop call EndRoom RoomId=347306302 --dry-run --sign v1-sha256",
		ValidArgsFunction: completeCall,
	}
	cmd.Flags().StringVar(&f.reason, "reason", "", "text for the audit file, of a write")
	cmd.Flags().BoolVar(&f.dryRun, "dry-run", false, "print the signed request with the secret parts masked; send nothing")
	cmd.Flags().BoolVar(&f.yes, "yes", false, "confirm a write without being asked")
	cmd.Flags().BoolVar(&f.list, "list", false, "list all actions, or those of a system or category")
	choiceFlag(cmd, &f.sign, "sign", "", "method of signing: "+strings.Join(signMethods(), ", "), signMethods()...)
	cmd.SetHelpFunc(a.callHelp)
	cmd.RunE = a.run(func(cmd *cobra.Command, args []string) error {
		if f.list {
			return a.listActions(args)
		}
		if len(args) == 0 {
			return usage("call what? classtop call --list prints all actions")
		}
		return a.call(cmd, f, args[0], args[1:])
	})
	return cmd
}

func (a *app) call(cmd *cobra.Command, f call, name string, words []string) error {
	action, err := findAction(name)
	if err != nil {
		return err
	}
	params, err := a.params(action, words)
	if err != nil {
		return err
	}
	l, err := a.connectOnce(cmd)
	if err != nil {
		return err
	}
	ctx, stop := interruptible(cmd.Context())
	defer stop()
	// Preparing holds the parameters against the facts, so that what is wrong
	// is said before anybody is asked and before the audit file is touched.
	prepared, err := l.client.Prepare(action.Name, params, client.SignMethod(f.sign))
	if err != nil {
		return err
	}
	if f.dryRun {
		return a.dryRun(prepared)
	}
	answer, err := a.send(ctx, l, f, action, params)
	if err != nil {
		return err
	}
	return a.printAnswer(answer)
}

// dryRun prints what would be sent, with the secret parts masked.
func (a *app) dryRun(p client.Prepared) error {
	_, err := fmt.Fprint(a.out, p)
	return err
}

// send reads through the client and writes through the audited way.
func (a *app) send(ctx context.Context, l *link, f call, action *spec.Action, params map[string]any) (client.Answer, error) {
	if !action.Write() {
		return l.client.CallSigned(ctx, action.Name, params, client.SignMethod(f.sign))
	}
	return a.write(ctx, l, f, action, params)
}

// printAnswer prints the answer as it came, indented. The client has made it
// safe for a terminal.
func (a *app) printAnswer(answer client.Answer) error {
	var b bytes.Buffer
	if err := json.Indent(&b, answer.Data, "", "  "); err != nil {
		return writeJSON(a.out, map[string]string{"RequestId": answer.RequestID})
	}
	_, err := fmt.Fprintln(a.out, b.String())
	return err
}

// signMethods lists the ways to sign, the default first.
func signMethods() []string {
	names := make([]string, len(client.SignMethods))
	for i, m := range client.SignMethods {
		names[i] = string(m)
	}
	return names
}
