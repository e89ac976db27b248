import { Interrupted, type Time } from "../time";
import { type Answer, read } from "./answer";
import type { Ledger } from "./ledger";
import type { Observations } from "./observations";
import { type Call, callOf, namesIn, type Request } from "./requests";
import { exchange, NoReply, type Reply } from "./wire";

/** A request about a room that is none of this run's business. It was not made. */
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

const MOST_TRIES = { afterTooMany: 5, afterNoReply: 3 };
/** A pause after a 429 that does not say how long to wait, and the longest that is waited, in milliseconds. */
const PAUSE = { unsaid: 5_000, longest: 60_000 };

/**
 * The one way to Metered, for the probes and for the engine: one request at a time, at a pace of its own, and about no
 * room but the run's own, each of which is written down before it is asked for.
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
    if (!namesIn(request).every((name) => typeof name === "string" && this.options.isOurs(name))) throw new NotOurs();
    if (request.operation === "create") return this.create(request);
    const answer = await this.inTurn(() => this.ask(callOf(request), this.keyFor(request)));
    const { ledger } = this;
    if (request.operation === "update" && answer.room) ledger.saw(request.kind, request.name, answer.room.roomName);
    // Whether a live room is gone, only a look at it says.
    const isDone = request.operation === "delete" && request.kind === "meeting" && answer.status < 300;
    if (isDone) ledger.deleted("meeting", request.name);
    return answer;
  }

  /** How the sub-domain of no app answers. No key goes there. */
  askStranger(origin: string): Promise<Answer> {
    return this.inTurn(() => this.ask({ ...callOf({ operation: "list" }), label: "unknown app" }, undefined, origin));
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
      const answer = await this.inTurn(() => this.ask(callOf(request), this.options.secretKey));
      this.ledger.settle(entry, answer);
      return answer;
    } catch (error) {
      if (error instanceof Interrupted) this.ledger.release(entry);
      throw error;
    }
  }

  private keyFor(request: Request): string | undefined {
    if (request.operation !== "list" || request.key === undefined) return this.options.secretKey;
    return request.key === "wrong" ? this.options.wrongKey : undefined;
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.turn.then(work);
    this.turn = result.catch(() => undefined);
    return result;
  }

  private async ask(call: Call, key: string | undefined, origin = this.options.origin): Promise<Answer> {
    for (let tries = 1; ; tries++) {
      await this.waitForPace();
      try {
        const answer = read(await exchange(origin, call, key));
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
