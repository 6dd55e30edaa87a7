package sim

import (
	"encoding/hex"
	"math"
	"strconv"
)

// createTRTCSignatures makes call parameters for users of a room. The room's
// id may be used once; whoever lost the answer takes another id.
func createTRTCSignatures(w *world, p params) (obj, *refusal) {
	id := p.str("RoomId")
	if w.callRooms[id] {
		return nil, refuse("InvalidParameter.RoomIdExist", "The room %s exists.", id)
	}
	w.callRooms[id] = true
	app := w.app + 1_000_000
	var list []obj
	for _, user := range p.list("TRTCUserIds") {
		t := ticket{Version: "2.0", User: user, App: app, Expire: 86400, Time: w.now}
		t.Sig = t.sign("trtc-key-of-the-simulated-school")
		secret := strconv.AppendUint(nil, mix(w.seed, uint64(w.now), math.Float64bits(float64(len(user)))), 36)
		list = append(list, obj{"SdkAppId": app, "UserId": user, "UserSig": t.pack(), "StrRoomId": "gl-" + id, "PrivateKey": hex.EncodeToString(secret)})
	}
	return obj{"TRTCParamList": list}, nil
}
