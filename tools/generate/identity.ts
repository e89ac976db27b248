import { factNames } from "../../provider/src/rooms/room";
import type { RoomType } from "../../provider/src/rooms/roomType";

const DOCS: Readonly<Record<string, string>> = {
  roomId: "Metered's own id of the room (`_id`), 24 hex digits.",
  appName: "The Metered app that the room belongs to.",
  created: "When the room was created, ISO 8601 in UTC.",
  url: "Where people join: `https://<appName>.metered.live/<roomName>`.",
};

/** The outputs that no program declares, each with its documentation. */
export function identityDocs(type: RoomType): [name: string, doc: string][] {
  return ["roomId", "appName", ...factNames(type)].map((name) => [name, DOCS[name] ?? type.links[name] ?? ""]);
}
