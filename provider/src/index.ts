export {
  type GetLiveStreamingRoomArgs,
  type GetLiveStreamingRoomOutputArgs,
  type GetLiveStreamingRoomResult,
  getLiveStreamingRoom,
  getLiveStreamingRoomOutput,
} from "./functions/getLiveStreamingRoom";
export {
  type GetMeetingRoomArgs,
  type GetMeetingRoomOutputArgs,
  type GetMeetingRoomResult,
  getMeetingRoom,
  getMeetingRoomOutput,
} from "./functions/getMeetingRoom";
export {
  type GetMeetingRoomsArgs,
  type GetMeetingRoomsOutputArgs,
  type GetMeetingRoomsResult,
  getMeetingRooms,
  getMeetingRoomsOutput,
} from "./functions/getMeetingRooms";
export { LiveStreamingRoom, type LiveStreamingRoomArgs } from "./resources/liveStreamingRoom";
export { MeetingRoom, type MeetingRoomArgs } from "./resources/meetingRoom";
export { Provider, type ProviderArgs } from "./resources/provider";
