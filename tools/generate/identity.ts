import { factNames } from "../../provider/src/rooms/room";
import type { RoomType } from "../../provider/src/rooms/roomType";

const DOCS: Readonly<Record<string, string>> = {
  roomId: "Metered's ID of the room (`_id`), 24 hexadecimal digits.",
  appName: "The Metered app that the room belongs to.",
  created: "Time when the room was created, in ISO 8601 format (UTC).",
  url: "URL where people join: `https://<appName>.metered.live/<roomName>`.",
};

/** The outputs that aren't inputs, each with its documentation. */
export function identityDocs(type: RoomType): [name: string, doc: string][] {
  return ["roomId", "appName", ...factNames(type)].map((name) => [name, DOCS[name] ?? type.links[name] ?? ""]);
}
