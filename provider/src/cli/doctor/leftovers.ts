import { stringIn } from "../../pulumi/state";
import { roomTypeOf, tokenOf } from "../../pulumi/types";
import { generatedNameOf, partsOf } from "../../pulumi/urn";
import { listed, named, quoted } from "../../pulumi/words/sentence";
import { shellWord } from "../../pulumi/words/ways";
import type { RoomReply } from "../../rooms/api";
import { meetingRoom } from "../../rooms/meetingRoom";
import { subjectOf } from "../../rooms/roomType";
import type { Stack } from "../account";
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
    ({ roomName, archived }) => !archived && !managed.has(roomName) && !begun.has(roomName) && isGenerated(roomName),
  );
  const findings = [
    ...pending.map((operation) => pendingFinding(operation, stack, rooms)),
    ...sets.map((set) => pendingSetFinding(set, stack, rooms)),
    ...(orphans.length > 0 ? [orphanFinding(orphans, stack)] : []),
    ...others,
  ];
  return findings.length > 0 ? findings : [ok(SUBJECT, "none from interrupted updates")];
}

/** What a generated name looks like: words, digits of the URN, and a number if the name was taken. */
const GENERATED = /^([a-z0-9][a-z0-9-]*)-[0-9a-f]{8}(?:-\d+)?$/;

function isGenerated(name: string): boolean {
  return GENERATED.test(name);
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

/** Another stack may have created them: two stacks that manage one room delete it for each other. */
function orphanFinding(orphans: readonly RoomReply[], stack: Stack): Finding {
  const names = orphans.map(({ roomName }) => roomName);
  const ours = names.filter((name) => isOurs(name, stack));
  const [be, has] = names.length === 1 ? ["is", "has an auto-generated name"] : ["are", "have auto-generated names"];
  const whose =
    ours.length === names.length
      ? "of this stack"
      : `of this stack${ours.length > 0 ? ` (certainly ${listed(ours)})` : ""} or of another one in this app`;
  return warn(
    SUBJECT,
    `${listed(names)} ${has} ${whose}, but ${be} in no resource here. If the program declares them, adopt them:`,
    ...adopt(stack.pulumi),
    `# or import them:  npx pulumi-metered import ${names.map(shellWord).join(" ")}${stack.pulumi.flags}`,
    "# or delete them in Metered's dashboard, if no other stack has them",
  );
}

/** Whether a resource of this stack, at the top level and named as the room's name begins, would get this name. */
function isOurs(roomName: string, { state }: Stack): boolean {
  const [, resource = ""] = GENERATED.exec(roomName) ?? [];
  const { stack, project } = partsOf((state.resources[0] ?? state.pending[0]?.resource)?.urn ?? "");
  const generated = generatedNameOf(
    `urn:pulumi:${stack}::${project}::${tokenOf(meetingRoom)}::${resource}`,
    meetingRoom,
  );
  return roomName === generated || roomName.startsWith(`${generated}-`);
}
