package sim

type paper struct{}
type group struct{}
type session struct{}
type engineRoom struct{}
