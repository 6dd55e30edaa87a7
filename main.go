// Command classtop is top for live classes: it watches the classes of a
// Tencent Cloud school in a terminal and lets a supervisor step in.
package main

import (
	"os"
	_ "time/tzdata" // time_zone must work on hosts without zone files

	"classtop/cli"
)

func main() {
	os.Exit(cli.Main(os.Args[1:], os.LookupEnv, os.Stdin, os.Stdout, os.Stderr))
}
