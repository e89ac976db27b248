/**
 * What can go wrong, as facts: what was being done, to what, why it failed, and whether anything may have changed. An
 * error holds no sentence. Whoever shows it to a user writes one (pulumi/words), with the way out that works there.
 */

/** An object of a Metered app: `meeting room "standup"`. */
export interface Subject {
  /** The kind of the object in a sentence. */
  readonly label: string;
  readonly name: string;
  /** The name of its resource class, `MeetingRoom`. */
  readonly resource: string;
}

/** What was being done. An object that is looked up need not be in any state. */
export type Action = "create" | "read" | "look up" | "update" | "delete" | "list";

/** One call, or the operation that it belongs to. */
export interface Call {
  readonly action: Action;
  /** Absent for a call about the app as a whole. */
  readonly subject?: Subject | undefined;
  readonly app: string;
  /**
   * Rooms that were deleted in this run to release their names, and whose resources have no other one: that of the name
   * that was to be had, or the resource's own.
   */
  readonly released?: readonly string[] | undefined;
  /** What is listed or looked up, where no subject says it: `the TURN projects`. */
  readonly what?: string | undefined;
}

/** What one attempt after the other came to. */
export interface Attempts {
  readonly attempts: number;
  /** How long they took together, in seconds. */
  readonly seconds: number;
}

/** Why a name that a room should get is another resource's. */
type Holder =
  /** That resource has the room, and keeps it. */
  | "kept"
  /** That resource is renamed to it in this run. */
  | "wanted"
  /** That resource was to give the name up, but its room could not be created under the new name. */
  | "rename failed"
  /** It was to give the name up, and Pulumi has not begun to create its room under the new name. */
  | "rename not begun"
  /** That set no longer declares the room, and Pulumi has not begun to update the set. */
  | "removal not begun";

/** What is wrong with the provider's configuration: the sentence for each is in pulumi/words/configuration.ts. */
export type ConfigurationProblem =
  | { readonly problem: "missing"; readonly key: "appName" | "secretKey" }
  | { readonly problem: "app name"; readonly meant: string | undefined }
  | { readonly problem: "number"; readonly key: string; readonly byDefault: number }
  | { readonly problem: "true or false"; readonly key: string }
  | { readonly problem: "misspelled key"; readonly key: string; readonly meant: string }
  | {
      readonly problem: "endpoint";
      readonly flaw: "no URL" | "scheme" | "login" | "plain http";
      readonly given?: string;
    }
  | { readonly problem: "certificates unchecked" }
  | { readonly problem: "key in plaintext" };

export type Facts =
  /** Nothing was called: the configuration is incomplete or wrong. */
  | { readonly cause: "InvalidConfiguration"; readonly problems: readonly ConfigurationProblem[] }
  /** Metered doesn't accept the secret key. */
  | ({ readonly cause: "InvalidSecretKey"; readonly said: string } & Call)
  /** Nothing at Metered answers to the app's name. */
  | ({ readonly cause: "UnknownApp"; readonly said: string } & Call)
  /** The state belongs to another app than the configured one. */
  | ({ readonly cause: "AppChanged"; readonly owner: string } & Call)
  /** Another provider wrote the state, about another object than the program declares. */
  | ({ readonly cause: "ForeignRoom"; readonly declared: string } & Call)
  /** An object of that name exists, or Metered keeps the name. */
  | ({
      readonly cause: "NameTaken";
      readonly how: /** A living room has the name. */
        | "exists"
        /** The same, and the name is generated: an interrupted run, or another stack of this name, may have created it. */
        | "generated exists"
        /** The room under the name is, or may be, the one that this one is to replace. */
        | "replaced"
        /** Metered says so, and shows no such room. */
        | "reserved"
        /** Metered says so, and looking at the room failed. */
        | "unseen";
      /** When the room was created, in unix seconds, where Metered tells. */
      readonly since?: number | undefined;
      /** Whether that was shortly before, as of a room that an interrupted run has created. */
      readonly isRecent?: boolean | undefined;
      /** Whether names change hands in this run, so that the room may be one that Pulumi has not told of yet. */
      readonly isRenaming?: boolean | undefined;
    } & Call)
  /** A create that is refused without a reason, where a room has the name in lower case. */
  | ({ readonly cause: "NamePossiblyTaken"; readonly other: string } & Call)
  /** Another resource of this program has, or is about to have, the name. */
  | ({
      readonly cause: "NameUsedTwice";
      readonly how: Holder;
      /** The other resource's name in the program, where it is known. */
      readonly holder?: string | undefined;
      /** The name that the other resource is to get. */
      readonly newName?: string | undefined;
    } & Call)
  /** The object doesn't exist. */
  | ({
      readonly cause: "RoomNotFound";
      /** Whether Metered said so in words; a wrong app, a wrong key or a proxy could answer 404 as well. */
      readonly certain: boolean;
      /** It was to delete itself, and its time is over. */
      readonly isOver?: boolean;
    } & Call)
  /** The same of an object that isn't a room. */
  | ({ readonly cause: "ObjectNotFound"; readonly certain: boolean } & Call)
  /**
   * The response to a create was lost, and what Metered shows doesn't tell whether there is one more object now. Without
   * its response nobody knows the object, so it's to be looked for.
   */
  | ({
      readonly cause: "PossiblyCreated";
      /** When it would have been created, in unix seconds. */
      readonly since: number;
      /** How many of its kind could be the one. */
      readonly candidates: number;
      readonly problem: string;
      readonly expiryInSeconds?: number | undefined;
      readonly projectId?: string | undefined;
    } & Call)
  /** Metered's answer may mean that the room is missing, or something else; guessing would lose a room. */
  | ({ readonly cause: "RoomStatusUnknown"; readonly said: string; readonly isLive: boolean } & Call)
  /** Another room than ours has our room's name. */
  | ({
      readonly cause: "RoomReplacedOutside";
      readonly there: string;
      readonly ours: string;
      /** It took our room's place while that was being changed. */
      readonly mayBeChanged?: true;
    } & Call)
  /** Metered says that a setting is wrong, in its own words. */
  | ({ readonly cause: "InvalidSetting"; readonly said: string } & Call)
  /** The account's plan doesn't allow it. */
  | ({ readonly cause: "PlanLimit"; readonly said: string } & Call)
  /** Live streaming is, as far as can be told, not switched on for the account. */
  | ({ readonly cause: "LiveStreamingOff"; readonly said: string } & Call)
  /** Metered said no, without a reason that a program could tell apart. `isBare`: with no more than "Invalid request". */
  | ({
      readonly cause: "RequestRefused";
      readonly said: string;
      readonly isBare: boolean;
      /** What Metered didn't accept, where that is neither an input of a resource nor the app's secret key. */
      readonly about?: "apiKey" | undefined;
    } & Call)
  /** Metered asked to slow down for longer than the provider waits. */
  | ({ readonly cause: "RateLimited"; readonly isUnchanged: boolean } & Call & Attempts)
  /** Metered failed. */
  | ({ readonly cause: "ServerError"; readonly status: number; readonly said: string } & Call & Attempts & MayHave)
  /** No connection, or none that lasted until the response. */
  | ({
      readonly cause: "NoConnection";
      /** Where Metered was to be reached, with the port unless it is the usual one: `demo.metered.live`, `127.0.0.1:9`. */
      readonly host: string;
      /** What went wrong there, without the host: `connection refused`, `no response within 30 s`. */
      readonly problem: string;
      readonly advice?: Advice;
    } & Call &
      Attempts &
      MayHave)
  /** A response came, but not one that Metered documents. */
  | ({ readonly cause: "UnexpectedResponse"; readonly problem: string } & Call & MayHave)
  /**
   * A live room that no documented call deletes; a room to be replaced that got more time outside Pulumi; or a TURN
   * project with credentials of others, which would be deleted with it.
   */
  | ({
      readonly cause: "CannotDelete";
      readonly how: "still there" | "extended" | "in use";
      /** How many credentials a project has. */
      readonly credentials?: number;
      /** Until when, in unix seconds. */
      readonly until?: number;
    } & Call);

/** Whether the call may have been carried out although it failed. */
interface MayHave {
  readonly mayHaveHappened: boolean;
}

/** What helps against a connection that fails: an address to check, a certificate, time, or nothing since the user stopped it. */
export type Advice = "certificate" | "proxy login" | "time" | "size" | "cancelled" | "network";

export type Cause = Facts["cause"];
export type FactsOf<C extends Cause> = Extract<Facts, { cause: C }>;

/** An error of Metered, of its configuration or of what it holds. Callers branch on the cause, users read words. */
export class MeteredError extends Error {
  constructor(readonly facts: Facts) {
    super(facts.cause);
    this.name = facts.cause;
  }

  /** Whether the call may have changed something although it failed: its response was lost or unreadable. */
  get mayHaveHappened(): boolean {
    if (this.facts.cause === "RateLimited") return !this.facts.isUnchanged;
    if (this.facts.cause === "PossiblyCreated") return true;
    return "mayHaveHappened" in this.facts && this.facts.mayHaveHappened;
  }
}

/** Whether an error has one of these causes. */
export function isCause<C extends Cause>(
  error: unknown,
  ...causes: readonly C[]
): error is MeteredError & { readonly facts: FactsOf<C> } {
  return error instanceof MeteredError && (causes as readonly Cause[]).includes(error.facts.cause);
}

/** A refusal that gives no reason, so that it may stand for "there is no such room" or for something else. */
export function isBareRefusal(error: unknown): error is MeteredError {
  if (isCause(error, "LiveStreamingOff")) return true;
  return isCause(error, "RequestRefused") && error.facts.isBare;
}
