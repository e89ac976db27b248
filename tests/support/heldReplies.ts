import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { ProviderHost } from "./providerHost";

/** A reply that is ready, and when it is to leave. */
interface Held {
  readonly at: number;
  readonly leave: () => void;
}

/** In so many looks in a row that show nothing new, whatever is under way between two processes has arrived. */
const QUIET_LOOKS = 6;

/** Where nothing is to come that anybody waits for, work that is not done is stuck. */
const MOST_STUCK = 2000;

/**
 * Holds the replies of a server of this process, by the clock of a provider process whose waits are held as well: time
 * passes only where nobody has anything left to do, and then until the next reply leaves or the next wait is over. So
 * whatever takes 400 ms is done after what takes 100, on every machine.
 */
export class HeldReplies {
  private readonly port: number;
  private held: Held[] = [];
  private events = 0;
  private stuck = 0;

  /** @param latencyOf how long a request takes, in milliseconds */
  constructor(
    url: string,
    private readonly host: ProviderHost,
    private readonly latencyOf: (method: string, path: string) => number,
  ) {
    this.port = Number(new URL(url).port);
    subscribe("http.server.request.start", this.onRequest);
  }

  close(): void {
    unsubscribe("http.server.request.start", this.onRequest);
    for (const { leave } of this.held) leave();
  }

  /** Does some work, and lets time pass as far as it waits. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    await this.host.hold(true);
    let isDone = false;
    const result = work().finally(() => {
      isDone = true;
    });
    // Its failure is the caller's.
    result.catch(() => undefined);
    while (!isDone) {
      const nextAt = await this.quiet(() => isDone);
      if (!isDone) await this.pass(nextAt);
    }
    await this.host.hold(false);
    return result;
  }

  /** Somebody else has something to do. */
  readonly happened = (): void => {
    this.events++;
  };

  /** @returns when the next in the process that waits is to go on */
  private async quiet(isDone: () => boolean): Promise<number | undefined> {
    let [seen, nextAt]: [string, number | undefined] = ["", undefined];
    for (let looks = 0; looks < QUIET_LOOKS && !isDone(); looks++) {
      const look = await this.host.look();
      await new Promise((resolve) => setImmediate(resolve));
      const now = `${look.waits} ${this.events}`;
      if (now !== seen) looks = 0;
      [seen, nextAt] = [now, look.nextAt];
    }
    return nextAt;
  }

  private async pass(nextAt: number | undefined): Promise<void> {
    const [first] = this.held.sort((a, b) => a.at - b.at);
    if (first && (nextAt === undefined || first.at <= nextAt)) {
      this.held = this.held.filter((each) => each !== first);
      await this.host.skip(Math.max(0, first.at - this.host.now()));
      this.events++;
      first.leave();
    } else if (nextAt !== undefined) await this.host.next();
    this.stuck = first || nextAt !== undefined ? 0 : this.stuck + 1;
    if (this.stuck > MOST_STUCK) throw new Error("work is under way, and nobody waits for anything");
  }

  private readonly onRequest = (message: unknown): void => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    if (request.socket.localPort !== this.port) return;
    this.events++;
    const latency = this.latencyOf(request.method ?? "", (request.url ?? "").split("?")[0] ?? "");
    const end = response.end.bind(response) as (...args: unknown[]) => ServerResponse;
    response.end = ((...args: unknown[]) => {
      this.events++;
      if (latency === 0) return end(...args);
      this.held.push({ at: this.host.now() + latency, leave: () => end(...args) });
      return response;
    }) as ServerResponse["end"];
  };
}

/** How long a request takes: the same for the same request, so that a story can be told again. */
export function latencyByRequest(latencies: readonly number[]): (method: string, path: string) => number {
  return (method, path) => {
    const sum = [...method, ...path].reduce((all, character) => all + character.charCodeAt(0), 0);
    return latencies[sum % latencies.length] ?? 0;
  };
}
