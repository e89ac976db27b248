import { roomsIn } from "./answer";
import { attempt } from "./attempt";
import type { Gate } from "./gate";

/** Rooms that are still there, by name. */
export interface Leftovers {
  readonly meeting: readonly string[];
  readonly live: readonly string[];
  /** Why it is not certain that there are no others. */
  readonly doubt?: string;
}

/** How long a list may lag behind a delete, in milliseconds. */
const LAG_MS = 3_000;

/** Deletes every room of this run, looks whether it is gone, and says what could not be deleted. */
export async function cleanUp(gate: Gate, isOurs: (name: string) => boolean): Promise<Leftovers> {
  gate.cleanUp();
  const { ledger } = gate;
  const doubts: string[] = [];
  for (const entry of ledger.alive) {
    if (entry.kind === "live") continue;
    await attempt(doubts, () => gate.send({ operation: "delete", kind: "meeting", name: entry.name }));
  }
  const meeting = await deleteListed(gate, isOurs, doubts);
  const live: string[] = [];
  for (const { kind, name } of ledger.alive) {
    if (kind === "live" && (await isLiveRoomLeft(gate, name, doubts))) live.push(name);
  }
  // Where the list did not say, what was not deleted for certain may be there.
  const listed = meeting ?? ledger.alive.filter(({ kind }) => kind === "meeting").map(({ name }) => name);
  return { meeting: listed, live, ...(doubts.length > 0 ? { doubt: [...new Set(doubts)].join("; ") } : {}) };
}

/** Deletes the rooms of a run, or of all runs, that the list shows, and answers those that stay. */
async function deleteListed(gate: Gate, isOurs: (name: string) => boolean, doubts: string[]) {
  let left = await listed(gate, isOurs, doubts);
  for (const name of left ?? []) {
    await attempt(doubts, () => gate.send({ operation: "delete", kind: "meeting", name }));
  }
  if (left?.length) left = await listed(gate, isOurs, doubts);
  if (left?.length) {
    await gate.pause(LAG_MS);
    left = await listed(gate, isOurs, doubts);
  }
  return left;
}

async function listed(gate: Gate, isOurs: (name: string) => boolean, doubts: string[]): Promise<string[] | undefined> {
  const answer = await attempt(doubts, () => gate.send({ operation: "list" }));
  if (answer === undefined) return undefined;
  const rooms = roomsIn(answer);
  if (rooms === undefined) doubts.push(`the list of rooms can't be read: HTTP ${answer.status}`);
  if (rooms === undefined) return undefined;
  const names: string[] = [];
  for (const { archived, roomName } of rooms) {
    if (!isOurs(roomName) || archived === true || names.includes(roomName)) continue;
    if (archived === false || (await isInUse(gate, roomName, doubts))) names.push(roomName);
  }
  return names;
}

/** For an entry that does not say whether its room is archived. */
async function isInUse(gate: Gate, name: string, doubts: string[]): Promise<boolean> {
  const answer = await attempt(doubts, () => gate.send({ operation: "get", kind: "meeting", name }));
  return answer === undefined || answer.status >= 500 || answer.room?.archived === false;
}

async function isLiveRoomLeft(gate: Gate, name: string, doubts: string[]): Promise<boolean> {
  const look = () => attempt(doubts, () => gate.send({ operation: "get", kind: "live", name }));
  const isThere = async () => {
    const answer = await look();
    if (answer === undefined || answer.status >= 500) return true;
    return answer.room?.archived === false;
  };
  if (!(await isThere())) return false;
  await attempt(doubts, () => gate.send({ operation: "delete", kind: "live", name }));
  return isThere();
}
