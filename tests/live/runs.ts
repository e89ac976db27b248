import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import type { Simulator, StoredRoom } from "metered-simulator";
import { type CheckOptions, check } from "../../tools/live/check";
import { markdownOf } from "../../tools/live/report/markdown";
import type { Report } from "../../tools/live/report/report";
import { Interrupted, type Time } from "../../tools/live/time";

/** What a run may be given; by default it makes no live room, does not wait for an expiry, and leaves the engine out. */
export type Choices = Partial<CheckOptions> & {
  readonly liveRooms?: boolean;
  readonly patience?: boolean;
  readonly turn?: boolean;
};

/** A run of the check in this process, and all that it said. */
export interface CheckRun {
  readonly report: Report;
  readonly said: string;
  /** The most rooms of the run that were in use at once. */
  readonly peak: number;
  /** Passwords and keys of TURN, and access tokens, that the run was given. */
  readonly secrets: ReadonlySet<string>;
}

export function optionsFor(
  sim: Simulator,
  { liveRooms = false, patience = false, turn = true, ...more }: Choices = {},
): CheckOptions {
  return {
    origin: sim.url,
    appName: sim.app,
    secretKey: sim.secretKey,
    isMetered: false,
    perSecond: 2,
    allowed: { liveRooms, patience, turn },
    engine: false,
    ...more,
  };
}

/** Nobody waits: the simulator's clock goes on instead. */
export function timeOf(sim: Simulator, onSleep: () => void = () => {}): Time {
  return {
    now: sim.now,
    sleep: async (ms, stop) => {
      if (stop?.aborted) throw new Interrupted();
      onSleep();
      sim.setClock(sim.now() + ms);
    },
  };
}

/** @param stopAt how many requests pass before the run is interrupted, unless the test does it through `stop` */
export async function runCheck(
  sim: Simulator,
  choices: Choices = {},
  stopAt = Number.POSITIVE_INFINITY,
  stop = new AbortController(),
): Promise<CheckRun> {
  const lines: string[] = [];
  let peak = 0;
  const secrets = new Set<string>();
  // Every request but the first waits for its turn.
  const time = timeOf(sim, () => {
    peak = Math.max(peak, roomsOfRuns(sim).length);
    for (const { password, apiKey } of sim.turnCredentials) secrets.add(password).add(apiKey);
    for (const { apiKey } of sim.turnProjects) secrets.add(apiKey);
    for (const { token } of sim.tokens) secrets.add(token);
    if (sim.requests.length >= stopAt) stop.abort();
  });
  const surroundings = { time, say: (line: string) => lines.push(line), stop: stop.signal };
  const report = await check(optionsFor(sim, choices), surroundings);
  return { report, said: [...lines, JSON.stringify(report), markdownOf(report)].join("\n"), peak, secrets };
}

/** The rooms in use whose names begin as those of a check do. */
export function roomsOfRuns(sim: Simulator): StoredRoom[] {
  return sim.rooms.filter(
    ({ archived, roomName }) => !archived && /^pulumi-metered-check-[0-9a-f]{8}-/i.test(roomName),
  );
}

/** How many rooms of a kind were made, be they still there or not. */
export function madeBy({ requests }: Simulator, kind?: "live"): number {
  const kinds = kind === undefined ? ["meeting", "live"] : [kind];
  return requests.filter(
    (each) => each.operation === "create" && each.status === 200 && kinds.includes(each.kind ?? ""),
  ).length;
}

/** How many labelled entries of TURN are there whose label or name begins as those of a check do. */
export function turnOfRuns({ turnCredentials, turnProjects }: Simulator): string[] {
  const names = [
    ...turnCredentials.map(({ label = "" }) => label),
    ...turnProjects.map((project) => project.projectName),
  ];
  return names.filter((name) => /^pulumi-metered-check-[0-9a-f]{8}-/i.test(name));
}

/** The most requests in any second, by the server's clock. */
export function busiestSecond({ requests }: Simulator): number {
  const times = requests.map(({ at }) => at);
  return Math.max(...times.map((start) => times.filter((at) => at >= start && at < start + 1000).length));
}

/** Every request was about a room of the run, or about none. */
export function assertOnlyOwn({ requests }: Simulator, prefix = /^pulumi-metered-check-[0-9a-f]{8}-/i): void {
  for (const { method, path, kind, roomName, body } of requests) {
    if (path.endsWith("/rooms") || (kind !== "meeting" && kind !== "live")) continue;
    assert.match(roomName ?? "", prefix, `${method} ${path}`);
    const { roomName: inBody = roomName } = Object(body) as { roomName?: string };
    assert.match(String(inBody), prefix, `${method} ${path}`);
  }
}

/** Waits for something that another process brings about. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await delay(10, undefined, { ref: false });
}
