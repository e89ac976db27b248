export { LiveStreamingRoom, type LiveStreamingRoomArgs } from "./resources/liveStreamingRoom";
export { MeetingRoom, type MeetingRoomArgs } from "./resources/meetingRoom";
export { Provider, type ProviderArgs } from "./resources/provider";
