package serve

// tally counts what happened since the start.
type tally struct {
	entered int64 // sessions
	refused int64 // connections that ended before anybody came in
}

// Counts says how many sessions there are, how many there were since the
// start, and how many connections ended before anybody came in.
func (s *Server) Counts() (now int, ever, refused int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.sessions), s.tally.entered, s.tally.refused
}
