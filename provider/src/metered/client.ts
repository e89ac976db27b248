import type { Subject } from "../errors";
import type { RoomApi, RoomReply } from "../rooms/api";
import type { RoomType } from "../rooms/roomType";
import type { TokenApi } from "../tokens/api";
import type { TurnApi } from "../turn/api";
import type { Account } from "./account";
import { realTime, type Time } from "./attempts";
import { Caller, type Options } from "./caller";
import type { Outcome } from "./http";
import { unexpected } from "./judge";
import { aboutList, LIST, roomApi, roomOf, roomsIn } from "./rooms";
import { tokenApi } from "./tokens";
import { turnApi } from "./turn";
import { type UsageApi, usageApi } from "./usage";

/** How long the server's clock is worth waiting for, in milliseconds. */
const CLOCK_PATIENCE = 5_000;

/**
 * The Metered API for one app. Each family of endpoints is a file of its own, built on `Caller`. Every function throws
 * a `MeteredError` by cause, which never holds the secret key.
 */
export class MeteredClient {
  private readonly caller: Caller;
  /** Undefined once the rooms could be listed, else what came instead. */
  private proof: Promise<Outcome | undefined> | undefined;

  private readonly now: () => number;
  private clock: Promise<Outcome> | undefined;

  /** @param time the clock that waits go by, the real one by default */
  constructor(account: Account, time: Time = realTime) {
    this.caller = new Caller(account, time);
    this.now = time.now;
  }

  get appName(): string {
    return this.caller.account.appName;
  }

  /** The endpoints for the rooms of one kind. The options are those of every single call. */
  rooms(type: RoomType, options: Options = {}): RoomApi {
    return roomApi(this.caller, type, options, (subject) => this.proveAccount(subject, options.tell));
  }

  /** The endpoints for TURN. */
  turn(options: Options = {}): TurnApi {
    return turnApi(this.caller, options);
  }

  /** The endpoints for access tokens. */
  tokens(options: Options = {}): TokenApi {
    return tokenApi(this.caller, options);
  }

  /** The endpoints for what TURN servers have relayed. */
  turnUsage(options: Options = {}): UsageApi {
    return usageApi(this.caller, options);
  }

  /**
   * Has the server's clock be known, which any response shows: with one small request, unless there was one. Where none
   * comes within a few seconds, it stays unknown.
   */
  async learnClock(): Promise<void> {
    if (this.clockOffset !== undefined) return;
    this.clock ??= this.caller.send(
      { call: { action: "read", app: this.appName }, secrets: [] },
      { method: "GET", path: "/v1/turn/current_usage" },
      { limits: { deadline: this.now() + CLOCK_PATIENCE } },
    );
    await this.clock;
  }

  /** How far the server's clock is ahead of this machine's, in seconds; undefined before the first response. */
  get clockOffset(): number | undefined {
    return this.caller.clockOffset;
  }

  /**
   * Proves that app, key and connection are right. Asks once per client: a success is remembered, a failure isn't.
   *
   * @param subject the room whose absence is believed afterwards
   * @throws MeteredError with the cause when they are not right
   */
  async proveAccount(subject?: Subject, tell?: Options["tell"]): Promise<void> {
    this.proof ??= this.failureToList({ tell });
    const proof = this.proof;
    const failed = await proof;
    if (!failed) return;
    if (this.proof === proof) this.proof = undefined;
    // One response for all who wait for it, but each error names its own room.
    this.listed(failed, subject);
  }

  /** All meeting rooms of the app, in the order of the API, with archived ones where it lists them. */
  async meetingRooms(options: Options = {}): Promise<RoomReply[]> {
    return (await this.list(options)).map((entry) => {
      const room = roomOf(entry, undefined);
      if (!room) throw unexpected(aboutList(this.caller.account.appName).call, "lists something that isn't a room");
      return room;
    });
  }

  /** All meeting rooms of the app, as the API lists them. */
  async list(options: Options = {}): Promise<unknown[]> {
    return this.listed(await this.askForList(options));
  }

  private askForList(options: Options): Promise<Outcome> {
    return this.caller.send(aboutList(this.caller.account.appName), LIST, options);
  }

  private async failureToList(options: Options): Promise<Outcome | undefined> {
    const outcome = await this.askForList(options);
    try {
      this.listed(outcome);
      return undefined;
    } catch {
      return outcome;
    }
  }

  /** @throws MeteredError where an outcome is not the list of rooms */
  private listed(outcome: Outcome, subject?: Subject): unknown[] {
    const about = aboutList(this.caller.account.appName, subject);
    return roomsIn(about, this.caller.judge(about, outcome));
  }
}
