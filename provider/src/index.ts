export {
  type GetLiveStreamingRoomArgs,
  type GetLiveStreamingRoomOutputArgs,
  type GetLiveStreamingRoomResult,
  getLiveStreamingRoom,
  getLiveStreamingRoomOutput,
} from "./pulumi/dynamic/functions/getLiveStreamingRoom";
export {
  type GetMeetingRoomArgs,
  type GetMeetingRoomOutputArgs,
  type GetMeetingRoomResult,
  getMeetingRoom,
  getMeetingRoomOutput,
} from "./pulumi/dynamic/functions/getMeetingRoom";
export {
  type GetMeetingRoomsArgs,
  type GetMeetingRoomsOutputArgs,
  type GetMeetingRoomsResult,
  getMeetingRooms,
  getMeetingRoomsOutput,
} from "./pulumi/dynamic/functions/getMeetingRooms";
export { LiveStreamingRoom, type LiveStreamingRoomArgs } from "./pulumi/dynamic/liveStreamingRoom";
export { MeetingRoom, type MeetingRoomArgs } from "./pulumi/dynamic/meetingRoom";
export { Provider, type ProviderArgs } from "./pulumi/dynamic/provider";
export {
  LiveStreamingRoomSet,
  type LiveStreamingRoomSetArgs,
  MeetingRoomSet,
  type MeetingRoomSetArgs,
  type RoomInSet,
} from "./pulumi/dynamic/roomSets";
