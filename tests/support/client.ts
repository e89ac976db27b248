import type { Account } from "../../provider/src/api/account";
import { MeteredClient } from "../../provider/src/api/client";
import type { Time } from "../../provider/src/api/patience";
import { Transport } from "../../provider/src/api/transport";
import { MeteredError } from "../../provider/src/core/errors";

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

/** Time that goes on only where somebody waits, or a test says so; then nobody waits really. */
export class FakeTime implements Time {
  /** Everything that was waited for, in milliseconds. */
  readonly waits: number[] = [];
  private at = Date.now();
  private held: (() => void)[] | undefined;
  private readonly setTimeout = globalThis.setTimeout;

  /** @param luck what `random` gives: 0 for the shortest waits, just below 1 for the longest */
  constructor(readonly luck = 0) {}

  readonly now = () => this.at;
  readonly random = () => this.luck;
  readonly sleep = async (ms: number) => {
    this.wait(ms, ms);
  };

  private wait(ms: number, rest: number): void {
    if (this.waits.push(ms) > ENDLESS) throw new Error("It waits without end.");
    this.pass(rest);
  }

  pass(ms: number): void {
    this.at += ms;
  }

  /** From now on, timers go off at once, and this time passes instead. */
  install(): this {
    const instead = (callback: () => void, ms = 0) => {
      const end = this.at + ms;
      const goOff = () => {
        this.wait(ms, Math.max(0, end - this.at));
        setImmediate(callback);
      };
      if (this.held) this.held.push(goOff);
      else goOff();
    };
    globalThis.setTimeout = instead as unknown as typeof setTimeout;
    return this;
  }

  /** From now on, timers wait to be released. */
  hold(): void {
    this.held = [];
  }

  /** How many timers wait to be released. */
  get waiting(): number {
    return this.held?.length ?? 0;
  }

  release(): void {
    const timers = this.held ?? [];
    this.held = undefined;
    for (const goOff of timers) goOff();
  }

  uninstall(): void {
    globalThis.setTimeout = this.setTimeout;
  }
}

/** A client that gives up at once where nothing else is said. */
export function clientAt(origin: string, changes: Partial<Account> = {}, time: Time = new FakeTime()): MeteredClient {
  const account = accountAt(origin, { patienceMs: -1, ...changes });
  return new MeteredClient(account, new Transport(account, time));
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
