// Package class holds the words that every part of classtop shares: rooms,
// members, questions, documents, seats, messages, events and the one error
// type. It is pure: no I/O, no clock, nothing but the standard library.
package class
