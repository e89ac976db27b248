import type { RoomReply } from "../api";
import type { Place } from "../place";
import type { SetType } from "./setType";

/** Everything that the operations on a set work with. */
export interface SetPlace extends Place {
  readonly set: SetType;
  /** The name of the set in messages, which is its Pulumi id. */
  readonly setName: string;
  /** All rooms of the app by one request; undefined where Metered has no such list. */
  readonly list: (() => Promise<readonly RoomReply[]>) | undefined;
  /** How many rooms are worked on at a time. */
  readonly width: number;
  /** Aborted when the user stops the run: what is under way is finished, and no further room begun. */
  readonly signal?: AbortSignal | undefined;
  /** Told whenever a room is done. */
  readonly progress?: ((done: number, total: number) => void) | undefined;
}
