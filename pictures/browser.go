//go:build unix

package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"image/png"
	"net/url"
	"os"
	"os/exec"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// browsers are the names under which Chromium may be installed.
var browsers = []string{
	"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "chrome-headless-shell",
	"/Applications/Chromium.app/Contents/MacOS/Chromium", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
}

// findBrowser returns the program file of Chromium.
func findBrowser() (string, error) {
	for _, name := range browsers {
		if file, err := exec.LookPath(name); err == nil {
			return file, nil
		}
	}
	return "", fmt.Errorf("no Chromium and no Chrome is installed\n  Debian, Ubuntu: apt-get install chromium   elsewhere: https://www.chromium.org\n"+
		"  unless they are there, the pictures also need the fonts %s and %s", fonts[0].name, fonts[1].name)
}

// fonts are what the page sets the terminal in.
var fonts = []struct{ name, get string }{
	{"DejaVu Sans Mono", "Debian, Ubuntu: apt-get install fonts-dejavu-core   elsewhere: https://dejavu-fonts.github.io"},
	{"Noto Sans Mono CJK SC", "Debian, Ubuntu: apt-get install fonts-noto-cjk   elsewhere: https://github.com/notofonts/noto-cjk"},
}

// studio is a Chromium that shows the page of the terminal.
type studio struct {
	tab  context.Context
	stop context.CancelFunc
}

// scale is how many points of the picture each CSS pixel has in each direction.
const scale = "2"

// openStudio starts Chromium with the page and makes sure of the fonts.
func openStudio(ctx context.Context, browser, file string) (*studio, error) {
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(browser), chromedp.WindowSize(2400, 1400),
		chromedp.Flag("force-device-scale-factor", scale), chromedp.Flag("font-render-hinting", "none"),
		chromedp.Flag("use-angle", "swiftshader"), chromedp.Flag("enable-unsafe-swiftshader", true)) // boxes and bars are drawn with WebGL, with or without a graphics card
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox) // Chromium refuses root with one
	}
	alloc, stopAlloc := chromedp.NewExecAllocator(ctx, options...)
	tab, stopTab := chromedp.NewContext(alloc)
	s := &studio{tab: tab, stop: func() { stopTab(); stopAlloc() }}
	err := chromedp.Do(tab, transparent, chromedp.Navigate((&url.URL{Scheme: "file", Path: file}).String()))
	if err == nil {
		err = s.fonts()
	}
	if err != nil {
		s.stop()
		return nil, err
	}
	return s, nil
}

// transparent keeps Chromium from painting white outside the window's corners.
// An alpha of 0 would be left out and mean 1.
func transparent(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
	_, err := cdp.Call(ctx, t, emulation.SetDefaultBackgroundColorOverride, emulation.SetDefaultBackgroundColorOverrideParams{Color: &cdp.RGBA{A: 0.001}})
	return chromedp.Void{}, err
}

// do runs an action, for a minute at most.
func do[T any](s *studio, a chromedp.Action[T]) (T, error) {
	ctx, cancel := context.WithTimeout(s.tab, time.Minute)
	defer cancel()
	result, err := chromedp.Run(ctx, a)
	if err != nil {
		err = fmt.Errorf("in Chromium: %w", err)
	}
	return result, err
}

// call calls a function of the page and waits for what it promises.
func call[T any](s *studio, function string, args ...any) (T, error) {
	var b bytes.Buffer
	for i, arg := range args {
		if i > 0 {
			b.WriteByte(',')
		}
		data, err := json.Marshal(arg)
		if err != nil {
			var none T
			return none, err
		}
		b.Write(data)
	}
	return do(s, chromedp.Evaluate[T](function+"("+b.String()+")", chromedp.EvalAwaitPromise))
}

// fonts fails with what to install where a font is missing.
func (s *studio) fonts() error {
	var errs []error
	for _, f := range fonts {
		switch there, err := call[bool](s, "installed", f.name); {
		case err != nil:
			return err
		case !there:
			errs = append(errs, fmt.Errorf("the font %s is not installed\n  %s", f.name, f.get))
		}
	}
	return errors.Join(errs...)
}

// picture is what a recording showed at one moment.
type picture struct {
	shot
	image image.Image
}

// develop plays a recording and returns its pictures.
func (s *studio) develop(r recording, p paper) ([]picture, error) {
	var all []picture
	if _, err := call[chromedp.Void](s, "open", r.width, r.height, p); err != nil {
		return nil, err
	}
	at := 0
	for _, e := range r.events {
		if _, err := call[chromedp.Void](s, "feed", base64.StdEncoding.EncodeToString(r.bytes[at:e.at])); err != nil {
			return nil, err
		}
		at = e.at
		if e.width > 0 {
			if _, err := call[chromedp.Void](s, "resize", e.width, e.height); err != nil {
				return nil, err
			}
			continue
		}
		shown, err := s.shoot(e.title)
		if err != nil {
			return nil, err
		}
		all = append(all, picture{e.shot, shown})
	}
	return all, nil
}

// shoot takes a picture of the window.
func (s *studio) shoot(title string) (image.Image, error) {
	size, err := call[[2]float64](s, "settled", title)
	if err != nil {
		return nil, err
	}
	data, err := do(s, func(ctx context.Context, t *chromedp.Target) ([]byte, error) {
		speed := true
		res, err := cdp.Call(ctx, t, page.CaptureScreenshot, page.CaptureScreenshotParams{
			Clip: &page.Viewport{Width: size[0], Height: size[1], Scale: 1}, OptimizeForSpeed: &speed,
		})
		return res.Data, err
	})
	if err != nil {
		return nil, err
	}
	return png.Decode(bytes.NewReader(data))
}
