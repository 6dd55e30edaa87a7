package spec

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Limits words a parameter's constraints, one by one: "at most 200".
func (p *Param) Limits() []string {
	var parts []string
	if len(p.Enum) > 0 {
		var values []string
		for _, v := range slices.Sorted(maps.Keys(p.Enum)) {
			values = append(values, strings.TrimSuffix(v+" "+p.Enum[v], " "))
		}
		parts = append(parts, "one of: "+strings.Join(values, "; "))
	}
	if p.Min != nil {
		parts = append(parts, fmt.Sprintf("at least %d", *p.Min))
	}
	if p.Max != nil {
		parts = append(parts, fmt.Sprintf("at most %d", *p.Max))
	}
	if p.Unit != "" {
		parts = append(parts, "in "+p.Unit)
	}
	if p.MaxItems > 0 {
		parts = append(parts, fmt.Sprintf("at most %d items", p.MaxItems))
	}
	if p.Unique {
		parts = append(parts, "no item twice")
	}
	if p.MaxBytes > 0 {
		parts = append(parts, fmt.Sprintf("at most %d bytes", p.MaxBytes))
	}
	if len(p.Default) > 0 && string(p.Default) != "null" {
		parts = append(parts, "default "+string(p.Default))
	}
	return parts
}
