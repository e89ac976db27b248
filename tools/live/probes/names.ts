import { describe, isBare } from "../account/answer";
import { type Lab, type Sample, taken } from "./lab";
import type { Probe } from "./probe";

/** Lengths of names that documents, clients or other services name as limits. */
const lengths = [256, 101, 100, 61, 60];

/** Which names there may be, and when one is taken. */
export const nameProbes: readonly Probe[] = [
  {
    title: "how a taken name is answered",
    switches: ["duplicateName"],
    run: async (lab) => {
      await lab.plain();
      const answer = await lab.create("plain");
      const exists = /already\s+exist/i.test(answer.message);
      lab.notes.fact("The words for a taken name", describe(answer));
      if (exists && answer.status === 400) lab.notes.found("duplicateName", "400 exists");
      else if (exists && answer.status === 409) lab.notes.found("duplicateName", "409 exists");
      else if (isBare(answer)) lab.notes.found("duplicateName", "400 bare");
      else lab.notes.odd("duplicateName", describe(answer));
    },
  },
  {
    title: "whether names may have underscores, and how long they may be",
    switches: ["nameRule"],
    run: async (lab) => {
      await lab.plain();
      const answer = await lab.create("under_score");
      const { room } = answer;
      if (!taken(answer)) lab.notes.found("nameRule", "lower case 60");
      else if (room?.roomName === lab.nameOf("under_score")) lab.notes.found("nameRule", "url safe");
      else lab.notes.odd("nameRule", "the underscore is taken, and made into something else");
      await noteLength(lab);
    },
  },
  {
    title: "what becomes of upper case in names",
    switches: ["nameCase"],
    run: async (lab) => {
      const plain = await lab.plain();
      const asked = lab.nameOf("Upper-CASE");
      const answer = await lab.create("Upper-CASE");
      if (!taken(answer)) return noteLowered(lab, plain);
      const stored = answer.room?.roomName;
      if (stored === asked) lab.notes.found("nameCase", "kept");
      else if (stored !== asked.toLowerCase()) lab.notes.odd("nameCase", "the name is changed in another way");
      else lab.notes.found("nameCase", (await lab.get(asked)).room ? "lowered" : "lowered exact");
      if (stored !== asked) return;
      const other = await lab.get(asked.toLowerCase());
      lab.notes.fact("Whether a room with upper case is found by lower case", other.room ? "yes" : "no");
    },
  },
];

/** Where upper case is refused in a create, a look for a room may still take it. */
async function noteLowered(lab: Lab, { name, id }: Sample): Promise<void> {
  const answer = await lab.get(name.toUpperCase());
  if (answer.room?._id === id) lab.notes.found("nameCase", "lowered");
  else lab.notes.untold("nameCase", "cannot be told from outside: a name with upper case is refused");
}

async function noteLength(lab: Lab): Promise<void> {
  for (const length of lengths) {
    const answer = await lab.create("x".repeat(length - lab.prefix.length));
    if (!answer.room) continue;
    const words = answer.room.roomName.length < length ? "more, but they are cut" : `at least ${length} characters`;
    return lab.notes.fact("How long a name may be", words);
  }
  lab.notes.fact("How long a name may be", `less than ${Math.min(...lengths)} characters`);
}
