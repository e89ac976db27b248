import { Interrupted, type Time } from "../time";
import { type Answer, read } from "./answer";
import type { Ledger } from "./ledger";
import type { Observations } from "./observations";
import { type Call, callOf, namesIn, type Request } from "./requests";
import { exchange, NoReply, type Reply } from "./wire";

/** A request about something that is none of this run's business. It was not made. */
export class NotOurs extends Error {
  constructor() {
    super("the check touches no room but its own");
  }
}

/** The app, and how it may be treated. */
export interface GateOptions {
  readonly origin: string;
  readonly secretKey: string;
  /** As long as the real one. */
  readonly wrongKey: string;
  /** Requests in any second, at most. */
  readonly perSecond: number;
  /** Whether a room of that name is this run's. */
  readonly isOurs: (name: string) => boolean;
}

/** Which key goes with a request: the app's, one like it that opens nothing, none, or one of the run's own. */
export type Key = "right" | "wrong" | "none" | { readonly apiKey: string } | { readonly projectApiKey: string };

const MOST_TRIES = { afterTooMany: 5, afterNoReply: 3 };
/** A pause after a 429 that does not say how long to wait, and the longest that is waited, in milliseconds. */
const PAUSE = { unsaid: 5_000, longest: 60_000 };

/**
 * The one way to Metered, for the probes and for the engine: one request at a time, at a pace of its own, and about no
 * room but the run's own, each of which is written down before it is asked for. TurnAccount and Services do the same for
 * what is no room.
 */
export class Gate {
  private turn: Promise<unknown> = Promise.resolve();
  private quietSince = Number.NEGATIVE_INFINITY;
  private isCleaningUp = false;

  constructor(
    private readonly options: GateOptions,
    readonly ledger: Ledger,
    private readonly observations: Observations,
    private readonly time: Time,
    private readonly stop: AbortSignal,
  ) {}

  /** @throws NotOurs, BudgetUsedUp or Interrupted before the request is made; NoReply after it may have been */
  async send(request: Request): Promise<Answer> {
    if (!namesIn(request).every((name) => this.isOurs(name))) throw new NotOurs();
    if (request.operation === "create") return this.create(request);
    const answer = await this.exchange(callOf(request), request.operation === "list" ? request.key : undefined);
    const { ledger } = this;
    if (request.operation === "update" && answer.room) ledger.saw(request.kind, request.name, answer.room.roomName);
    // Whether a live room is gone, only a look at it says.
    const isDone = request.operation === "delete" && request.kind === "meeting" && answer.status < 300;
    if (isDone) ledger.deleted("meeting", request.name);
    return answer;
  }

  /** How the sub-domain of no app answers. No key goes there. */
  askStranger(origin: string): Promise<Answer> {
    return this.exchange({ ...callOf({ operation: "list" }), label: "unknown app" }, "none", origin);
  }

  /** For callers that see to it that the request is about nothing but the run's own. */
  exchange(call: Call, key: Key = "right", origin = this.options.origin): Promise<Answer> {
    return this.inTurn(() => this.ask(call, this.keysOf(key), origin));
  }

  /** Whether a name or a label is this run's. */
  isOurs(name: unknown): name is string {
    return typeof name === "string" && this.options.isOurs(name);
  }

  /** From now on requests are made although the run was interrupted. */
  cleanUp(): this {
    this.isCleaningUp = true;
    return this;
  }

  async pause(ms: number): Promise<void> {
    await this.time.sleep(ms, this.isCleaningUp ? undefined : this.stop);
  }

  now(): number {
    return this.time.now();
  }

  private async create(request: Request & { operation: "create" }): Promise<Answer> {
    const entry = this.ledger.reserve(request.kind, String(request.body.roomName));
    try {
      const answer = await this.exchange(callOf(request));
      this.ledger.settle(entry, answer);
      return answer;
    } catch (error) {
      if (error instanceof Interrupted) this.ledger.release(entry);
      throw error;
    }
  }

  private keysOf(key: Key): Readonly<Record<string, string>> {
    if (typeof key === "object") return { ...key };
    if (key === "none") return {};
    return { secretKey: key === "wrong" ? this.options.wrongKey : this.options.secretKey };
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.turn.then(work);
    this.turn = result.catch(() => undefined);
    return result;
  }

  private async ask(call: Call, keys: Readonly<Record<string, string>>, origin: string): Promise<Answer> {
    for (let tries = 1; ; tries++) {
      await this.waitForPace();
      try {
        const answer = read(await exchange(origin, call, keys));
        this.observations.add(call.label, answer);
        if (answer.status !== 429 || tries >= MOST_TRIES.afterTooMany) return answer;
        await this.pause(pauseAfter(answer));
      } catch (error) {
        const isWorthIt = error instanceof NoReply && call.method === "GET" && tries < MOST_TRIES.afterNoReply;
        if (!isWorthIt) throw error;
      } finally {
        this.quietSince = this.time.now();
      }
    }
  }

  /** Counted from the last reply, not from the last request: so the rate holds however long the way is. */
  private async waitForPace(): Promise<void> {
    const ms = this.quietSince + 1000 / this.options.perSecond - this.time.now();
    // Also where there is nothing to wait for: this is where a run that is to end goes no further.
    await this.pause(Math.max(0, ms));
  }
}

function pauseAfter({ headers }: Reply): number {
  const seconds = Number(headers["retry-after"] ?? Number.NaN);
  const asked = Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : PAUSE.unsaid;
  return Math.min(asked, PAUSE.longest);
}
