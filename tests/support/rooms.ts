import { createRoom } from "../../provider/src/pulumi/operations";
import type { Bag } from "../../provider/src/pulumi/state";
import { liveStreamingRoom } from "../../provider/src/rooms/liveStreamingRoom";
import { meetingRoom } from "../../provider/src/rooms/meetingRoom";
import type { RoomType } from "../../provider/src/rooms/roomType";
import { problemsOf } from "../../provider/src/schema/check";
import type { Field, Value } from "../../provider/src/schema/field";
import { canaryRtmpURL } from "./canary";
import { type FakeApi, START } from "./fakeApi";

export const types: readonly RoomType[] = [meetingRoom, liveStreamingRoom];

/** The beginning of every story, in unix seconds. */
export const NOW = START / 1000;

/** A second valid value of every setting, other than the one of `allSettings`. */
const OTHER: Readonly<Partial<Record<Field["kind"], Value>>> = {
  roomName: "other-name",
  boolean: false,
  count: 7,
  unixSeconds: NOW + 7200,
  choice: "private",
  url: "https://other.example.com/hook",
  rtmpUrl: "rtmps://other.example.com/app/key",
  text: "Another text",
};

/** The least that a room must say. */
export function leastInputs(type: RoomType, more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    roomName: "standup",
    ...(type.fields.privacy ? { privacy: "public" } : {}),
    ...more,
  };
}

/** What the check says of a room with these settings, where the state has those before. */
export function problemsWith(type: RoomType, settings: Record<string, unknown>, before = {}): string[] {
  return problemsOf(type, before, leastInputs(type, settings), NOW);
}

/** Creates a room, and answers with what Pulumi keeps of it. */
export async function inState(api: FakeApi, settings: Bag = {}): Promise<Bag> {
  const { outputs } = await createRoom(api.place(), leastInputs(api.type, settings));
  api.calls.length = 0;
  api.notes.length = 0;
  return outputs;
}

/** Every setting of a kind of room, each with a valid value, all of them together valid. */
export function allSettings(type: RoomType): Record<string, Value> {
  return Object.fromEntries(Object.entries(type.fields).map(([name, field]) => [name, valueFor(name, field)]));
}

/** Another value of a setting, valid by itself. */
export function otherValue(name: string, field: Field): Value {
  if (field.kind === "choice") return field.values?.[1] ?? "";
  return name === "notBeforeUnixSec" ? NOW + 1800 : (OTHER[field.kind] ?? "");
}

function valueFor(name: string, field: Field): Value {
  switch (field.kind) {
    case "roomName":
      return "standup";
    case "boolean":
      return true;
    case "count":
      return 12;
    case "unixSeconds":
      return name === "expireUnixSec" ? NOW + 3600 : NOW + 60;
    case "choice":
      return field.values?.[0] ?? "";
    case "url":
      return `https://hooks.example.com/${name}?token=canary-token-Vb3`;
    case "rtmpUrl":
      return canaryRtmpURL;
    default:
      return `The ${name}`;
  }
}

/** What a state holds of a name that was generated. */
export function autoNamed(name: string): Bag {
  return { roomName: name, __auto: true };
}
