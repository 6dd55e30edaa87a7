package config

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"classtop/class"
)

// setting is one row of the only table of settings: file, environment, flags,
// sample and `config show` all follow it.
type setting struct {
	key     string // as in the file, below profiles.NAME for those of a profile
	global  bool   // stands at the top of the file, not in a profile
	env     string
	def     string
	secret  bool
	about   string // for the sample
	allowed string
	example string // for the sample
	set     func(c *Config, value string) error
}

// errValue is a value that the setting does not allow; the table's words say
// what it does.
var errValue = errors.New("not allowed")

var settings = slices.Concat(generalSettings, serveSettings, engineSettings, attentionSettings)

var generalSettings = []setting{
	{key: "region", env: "TENCENTCLOUD_REGION", allowed: "a region such as ap-guangzhou, or nothing",
		about: "Region. LCIC works without one; call parameters (IoT Explorer) need one.", example: "ap-guangzhou", set: setRegion},
	{key: "language", def: "auto", allowed: "auto, zh-CN or en-US",
		about: "Language of the services' messages; auto is that of the screen.", example: "zh-CN",
		set: func(c *Config, v string) error { return oneOf(&c.Profile.Language, v, "auto", "zh-CN", "en-US") }},
	{key: "endpoint", env: "CLASSTOP_ENDPOINT", allowed: "HOST or https://HOST; http:// only for this machine (127.0.0.1, [::1], localhost)",
		about: "Host of LCIC, CAR and IoT Explorer, where it is not the public one.", example: "lcic.intl.tencentcloudapi.com",
		set: func(c *Config, v string) error { return setEndpoint(&c.Profile.Endpoint, v) }},
	{key: "room_engine_endpoint", env: "CLASSTOP_ROOM_ENGINE_ENDPOINT", allowed: "HOST or https://HOST; http:// only for this machine (127.0.0.1, [::1], localhost)",
		about: "Host of the room engine (seats), where it is not Singapore's.", example: "console.tim.qq.com",
		set: func(c *Config, v string) error { return setEndpoint(&c.Profile.RoomEngineEndpoint, v) }},
	{key: "sdk_app_id", env: "CLASSTOP_SDK_APP_ID", allowed: "the application's number, such as 1400000001",
		about: "The application (SdkAppId).", example: "1400000001", set: setSdkAppID},
	{key: "admin", env: "CLASSTOP_ADMIN", def: "administrator", allowed: "a user id",
		about: "Administrator of the application, who signs for the room engine.", example: "administrator",
		set: func(c *Config, v string) error { c.Profile.Admin = v; return nil }},
	{key: "usersig_key", env: "CLASSTOP_USERSIG_KEY", secret: true, allowed: "the application's secret key",
		about: "Key that signs for the room engine. In this file only if nobody else can read it (chmod 600).", example: "…",
		set: func(c *Config, v string) error { c.Profile.userSigKey = class.NewSecret(v); return nil }},
	{key: "usersig_key_file", allowed: "the path of a file that holds the key and that only you can read",
		about: "The same key, alone in a file of its own.", example: "~/.config/classtop/usersig.key",
		set: func(c *Config, v string) error { c.Profile.userSigKeyFile = expand(c.env, v); return nil }},
	{key: "credentials.env", def: "false", allowed: "true or false",
		about: "Where the SecretId and SecretKey are. Without a choice: environment, credentials file, tccli.\nThis one: the variables TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY alone.", example: "true",
		set: func(c *Config, v string) error { return setBool(&c.Profile.credEnv, v) }},
	{key: "credentials.file", allowed: "the path of an INI file with secret_id and secret_key",
		about: "Only this file: [default], secret_id, secret_key.", example: "~/.tencentcloud/credentials",
		set: func(c *Config, v string) error { c.Profile.credFile = expand(c.env, v); return nil }},
	{key: "credentials.tccli", allowed: "the name of a tccli profile",
		about: "Only this profile of tccli.", example: "default",
		set: func(c *Config, v string) error { c.Profile.credTCCLI = v; return nil }},
	{key: "read_only", env: "CLASSTOP_READ_ONLY", def: "false", allowed: "true or false",
		about: "Refuse every write.", example: "true",
		set: func(c *Config, v string) error { return setBool(&c.Profile.ReadOnly, v) }},
	{key: "protected", def: "false", allowed: "true or false",
		about: "Mark this profile on screen as the one to be careful with.", example: "true",
		set: func(c *Config, v string) error { return setBool(&c.Profile.Protected, v) }},
	graceSetting(1, "0s", "How long a confirmed action waits on screen and u cancels it: of level 1 …"),
	graceSetting(2, "0s", "… of level 2 (kick, start, seats) …"),
	graceSetting(3, "5s", "… of level 3 (end, for good, delete, five targets or more)."),
	{key: "reason", def: "optional", allowed: "optional or required",
		about: "Whether every write needs a reason for the audit file.", example: "required", set: setReason},
	{key: "second_person", allowed: "end, ban, or both with a comma between them",
		about: "What takes a second person to confirm, over classtop serve: ending classes, kicking for good.", example: "end, ban", set: setSecond},
	{key: "share", def: "0.5", allowed: "a number from 0.05 to 1",
		about: "Part of the account's request rate that classtop may use.", example: "0.5", set: setShare},
	{key: "time_zone", def: "Local", allowed: "an IANA name such as Asia/Shanghai, or Local",
		about: "Time zone of the school.", example: "Asia/Shanghai", set: setTimeZone},
	{key: "window.before", def: "4h", allowed: "a length of time from 0 to 720h, such as 4h",
		about: "Which classes are watched: those scheduled from this long ago …", example: "4h",
		set: func(c *Config, v string) error { return setSpan(&c.Profile.Before, v) }},
	{key: "window.after", def: "8h", allowed: "a length of time from 0 to 720h, such as 8h",
		about: "… to this far ahead.", example: "8h",
		set: func(c *Config, v string) error { return setSpan(&c.Profile.After, v) }},
	{key: "audit", global: true, env: "CLASSTOP_AUDIT", allowed: "the path of a file",
		about: "The audit file: every write, a line before and a line after.", example: "~/classtop-audit.jsonl",
		set: func(c *Config, v string) error { c.Audit = expand(c.env, v); return nil }},
	{key: "exports", global: true, def: ".", allowed: "the path of a folder",
		about: "Where e puts exported tables; without a choice where classtop was started.", example: "~/exports",
		set: func(c *Config, v string) error { c.Exports = expand(c.env, v); return nil }},
	{key: "ui.lang", global: true, def: "auto", allowed: "auto, en or zh",
		about: "Language of the screen, the help and the errors; auto follows LC_ALL, LC_MESSAGES and LANG.", example: "zh",
		set: func(c *Config, v string) error { return oneOf(&c.UI.Lang, v, "auto", "en", "zh") }},
	{key: "ui.theme", global: true, def: "auto", allowed: "auto or the name of a theme, such as nord; :theme shows them all",
		about: "Colours. auto: dark or light, as the terminal's background is. Your own: a file themes/NAME.yaml beside this one.", example: "nord", set: setTheme},
	{key: "ui.ascii", global: true, def: "false", allowed: "true or false",
		about: "Draw with plain ASCII only.", example: "true",
		set: func(c *Config, v string) error { return setBool(&c.UI.ASCII, v) }},
	{key: "ui.ambiguous_width", global: true, def: "1", allowed: "1 or 2",
		about: "Cells that your terminal gives to characters such as … and ●.", example: "2", set: setAmbiguous},
	{key: "ui.motion", global: true, def: "full", allowed: "full or reduced",
		about: "Where motion disturbs: reduced leaves the seconds out of the clock and begins the patrol paused; nothing else moves by itself.", example: "reduced",
		set: func(c *Config, v string) error { return oneOf(&c.UI.Motion, v, "full", "reduced") }},
	{key: "ui.low_bandwidth", global: true, def: "false", allowed: "true or false",
		about: "For slow links: the clock shows minutes, and what nobody asked for is redrawn every five seconds. Keys stay prompt.", example: "true",
		set: func(c *Config, v string) error { return setBool(&c.UI.LowBandwidth, v) }},
	{key: "ui.title", global: true, def: "true", allowed: "true or false",
		about: "Say in the window's title how many classes need attention.", example: "false",
		set: func(c *Config, v string) error { return setBool(&c.UI.Title, v) }},
	{key: "ui.bell", global: true, def: "false", allowed: "true or false",
		about: "Ring the terminal's bell when a class needs somebody now, at most every 30 seconds.", example: "true",
		set: func(c *Config, v string) error { return setBool(&c.UI.Bell, v) }},
	{key: "ui.notify", global: true, def: "off", allowed: "off, osc9 (iTerm2, WezTerm, Windows Terminal) or osc777 (foot, urxvt, Ghostty)",
		about: "Let the terminal show a notification at the same moment.", example: "osc9",
		set: func(c *Config, v string) error { return oneOf(&c.UI.Notify, v, "off", "osc9", "osc777") }},
	{key: "ui.mask", global: true, def: "false", allowed: "true or false",
		about: "Hide names, ids of users, addresses and places behind pseudonyms, for demos and wall screens.", example: "true",
		set: func(c *Config, v string) error { return setBool(&c.UI.Mask, v) }},
}

// find returns the row of a key, or nil.
func find(key string) *setting {
	for i := range settings {
		if settings[i].key == key {
			return &settings[i]
		}
	}
	return nil
}

func oneOf(to *string, v string, allowed ...string) error {
	if !slices.Contains(allowed, v) {
		return errValue
	}
	*to = v
	return nil
}

func setBool(to *bool, v string) error {
	switch strings.ToLower(v) {
	case "true", "yes", "on", "1":
		*to = true
	case "false", "no", "off", "0":
		*to = false
	default:
		return errValue
	}
	return nil
}

func setRegion(c *Config, v string) error {
	for _, r := range v {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' {
			return errValue
		}
	}
	c.Profile.Region = v
	return nil
}

func setSdkAppID(c *Config, v string) error {
	n, err := strconv.ParseUint(v, 10, 32)
	if err != nil || n == 0 {
		return errValue
	}
	c.Profile.SdkAppID = n
	return nil
}

func setShare(c *Config, v string) error {
	f, err := strconv.ParseFloat(v, 64)
	if err != nil || !(f >= 0.05 && f <= 1) {
		return errValue
	}
	c.Profile.Share = f
	return nil
}

func setTimeZone(c *Config, v string) error {
	zone, err := time.LoadLocation(v)
	if err != nil {
		return errValue
	}
	c.Profile.TimeZone = zone
	return nil
}

// graceSetting is the row of one level's grace.
func graceSetting(level int, def, about string) setting {
	return setting{key: fmt.Sprintf("grace.level%d", level), def: def, allowed: "a length of time from 0 to 60s, such as 5s", about: about, example: def,
		set: func(c *Config, v string) error {
			d, err := time.ParseDuration(v)
			if err != nil || d < 0 || d > time.Minute {
				return errValue
			}
			c.Profile.Grace[level] = d
			return nil
		}}
}

func setReason(c *Config, v string) error {
	if v != "optional" && v != "required" {
		return errValue
	}
	c.Profile.Reasons = v == "required"
	return nil
}

func setSecond(c *Config, v string) error {
	for word := range strings.SplitSeq(v, ",") {
		word = strings.TrimSpace(word)
		if word != "end" && word != "ban" {
			return errValue
		}
		c.Profile.Second = append(c.Profile.Second, word)
	}
	return nil
}

func setSpan(to *time.Duration, v string) error {
	d, err := time.ParseDuration(v)
	if err != nil || d < 0 || d > 720*time.Hour {
		return errValue
	}
	*to = d
	return nil
}

// setTheme takes a name; whether there is such a theme, the themes know.
func setTheme(c *Config, v string) error {
	for _, r := range v {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' {
			return errValue
		}
	}
	c.UI.Theme = v
	return nil
}

func setAmbiguous(c *Config, v string) error {
	if v != "1" && v != "2" {
		return errValue
	}
	c.UI.AmbiguousWidth = int(v[0] - '0')
	return nil
}

// setEndpoint takes a bare host or a URL without a path. Plain HTTP would put
// signed requests on the wire for everyone to read, so it is for this machine
// only.
func setEndpoint(to *string, v string) error {
	full := v
	if !strings.Contains(v, "://") {
		full = "https://" + v
	}
	u, err := url.Parse(full)
	if err != nil || u.Hostname() == "" || u.User != nil || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" {
		return errValue
	}
	if u.Scheme != "https" && (u.Scheme != "http" || !Loopback(u.Hostname())) {
		return fmt.Errorf("%w: without TLS only on this machine", errValue)
	}
	*to = strings.TrimSuffix(v, "/")
	return nil
}

// Loopback tells whether a host name is this machine itself.
func Loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
