package client

import (
	"context"

	"classtop/class"
	"classtop/client/spec"
)

// documentBody is the body of the writes about one document; RoomID is left
// out where the action has none.
type documentBody struct {
	RoomID     class.RoomID `json:"RoomId,omitempty"`
	DocumentID string       `json:"DocumentId"`
}

// BindDocument attaches courseware to a class (BindDocumentToRoom).
func (w *Writer) BindDocument(ctx context.Context, room class.RoomID, document class.Text) (requestID string, err error) {
	return w.write(ctx, spec.LCIC, "BindDocumentToRoom", documentIn(document, room), documentBody{room, document.Raw()})
}

// UnbindDocument detaches courseware from a class (UnbindDocumentFromRoom).
func (w *Writer) UnbindDocument(ctx context.Context, room class.RoomID, document class.Text) (requestID string, err error) {
	return w.write(ctx, spec.LCIC, "UnbindDocumentFromRoom", documentIn(document, room), documentBody{room, document.Raw()})
}

// DeleteDocument deletes courseware from every class (DeleteDocument).
func (w *Writer) DeleteDocument(ctx context.Context, document class.Text) (requestID string, err error) {
	return w.write(ctx, spec.LCIC, "DeleteDocument", "document "+document.String(), documentBody{DocumentID: document.Raw()})
}

// CreateDocument registers courseware by the URL of its file and returns its
// id (CreateDocument). transcode is 0 for none, 1 for a document, 2 for video
// or audio.
func (w *Writer) CreateDocument(ctx context.Context, url, title, owner class.Text, transcode int64, public bool) (requestID string, document class.Text, err error) {
	permission := 0
	if public {
		permission = 1
	}
	body := struct {
		SdkAppID      uint64 `json:"SdkAppId"`
		DocumentURL   string `json:"DocumentUrl"`
		DocumentName  string
		Owner         string
		TranscodeType int64
		Permission    int
	}{w.c.cfg.SdkAppID, url.Raw(), title.Raw(), owner.Raw(), transcode, permission}
	r, err := w.c.request(spec.LCIC, "CreateDocument", "document "+title.String(), body)
	if err != nil {
		return "", class.Text{}, err
	}
	r.writer = true
	var answer struct {
		DocumentID name `json:"DocumentId"`
	}
	requestID, err = w.c.do(ctx, r, into(spec.LCIC, &answer))
	return requestID, class.Text(answer.DocumentID), err
}

func documentIn(document class.Text, room class.RoomID) string {
	return "document " + document.String() + " in " + inRoom(room)
}
