/** What a user is told beside errors: lines that stop nothing, and why an object isn't as declared. */
import type { Subject } from "../../errors";
import type { Note, Shortfall } from "../../notes";
import { capitalised, counted, listed, named, nounOf, quoted, shownTime } from "./sentence";
import type { Viewpoint } from "./viewpoint";
import { waysFor } from "./ways";

type NoteOf<N extends Note["note"]> = Extract<Note, { note: N }>;

export function sayNote(note: Note, from: Viewpoint): string {
  switch (note.note) {
    case "waiting":
      return waiting(note);
    case "adopted":
      return `Adopted the existing ${named(note.subject)} (${waysFor(from).input("adoptExisting")}).`;
    case "named otherwise":
      return `${about(note)}: Metered stores it as ${quoted(note.actual)}, so that is its ID, and the name in its URL.`;
    case "respelled":
      return `${about(note)}: Metered spells ${note.setting} differently from what was sent. No action needed.`;
    case "value kept":
      return valueKept(note);
    case "not reset":
      return `${about(note)}: ${note.setting} was removed from the program and reset to its default, but Metered still shows ${note.shown}.`;
    case "past time refused":
      return pastTimeRefused(note);
    case "other room":
      return `${about(note)} was already gone. Another ${nounOf(note.subject)} now has its name, and was not deleted.`;
    case "handed over":
      return `${about(note)} was not deleted: another resource of this program manages it now.`;
    case "disabled":
      return `${about(note)} was disabled outside Pulumi, so pulumi up replaces it.`;
    case "rotation":
      return rotation(note);
    case "set summary":
      return `${about(note)}: ${summary(note)}.`;
    case "set progress":
      return `${about(note)}: ${counted(note.done)} of ${counted(note.total)} rooms`;
    case "more notes":
      return `${about(note)}: the same applies to ${counted(note.count)} more rooms.`;
    case "not declarable":
      return `${about(note)}: some settings can't be set in a program: ${note.problem}.`;
  }
}

function rotation({ subject, expiresAt, isOver }: NoteOf<"rotation">): string {
  const when = isOver
    ? `expired ${shownTime(expiresAt)}`
    : `expires ${shownTime(expiresAt)}, which is less than rotateBeforeSeconds away`;
  return `${about({ subject })} ${when}, so pulumi up replaces it.`;
}

/** `12 to create, 3 to update, 1 to delete, 984 unchanged`, without what there is none of. */
function summary(counts: NoteOf<"set summary">): string {
  const parts = [
    [counts.create, "to create"],
    [counts.update, "to update"],
    [counts.replace, "to replace"],
    [counts.delete, "to delete"],
    [counts.leave, "to leave on Metered"],
    [counts.unchanged, "unchanged"],
  ] as const;
  const shown = parts.filter(([count]) => count > 0).map(([count, what]) => `${counted(count)} ${what}`);
  return shown.length > 0 ? shown.join(", ") : "no rooms";
}

function about({ subject }: { readonly subject: Subject }): string {
  return capitalised(named(subject));
}

function waiting({ subject, app, problem }: NoteOf<"waiting">): string {
  const what = subject ? `${about({ subject })}: waiting` : "Waiting";
  return `${what} for Metered app ${quoted(app)} (${problem}), retrying.`;
}

function valueKept({ subject, settings }: NoteOf<"value kept">): string {
  const [verb, them, value] = settings.length === 1 ? ["was", "it", "its value"] : ["were", "them", "their values"];
  return (
    `${about({ subject })}: ${listed(settings)} ${verb} removed from the program. ` +
    `Metered documents no way to clear ${them}, so the ${nounOf(subject)} keeps ${value}.`
  );
}

function pastTimeRefused({ subject, setting, declared, shown }: NoteOf<"past time refused">): string {
  const kept = shown === undefined ? "has none" : `keeps ${shownTime(shown)}`;
  return (
    `${about({ subject })}: Metered no longer accepts ${setting} ${shownTime(declared)}, which has passed, ` +
    `so the ${nounOf(subject)} ${kept}.`
  );
}

/** The reasons of an init failure. Pulumi shows each in a line of its own, and keeps the object in the state. */
export function sayShortfalls(subject: Subject, shortfalls: readonly Shortfall[]): string[] {
  const isOnlyIncomplete = shortfalls.every(({ shortfall }) => shortfall === "no ICE servers");
  const [how, way] = isOnlyIncomplete
    ? ["isn't complete", "Run pulumi up, which completes it."]
    : ["differs from the program", "Change the program to what Metered allows, or run pulumi up to try again."];
  return [
    `${capitalised(named(subject))} exists and is kept in the state, but ${how}:`,
    ...shortfalls.map(sayShortfall),
    `${way} [NotAsDeclared]`,
  ];
}

function sayShortfall(missed: Shortfall): string {
  switch (missed.shortfall) {
    case "not taken":
      return `${missed.setting} is ${missed.shown} on Metered, although ${missed.sent} was sent.`;
    case "no ICE servers":
      return missed.problem === undefined
        ? "iceServers isn't known: Metered doesn't accept the credential's apiKey yet, which can take some minutes."
        : `iceServers couldn't be read: ${missed.problem}.`;
    case "no longer set":
      return `${missed.setting} is no longer set on Metered, which didn't keep it during the update. Set it to a new value.`;
  }
}
