package class

// Person is a user of the application outside of any class, from DescribeUser.
type Person struct {
	ID   Text `json:"id"`
	Name Text `json:"name"`
}

// Clone returns a copy in one block of memory, shared with nothing else.
func (p Person) Clone() Person {
	both := p.ID.s + p.Name.s
	return Person{ID: Text{both[:len(p.ID.s)]}, Name: Text{both[len(p.ID.s):]}}
}
