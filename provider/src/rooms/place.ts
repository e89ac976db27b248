import type { Action, Call } from "../errors";
import type { Note } from "../notes";
import type { RoomApi } from "./api";
import type { Claims } from "./claims";
import type { Owner } from "./owner";
import { type RoomType, subjectOf } from "./roomType";

/** Everything an operation on a room works with. */
export interface Place {
  readonly type: RoomType;
  readonly api: RoomApi;
  readonly claims: Claims;
  /** The resource that the operation is for, where the face knows it. */
  readonly owner: Owner;
  /** `metered:adoptExisting`: rooms that exist already are adopted. */
  readonly adoptExisting: boolean;
  /** Unix milliseconds. */
  now(): number;
  /** Tells the user something that is no error. */
  tell(note: Note): void;
}

export function callAbout({ type, api }: Pick<Place, "type" | "api">, action: Action, name: string): Call {
  return { action, subject: subjectOf(type, name), app: api.appName };
}

export function nowSeconds({ now }: Pick<Place, "now">): number {
  return now() / 1000;
}
