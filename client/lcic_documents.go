package client

import (
	"context"

	"classtop/class"
)

type wireDocument struct {
	DocumentID                         name `json:"DocumentId"`
	DocumentName, DocumentType, Owner  name
	DocumentURL                        prose `json:"DocumentUrl"`
	Permission, TranscodeState         num
	TranscodeProgress                  num
	TranscodeResult, TranscodeInfo     prose
	DocumentSize, Pages, Width, Height num
	Cover, Preview                     prose
	UpdateTime                         num
}

func (w *wireDocument) document() class.Document {
	return class.Document{
		ID: class.Text(w.DocumentID), Name: class.Text(w.DocumentName), Type: class.Text(w.DocumentType),
		URL: class.Text(w.DocumentURL), Owner: class.Text(w.Owner), Public: w.Permission == 1,
		State: class.Transcoding(w.TranscodeState), Progress: int64(w.TranscodeProgress),
		Result: class.Text(w.TranscodeResult), Info: class.Text(w.TranscodeInfo),
		Size: int64(w.DocumentSize), Pages: int64(w.Pages), Width: int64(w.Width), Height: int64(w.Height),
		Cover: class.Text(w.Cover), Preview: class.Text(w.Preview), Updated: class.Unix(w.UpdateTime),
	}
}

// Documents reads the courseware of a class (DescribeDocumentsByRoom).
func (c *Client) Documents(ctx context.Context, room class.RoomID) ([]class.Document, error) {
	type answer struct {
		Total     num
		Documents list[wireDocument]
	}
	key := func(d *class.Document) class.Text { return d.ID }
	return pages(key, func(page int) ([]class.Document, int64, error) {
		body := listBody{RoomID: room, SdkAppID: c.cfg.SdkAppID, Page: page, Limit: pageSize}
		a, err := read[answer](ctx, c, "DescribeDocumentsByRoom", inRoom(room), body)
		return convert(a.Documents, (*wireDocument).document), int64(a.Total), err
	})
}

// Document reads one piece of courseware (DescribeDocument).
func (c *Client) Document(ctx context.Context, id class.Text) (class.Document, error) {
	w, err := read[wireDocument](ctx, c, "DescribeDocument", "document "+id.String(), struct {
		DocumentID string `json:"DocumentId"`
	}{id.Raw()})
	return w.document(), err
}
