package ops

import (
	"context"
	"slices"

	"classtop/class"
)

// documentRow returns what is known of an action on courseware.
func documentRow(a Action) (row, bool) {
	switch a {
	case DocBind:
		return row{"BindDocumentToRoom", 2, onDocument, "Bind", "Bound", "binding", bindRest, documentWhy, sendBind, lookBound}, true
	case DocUnbind:
		return row{"UnbindDocumentFromRoom", 2, onDocument, "Unbind", "Unbound", "unbinding", unbindRest, documentWhy, sendUnbind, lookGone}, true
	case DocCreate:
		return row{"CreateDocument", 2, onDraft, "Create", "Created", "creating", createRest, createWhy, sendCreate, lookCreated}, true
	case DocDelete:
		return row{"DeleteDocument", 3, onDocument, "Delete", "Deleted", "deleting", deleteRest, documentWhy, sendDelete, lookGone}, true
	}
	return row{}, false
}

func sendBind(ctx context.Context, s Sender, r *Result) (string, error) {
	return s.BindDocument(ctx, r.Op.Target.Room, r.Op.Target.Document)
}

func sendUnbind(ctx context.Context, s Sender, r *Result) (string, error) {
	return s.UnbindDocument(ctx, r.Op.Target.Room, r.Op.Target.Document)
}

// sendCreate keeps the new id: it is in the answer only, and without it the
// document could not be bound to a class.
func sendCreate(ctx context.Context, s Sender, r *Result) (string, error) {
	d := r.Op.Draft
	requestID, id, err := s.CreateDocument(ctx, d.URL, d.Name, d.Owner, d.Transcode, d.Public)
	if err == nil {
		r.Found = "Its id is " + id.String() + ": bind it to the class with that."
	}
	return requestID, err
}

func sendDelete(ctx context.Context, s Sender, r *Result) (string, error) {
	return s.DeleteDocument(ctx, r.Op.Target.Document)
}

// document returns "二次函数.pptx (doc_1)", or the id where no name is known.
func (t Target) document() string { return named(t.DocName.String(), t.Document.String()) }

func bindRest(o Op) string { return "document " + o.Target.document() + " to " + o.Target.place() }

func unbindRest(o Op) string { return "document " + o.Target.document() + " from " + o.Target.place() }

func deleteRest(o Op) string {
	return "document " + o.Target.document() + ", seen in " + o.Target.place()
}

func createRest(o Op) string {
	access := "private"
	if o.Draft.Public {
		access = "public"
	}
	return access + " document " + o.Draft.Name.String() + " of " + o.Draft.Owner.String() + " from " + o.Draft.URL.String()
}

func documentWhy(o Op) string {
	if o.Target.Document.IsZero() {
		return "No document is chosen. Put the cursor on one on the documents tab first."
	}
	return ""
}

func createWhy(o Op) string {
	switch {
	case o.Draft.URL.IsZero():
		return "No URL is given. Say where the file is."
	case o.Draft.Name.IsZero():
		return "No name is given. Say what the document is called."
	case o.Draft.Owner.IsZero():
		return "No owner is given. Say whose document it is, by user id."
	}
	return ""
}

func lookBound(ctx context.Context, r Reader, o Op) (sight, error) {
	return lookDocuments(ctx, r, o, func(d class.Document) bool { return d.ID == o.Target.Document },
		sight{applied, o.Target.document() + " is among the class's documents"},
		sight{unchanged, o.Target.document() + " is not among the class's documents"})
}

func lookGone(ctx context.Context, r Reader, o Op) (sight, error) {
	return lookDocuments(ctx, r, o, func(d class.Document) bool { return d.ID == o.Target.Document },
		sight{unchanged, o.Target.document() + " is still among the class's documents"},
		sight{applied, o.Target.document() + " is no longer among the class's documents"})
}

// lookCreated can only say yes: a document shows in a class's list once it is
// bound to it.
func lookCreated(ctx context.Context, r Reader, o Op) (sight, error) {
	return lookDocuments(ctx, r, o, func(d class.Document) bool { return d.URL == o.Draft.URL && d.Name == o.Draft.Name },
		sight{applied, o.Draft.Name.String() + " is among the class's documents"},
		sight{unclear, "a document that is bound to no class cannot be seen"})
}

// lookDocuments tells whether some document of the class matches.
func lookDocuments(ctx context.Context, r Reader, o Op, match func(class.Document) bool, yes, no sight) (sight, error) {
	all, err := r.Documents(ctx, o.Target.Room)
	switch {
	case err != nil:
		return sight{}, err
	case slices.ContainsFunc(all, match):
		return yes, nil
	}
	return no, nil
}

// documentChanges says what is not as it was when the operator confirmed.
func documentChanges(t Target, now []class.Document) []string {
	i := slices.IndexFunc(now, func(d class.Document) bool { return d.ID == t.Document })
	switch {
	case i < 0:
		return []string{t.document() + " is no longer among the class's documents"}
	case !t.DocName.IsZero() && now[i].Name != t.DocName:
		return []string{t.Document.String() + " is now called " + now[i].Name.String() + ", was " + t.DocName.String()}
	}
	return nil
}
