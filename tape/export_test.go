package tape

import "strings"

// Plain is all that a recording says, unpacked.
func (p *Player) Plain() string {
	var b strings.Builder
	b.WriteString(string(p.data[:min(len(p.data), headLong)]))
	for i := range p.blocks {
		frames, _ := p.blocks[i].unpacked(p.data)
		b.Write(frames)
	}
	return b.String()
}
