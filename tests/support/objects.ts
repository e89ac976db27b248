import type { Simulator } from "metered-simulator";
import type { Account } from "../../provider/src/metered/account";
import { MeteredClient } from "../../provider/src/metered/client";
import type { Note } from "../../provider/src/notes";
import type { ObjectType } from "../../provider/src/objects/objectType";
import type { ObjectPlace } from "../../provider/src/objects/place";
import { FakeTime } from "./client";

/** The same moment for every test without a server, in unix seconds. */
export const NOW = Date.UTC(2030, 0, 1) / 1000;
export const DAY = 86_400;

/** A machine that talks to a simulator: its clock stands still, or goes on where somebody waits. */
export class Machine {
  readonly notes: Note[] = [];
  readonly client: MeteredClient;
  private readonly handedOut = new Set<string>();
  private readonly underWay: ObjectPlace["underWay"] = new Set();

  constructor(
    simulator: Simulator,
    readonly time = new FakeTime(),
    changes: Partial<Account> = {},
  ) {
    const { app: appName, secretKey, url: origin } = simulator;
    const limits = { timeoutMs: 5000, patienceMs: -1, maxConcurrentRequests: 16 };
    this.client = new MeteredClient({ appName, secretKey, origin, ...limits, ...changes }, time);
  }

  place(type: ObjectType): ObjectPlace {
    const { client, handedOut, underWay, time } = this;
    const tell = (note: Note) => void this.notes.push(note);
    return { ...objectPlace(type, client, { tell, now: time.now }), handedOut, underWay };
  }
}

/** A place of a process that knows of nothing yet. */
export function objectPlace(
  type: ObjectType,
  client: MeteredClient,
  errand: Pick<ObjectPlace, "tell" | "now">,
): ObjectPlace {
  const { appName } = client;
  const [turn, tokens] = [client.turn({ tell: errand.tell }), client.tokens({ tell: errand.tell })];
  const api = {
    ...{ appName, turn, tokens },
    get clockOffset() {
      return client.clockOffset;
    },
  };
  return { type, api, handedOut: new Set(), underWay: new Set(), ...errand };
}

/** A place without a server: whoever calls it fails. */
export function offline(type: ObjectType, nowSeconds = NOW, clockOffset?: number): ObjectPlace {
  const none = new Proxy({}, { get: () => assertOffline });
  const api = {
    appName: "demo",
    turn: none,
    tokens: none,
    clockOffset,
  } as ObjectPlace["api"];
  return { type, api, handedOut: new Set(), underWay: new Set(), now: () => nowSeconds * 1000, tell: () => {} };
}

function assertOffline(): never {
  throw new Error("no call was to be made");
}

/** A project that was created in the dashboard. It's in no list of requests. */
export async function postProject(simulator: Simulator, settings: object): Promise<string> {
  const response = await fetch(
    `${simulator.url}/api/v2/turn/project?secretKey=${encodeURIComponent(simulator.secretKey)}`,
    {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(settings),
    },
  );
  simulator.requests.clear();
  return ((await response.json()) as { _id: string })._id;
}
