import type { Settings } from "../schema/field";

/** A room as the server shows it. */
export interface RoomReply {
  /** Metered's `_id`. */
  readonly roomId: string;
  /** The name in the server's spelling. */
  readonly roomName: string;
  readonly archived: boolean;
  /** When it was created, in unix milliseconds by the server's clock, where the response says so. */
  readonly createdAt: number | undefined;
  /** When the server answered, in unix milliseconds by its clock (`Date` header, whole seconds). */
  readonly answeredAt: number | undefined;
  /** The response as it came. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** The attempts of one operation: bounded in number and time together, however many calls it makes. */
export interface Tries {
  readonly count: number;
  /** Waits its turn and answers true, or false when there is no time for another attempt. */
  again(): Promise<boolean>;
}

/**
 * What the lifecycle needs of the Metered API, for the rooms of one kind in one app. Every function makes one HTTP
 * call in the good case, repeats it where that is safe, and throws a `MeteredError` by cause otherwise.
 */
export interface RoomApi {
  readonly appName: string;
  /** Where people reach the app's rooms, without a trailing slash. */
  readonly origin: string;
  tries(): Tries;
  /** Never repeated once it may have reached the server: that is for the caller to find out. */
  create(name: string, settings: Settings, tries: Tries): Promise<RoomReply>;
  /** @throws MeteredError `RoomNotFound`, certain or not */
  get(name: string): Promise<RoomReply>;
  /** Undefined where Metered said that it was done, and showed no room. */
  update(name: string, settings: Settings): Promise<RoomReply | undefined>;
  delete(name: string): Promise<void>;
  /**
   * Proves that app, key and connection are right, once per process, so that "not found" can be believed.
   *
   * @param name of the room that was not found
   * @throws the cause when they are not
   */
  proveAccount(name: string): Promise<void>;
}
