import { setMaxListeners } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { Clock } from "./clock";
import { FaultInjector } from "./faults/injector";
import { type RateLimit, RateLimiter } from "./rateLimit";
import { RequestLog } from "./requests";
import { expireRooms } from "./rooms/expiry";
import { RoomFile } from "./rooms/file";
import { idOfApp } from "./rooms/identifiers";
import { RoomStore } from "./rooms/store";
import { type Profile, SwitchBoard } from "./switches/board";
import type { Switches } from "./switches/table";

/** What a world is made of. */
export interface WorldOptions {
  readonly app: string;
  readonly secretKey: string;
  readonly latencyMs: number;
  readonly data: string | undefined;
  readonly rateLimit: RateLimit | undefined;
  readonly profile: Profile;
  readonly switches: Partial<Switches>;
}

/** Everything that a request can meet: one per running simulator. */
export class World {
  readonly app: string;
  readonly appId: string;
  readonly secretKey: string;
  readonly latencyMs: number;
  readonly clock = new Clock();
  readonly faults = new FaultInjector();
  readonly store: RoomStore;
  readonly board: SwitchBoard;
  readonly limiter: RateLimiter;
  readonly requests: RequestLog;
  /** Known once the server listens. */
  origin = "";
  readonly #closing = new AbortController();

  constructor(options: WorldOptions) {
    // Any number of requests may wait; from the eleventh on Node would warn.
    setMaxListeners(0, this.#closing.signal);
    this.app = options.app;
    this.appId = idOfApp(options.app);
    this.secretKey = options.secretKey;
    this.latencyMs = options.latencyMs;
    this.board = new SwitchBoard(options.profile, options.switches);
    this.store = new RoomStore(options.data === undefined ? undefined : new RoomFile(options.data, options.app));
    this.limiter = new RateLimiter(options.rateLimit, this.clock);
    this.requests = new RequestLog(options.secretKey, this.clock);
  }

  get switches(): Readonly<Switches> {
    return this.board.current;
  }

  expireRooms(): void {
    expireRooms(this.store, this.switches.deleteOnExp, this.clock.now());
  }

  /** Rejects when the server closes: what waited is not carried out. */
  async wait(ms: number): Promise<void> {
    if (ms > 0) await sleep(ms, undefined, { signal: this.#closing.signal });
  }

  close(): void {
    this.#closing.abort();
  }
}
