import type { Call } from "./errors";
import { describeRoom, type RoomType } from "./field";

/** What an error says of a call about a room of an app. */
export function callAbout(action: Call["action"], type: RoomType, roomName: string, appName: string): Call {
  return { action, subject: describeRoom(type, roomName), appName, isLive: !type.canDelete };
}
