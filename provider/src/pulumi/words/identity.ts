/** A state and a room that don't belong together. */
import type { FactsOf } from "../../errors";
import { cant, capitalised, isLive, NOTHING_CHANGED, named, nounOf, quoted, type Words } from "./sentence";
import type { Ways } from "./ways";

/** None of the ways touches anything else of the stack. */
export function appChanged(facts: FactsOf<"AppChanged">, ways: Ways): Words {
  const { subject, owner, app } = facts;
  const noun = `${nounOf(subject)}s`;
  const what = subject ? capitalised(named(subject)) : "This object";
  // Metered documents no way to delete live-streaming rooms.
  const kept = subject && isLive(subject) ? "set the resource option retainOnDelete: true, " : "";
  return {
    story:
      `${what} belongs to Metered app ${quoted(owner)}, but ${ways.configured} now configured for app ${quoted(app)}. ` +
      `${NOTHING_CHANGED} ${capitalised(noun)} can't be moved between apps.`,
    fix: [
      { goal: `Keep managing the existing ${noun}`, how: `${ways.setAppName(owner)}, and restore its secret key` },
      { goal: `Create ${noun} in ${quoted(app)}`, how: ways.otherApp() },
      {
        goal: `Give up the old ${noun}`,
        // A resource that has left the program is deleted with the configuration of the last run that had it.
        how: `switch back, ${kept}run pulumi up, remove them from the program, run pulumi up again, then switch`,
      },
    ],
  };
}

export function foreignRoom(facts: FactsOf<"ForeignRoom">, ways: Ways): Words {
  const { subject, declared, app } = facts;
  const what = subject ? capitalised(named(subject)) : "This room";
  const rename = subject ? `set roomName to ${quoted(subject.name)}, then run pulumi up` : "set its roomName";
  const other = subject ? ways.importRoom({ ...subject, name: declared }) : "import it";
  return {
    story:
      `${what} in app ${quoted(app)} was recorded in the state by another provider, ` +
      `but the program sets roomName to ${quoted(declared)}. ${NOTHING_CHANGED}`,
    fix: [
      { goal: "Keep the recorded room", how: rename },
      {
        goal: `If that room doesn't exist, manage ${quoted(declared)}`,
        how: `remove the alias from the program, then ${other}`,
      },
    ],
  };
}

export function roomReplacedOutside(facts: FactsOf<"RoomReplacedOutside">, ways: Ways): Words {
  const { app, there, ours, mayBeChanged } = facts;
  const changed = mayBeChanged ? "It may have been updated." : "It was not changed.";
  return {
    story:
      `${cant(facts)}: app ${quoted(app)} now has another room with that name, created outside this stack ` +
      `(roomId ${there} instead of ${ours}). ${changed}`,
    fix: [
      { goal: "Adopt it and apply this program's inputs", how: ways.adopt() },
      { goal: "Leave it alone", how: "choose another roomName" },
    ],
  };
}
