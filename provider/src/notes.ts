/** What a user is told beside errors, as facts. The sentence for each is in pulumi/words/notes.ts. */
import type { Subject } from "./errors";

/** How many rooms are to be created, changed, replaced, deleted and left alone. */
export interface Counts {
  readonly create: number;
  readonly update: number;
  readonly replace: number;
  readonly delete: number;
  /** Removed from the set, and left on Metered. */
  readonly leave: number;
  readonly unchanged: number;
}

export type Note =
  /** An operation has waited for more than two seconds, and goes on trying. */
  | {
      readonly note: "waiting";
      readonly subject: Subject | undefined;
      readonly app: string;
      /** What the last attempt came to: `connection refused`, `HTTP 503`, `too many requests (HTTP 429)`. */
      readonly problem: string;
    }
  /** A room that existed is managed from now on (`metered:adoptExisting`). */
  | { readonly note: "adopted"; readonly subject: Subject }
  /** Metered made another name of the one that was asked for: `standupv2` of `standup.v2`. */
  | { readonly note: "named otherwise"; readonly subject: Subject; readonly actual: string }
  /** Metered shows a text setting otherwise than it was sent. */
  | { readonly note: "respelled"; readonly subject: Subject; readonly setting: string }
  /** Settings were removed from the program, and Metered documents no way to clear them. */
  | { readonly note: "value kept"; readonly subject: Subject; readonly settings: readonly string[] }
  /** A setting was removed from the program, and Metered still shows a value other than the default that was sent. */
  | { readonly note: "not reset"; readonly subject: Subject; readonly setting: string; readonly shown: string }
  /** Metered no longer accepts a time that has passed, so the room keeps the one that it has. */
  | {
      readonly note: "past time refused";
      readonly subject: Subject;
      readonly setting: string;
      /** Unix seconds. */
      readonly declared: number;
      readonly shown: number | undefined;
    }
  /** A room that was to be deleted is gone, and another room that has its name by now is left alone. */
  | { readonly note: "other room"; readonly subject: Subject }
  /** A room that was to be deleted belongs to another resource of the program by now. */
  | { readonly note: "handed over"; readonly subject: Subject }
  /** A TURN credential was disabled outside Pulumi, and an update replaces it. */
  | { readonly note: "disabled"; readonly subject: Subject }
  /** The time of an object is over, or nearly over, and an update replaces it although no input differs. */
  | {
      readonly note: "rotation";
      readonly subject: Subject;
      /** Unix seconds. */
      readonly expiresAt: number;
      readonly isOver: boolean;
    }
  /** What is to be done to the rooms of a set. */
  | ({ readonly note: "set summary"; readonly subject: Subject } & Counts)
  /** How many rooms of a set are done. */
  | { readonly note: "set progress"; readonly subject: Subject; readonly done: number; readonly total: number }
  /** Further rooms of a set have something to say of a kind that was told already. */
  | { readonly note: "more notes"; readonly subject: Subject; readonly count: number }
  /** What an imported room has and a program can't declare. Quotes neither secrets nor URLs. */
  | { readonly note: "not declarable"; readonly subject: Subject; readonly problem: string };

/** Why an object that exists, and is kept in the state, isn't as declared. */
export type Shortfall =
  /** Metered shows another value than the one that was sent, both as JSON. */
  | { readonly shortfall: "not taken"; readonly setting: string; readonly sent: string; readonly shown: string }
  /** Metered dropped a setting that it had, and that could not be sent along. */
  | { readonly shortfall: "no longer set"; readonly setting: string }
  /** The ICE servers of a credential aren't known: Metered doesn't accept its `apiKey` yet, or what went wrong instead. */
  | { readonly shortfall: "no ICE servers"; readonly problem?: string };
