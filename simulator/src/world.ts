import { setMaxListeners } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { Clock } from "./clock";
import { FaultInjector } from "./faults/injector";
import { idOfApp } from "./identifiers";
import { MeetingStore } from "./meetings/store";
import { MinuteLimiter, type RateLimit, RateLimiter } from "./rateLimit";
import { RequestLog } from "./requests";
import { expireRooms } from "./rooms/expiry";
import { RoomStore } from "./rooms/store";
import { DataFile } from "./storage/file";
import { Keeper } from "./storage/keeper";
import { type Profile, SwitchBoard } from "./switches/board";
import type { Switches } from "./switches/table";
import { TokenIssuer } from "./tokens/issuer";
import { TurnStore } from "./turn/store";

/** What a world is made of. */
export interface WorldOptions {
  readonly app: string;
  readonly secretKey: string;
  readonly latencyMs: number;
  readonly data: string | undefined;
  readonly rateLimit: RateLimit | undefined;
  readonly profile: Profile;
  readonly switches: Partial<Switches>;
  /** Names besides the loopback ones by which pages and control routes may be reached. */
  readonly allowedHosts: readonly string[];
}

/** As Metered states it for usage statistics. */
const statisticsPerMinute = 4;

/** Everything that a request can meet: one per running simulator. */
export class World {
  readonly app: string;
  readonly appId: string;
  readonly secretKey: string;
  readonly latencyMs: number;
  readonly allowedHosts: readonly string[];
  readonly clock = new Clock();
  readonly faults = new FaultInjector();
  readonly store: RoomStore;
  readonly tokens: TokenIssuer;
  readonly turn: TurnStore;
  readonly meetings: MeetingStore;
  readonly board: SwitchBoard;
  readonly limiter: RateLimiter;
  readonly statistics = new MinuteLimiter(statisticsPerMinute, this.clock);
  readonly requests: RequestLog;
  /** Known once the server listens. */
  origin = "";
  readonly #keeper: Keeper;
  readonly #closing = new AbortController();

  constructor(options: WorldOptions) {
    const { app, secretKey, data } = options;
    // Any number of requests may wait; from the eleventh on Node would warn.
    setMaxListeners(0, this.#closing.signal);
    this.app = app;
    this.appId = idOfApp(app);
    this.secretKey = secretKey;
    this.latencyMs = options.latencyMs;
    this.allowedHosts = options.allowedHosts;
    this.board = new SwitchBoard(options.profile, options.switches);
    this.#keeper = new Keeper(data === undefined ? undefined : new DataFile(data, app));
    this.store = new RoomStore(this.#keeper);
    this.turn = new TurnStore(this.#keeper, this.clock);
    this.meetings = new MeetingStore(this.#keeper, this.clock);
    this.tokens = new TokenIssuer(app, secretKey, this.clock);
    this.limiter = new RateLimiter(options.rateLimit, this.clock);
    this.requests = new RequestLog(secretKey, this.clock);
  }

  get switches(): Readonly<Switches> {
    return this.board.current;
  }

  expireRooms(): void {
    expireRooms(this.store, this.switches.deleteOnExp, this.clock.now());
  }

  /** To be awaited before an answer that says that something was changed. */
  saved(): Promise<void> {
    const { store, turn, meetings } = this;
    return this.#keeper.saved(() => ({
      rooms: store.all,
      credentials: turn.credentials,
      projects: turn.projects,
      usage: turn.usage,
      recordings: meetings.recordings,
    }));
  }

  /** Rejects when the server closes: what waited is not carried out. */
  async wait(ms: number): Promise<void> {
    if (ms > 0) await sleep(ms, undefined, { signal: this.#closing.signal });
  }

  close(): void {
    this.#closing.abort();
  }
}
