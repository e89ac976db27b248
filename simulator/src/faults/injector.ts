import type { LoggedRequest } from "../requests";
import { parseFault } from "./parse";
import type { Fault } from "./table";

/** A fault in waiting, and what it has seen so far. */
export interface InjectedFault extends Fault {
  /** By which it can be removed. */
  readonly id: number;
  /** Requests that matched its conditions, skipped ones included. */
  readonly matched: number;
  /** Requests for which it fired. */
  readonly fired: number;
}

type FaultTarget = Pick<LoggedRequest, "method" | "path" | "kind" | "operation" | "roomName">;

/** Decides which fault fires for a request: the first injected one that matches and is not used up. */
export class FaultInjector {
  #faults: { -readonly [K in keyof InjectedFault]: InjectedFault[K] }[] = [];

  #lastId = 0;

  /** Returns the waiting fault: its `fired` goes up each time it fires. */
  inject(fault: Fault): InjectedFault {
    this.#lastId += 1;
    const injected = { ...parseFault(fault), id: this.#lastId, matched: 0, fired: 0 };
    this.#faults.push(injected);
    return injected;
  }

  get list(): readonly InjectedFault[] {
    return this.#faults;
  }

  clear(): void {
    this.#faults = [];
  }

  /** Whether there was a fault with this id. */
  remove(id: number): boolean {
    const before = this.#faults.length;
    this.#faults = this.#faults.filter((fault) => fault.id !== id);
    return this.#faults.length < before;
  }

  /** Counts the request; returns the fault that fires for it. */
  next(request: FaultTarget): Fault | undefined {
    for (const fault of this.#faults) {
      if (isSpent(fault) || !matches(fault, request)) continue;
      fault.matched += 1;
      if (fault.matched <= (fault.skip ?? 0)) continue;
      fault.fired += 1;
      return fault;
    }
    return undefined;
  }
}

/** Whether the fault has fired as often as it should. */
export function isSpent({ times = 1, fired }: InjectedFault): boolean {
  return times !== "always" && fired >= times;
}

function matches({ method, path, kind, operation, roomName }: Fault, request: FaultTarget): boolean {
  return (
    (method === undefined || method.toUpperCase() === request.method) &&
    (path === undefined || new RegExp(path).test(request.path)) &&
    (kind === undefined || kind === request.kind) &&
    (operation === undefined || operation === request.operation) &&
    (roomName === undefined || roomName === request.roomName)
  );
}
