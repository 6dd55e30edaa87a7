package cli

import (
	"classtop/config"
	"classtop/ui"

	"github.com/spf13/cobra"
)

// profiles reads every profile of the file as it would be used now. A
// recording is of one profile: then the others can only be looked at.
func (a *app) profiles(cmd *cobra.Command, now *config.Config, recording bool) func() ([]ui.Account, error) {
	return func() ([]ui.Account, error) {
		names, err := config.ProfileNames(config.Options{Env: a.env, Path: a.configPath})
		if err != nil {
			return nil, err
		}
		if len(names) == 0 {
			names = []string{now.Profile.Name}
		}
		out := make([]ui.Account, 0, len(names))
		for _, name := range names {
			one := a.profileOf(cmd, name)
			one.Now = name == now.Profile.Name
			if recording && !one.Now && one.Wrong == "" {
				one.Wrong = "a recording is of one profile: leave, and start classtop with --profile " + name
			}
			out = append(out, one)
		}
		return out, nil
	}
}

// profileOf is a profile and whether it can be used.
func (a *app) profileOf(cmd *cobra.Command, name string) ui.Account {
	cfg, err := a.configOf(cmd, name, false)
	if err != nil {
		return ui.Account{Name: name, Wrong: err.Error()}
	}
	p := &cfg.Profile
	one := ui.Account{
		Name: name, App: p.SdkAppID, Region: p.Region, ReadOnly: p.ReadOnly, Protected: p.Protected, Share: p.Share, Zone: p.TimeZone.String(),
	}
	creds, err := cfg.Credentials()
	one.Credentials = creds.Source
	switch {
	case err != nil:
		one.Wrong = err.Error()
	case p.SdkAppID == 0:
		one.Wrong = "it names no application: set sdk_app_id"
	}
	return one
}
