package sim

import "fmt"

// filmLength is the length of the recording in seconds, 0 without one.
func (x *room) filmLength(now int64) int64 {
	if !x.recorded() || x.noRecord || x.realEnd == 0 || now < x.realEnd+30 {
		return 0
	}
	return x.realEnd - x.realStart
}

// recordURL is where the recording is, empty without one.
func (w *world) recordURL(x *room) string {
	if x.filmLength(w.now) == 0 {
		return ""
	}
	return fmt.Sprintf("https://vod.school.example/record/%d.mp4", x.id)
}
