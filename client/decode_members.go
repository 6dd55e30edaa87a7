package client

import (
	"classtop/class"
	"classtop/client/spec"
)

// memberPageData is one page of DescribeCurrentMemberList.
type memberPageData struct {
	total   int64
	members []class.Member
}

func (p *memberPageData) decode(body []byte) (verdict, error) {
	var w struct {
		Total         num
		MemberRecords list[wireMember]
	}
	v, err := into(spec.LCIC, &w)(body)
	p.total, p.members = int64(w.Total), convert(w.MemberRecords, (*wireMember).member)
	return v, err
}
