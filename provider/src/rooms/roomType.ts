import type { Subject } from "../errors";
import type { ResourceType } from "../schema/field";

/** Everything the lifecycle needs to know about a kind of room. */
export interface RoomType extends ResourceType {
  readonly name: "MeetingRoom" | "LiveStreamingRoom";
  readonly label: "meeting room" | "live-streaming room";
  /** What only the server knows, by the API's own spelling, kept as outputs beside the settings. */
  readonly links: Readonly<Record<string, string>>;
  /** What changes by itself and is true or false, by the API's own spelling: shown by lookups, never in a state. */
  readonly volatile: Readonly<Record<string, string>>;
  /** Whether people join at `https://<app>.metered.live/<roomName>`, so that a `url` output can be given. */
  readonly hasUrl: boolean;
  /** Whether Metered documents a way to delete a room of this kind. */
  readonly canDelete: boolean;
}

/** What an error says it is about. */
export function subjectOf({ label, name: resource }: RoomType, name: string): Subject {
  return { label, name, resource };
}

/** One text for one name of one kind of rooms: names that differ in case alone may be one to Metered. */
export function nameKey({ name: kind }: RoomType, name: string): string {
  return `${kind} ${name.toLowerCase()}`;
}
