import { deepEqual, equal } from "node:assert/strict";
import type { Simulator } from "metered-simulator";
import { type Calls, problemsOf } from "./calls";
import type { SwitchPromise } from "./switchPromise";

/** A moment that lies ahead by the server's clock, in Unix seconds. */
function ahead(sim: Simulator): number {
  return Math.floor(sim.now() / 1000) + 3600;
}

/** Settings that the server takes, or the problems that it names instead. */
export function creates(promise: string, body: object, ...problems: string[]): SwitchPromise {
  return [
    promise,
    async (api) => {
      const reply = await api.create("meeting", body);
      deepEqual(problemsOf(reply), problems);
      equal(reply.status, problems.length === 0 ? 200 : 400);
    },
  ];
}

export async function updates(api: Calls, before: object, change: object): Promise<[number, ...string[]]> {
  await api.create("meeting", { ...before, roomName: "a" });
  const reply = await api.update("meeting", "a", change);
  return [reply.status, ...problemsOf(reply)];
}

export async function expired(api: Calls, sim: Simulator): Promise<number> {
  const expireUnixSec = ahead(sim);
  await api.create("meeting", { roomName: "a", expireUnixSec, deleteOnExp: true });
  equal((await api.get("meeting", "a")).status, 200);
  sim.setClock(expireUnixSec * 1000);
  return (await api.get("meeting", "a")).status;
}

export function sendForm(sim: Simulator, body: string): Promise<Response> {
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  return fetch(`${sim.url}/api/v1/room?secretKey=${sim.secretKey}`, { method: "POST", headers, body });
}

export async function pastExpiry(api: Calls): Promise<unknown[]> {
  const created = await api.create("meeting", { roomName: "a", expireUnixSec: 1 });
  if (created.status === 200) return [200];
  await api.create("meeting", { roomName: "a" });
  return [...problemsOf(created), (await api.update("meeting", "a", { expireUnixSec: 1 })).status];
}
