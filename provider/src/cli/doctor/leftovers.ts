import { listed } from "../../pulumi/words/sentence";
import { shellWord } from "../../pulumi/words/ways";
import type { RoomReply } from "../../rooms/api";
import { meetingRoom } from "../../rooms/meetingRoom";
import { isGeneratedBy, looksGenerated } from "../generatedNames";
import { roomsIn } from "../stackState";
import { type Finding, warn } from "./finding";
import { adopting, importing, type Part } from "./part";
import { pendingRoomFindings, pendingRooms } from "./pendingRooms";
import { pendingSetFinding, pendingSets } from "./pendingSets";

export const LEFTOVERS = "Leftovers";

/** What interrupted updates have left: operations that the state says are under way, and rooms in no state. */
export function leftoverFindings(part: Part, appName: string, rooms: readonly RoomReply[]): Finding[] {
  const pending = pendingRooms(part);
  const sets = pendingSets(part);
  const begun = new Set([...pending.map(({ name }) => name), ...sets.flatMap((set) => set.begun)]);
  const managed = new Set(roomsIn(part.state, appName).map(({ id }) => id));
  const orphans = rooms.filter(
    ({ roomName, archived }) => !archived && !managed.has(roomName) && !begun.has(roomName) && looksGenerated(roomName),
  );
  return [
    ...pendingRoomFindings(part, pending, { rooms, appName }),
    ...sets.map((set) => pendingSetFinding(set, part, rooms)),
    ...orphanFindings(orphans, part),
  ];
}

/** Rooms of no resource that this stack has created for certain, and others, which may be another stack's. */
function orphanFindings(orphans: readonly RoomReply[], part: Part): Finding[] {
  const names = orphans.map(({ roomName }) => roomName);
  const ours = names.filter((name) => isGeneratedBy(part.state, meetingRoom, name));
  const others = names.filter((name) => !ours.includes(name));
  return [
    ...(ours.length > 0 ? [oursFinding(ours, part)] : []),
    ...(others.length > 0 ? [othersFinding(others, part)] : []),
  ];
}

function oursFinding(names: readonly string[], part: Part): Finding {
  const [be, has, them] =
    names.length === 1
      ? ["isn't", "has an auto-generated name", "it"]
      : ["aren't", "have auto-generated names", "them"];
  return warn(
    LEFTOVERS,
    `${listed(names)} ${has} of this stack, but ${be} managed by it. If the program defines ${them}, adopt ${them}:`,
    ...adopting(part),
    `# or import ${them}:  ${importing(part, names.map(shellWord).join(" "))}`,
    `# or delete ${them} in Metered's dashboard`,
  );
}

/** Two stacks that manage one room delete it for each other. */
function othersFinding(names: readonly string[], part: Part): Finding {
  const [has, be, them] =
    names.length === 1
      ? ["has an auto-generated name", "isn't", "it"]
      : ["have auto-generated names", "aren't", "them"];
  return warn(
    LEFTOVERS,
    `${listed(names)} ${has}, and ${be} managed by this stack. Another stack of this app may manage ${them}: if so, leave ${them} alone. If no stack does, import ${them}, or delete ${them} in Metered's dashboard:`,
    `${importing(part, names.map(shellWord).join(" "))}   # only if no other stack manages ${them}`,
  );
}
