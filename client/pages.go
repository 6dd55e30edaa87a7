package client

// Page sizes. Newer documentation caps GetRooms and GetRoomEvent at 100.
const (
	pageSize    = 100
	memberPage  = 1000
	maxPages    = 200 // ends a list whose Total grows for ever
	firstOfPage = 1
)

// pages reads a list page after page. The total may change while it reads and
// may be wrong: a page that brings nothing new ends the list, and so does
// having seen as many items as there are said to be. key tells items apart.
func pages[T any, K comparable](key func(*T) K, fetch func(page int) (items []T, total int64, err error)) ([]T, error) {
	return pagesAsTheyCome(key, fetch, nil)
}

// pagesAsTheyCome is pages that gives what there is after each page but the
// last; soFar may be nil.
func pagesAsTheyCome[T any, K comparable](key func(*T) K, fetch func(page int) (items []T, total int64, err error), soFar func([]T)) ([]T, error) {
	var all []T
	var seen map[K]struct{}
	for page, read := firstOfPage, 0; page <= maxPages; page++ {
		items, total, err := fetch(page)
		if err != nil {
			return nil, err
		}
		if seen == nil {
			seen = make(map[K]struct{}, len(items))
			all = items[:0]
		}
		before := len(all)
		for i := range items {
			k := key(&items[i])
			if _, dup := seen[k]; !dup {
				seen[k] = struct{}{}
				all = append(all, items[i])
			}
		}
		read += len(items)
		if len(all) == before || int64(read) >= total {
			break
		}
		if soFar != nil {
			soFar(all[:len(all):len(all)])
		}
	}
	return all, nil
}
