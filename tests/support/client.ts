import { equal, ok } from "node:assert/strict";
import { type Cause, type FactsOf, isCause, MeteredError } from "../../provider/src/errors";
import type { Account } from "../../provider/src/metered/account";
import type { Time } from "../../provider/src/metered/attempts";
import { MeteredClient } from "../../provider/src/metered/client";
import { liveStreamingRoom } from "../../provider/src/rooms/liveStreamingRoom";
import { meetingRoom } from "../../provider/src/rooms/meetingRoom";
import type { RoomType } from "../../provider/src/rooms/roomType";

/** Both kinds of room. */
export const types: readonly RoomType[] = [meetingRoom, liveStreamingRoom];

function accountAt(origin: string, changes: Partial<Account> = {}): Account {
  return {
    appName: "demo",
    secretKey: "simulator-secret",
    origin,
    timeoutMs: 5_000,
    patienceMs: 120_000,
    maxConcurrentRequests: 16,
    ...changes,
  };
}

/** No test waits so often. Without it, code that has lost its end would never let a test fail. */
const ENDLESS = 500;

/** Time that goes on only where somebody waits, or a test says so. Nobody really waits. */
export class FakeTime implements Time {
  /** Everything that was waited for, in milliseconds. */
  readonly waits: number[] = [];
  private at = Date.now();
  private held: (() => void)[] | undefined;

  /** @param luck what `random` gives: 0 for the shortest waits, just below 1 for the longest */
  constructor(readonly luck = 0) {}

  readonly now = () => this.at;
  readonly random = () => this.luck;
  readonly sleep = (ms: number) => {
    const end = this.at + ms;
    return new Promise<void>((resolve) => {
      const wake = () => {
        if (this.waits.push(ms) > ENDLESS) throw new Error("It waits without end.");
        this.pass(Math.max(0, end - this.at));
        setImmediate(resolve);
      };
      if (this.held) this.held.push(wake);
      else wake();
    });
  };

  pass(ms: number): void {
    this.at += ms;
  }

  /** From now on, whoever sleeps waits to be released. */
  hold(): void {
    this.held = [];
  }

  /** How many sleepers wait to be released. */
  get waiting(): number {
    return this.held?.length ?? 0;
  }

  release(): void {
    const sleepers = this.held ?? [];
    this.held = undefined;
    for (const wake of sleepers) wake();
  }
}

/** A client that gives up at once where nothing else is said. */
export function clientAt(origin: string, changes: Partial<Account> = {}, time: Time = new FakeTime()): MeteredClient {
  return new MeteredClient(accountAt(origin, { patienceMs: -1, ...changes }), time);
}

/** A client whose FakeTime a test can look into, and which has two minutes of it. */
export function patientClientAt(origin: string, time: Time, changes: Partial<Account> = {}): MeteredClient {
  return clientAt(origin, { patienceMs: 120_000, ...changes }, time);
}

/** The error with which a call fails, which must be one of the provider's. */
export async function failure(call: Promise<unknown>): Promise<MeteredError> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof MeteredError) return error;
  throw new Error(`not a MeteredError: ${error}`);
}

/** The facts of an error, which must have this cause. */
export function factsOf<C extends Cause>(error: MeteredError, cause: C, what = ""): FactsOf<C> {
  equal(error.facts.cause, cause, `${what}: ${JSON.stringify(error.facts)}`);
  ok(isCause(error, cause));
  return error.facts;
}

/** The facts with which a call fails, for this cause. */
export async function factsOfFailure<C extends Cause>(call: Promise<unknown>, cause: C): Promise<FactsOf<C>> {
  return factsOf(await failure(call), cause);
}
