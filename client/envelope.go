package client

import (
	"encoding/json"
	"errors"

	"classtop/client/spec"
)

// envelope is the outermost object of every dialect: the cloud's Response, the
// old code and message, the room engine's ErrorCode.
type envelope struct {
	Response json.RawMessage

	OldCode    text `json:"code"`
	OldMessage text `json:"message"`
	OldDesc    text `json:"codeDesc"`

	Status    text `json:"ActionStatus"`
	ErrorCode num
	ErrorInfo text
	RequestID text `json:"RequestId"`
}

// head is what every Response of the cloud holds.
type head struct {
	Error struct {
		Code, Message text
	}
	RequestID text `json:"RequestId"`
}

// open reads an answer's verdict and returns its data. The room engine's data
// may be missing.
func open(system string, body []byte) (verdict, json.RawMessage, error) {
	var e envelope
	if len(body) == 0 || lenient(body, &e) != nil {
		return verdict{}, nil, errNotAnswer
	}
	if system == spec.RoomEngine {
		return e.engine()
	}
	if isObject(e.Response) {
		var h head
		if lenient(e.Response, &h) != nil {
			return verdict{}, nil, errNotAnswer
		}
		return verdict{string(h.Error.Code), string(h.Error.Message), string(h.RequestID)}, e.Response, nil
	}
	return e.old()
}

// old reads the shape that the first generation of the cloud API had and that
// its gateways still use for failures.
func (e *envelope) old() (verdict, json.RawMessage, error) {
	code := string(e.OldDesc)
	if code == "" {
		code = string(e.OldCode)
	}
	if code == "" || e.OldCode == "0" {
		return verdict{}, nil, errNotAnswer
	}
	return verdict{code, string(e.OldMessage), string(e.RequestID)}, nil, nil
}

func (e *envelope) engine() (verdict, json.RawMessage, error) {
	v := verdict{"", string(e.ErrorInfo), string(e.RequestID)}
	switch {
	case e.ErrorCode != 0:
		v.code = e.ErrorCode.String()
	case e.Status == "FAIL":
		v.code = "FAIL"
	case e.Status == "":
		return v, nil, errNotAnswer
	}
	return v, e.Response, nil
}

// into decodes an answer's data into a struct of lenient types.
func into[T any](system string, data *T) decoder {
	return func(body []byte) (verdict, error) {
		v, raw, err := open(system, body)
		if err != nil || v.code != "" || len(raw) == 0 {
			return v, err
		}
		if lenient(raw, data) != nil {
			return v, errNotAnswer
		}
		return v, nil
	}
}

// only reads the verdict: writes answer nothing else.
func only(system string) decoder {
	return func(body []byte) (verdict, error) {
		v, _, err := open(system, body)
		return v, err
	}
}

// lenient decodes JSON and forgives values of another type than expected: such
// a field stays empty.
func lenient(raw []byte, v any) error {
	err := json.Unmarshal(raw, v)
	var mismatch *json.UnmarshalTypeError
	if errors.As(err, &mismatch) {
		return nil
	}
	return err
}
