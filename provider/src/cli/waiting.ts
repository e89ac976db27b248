import type { Note } from "../notes";
import { sayNote } from "../pulumi/words/notes";
import { quoted } from "../pulumi/words/sentence";
import type { Viewpoint } from "../pulumi/words/viewpoint";
import type { Terminal } from "./terminal";

/** How long a command may be silent, in milliseconds. */
const QUIET_TIME = 2_000;

/** What a command tells while it calls Metered. */
export interface Watch {
  /** For the client: it tries again and again. */
  readonly tell: (note: Note) => void;
  /** Something has come, so the rest will. */
  readonly heard: () => void;
}

/** Says once what a command waits for, when nothing has come from Metered for two seconds. */
export async function watched<T>(
  terminal: Terminal,
  app: string,
  from: Viewpoint,
  work: (watch: Watch) => Promise<T>,
): Promise<T> {
  let hasSpoken = false;
  const say = (line: string) => {
    if (hasSpoken) return;
    hasSpoken = true;
    terminal.progress("");
    terminal.err(line);
  };
  // The client tells of attempts that have failed. One that hangs fails much later.
  const timer = setTimeout(() => say(`Waiting for Metered app ${quoted(app)} to respond.`), QUIET_TIME);
  const heard = () => clearTimeout(timer);
  // One line for all rooms that are read at once.
  const tell = (note: Note) => say(sayNote(note.note === "waiting" ? { ...note, subject: undefined } : note, from));
  try {
    return await work({ tell, heard });
  } finally {
    heard();
  }
}
