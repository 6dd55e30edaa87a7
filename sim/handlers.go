package sim

// handlers carry every action out that the facts list.
var handlers = map[string]handler{
	"LoginUser": loginUser, "LoginOriginId": loginOriginID,
	"RegisterUser": registerUser, "BatchRegister": batchRegister, "DescribeUser": describeUser,
	"DescribeSdkAppIdUsers": describeSdkAppIDUsers, "ModifyUserProfile": modifyUserProfile,

	"GetRooms": getRooms, "DescribeRoom": describeRoom, "EndRoom": endRoom, "StartRoom": startRoom,
	"CreateRoom": createRoom, "BatchCreateRoom": batchCreateRoom, "ModifyRoom": modifyRoom, "DeleteRoom": deleteRoom,
	"DescribeCurrentMemberList": describeCurrentMemberList, "KickUserFromRoom": kickUserFromRoom,
	"DescribeRoomStatistics": describeRoomStatistics, "GetRoomEvent": getRoomEvent, "GetRoomMessage": getRoomMessage,
	"DescribeQuestionList": describeQuestionList, "DescribeAnswerList": describeAnswerList,

	"CreateGroupWithMembers": createGroupWithMembers, "BatchCreateGroupWithMembers": batchCreateGroupWithMembers,
	"CreateGroupWithSubGroup": createGroupWithSubGroup, "DeleteGroup": deleteGroup, "ModifyGroup": modifyGroup,
	"AddGroupMember": addGroupMember, "BatchAddGroupMember": addGroupMember,
	"DeleteGroupMember": deleteGroupMember, "BatchDeleteGroupMember": deleteGroupMember,
	"DescribeGroup": describeGroup, "DescribeGroupList": describeGroupList, "DescribeGroupMemberList": describeGroupMemberList,

	"SetAppCustomContent": setAppCustomContent, "DeleteAppCustomContent": deleteAppCustomContent, "ModifyApp": modifyApp,
	"SetWatermark": setWatermark, "GetWatermark": getWatermark, "DescribeDeveloper": describeDeveloper,
	"CreateSupervisor": createSupervisor, "DeleteSupervisor": deleteSupervisor, "DescribeSupervisors": describeSupervisors,
	"DeleteRecord": deleteRecord, "BatchDeleteRecord": batchDeleteRecord,

	"CreateDocument": createDocument, "DeleteDocument": deleteDocument, "DescribeDocument": describeDocument,
	"BindDocumentToRoom": bindDocumentToRoom, "UnbindDocumentFromRoom": unbindDocumentFromRoom,
	"DescribeDocumentsByRoom": describeDocumentsByRoom, "BatchDescribeDocument": batchDescribeDocument,
	"DescribeDocuments": batchDescribeDocument, // the old name; SchoolId is the SdkAppId

	"ForbidSendMsg": forbidSendMsg, "DescribeRoomForbiddenUser": describeRoomForbiddenUser,
	"SendRoomNotificationMessage": sendRoomNotificationMessage, "UnblockKickedUser": unblockKickedUser,

	"CreateSession": createSession, "DestroySession": destroySession,
	"CreateTRTCSignaturesWithRoomId": createTRTCSignatures,

	"get_seat_list": in(getSeatList), "pick_user_on_seat": in(pickUserOnSeat), "kick_user_off_seat": in(kickUserOffSeat),
	"lock_seat": in(lockSeat), "switch_seat": in(switchSeat), "move_user_to_seat": in(moveUserToSeat),

	"create_room": engineCreate, "destroy_room": in(engineDestroy), "get_room_info": in(engineInfo), "update_room_info": in(engineUpdate),
	"get_room_member_list": in(engineMembers), "update_room_member_info": in(engineUpdateMember), "mark_room_member": in(engineMark),
	"change_room_owner": in(engineOwner), "kick_user_out": in(engineKick), "ban_room_member": in(engineBan),
	"unban_room_member": in(engineUnban), "get_banned_member_list": in(engineBanned),

	"live_engine_http_srv/get_room_info": in(liveRoom), "live_engine_http_srv/get_room_list": liveRooms,
	"live_engine_http_srv/get_room_statistic": in(liveStatistic), "live_engine_http_srv/update_room_info": in(engineUpdate),
	"live_engine_http_srv/mute_member": in(liveMute), "live_engine_http_srv/get_muted_member_list": in(liveMuted),
	"live_engine_http_srv/ban_member": in(engineBan), "live_engine_http_srv/unban_member": in(engineUnban),
	"live_engine_http_srv/get_banned_member_list": in(engineBanned), "live_engine_http_srv/get_member_list": in(liveMembers),
	"live_engine_http_srv/get_admin_list": in(liveAdmins), "live_engine_http_srv/modify_admin": in(liveModifyAdmin),
}
