/** The form of every message: a first line, the ways out, the class. What they say is in the files beside. */
import type { Action, Attempts, Call, Cause, Subject } from "../../errors";
import { escaped } from "../../schema/escaped";

/** One way out of several: what it achieves, and the command or the input to change. */
export interface Way {
  readonly goal: string;
  readonly how: string;
}

/** What a message consists of. */
export interface Words {
  /** What failed, on what, why, and whether anything changed: whole sentences. */
  readonly story: string;
  /** The only way out, as whole sentences; or several; or none, where there is nothing to do. */
  readonly fix?: string | readonly Way[];
}

export const NOTHING_CHANGED = "Nothing was changed.";

/** What a call that failed has changed: nothing, or no more than that it has cost rooms. */
export function unchanged(call: Call): string {
  return released(call) ?? NOTHING_CHANGED;
}

/** That a room that exists already wasn't touched, and what has changed besides. */
export function untouched(call: Call): string {
  return inOne("It was not changed.", released(call));
}

/** Rooms that are gone, of which the state doesn't know: only a refresh finds out. */
function released({ released: names = [] }: Call): string | undefined {
  if (names.length === 0) return undefined;
  const isOne = names.length === 1;
  const rooms = `${isOne ? "Room" : "Rooms"} ${listed(names.map(quoted))} ${isOne ? "was" : "were"}`;
  const purpose = `to release ${isOne ? "its name" : "their names"}`;
  return `${rooms} already deleted ${purpose}: if you undo the change of names, run pulumi refresh first.`;
}

function inOne(...sentences: readonly (string | undefined)[]): string {
  return sentences.filter((each) => each !== undefined).join(" ");
}

/** One way out goes into the first line. Several get a line each, and Pulumi keeps line breaks. */
export function written({ story, fix }: Words, cause: Cause): string {
  if (typeof fix === "string" || fix === undefined) return [story, fix, `[${cause}]`].filter(Boolean).join(" ");
  const lines = fix.map(({ goal, how }) => `  ${goal}:  ${how}`);
  return [story, ...lines, `  [${cause}]`].join("\n");
}

/** `meeting room "standup"`. Whatever a name holds, it stays in its line and within its quotes. */
export function named({ label, name }: Subject): string {
  return `${label} ${quoted(name)}`;
}

/** `room` for every kind of room, otherwise the whole label. */
export function nounOf(subject: Subject | undefined): string {
  if (!subject) return "object";
  return isRoom(subject) ? "room" : subject.label;
}

/** Only rooms can be adopted, imported and renamed. */
export function isRoom({ resource }: Pick<Subject, "resource">): boolean {
  return resource === "MeetingRoom" || resource === "LiveStreamingRoom";
}

export function isLive({ resource }: Subject): boolean {
  return resource === "LiveStreamingRoom" || resource === "LiveStreamingRoomSet";
}

/** `Can't create meeting room "standup"`: for a sentence that names the app later. */
export function cant({ action, subject, what }: Call): string {
  if (what?.startsWith("whether ")) return `Can't tell ${what}`;
  if (action === "list") return `Can't list ${what ?? "the rooms"}`;
  if (subject) return `Can't ${action} ${named(subject)}`;
  return what === undefined ? `Can't ${action}` : `Can't ${action} ${what}`;
}

/** `Can't create meeting room "standup" in app "demo"`. A list that is to prove something about a room names it. */
export function cantInApp(call: Call): string {
  const app = `app ${quoted(call.app)}`;
  if (call.action !== "list") return `${cant(call)} in ${app}`;
  const purpose = call.subject ? ` to check whether ${named(call.subject)} exists` : "";
  return `${cant(call)} of ${app}${purpose}`;
}

const DONE: Readonly<Partial<Record<Action, string>>> = { create: "created", update: "updated", delete: "deleted" };

/** Whether a call changes nothing, whatever came of it. */
export function isReading({ action }: Call): boolean {
  return DONE[action] === undefined;
}

/**
 * Whether anything changed, as far as that is known.
 *
 * @param what names the object, where the sentence before doesn't
 */
export function outcome(call: Call, mayHaveHappened: boolean, what?: string): string {
  const { action, subject } = call;
  if (!mayHaveHappened || isReading(call)) return unchanged(call);
  return inOne(`${what ?? `The ${nounOf(subject)}`} may have been ${DONE[action]}.`, released(call));
}

/** `18 attempts in 120 s`; undefined where there was none. */
export function attemptsIn({ attempts, seconds }: Attempts): string | undefined {
  if (attempts === 0) return undefined;
  if (attempts === 1) return "1 attempt";
  const whole = Math.round(seconds);
  return `${attempts} attempts in ${whole === 0 ? "under 1" : whole} s`;
}

/** A name or a value in a sentence, in double quotes. */
export function quoted(text: string): string {
  return escaped(JSON.stringify(text));
}

/** What Metered said, in quotes that it doesn't hold itself. */
export function said(text: string): string {
  return text.includes('"') && !text.includes("'") ? `'${text}'` : `"${text}"`;
}

/** `Metered said "…".` with a space before it, or nothing where Metered said nothing. */
export function andSaid(text: string): string {
  return text === "" ? "" : ` Metered said ${said(text)}.`;
}

/** `Metered only said "Invalid request"`, for a refusal that explains nothing. */
export function refusal(text: string): string {
  return text === "" ? "Metered gave no reason" : `Metered only said ${said(text)}`;
}

export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `a`, `a and b`, `a, b and c`, in one line. */
export function listed(texts: readonly string[]): string {
  const items = texts.map(escaped);
  const last = items.at(-1) ?? "";
  return items.length < 2 ? last : `${items.slice(0, -1).join(", ")} and ${last}`;
}

/** `10,000`. */
export function counted(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** `2026-11-27 03:55 UTC`; the number itself where no calendar reaches. */
export function shownTime(unixSeconds: number): string {
  const date = new Date(unixSeconds * 1000);
  if (Number.isNaN(date.getTime())) return `${unixSeconds} (Unix seconds)`;
  // Years beyond 9999 have a sign and more digits, so the parts are found from the "T" between them.
  const [day, time = ""] = date.toISOString().split("T");
  return `${day} ${time.slice(0, 5)} UTC`;
}
