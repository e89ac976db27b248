export type { UserUsage } from "./metered/usage";
export { AccessToken, type AccessTokenArgs } from "./pulumi/dynamic/accessToken";
export {
  type GetIceServersArgs,
  type GetIceServersOutputArgs,
  type GetIceServersResult,
  getIceServers,
  getIceServersOutput,
} from "./pulumi/dynamic/functions/getIceServers";
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
export {
  type GetTurnCredentialsArgs,
  type GetTurnCredentialsOutputArgs,
  type GetTurnCredentialsResult,
  getTurnCredentials,
  getTurnCredentialsOutput,
  type ListedTurnCredential,
} from "./pulumi/dynamic/functions/getTurnCredentials";
export {
  type GetTurnProjectsArgs,
  type GetTurnProjectsOutputArgs,
  type GetTurnProjectsResult,
  getTurnProjects,
  getTurnProjectsOutput,
  type ListedTurnProject,
} from "./pulumi/dynamic/functions/getTurnProjects";
export {
  type GetTurnUsageArgs,
  type GetTurnUsageOutputArgs,
  type GetTurnUsageResult,
  getTurnUsage,
  getTurnUsageOutput,
} from "./pulumi/dynamic/functions/getTurnUsage";
export {
  type ValidateAccessTokenArgs,
  type ValidateAccessTokenOutputArgs,
  type ValidateAccessTokenResult,
  validateAccessToken,
  validateAccessTokenOutput,
} from "./pulumi/dynamic/functions/validateAccessToken";
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
export { TurnCredential, type TurnCredentialArgs } from "./pulumi/dynamic/turnCredential";
export { TurnProject, type TurnProjectArgs } from "./pulumi/dynamic/turnProject";
export type { IceServer } from "./turn/api";
