//go:build unix

package main

import (
	"fmt"
	"slices"
)

// stage is a dashboard that scenes are played on: the real program on a
// terminal for the pictures, the test's rig for the text of their frames.
type stage interface {
	// warm lets the school run until the pictures begin.
	warm() error
	press(key string) error
	resize(w, h int) error
	// await waits until the screen shows a text and has come to rest.
	await(text string) error
	shoot(s scene) error
}

// play plays all scenes of a session.
func (s *session) play(on stage) error {
	if err := on.warm(); err != nil {
		return err
	}
	for i, sc := range s.scenes {
		if err := s.scene(on, sc, s.film != "" && i > 0); err != nil {
			return fmt.Errorf("%s: %w", s.name(i), err)
		}
	}
	return nil
}

// scene plays one, from where the one before ended or from the list of all
// classes.
func (s *session) scene(on stage, sc scene, goesOn bool) error {
	if !goesOn {
		for _, key := range []string{"esc", "esc", "esc", "esc", "0", "g"} {
			if err := on.press(key); err != nil {
				return err
			}
		}
		if err := on.await(s.home); err != nil {
			return err
		}
	}
	if sc.w > 0 {
		if err := on.resize(sc.w, sc.h); err != nil {
			return err
		}
	}
	for _, key := range sc.keys {
		if err := on.press(key); err != nil {
			return err
		}
	}
	if err := on.await(sc.want); err != nil {
		return err
	}
	return on.shoot(sc)
}

// name names a scene for messages.
func (s *session) name(i int) string {
	if s.film != "" {
		return fmt.Sprintf("%s, scene %d", s.film, i+1)
	}
	return s.scenes[i].name
}

// pictures are the names of the session's pictures.
func (s *session) pictures() []string {
	if s.film != "" {
		return []string{s.film}
	}
	names := make([]string, len(s.scenes))
	for i := range s.scenes {
		names[i] = s.scenes[i].name
	}
	return slices.Clip(names)
}
