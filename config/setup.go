package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"classtop/class"
)

// Setup is what a first configuration says. It holds no secret.
type Setup struct {
	Profile        string
	SdkAppID       string
	Region         string
	UserSigKeyFile string
	ReadOnly       bool
}

// WriteSetup writes a first configuration: the commented sample with these
// values in force, for its owner alone and never over a file that is there.
func WriteSetup(path string, s Setup, tell Teller) error {
	text := strings.Replace(Sample(tell), "profile: school\n\nprofiles:\n  school:\n", fmt.Sprintf("profile: %[1]q\n\nprofiles:\n  %[1]q:\n", s.Profile), 1)
	for key, value := range map[string]string{"sdk_app_id": s.SdkAppID, "region": s.Region, "usersig_key_file": s.UserSigKeyFile, "read_only": readOnly(s.ReadOnly)} {
		if value == "" {
			continue
		}
		row := find(key)
		text = strings.Replace(text, "    # "+key+": "+row.example+"\n", fmt.Sprintf("    %s: %q\n", key, value), 1)
	}
	if _, err := parse(path, []byte(text)); err != nil {
		return err
	}
	if err := create(path, []byte(text)); err != nil {
		return err
	}
	return writeSchema(path, tell)
}

func readOnly(on bool) string {
	if on {
		return "true"
	}
	return ""
}

// Fault says why a setting does not take a value, or nil when it does.
func Fault(key, value string) error {
	s := find(key)
	scratch := &Config{env: func(string) (string, bool) { return "", false }}
	if err := s.set(scratch, value); err != nil {
		return fmt.Errorf("%s: allowed: %s", err, s.allowed)
	}
	return nil
}

// Empty tells whether nothing is configured: no file, no variable of
// classtop's or Tencent Cloud's, no key pair in any place.
func Empty(o Options) bool {
	c, err := Load(o)
	if err != nil || c.Found || o.Path != "" {
		return false
	}
	for i := range settings {
		if source := c.Source(settings[i].key); !settings[i].looks() && settings[i].env != "" && strings.HasPrefix(source, "environment") {
			return false
		}
	}
	_, err = c.Credentials()
	return errors.Is(err, ErrNoCredentials)
}

// CredentialsPath is the SDK's own file of a key pair.
func CredentialsPath(env Env) string {
	return filepath.Join(home(env), ".tencentcloud", "credentials")
}

// KeyPath is the usual file of the key that signs for the room engine.
func KeyPath(env Env) string { return filepath.Join(filepath.Dir(DefaultPath(env)), "usersig.key") }

// WriteCredentials writes a key pair where the SDK and classtop look for it,
// for its owner alone and never over a file that is there.
func WriteCredentials(path string, id string, key class.Secret) error {
	return create(path, fmt.Appendf(nil, "[default]\nsecret_id = %s\nsecret_key = %s\n", id, key.Reveal()))
}

// WriteKey writes a secret key alone into a file.
func WriteKey(path string, key class.Secret) error {
	return create(path, []byte(key.Reveal()+"\n"))
}

// There tells whether a file exists.
func There(path string) bool {
	_, err := os.Stat(path)
	return !errors.Is(err, fs.ErrNotExist)
}
