import { type Answer, describe } from "../account/answer";
import { type Lab, taken } from "./lab";
import { CannotAsk, type Probe, Unusable } from "./probe";

/** How far a reply may lag behind a delete, in milliseconds. */
const LAG_MS = 2_000;

/** Comes before any other room is made: a check that cannot delete leaves one room behind, not twenty. */
export const firstRoomProbe: Probe = {
  title: "whether a room that is made can be deleted again",
  switches: [],
  run: async (lab) => {
    const made = await lab.create("first");
    if (!made.room) throw new Unusable(`No room can be made: ${describe(made)}.`);
    const answer = await lab.remove(made.room.roomName);
    if (answer.status < 300 && (await isGone(lab, made.room.roomName, LAG_MS))) return;
    throw new Unusable(`A room cannot be deleted again (${describe(answer)}), so no more are made.`);
  },
};

/** What is left of a deleted room. These come last but for expiry: they use up the plain room. */
export const deleteProbes: readonly Probe[] = [
  {
    title: "what a deleted room is answered with, and whether the list shows it",
    switches: ["listEntries", "getAfterDelete", "listArchived", "repeatDelete"],
    run: async (lab) => {
      const { name, id } = await lab.plain();
      const isListed = await noteEntry(lab, id);
      const answer = await lab.remove(name);
      if (answer.status > 299) throw new CannotAsk(`the delete fails: ${describe(answer)}`);
      lab.notes.fact("How a delete is answered", describe(answer));
      await noteGet(lab, name);
      await noteList(lab, id, isListed);
      noteRepeated(lab, await lab.remove(name), await lab.remove(lab.nameOf("missing")));
    },
  },
  {
    title: "whether the name of a deleted room is free again",
    switches: ["nameReuse"],
    run: async (lab) => {
      const { name } = await lab.plain();
      if (!(await isGone(lab, name))) throw new CannotAsk("the room could not be deleted");
      lab.notes.found("nameReuse", taken(await lab.create("plain")) ? "allowed" : "reserved");
    },
  },
];

async function noteGet(lab: Lab, name: string): Promise<void> {
  let answer = await lab.get(name);
  if (answer.room?.archived === false) {
    await lab.gate.pause(LAG_MS);
    answer = await lab.get(name);
    if (answer.room?.archived === false)
      return lab.notes.odd("getAfterDelete", "the room is still there, not archived");
    lab.notes.fact("How soon a get shows a delete", `within ${LAG_MS} ms, not at once`);
  }
  lab.notes.found("getAfterDelete", answer.room ? "archived" : "missing");
}

/** Whether the list has the room, and what it shows of it. */
async function noteEntry(lab: Lab, id: string): Promise<boolean> {
  const entry = await lab.listed(id);
  lab.notes.fact("Whether the list shows a room that was just used", entry === undefined ? "no" : "yes");
  if (entry === undefined) lab.notes.untold("listEntries", "the list does not show a room that was just used");
  else lab.notes.found("listEntries", Object.hasOwn(entry, "privacy") ? "whole" : "summary");
  return entry !== undefined;
}

async function noteList(lab: Lab, id: string, wasListed: boolean): Promise<void> {
  if (!wasListed) return lab.notes.untold("listArchived", "the list does not show all rooms that are in use");
  let entry = await lab.listed(id);
  if (entry !== undefined && entry.archived !== true) {
    await lab.gate.pause(LAG_MS);
    entry = await lab.listed(id);
  }
  // A summary shows nothing that could say so.
  const saysWhether = lab.notes.value("listEntries") !== "summary";
  if (saysWhether && entry !== undefined && entry.archived !== true) {
    return lab.notes.odd("listArchived", "the list shows the deleted room, not archived");
  }
  lab.notes.found("listArchived", entry === undefined ? "no" : "yes");
}

function noteRepeated({ notes }: Lab, again: Answer, never: Answer): void {
  const status = ([404, 200, 400] as const).find((known) => known === again.status);
  if (status === undefined) notes.odd("repeatDelete", describe(again));
  else notes.found("repeatDelete", status);
  if (never.status !== again.status) {
    notes.fact("How the delete of a room that never was is answered", describe(never));
  }
}

/** @param lagMs how long after a first look it may still be seen, before it counts as there */
export async function isGone(lab: Lab, name: string, lagMs?: number): Promise<boolean> {
  const { room } = await lab.get(name);
  if (room === undefined || room.archived) return true;
  if (lagMs === undefined) return false;
  await lab.gate.pause(lagMs);
  return isGone(lab, name);
}
