/** What some rooms of a set failed of, in lines: Pulumi shows each reason of an init failure in a line of its own. */
import { type Action, isCause, MeteredError } from "../../errors";
import type { RoomFailure, SomeRoomsFailed } from "../../rooms/set/failures";
import { sayError } from "./errors";
import { sayShortfalls } from "./notes";
import { capitalised, counted, named } from "./sentence";
import type { Viewpoint } from "./viewpoint";
import { waysFor } from "./ways";

/** So many rooms are named; a set may have thousands. */
const ROOMS_TOLD = 10;

export function saySomeRoomsFailed(failed: SomeRoomsFailed, reader: Viewpoint): string[] {
  const { action, failures, notBegun } = failed;
  const from: Viewpoint = { ...reader, isOfSet: true };
  const seen = new Set<string>();
  const rest = failures.length - ROOMS_TOLD;
  return [
    headline(failed, waysFor(from).rerun(action)),
    ...failures.slice(0, ROOMS_TOLD).flatMap((failure) => linesOf(failure, action, from, seen)),
    ...(rest > 0 ? [`  and ${counted(rest)} more of ${counted(failures.length)} that failed`] : []),
    ...(notBegun > 0 ? [`  ${counted(notBegun)} rooms were not started`] : []),
    `  [${failed.name}]`,
  ];
}

const DONE = { create: "created", update: "changed", delete: "deleted", read: "read" } as const;

function headline({ subject, action, total, failures, notBegun }: SomeRoomsFailed, rerun: string): string {
  const done = DONE[action as keyof typeof DONE] ?? "done";
  const count = failures.length + notBegun;
  const missed = `${counted(count)} of ${counted(total)} rooms could not be ${done}.`;
  const isNothing = action === "create" && count === total && failures.every(({ settled }) => settled === undefined);
  const isKept = !isNothing && (action === "create" || action === "update");
  const next = isKept ? `The state holds what exists. To go on with the rest, ${rerun}.` : `To try again, ${rerun}.`;
  return `${capitalised(named(subject))}: ${missed} ${next}`;
}

/** The first of a kind tells its ways out; all further ones only what happened. */
function linesOf(failure: RoomFailure, action: Action, from: Viewpoint, seen: Set<string>): string[] {
  const [first = "", ...more] = textOf(failure, action, from).split("\n");
  const kind = kindOf(failure);
  const isNew = !seen.has(kind);
  seen.add(kind);
  return [
    `  rooms[${JSON.stringify(failure.key)}]: ${first}`,
    ...(isNew ? more.map((line) => `    ${line.trim()}`) : []),
  ];
}

function textOf({ error, settled, subject }: RoomFailure, action: Action, from: Viewpoint): string {
  if (settled?.lost) return sayError(settled.lost.facts, from);
  if (settled) return sayShortfalls(subject, settled.shortfalls).join("\n");
  if (isCause(error, "CannotDelete") && error.facts.how === "still there") return cannotDelete(error, action, from);
  return error instanceof MeteredError ? sayError(error.facts, from) : String(error);
}

/** Of a room that leaves the set an input of the set decides; of a set as a whole, its resource option. */
function cannotDelete(error: MeteredError, action: Action, from: Viewpoint): string {
  const [story = ""] = sayError(error.facts, from).split("\n");
  const how =
    action === "delete"
      ? "set the resource option retainOnDelete: true of the set, run pulumi up, then remove it again"
      : "set retainRemoved of the set to true";
  return [story, `Keep it on Metered and stop managing it:  ${how}`, `[${error.name}]`].join("\n");
}

function kindOf({ error, settled }: RoomFailure): string {
  if (settled?.lost) return `lost ${settled.lost.name}`;
  if (settled) return "shortfalls";
  return error instanceof MeteredError ? `${error.name} ${"how" in error.facts ? error.facts.how : ""}` : "unknown";
}
