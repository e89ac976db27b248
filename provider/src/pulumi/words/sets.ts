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
/** Of each cause at least so many, however many causes there are. */
const ROOMS_OF_A_CAUSE = 2;

export function saySomeRoomsFailed(failed: SomeRoomsFailed, reader: Viewpoint): string[] {
  const { action, failures, notBegun } = failed;
  const from: Viewpoint = { ...reader, isOfSet: true };
  const causes = byCause(failures.map((failure) => toldOf(failure, action, from)));
  const shares = sharesOf(causes.map(({ length }) => length));
  return [
    headline(failed, waysFor(from).rerun(action)),
    ...causes.flatMap((cause, i) => linesOf(cause, shares[i] ?? 0)),
    ...(notBegun > 0 ? [`  ${counted(notBegun)} rooms were not started`] : []),
    `  [${failed.name}]`,
  ];
}

/** How many rooms of each cause are named: what a cause with few rooms leaves is for those with more. */
function sharesOf(counts: readonly number[]): number[] {
  const shares = counts.map((count) => Math.min(count, ROOMS_OF_A_CAUSE));
  const hasMore = (i: number) => (shares[i] ?? 0) < (counts[i] ?? 0);
  const total = () => shares.reduce((sum, share) => sum + share, 0);
  while (total() < ROOMS_TOLD && counts.some((_, i) => hasMore(i))) {
    for (const i of counts.keys()) if (hasMore(i) && total() < ROOMS_TOLD) shares[i] = (shares[i] ?? 0) + 1;
  }
  return shares;
}

const DONE = { create: "created", update: "changed", delete: "deleted", read: "read" } as const;

function headline({ subject, action, total, failures, notBegun }: SomeRoomsFailed, rerun: string): string {
  const done = DONE[action as keyof typeof DONE] ?? "done";
  const count = failures.length + notBegun;
  const missed = `${counted(count)} of ${counted(total)} rooms could not be ${done}.`;
  const isNothing = action === "create" && count === total && failures.every(({ settled }) => settled === undefined);
  const isKept = !isNothing && (action === "create" || action === "update");
  const isCertain = failures.every(({ error, settled }) => settled || !mayExist(error));
  const kept = isKept ? ` The state contains every room that ${isCertain ? "exists" : "is known to exist"}.` : "";
  const first = failures.every(isPassing) ? (isKept ? "To continue with the rest," : "To try again,") : FOLLOW;
  return `${capitalised(named(subject))}: ${missed}${kept} ${first} ${rerun}.`;
}

/** Whether a create may have been carried out, of which the state then knows nothing. */
function mayExist(error: unknown): boolean {
  return (
    error instanceof MeteredError &&
    error.facts.cause !== "InvalidConfiguration" &&
    error.facts.action === "create" &&
    error.mayHaveHappened
  );
}

const FOLLOW = "Do what the lines below say, then";

/** Whether the next run may succeed although nothing but time has passed. */
function isPassing({ error, settled }: RoomFailure): boolean {
  if (settled && !settled.lost) return false;
  return isCause(settled?.lost ?? error, "RateLimited", "ServerError", "NoConnection");
}

/** What happened to a room, in lines, and the ways out. */
interface Told {
  readonly key: string;
  readonly cause: string;
  readonly story: readonly string[];
  readonly ways: readonly string[];
}

/** Those together that have the same ways out. */
function byCause(all: readonly Told[]): (readonly Told[])[] {
  const causes = new Map<string, Told[]>();
  for (const told of all) {
    const key = [told.cause, ...told.ways].join("\n");
    const others = causes.get(key);
    if (others) others.push(told);
    else causes.set(key, [told]);
  }
  return [...causes.values()];
}

/** What happened to rooms for one cause, and once for all of them what can be done about it. */
function linesOf(failures: readonly Told[], most: number): string[] {
  const rest = failures.length - most;
  return [
    ...failures
      .slice(0, most)
      .flatMap(({ key, story: [first = "", ...more] }) => [
        `  rooms[${JSON.stringify(key)}]: ${first}`,
        ...more.map((line) => `    ${line}`),
      ]),
    ...(rest > 0 ? [`  and ${counted(rest)} more of ${counted(failures.length)} that failed the same way`] : []),
    ...(failures[0]?.ways ?? []).map((line) => `    ${line.trim()}`),
  ];
}

function toldOf(failure: RoomFailure, action: Action, from: Viewpoint): Told {
  const { key, error, settled, subject } = failure;
  const cause = kindOf(failure);
  if (settled && !settled.lost) {
    const lines = sayShortfalls(subject, settled.shortfalls);
    return { key, cause, story: lines.slice(0, -1), ways: lines.slice(-1) };
  }
  const failed = settled?.lost ?? error;
  const [story = "", ...ways] = textOf(failed, action, from).split("\n");
  return { key, cause, story: [story], ways };
}

function textOf(error: unknown, action: Action, from: Viewpoint): string {
  if (isCause(error, "CannotDelete") && error.facts.how === "still there") return cannotDelete(error, action, from);
  return error instanceof MeteredError ? sayError(error.facts, from) : String(error);
}

/** Of a room that leaves the set an input of the set decides; of a set as a whole, its resource option. */
function cannotDelete(error: MeteredError, action: Action, from: Viewpoint): string {
  const [story = ""] = sayError(error.facts, from).split("\n");
  const how =
    action === "delete"
      ? "set the resource option retainOnDelete: true on the set, run pulumi up, then remove the set again"
      : "set retainRemoved to true on the set";
  return [story, `Keep it on Metered and stop managing it:  ${how}`, `[${error.name}]`].join("\n");
}

function kindOf({ error, settled }: RoomFailure): string {
  if (settled?.lost) return `lost ${settled.lost.name}`;
  if (settled) return "shortfalls";
  return error instanceof MeteredError ? `${error.name} ${"how" in error.facts ? error.facts.how : ""}` : "unknown";
}
