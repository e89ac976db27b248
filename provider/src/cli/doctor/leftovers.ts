import { stringIn } from "../../pulumi/state";
import { roomTypeOf } from "../../pulumi/types";
import { listed, named, quoted } from "../../pulumi/words/sentence";
import { shellWord } from "../../pulumi/words/ways";
import type { RoomReply } from "../../rooms/api";
import { meetingRoom } from "../../rooms/meetingRoom";
import { subjectOf } from "../../rooms/roomType";
import type { Stack } from "../account";
import { isGeneratedBy, looksGenerated } from "../generatedNames";
import type { Pulumi } from "../pulumi";
import { type PendingOperation, roomsIn } from "../stackState";
import { type Finding, ok, warn } from "./finding";
import { pendingSetFinding, pendingSets } from "./pendingSets";

const SUBJECT = "Leftovers";

/** What interrupted updates have left: operations that the state says are under way, and rooms in no state. */
export function leftoverFindings(
  stack: Stack,
  appName: string,
  rooms: readonly RoomReply[],
  others: readonly Finding[],
): Finding[] {
  const pending = stack.state.pending.filter(({ resource }) => roomTypeOf(resource.type) !== undefined);
  const sets = pendingSets(stack);
  const begun = new Set([
    ...pending.map(({ resource }) => stringIn(resource.inputs, "roomName")),
    ...sets.flatMap((set) => set.begun),
  ]);
  const managed = new Set(roomsIn(stack.state, appName).map(({ id }) => id));
  const orphans = rooms.filter(
    ({ roomName, archived }) => !archived && !managed.has(roomName) && !begun.has(roomName) && looksGenerated(roomName),
  );
  const findings = [
    ...pending.map((operation) => pendingFinding(operation, stack, rooms)),
    ...sets.map((set) => pendingSetFinding(set, stack, rooms)),
    ...orphanFindings(orphans, stack),
    ...others,
  ];
  return findings.length > 0 ? findings : [ok(SUBJECT, "none from interrupted updates")];
}

function pendingFinding({ kind, resource }: PendingOperation, { pulumi }: Stack, rooms: readonly RoomReply[]): Finding {
  const type = roomTypeOf(resource.type) ?? meetingRoom;
  const name = stringIn(resource.inputs, "roomName") ?? resource.id;
  const room = named(subjectOf(type, name));
  const what = `an update was interrupted while ${kind} ${room} (resource ${quoted(resource.name)})`;
  const unlock = `${pulumi.shown("cancel", "--yes")}   # if Pulumi says that the stack is locked`;
  if (kind !== "creating") {
    return warn(SUBJECT, `${what}. The next pulumi up looks at it and goes on.`, unlock, pulumi.shown("up"));
  }
  const clear = pulumi.shown("refresh", "--clear-pending-creates");
  if (type === meetingRoom && !rooms.some(({ roomName, archived }) => roomName === name && !archived)) {
    return warn(SUBJECT, `${what}; it doesn't exist.`, unlock, clear, pulumi.shown("up"));
  }
  const exists = type === meetingRoom ? "it exists" : "it may exist";
  return warn(SUBJECT, `${what}; ${exists}. To adopt it:`, unlock, ...adopt(pulumi), clear);
}

function adopt(pulumi: Pulumi): string[] {
  return [
    pulumi.shown("config", "set", "metered:adoptExisting", "true"),
    pulumi.shown("up"),
    pulumi.shown("config", "rm", "metered:adoptExisting"),
  ];
}

/** Rooms of no resource that this stack has created for certain, and others, which may be another stack's. */
function orphanFindings(orphans: readonly RoomReply[], stack: Stack): Finding[] {
  const names = orphans.map(({ roomName }) => roomName);
  const ours = names.filter((name) => isGeneratedBy(stack.state, meetingRoom, name));
  const others = names.filter((name) => !ours.includes(name));
  return [
    ...(ours.length > 0 ? [oursFinding(ours, stack)] : []),
    ...(others.length > 0 ? [othersFinding(others, stack)] : []),
  ];
}

function oursFinding(names: readonly string[], { pulumi }: Stack): Finding {
  const [be, has] = names.length === 1 ? ["is", "has an auto-generated name"] : ["are", "have auto-generated names"];
  return warn(
    SUBJECT,
    `${listed(names)} ${has} of this stack, but ${be} in no resource here. If the program declares them, adopt them:`,
    ...adopt(pulumi),
    `# or import them:  npx pulumi-metered import ${names.map(shellWord).join(" ")}${pulumi.flags}`,
    "# or delete them in Metered's dashboard",
  );
}

/** Two stacks that manage one room delete it for each other. */
function othersFinding(names: readonly string[], { pulumi }: Stack): Finding {
  const [has, be, them] =
    names.length === 1 ? ["has an auto-generated name", "is", "it"] : ["have auto-generated names", "are", "them"];
  return warn(
    SUBJECT,
    `${listed(names)} ${has}, and ${be} in no resource here. Another stack of this app may manage ${them}: if so, leave ${them} alone. If no stack does, import ${them}, or delete ${them} in Metered's dashboard:`,
    `npx pulumi-metered import ${names.map(shellWord).join(" ")}${pulumi.flags}   # only if no other stack manages ${them}`,
  );
}
