import type { LoggedRequest } from "../requests";
import { parseFault } from "./parse";
import type { Fault } from "./table";

/** A fault in waiting, and what it has seen so far. */
export interface InjectedFault extends Fault {
  /** Requests that fitted its conditions, passed ones included. */
  readonly matched: number;
  /** Requests that met it. */
  readonly fired: number;
}

type FaultTarget = Pick<LoggedRequest, "method" | "path" | "kind" | "operation" | "roomName">;

/** Decides which request meets which fault: the first injected one that fits and is not used up. */
export class FaultInjector {
  #faults: { -readonly [K in keyof InjectedFault]: InjectedFault[K] }[] = [];

  /** Returns the waiting fault: its `fired` goes up as it strikes. */
  inject(fault: Fault): InjectedFault {
    const injected = { ...parseFault(fault), matched: 0, fired: 0 };
    this.#faults.push(injected);
    return injected;
  }

  get list(): readonly InjectedFault[] {
    return this.#faults;
  }

  clear(): void {
    this.#faults = [];
  }

  /** Counts the request; returns the fault that it meets. */
  next(request: FaultTarget): Fault | undefined {
    for (const fault of this.#faults) {
      if (isSpent(fault) || !fits(fault, request)) continue;
      fault.matched += 1;
      if (fault.matched <= (fault.skip ?? 0)) continue;
      fault.fired += 1;
      return fault;
    }
    return undefined;
  }
}

/** Whether the fault has struck as often as it should. */
export function isSpent({ times = 1, fired }: InjectedFault): boolean {
  return times !== "always" && fired >= times;
}

function fits({ method, path, kind, operation, roomName }: Fault, request: FaultTarget): boolean {
  return (
    (method === undefined || method.toUpperCase() === request.method) &&
    (path === undefined || new RegExp(path).test(request.path)) &&
    (kind === undefined || kind === request.kind) &&
    (operation === undefined || operation === request.operation) &&
    (roomName === undefined || roomName === request.roomName)
  );
}
