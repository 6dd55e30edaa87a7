package client

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"classtop/class/clean"
)

func TestCreateDocumentReturnsTheNewID(t *testing.T) {
	s := &saying{body: `{"Response": {"DocumentId": "doc\u001b[31m", "RequestId": "r-1"}}`}
	url := "https://a.example/d.pdf"
	id, document, err := s.client(t).Writer().CreateDocument(t.Context(), clean.Block(url), clean.Text("讲\x1b义"), clean.Text("u1"), 2, true)
	require.NoError(t, err)
	assert.Equal(t, "r-1", id)
	assert.NotContains(t, document.String(), "\x1b", "safe to show")
	assert.Equal(t, "doc\x1b[31m", document.Raw(), "and as the service spells it")
	for _, want := range []string{`"DocumentUrl":"` + url, `"TranscodeType":2`, `"Permission":1`, `"Owner":"u1"`, `讲\u001b义`} {
		assert.Contains(t, s.sent, want)
	}
}

func TestDocumentWritesNameTheirTarget(t *testing.T) {
	s := &saying{body: `{"Response": {"Error": {"Code": "ResourceNotFound.Document", "Message": "no"}, "RequestId": "r-1"}}`}
	_, err := s.client(t).Writer().UnbindDocument(t.Context(), 7, clean.Text("d1"))
	assert.Contains(t, asError(t, err).On, "document d1 in room 7")
	assert.JSONEq(t, `{"RoomId": 7, "DocumentId": "d1"}`, s.sent)
	_, err = s.client(t).Writer().DeleteDocument(t.Context(), clean.Text("d1"))
	assert.Equal(t, "ResourceNotFound.Document", asError(t, err).Code)
	assert.JSONEq(t, `{"DocumentId": "d1"}`, s.sent, "a document belongs to no single class")
}
