package sim

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// paper is a piece of courseware.
type paper struct {
	id, url, name, owner, kind string
	size, pages                int64
	public                     bool
	transcode                  int64 // TranscodeType; 0 is none
	born                       int64
	length                     int64 // seconds that transcoding takes
	fails                      bool
}

// papersOf returns the courseware of a class; it is made on first look.
func (w *world) papersOf(x *room) []*paper {
	if x.papersMade {
		return x.papers
	}
	x.papersMade = true
	if x.track < 0 {
		return x.papers
	}
	r := w.rng(saltPaper, x.id)
	var made []*paper
	for n := range between(r, 1, 4) {
		kind := []string{"pptx", "pdf", "docx", "mp4", "pptx"}[r.IntN(5)]
		one := &paper{
			id: fmt.Sprintf("d%s", append62(nil, mix(w.seed, saltPaper, x.id, uint64(n)), 9)), kind: kind, owner: w.userID(x.teacher),
			name: papers[r.IntN(len(papers))] + "." + kind, size: int64(r.IntN(40<<20) + 20000), pages: int64(between(r, 3, 60)),
			public: r.IntN(3) == 0, transcode: 1, born: x.start - int64(between(r, 900, 90000)), length: int64(between(r, 40, 200)),
		}
		if kind == "mp4" {
			one.transcode, one.pages = 2, 0
		}
		if n > 0 && r.IntN(2) == 0 {
			one.born = x.start + int64(between(r, 200, 1800))
		}
		made = append(made, one)
	}
	if s := x.script; s != nil && s.kind == ProblemDocument {
		made[0].fails, made[0].born, made[0].length = true, s.from-40, 40
	}
	for _, one := range made {
		one.url = "https://files.school.example/" + one.id + "." + one.kind
		w.papers[one.id] = one
	}
	x.papers = append(made, x.papers...)
	return x.papers
}

// progress is the transcoding of a paper at a moment.
func (d *paper) progress(now int64) (state, percent int64) {
	done := now - d.born
	switch {
	case d.transcode == 0 || done < 3:
		return 0, 0
	case done < d.length:
		return 1, done * 100 / d.length
	case d.fails:
		return 2, 73
	}
	return 3, 100
}

func (w *world) paperInfo(d *paper) obj {
	state, percent := d.progress(w.now)
	out := obj{
		"DocumentId": d.id, "DocumentUrl": d.url, "DocumentName": d.name, "Owner": d.owner, "SdkAppId": w.app, "Permission": bit(d.public),
		"TranscodeResult": "", "TranscodeType": d.transcode, "TranscodeProgress": percent, "TranscodeState": state, "TranscodeInfo": "",
		"DocumentType": d.kind, "DocumentSize": d.size, "UpdateTime": min(w.now, d.born+d.length),
	}
	switch state {
	case 2:
		out["TranscodeResult"], out["TranscodeInfo"] = "FailedOperation.TranscodeFailed", "The file is protected by a password"
	case 3:
		out["TranscodeResult"] = "https://files.school.example/" + d.id + "/h5/index.html"
	}
	return out
}

// paperRow is DocumentInfo, which knows more than DescribeDocument.
func (w *world) paperRow(d *paper) obj {
	out := w.paperInfo(d)
	out["Pages"], out["Width"], out["Height"], out["Cover"], out["Preview"] = 0, 0, 0, nil, nil
	if out["TranscodeState"] == int64(3) {
		out["Pages"], out["Width"], out["Height"] = d.pages, 1280, 720
		out["Cover"] = "https://files.school.example/" + d.id + "/cover.png"
		out["Preview"] = "https://files.school.example/" + d.id + "/preview/"
	}
	return out
}

func (w *world) paper(p params) (*paper, *refusal) {
	id := p.str("DocumentId")
	if w.papers[id] == nil {
		w.allPapers()
	}
	if d := w.papers[id]; d != nil && d.born <= w.now {
		return d, nil
	}
	return nil, refuse("ResourceNotFound.Document", "The document %s does not exist.", id)
}

// allPapers returns all courseware, oldest first.
func (w *world) allPapers() []*paper {
	for _, x := range w.byStart {
		w.papersOf(x)
	}
	list := make([]*paper, 0, len(w.papers))
	for _, d := range w.papers {
		list = append(list, d)
	}
	slices.SortFunc(list, func(a, b *paper) int { return cmp.Or(cmp.Compare(a.born, b.born), strings.Compare(a.id, b.id)) })
	return list
}

// visible filters courseware as Permission, Owner, Keyword and DocumentId say.
func (w *world) visible(all []*paper, p params) []*paper {
	want, owner, ids := p.nums("Permission"), p.str("Owner"), p.list("DocumentId")
	keyword := strings.ToLower(p.str("Keyword"))
	var list []*paper
	for _, d := range all {
		mine := owner == "" || d.owner == owner
		fits := len(want) == 0 || slices.Contains(want, 2) && (mine || d.public) || mine && slices.Contains(want, int64(bit(d.public)))
		if fits && d.born <= w.now && (len(ids) == 0 || slices.Contains(ids, d.id)) && strings.Contains(strings.ToLower(d.name), keyword) {
			list = append(list, d)
		}
	}
	return list
}

func (w *world) paperPage(found []*paper, p params, otherwise int64) obj {
	var rows []obj
	for _, d := range pageOf(found, p.num("Page"), limitOf(p, otherwise, 1000)) {
		rows = append(rows, w.paperRow(d))
	}
	return obj{"Total": len(found), "Documents": rows}
}

func describeDocument(w *world, p params) (obj, *refusal) {
	d, bad := w.paper(p)
	if bad != nil {
		return nil, bad
	}
	return w.paperInfo(d), nil
}

func batchDescribeDocument(w *world, p params) (obj, *refusal) {
	return w.paperPage(w.visible(w.allPapers(), p), p, 20), nil
}

func describeDocumentsByRoom(w *world, p params) (obj, *refusal) {
	x, bad := w.room(p)
	if bad != nil {
		return nil, bad
	}
	return w.paperPage(w.visible(w.papersOf(x), p), p, 100), nil
}

func createDocument(w *world, p params) (obj, *refusal) {
	if _, ok := w.find(p.str("Owner")); !ok {
		return nil, refuse("ResourceNotFound.User", "The user %s does not exist.", p.str("Owner"))
	}
	d := &paper{
		id: w.newID("d", 9), url: p.str("DocumentUrl"), name: p.str("DocumentName"), owner: p.str("Owner"), kind: p.str("DocumentType"),
		size: p.num("DocumentSize"), pages: 12, public: p.num("Permission") == 1, transcode: p.num("TranscodeType"), born: w.now, length: 30,
		fails: strings.Contains(p.str("DocumentUrl"), "fail"),
	}
	w.papers[d.id] = d
	return obj{"DocumentId": d.id}, nil
}

func deleteDocument(w *world, p params) (obj, *refusal) {
	d, bad := w.paper(p)
	if bad != nil {
		return nil, bad
	}
	w.allPapers() // none of it may be made anew later
	for _, x := range w.byStart {
		x.papers = slices.DeleteFunc(x.papers, func(one *paper) bool { return one == d })
	}
	delete(w.papers, d.id)
	return nil, nil
}

func bindDocumentToRoom(w *world, p params) (obj, *refusal) {
	x, bad := w.room(p)
	if bad != nil {
		return nil, bad
	}
	d, bad := w.paper(p)
	if bad != nil {
		return nil, bad
	}
	if !slices.Contains(w.papersOf(x), d) {
		x.papers = append(x.papers, d)
	}
	return nil, nil
}

func unbindDocumentFromRoom(w *world, p params) (obj, *refusal) {
	x, bad := w.room(p)
	if bad != nil {
		return nil, bad
	}
	d, bad := w.paper(p)
	if bad != nil {
		return nil, bad
	}
	i := slices.Index(w.papersOf(x), d)
	if i < 0 {
		return nil, refuse("ResourceNotFound.Document", "The document %s is not bound to the room.", d.id)
	}
	x.papers = slices.Delete(x.papers, i, i+1)
	return nil, nil
}
