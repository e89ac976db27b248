import type { Note } from "../notes";
import type { TokenApi } from "../tokens/api";
import type { TurnApi } from "../turn/api";
import type { ObjectType } from "./objectType";

/** What the lifecycles need of the Metered API for one app. */
interface ObjectApi {
  readonly appName: string;
  readonly turn: TurnApi;
  readonly tokens: TokenApi;
  /** How far the server's clock is ahead of this machine's, in seconds; undefined before the first response. */
  readonly clockOffset: number | undefined;
}

/** Everything an operation on an object works with. */
export interface ObjectPlace {
  readonly type: ObjectType;
  readonly api: ObjectApi;
  /** Usernames of the credentials that this process has created: none of them is another resource's lost one. */
  readonly handedOut: Set<string>;
  /** The credentials that this process is creating. */
  readonly underWay: Set<Readonly<Record<string, unknown>>>;
  /** Unix milliseconds, by this machine's clock. */
  now(): number;
  /** Tells the user something that is no error. */
  tell(note: Note): void;
}
