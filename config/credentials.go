package config

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"classtop/class"
)

// Credentials are an account's key and where it was found.
type Credentials struct {
	ID         string
	Key, Token class.Secret
	Source     string   // for people; never the key
	Notes      []string // what was mended, such as white space around a pasted key
}

// ErrNoCredentials says that none of the places holds a key. The message of
// the error that wraps it lists the places.
var ErrNoCredentials = errors.New("no credentials found")

// The variables of Tencent Cloud's own tools.
const (
	envID       = "TENCENTCLOUD_SECRET_ID"
	envKey      = "TENCENTCLOUD_SECRET_KEY"
	envToken    = "TENCENTCLOUD_TOKEN"
	envTokenTF  = "TENCENTCLOUD_SECURITY_TOKEN" // Terraform's name for the same
	envFile     = "TENCENTCLOUD_CREDENTIALS_FILE"
	envProfile  = "TCCLI_PROFILE"
	envProfile2 = "TENCENTCLOUD_PROFILE" // Terraform's name for the same
)

// Credentials finds the account's key: where the profile says, otherwise in
// the environment, the SDK's credentials file and the CLI's profile, in this
// order. The first place that is set up wins, and a fault in it is an error
// and not a reason to look further.
func (c *Config) Credentials() (Credentials, error) {
	places := []func() (Credentials, bool, error){c.fromEnv, c.fromFile, c.fromTCCLI}
	p := &c.Profile
	switch {
	case p.credFile != "":
		places = places[1:2]
	case p.credTCCLI != "":
		places = places[2:]
	case p.credEnv:
		places = places[:1]
	}
	for _, place := range places {
		found, ok, err := place()
		if err != nil || ok {
			return found, err
		}
	}
	return Credentials{}, c.nowhere()
}

// nowhere lists where the key was looked for.
func (c *Config) nowhere() error {
	var looked []string
	p := &c.Profile
	if p.credFile == "" && p.credTCCLI == "" {
		looked = append(looked, "the variables "+envID+" and "+envKey)
	}
	if p.credTCCLI == "" && !p.credEnv {
		looked = append(looked, "the file "+c.iniPath())
	}
	if p.credFile == "" && !p.credEnv {
		looked = append(looked, "the tccli profile "+c.tccliPath())
	}
	return fmt.Errorf("%w for profile %s; looked in %s", ErrNoCredentials, p.Name, strings.Join(looked, "; "))
}

func (c *Config) fromEnv() (Credentials, bool, error) {
	id, hasID := c.env(envID)
	key, hasKey := c.env(envKey)
	if !hasID && !hasKey {
		return Credentials{}, false, nil
	}
	for _, v := range []struct{ name, value string }{{envID, id}, {envKey, key}} {
		if strings.TrimSpace(v.value) == "" {
			return Credentials{}, false, &Error{Where: "environment " + v.name, Problem: "empty or not set while its twin is set", Allowed: "set both, or unset both to use a credentials file"}
		}
	}
	token, where := "", ""
	for _, name := range []string{envToken, envTokenTF} {
		if v, ok := c.env(name); ok && v != "" && token == "" {
			token, where = v, " with "+name
		}
	}
	found := Credentials{Source: "environment " + envID + where}
	found.take(id, key, token)
	return found, true, nil
}

func (c *Config) iniPath() string {
	if c.Profile.credFile != "" {
		return c.Profile.credFile
	}
	if p, ok := c.env(envFile); ok && p != "" {
		return expand(c.env, p)
	}
	return filepath.Join(home(c.env), ".tencentcloud", "credentials")
}

// fromFile reads the SDK's INI file: section [default], secret_id, secret_key
// and, where there is one, token.
func (c *Config) fromFile() (Credentials, bool, error) {
	path := c.iniPath()
	_, named := c.env(envFile)
	data, ok, err := readSecretFile(path, named || c.Profile.credFile != "")
	if !ok || err != nil {
		return Credentials{}, false, err
	}
	values, section := map[string]string{}, ""
	for _, text := range strings.Split(string(data), "\n") {
		text = strings.TrimSpace(text)
		if name, ok := strings.CutPrefix(text, "["); ok {
			section = strings.TrimSuffix(name, "]")
			continue
		}
		key, value, ok := strings.Cut(text, "=")
		if ok && section == "default" && !strings.HasPrefix(text, "#") && !strings.HasPrefix(text, ";") {
			values[strings.TrimSpace(key)] = value
		}
	}
	return fill(path, "file "+path, values["secret_id"], values["secret_key"], values["token"], "secret_id and secret_key below [default]")
}

func (c *Config) tccliPath() string {
	name := c.Profile.credTCCLI
	for _, v := range []string{envProfile, envProfile2} {
		if p, ok := c.env(v); ok && name == "" {
			name = p
		}
	}
	if name == "" {
		name = "default"
	}
	return filepath.Join(home(c.env), ".tccli", filepath.Base(name)+".credential")
}

// fromTCCLI reads a profile of Tencent Cloud's command line, JSON.
func (c *Config) fromTCCLI() (Credentials, bool, error) {
	path := c.tccliPath()
	data, ok, err := readSecretFile(path, c.Profile.credTCCLI != "")
	if !ok || err != nil {
		return Credentials{}, false, err
	}
	var v struct {
		ID    string `json:"secretId"`
		Key   string `json:"secretKey"`
		Token string `json:"token"`
	}
	if err := json.Unmarshal(data, &v); err != nil {
		// The decoder's own words may quote the file, and so the key.
		return Credentials{}, false, &Error{Where: path, Problem: "not the JSON that tccli writes", Allowed: "run: tccli configure"}
	}
	return fill(path, "tccli profile "+path, v.ID, v.Key, v.Token, "secretId and secretKey (roles and single sign-on are not supported)")
}

// fill checks that both halves are there and trims them.
func fill(path, source, id, key, token, want string) (Credentials, bool, error) {
	if strings.TrimSpace(id) == "" || strings.TrimSpace(key) == "" {
		return Credentials{}, false, &Error{Where: path, Problem: "holds no complete key", Allowed: "needs " + want}
	}
	found := Credentials{Source: source}
	found.take(id, key, token)
	return found, true, nil
}

// take trims the parts: a blank around a pasted key is the usual reason for
// AuthFailure.SignatureFailure. In an INI file blanks around = are normal, so
// there only quotes would be worth a word, and the services know none.
func (f *Credentials) take(id, key, token string) {
	f.ID = strings.TrimSpace(id)
	f.Key = class.NewSecret(strings.TrimSpace(key))
	f.Token = class.NewSecret(strings.TrimSpace(token))
	pasted := f.ID != id || strings.TrimSpace(key) != key || strings.TrimSpace(token) != token
	if pasted && !strings.HasPrefix(f.Source, "file ") {
		f.Notes = append(f.Notes, "white space around the key was removed")
	}
}

// UserSigKey finds the application's secret key, which signs for the room
// engine. No key is not an error: everything but the seats works without it.
func (c *Config) UserSigKey() (key class.Secret, source string, err error) {
	if !c.Profile.userSigKey.IsZero() {
		return c.Profile.userSigKey, c.Source("usersig_key"), nil
	}
	path := c.Profile.userSigKeyFile
	if path == "" {
		return class.Secret{}, "not set", nil
	}
	data, _, err := readSecretFile(path, true)
	if err != nil {
		return class.Secret{}, "", err
	}
	text := strings.TrimSpace(string(data))
	if text == "" {
		return class.Secret{}, "", &Error{Where: path, Problem: "is empty", Allowed: "put the application's secret key into it"}
	}
	return class.NewSecret(text), "file " + path, nil
}

// readSecretFile reads a file that must not be readable by others. One that
// nobody named may be missing.
func readSecretFile(path string, named bool) (data []byte, ok bool, err error) {
	if err := private(path); err != nil {
		if errors.Is(err, fs.ErrNotExist) && !named {
			return nil, false, nil
		}
		if errors.Is(err, fs.ErrNotExist) {
			return nil, false, &Error{Where: path, Problem: "there is no such file"}
		}
		return nil, false, err
	}
	data, err = os.ReadFile(path)
	return data, err == nil, err
}
