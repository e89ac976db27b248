import { describeRoom } from "../../core/field";
import { meetingRoom } from "../../core/meetingRoom";
import { autoName } from "../../core/names";
import type { RoomReply } from "../../core/roomApi";
import { askedName } from "../../core/state";
import type { Stack } from "../account";
import type { Pulumi } from "../pulumi";
import { nameIn, type PendingOperation, roomsIn, roomTypeOf } from "../stackState";
import { type Finding, ok, warn } from "./finding";

const SUBJECT = "Left behind";

/** What runs that were interrupted have left: operations that the state says are under way, and rooms in no state. */
export function leftoverFindings(stack: Stack, appName: string, rooms: readonly RoomReply[]): Finding[] {
  const pending = stack.state.pending.filter(({ resource }) => roomTypeOf(resource) !== undefined);
  const begun = new Set(pending.map(({ resource }) => askedName(resource.inputs)));
  const managed = new Set(roomsIn(stack.state, appName).map(({ id }) => id));
  const orphans = rooms.filter(
    ({ roomName, archived }) => !archived && !managed.has(roomName) && !begun.has(roomName) && isAutoName(roomName),
  );
  const findings = [
    ...pending.map((operation) => pendingFinding(operation, stack, rooms)),
    ...(orphans.length > 0 ? [orphanFinding(orphans, stack)] : []),
  ];
  return findings.length > 0 ? findings : [ok(SUBJECT, "nothing")];
}

/** Whether a room's name looks as if it was made of a resource's name. */
function isAutoName(name: string): boolean {
  return /^[a-z0-9][a-z0-9-]*-[0-9a-f]{8}(-\d+)?$/.test(name);
}

function pendingFinding({ kind, resource }: PendingOperation, { pulumi }: Stack, rooms: readonly RoomReply[]): Finding {
  const type = roomTypeOf(resource) ?? meetingRoom;
  const name = askedName(resource.inputs) ?? resource.id;
  const what = `a run was interrupted while it was ${kind} the ${describeRoom(type, name)} (resource ${nameIn(resource.urn)})`;
  const unlock = `${pulumi.shown("cancel", "--yes")}   # if Pulumi says that the stack is locked`;
  if (kind !== "creating") return warn(SUBJECT, `${what}. The next run looks and goes on.`, unlock, pulumi.shown("up"));
  const clear = pulumi.shown("refresh", "--clear-pending-creates");
  if (type === meetingRoom && !rooms.some(({ roomName, archived }) => roomName === name && !archived)) {
    return warn(SUBJECT, `${what}; it does not exist.`, unlock, clear, pulumi.shown("up"));
  }
  const exists = type === meetingRoom ? "it exists" : "it may exist";
  return warn(SUBJECT, `${what}; ${exists}. Take it over:`, unlock, ...takeOver(pulumi), clear);
}

function takeOver(pulumi: Pulumi): string[] {
  return [
    pulumi.shown("config", "set", "metered:adoptExisting", "true"),
    pulumi.shown("up"),
    pulumi.shown("config", "rm", "metered:adoptExisting"),
  ];
}

function orphanFinding(orphans: readonly RoomReply[], stack: Stack): Finding {
  const ours = orphans.filter(({ roomName }) => isOurs(roomName, stack));
  const names = orphans.map(({ roomName }) => roomName);
  const certain = ours.length === orphans.length;
  const whose = certain
    ? "by this stack"
    : `by this package, in this stack${ours.length > 0 ? ` (${ours.map(({ roomName }) => roomName).join(", ")} certainly)` : ""} or another one of this account`;
  return warn(
    SUBJECT,
    `${names.join(", ")}: named ${whose}, and in no resource here. If the program declares them, take them over:`,
    ...takeOver(stack.pulumi),
    `# or, whoever made them:  npx pulumi-metered import ${names.join(" ")}`,
    "# or delete them in Metered's dashboard",
  );
}

/** Whether a resource of this stack, at the top level and called as the name begins, would get this name. */
function isOurs(roomName: string, { state }: Stack): boolean {
  const [, prefix = ""] = /^(.*)-[0-9a-f]{8}(?:-\d+)?$/.exec(roomName) ?? [];
  const [beginning = "", project = ""] = ((state.resources[0] ?? state.pending[0]?.resource)?.urn ?? "").split("::");
  const stack = beginning.split(":")[2] ?? "";
  const made = autoName({ project, stack, parentTypes: "", kind: meetingRoom.name, name: prefix });
  return roomName === made || roomName.startsWith(`${made}-`);
}
