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

// erase deletes a recording and tells whether there was one.
func (w *world) erase(x *room) bool {
	had := w.recordURL(x) != ""
	x.noRecord = x.noRecord || had
	return had
}

func deleteRecord(w *world, p params) (obj, *refusal) {
	x, bad := w.room(p)
	if bad != nil {
		return nil, bad
	}
	w.erase(x)
	return nil, nil
}

// batchDeleteRecord names the classes whose recordings it deleted.
func batchDeleteRecord(w *world, p params) (obj, *refusal) {
	var list []*room
	for _, id := range p.nums("RoomIds") {
		x, bad := w.room(params{"RoomId": id})
		if bad != nil {
			return nil, bad
		}
		list = append(list, x)
	}
	var gone []uint64
	for _, x := range list {
		if w.erase(x) {
			gone = append(gone, x.id)
		}
	}
	return obj{"RoomIds": gone}, nil
}
