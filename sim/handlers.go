package sim

// handlers carry every action out that the facts list.
var handlers = map[string]handler{
	"GetRooms": getRooms, "DescribeRoom": describeRoom, "EndRoom": endRoom, "StartRoom": startRoom,
	"DescribeCurrentMemberList": describeCurrentMemberList, "KickUserFromRoom": kickUserFromRoom,
	"GetRoomMessage": getRoomMessage, "DescribeQuestionList": describeQuestionList, "DescribeAnswerList": describeAnswerList,
}
