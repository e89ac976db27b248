import type { Subject } from "../../errors";
import { liveStreamingRoom } from "../liveStreamingRoom";
import { meetingRoom } from "../meetingRoom";
import type { RoomType } from "../roomType";

/** A kind of resource that holds any number of rooms of one kind, each under a key of its own. */
export interface SetType {
  /** The resource's name in a program, and in the type token of every user's state. Never changes. */
  readonly name: "MeetingRoomSet" | "LiveStreamingRoomSet";
  readonly label: "meeting room set" | "live-streaming room set";
  /** What its rooms are. */
  readonly room: RoomType;
}

export const meetingRoomSet: SetType = { name: "MeetingRoomSet", label: "meeting room set", room: meetingRoom };
export const liveStreamingRoomSet: SetType = {
  name: "LiveStreamingRoomSet",
  label: "live-streaming room set",
  room: liveStreamingRoom,
};

/** What a message says it is about. Metered knows no sets, so its name is the Pulumi id. */
export function setSubject({ label, name: resource }: SetType, name: string): Subject {
  return { label, name, resource };
}
