/**
 * Everything that can go wrong, by cause. Callers branch on the class, never on a status or a text. Every message says
 * what happened to which room and what to do next; none carries a URL, a header, the secret key or a stream key.
 */

/**
 * What was being done, and to what: `create`, `meeting room "standup"`, `demo`. A room that is read is in the state; one
 * that is looked up need not be.
 */
export interface Call {
  readonly action: "create" | "read" | "look up" | "update" | "delete" | "list";
  /** Of `list`: the room that seems to be missing, where the list is to show that app and key are right; or empty. */
  readonly subject: string;
  readonly appName: string;
  /** Whether the call can only fail for want of the live-streaming product. */
  readonly isLive: boolean;
}

export abstract class MeteredError extends Error {
  /** Set on a call that may have changed something on the server all the same: its reply was lost or unreadable. */
  readonly mayHaveHappened: boolean;

  constructor(message: string, mayHaveHappened = false) {
    super(message);
    this.name = new.target.name;
    this.mayHaveHappened = mayHaveHappened;
    // Pulumi prints `${error}: ${error.stack}` beside the message, one line each: without this, seven times the same.
    this.stack = "see the message at the room";
  }

  override toString(): string {
    return this.name;
  }
}

/** The configuration of the provider is incomplete or wrong; no call was made. */
export class BadConfiguration extends MeteredError {}

/** Metered does not accept the secret key. */
export class BadKey extends MeteredError {
  constructor(call: Call, said: string) {
    super(
      `Metered refused to ${act(call)}: it does not accept the secret key for the app "${call.appName}"${quoted(said)}. ` +
        "Copy the key from the dashboard (Developers) and run: pulumi config set --secret metered:secretKey",
    );
  }
}

/** Nothing at Metered answers to the app's name. */
export class UnknownApp extends MeteredError {
  constructor(call: Call, said: string) {
    super(
      `Cannot ${act(call)}: Metered knows no app "${call.appName}"${quoted(said)}. ` +
        "Check the first part of your app's address in the dashboard and run: pulumi config set metered:appName NAME",
    );
  }
}

/** The state belongs to another Metered app than the configured one. */
export class AppChanged extends MeteredError {
  constructor(room: string, owner: string, configured: string) {
    super(
      `The ${room} belongs to the Metered app "${owner}", but the configured app is "${configured}"; nothing was touched. ` +
        `To have rooms in "${configured}", use another stack. To move this one, set metered:appName (and the key) back to "${owner}", run pulumi up and then pulumi destroy, and switch after that.`,
    );
  }
}

/** Another provider wrote the state, about another room than the program declares. */
export class ForeignRoom extends MeteredError {
  constructor(room: string, known: string, declared: string) {
    super(
      `The state of the ${room} was written by another provider, and the program declares roomName ${JSON.stringify(declared)}; nothing was touched. ` +
        `To take that room over, declare roomName: ${JSON.stringify(known)} and run pulumi up. If no room has that name, take the alias out of the program and import the room instead: ` +
        "npx pulumi-metered import --help",
    );
  }
}

/** How to take over a room that exists already. */
export const TAKE_OVER =
  "run pulumi config set metered:adoptExisting true, then pulumi up, then pulumi config rm metered:adoptExisting " +
  "(for a room with a metered.Provider, set the adoptExisting of that instead)";

/** A room of that name exists already (or its name is still reserved). */
export class NameTaken extends MeteredError {}

/** Two resources of one program want the same name. */
export class NameUsedTwice extends MeteredError {}

/** The room does not exist. `certain` is false where a wrong app, a wrong key or a proxy could say the same. */
export class RoomNotFound extends MeteredError {
  constructor(
    call: Call,
    readonly certain: boolean,
    /** It was to delete itself (`deleteOnExp`), and its time is over. */
    isFinished = false,
  ) {
    super(
      `Cannot ${act(call)}: it does not exist in the Metered app "${call.appName}". ${afterNotFound(call, isFinished)}`,
    );
  }
}

function afterNotFound({ action }: Call, isFinished: boolean): string {
  if (action === "look up") {
    return "Correct the name in the program, or make the room first; then run the command again.";
  }
  return isFinished
    ? "Its expiry has passed and it was declared to delete itself; to have a new one, set a later expireUnixSec and run pulumi up --replace URN."
    : "If it was deleted outside Pulumi, run pulumi refresh, then pulumi up, which creates it anew.";
}

/** Metered says that a setting is wrong, in its own words. */
export class InvalidSetting extends MeteredError {
  constructor(call: Call, details: string) {
    super(`Metered refused to ${act(call)}: ${details}. Correct the setting in the program and run pulumi up again.`);
  }
}

/** A create that is refused without a reason. */
const MAY_BE_THE_NAME =
  " It may also be the name: Metered may keep that of a deleted (archived) room, or a room of another kind has it. Then give this room another roomName.";

/** Metered said no without a reason that a program could tell apart. */
export class RequestRefused extends MeteredError {
  constructor(
    call: Call,
    /** What Metered said, redacted. */
    readonly said: string,
    /** Whether it said no more than "Invalid request". */
    readonly isBare: boolean,
  ) {
    super(
      `Metered refused to ${act(call)}${isBare ? ' with no more than "Invalid request"' : quoted(said)}. ` +
        "Check the room's settings and the app in the dashboard; the same call may then be repeated with pulumi up." +
        (isBare && call.action === "create" ? MAY_BE_THE_NAME : ""),
    );
  }
}

/** The live-streaming product is, as far as can be told, not switched on for the account. */
export class LiveStreamingOff extends RequestRefused {
  constructor(call: Call, said: string) {
    super(call, said, true);
    this.message =
      `Metered refused to ${act(call)} with no more than "Invalid request". Most likely Live Streaming is not switched on for the app "${call.appName}": ` +
      `switch it on in the dashboard and run pulumi up again. If it is on, Metered objects to a setting of the room.${MAY_BE_THE_NAME}`;
  }
}

/** A create that is refused without a reason, where a room has the name in lower case: it may be in the way, and may not. */
export class PerhapsTaken extends RequestRefused {
  /** @param other the name of that room */
  constructor(call: Call, other: string) {
    super(call, "", true);
    this.message =
      `Metered refused to ${act(call)} with no more than "Invalid request". Most likely it is the name: a room "${other}" exists; it was left as it is. ` +
      "If that one is meant, declare its very name; otherwise give this room another roomName, in lower case. " +
      "If that does not help, check the room's settings and the app in the dashboard, and run pulumi up again.";
  }
}

/** Metered asked to slow down, longer than the provider waits. */
export class RateLimited extends MeteredError {
  constructor(call: Call, tries: number) {
    super(
      `Metered was too busy to ${act(call)}: it answered "too many requests" (HTTP 429) ${times(tries)}. ` +
        "Run pulumi up again later, or lower metered:maxConcurrentRequests.",
    );
  }
}

/** Metered failed. */
export class ServerError extends MeteredError {
  constructor(call: Call, status: number, said: string, tries: number, mayHaveHappened: boolean) {
    super(
      `Metered failed to ${act(call)} (HTTP ${status}${quoted(said)}), ${times(tries)}. ${goOn(call, mayHaveHappened)}`,
      mayHaveHappened,
    );
  }
}

/** No connection, or none that lasted until the reply. */
export class NoConnection extends MeteredError {
  constructor(call: Call, problem: string, tries: number, mayHaveHappened: boolean) {
    super(`Cannot ${act(call)}: ${problem}, ${times(tries)}. ${goOn(call, mayHaveHappened)}`, mayHaveHappened);
  }
}

/** A reply came, but it is not one that Metered documents. */
export class UnreadableReply extends MeteredError {
  constructor(call: Call, problem: string, mayHaveHappened: boolean) {
    super(`Cannot ${act(call)}: the reply ${problem}. ${goOn(call, mayHaveHappened)}`, mayHaveHappened);
  }
}

/** Metered's refusal may mean that the room is missing, or something else; guessing would lose a room. */
export class CannotTell extends MeteredError {
  /** @param isLookup the room need not be in any state */
  constructor(room: string, isLive: boolean, isLookup = false) {
    super(
      `Cannot tell whether the ${room} ${isLookup ? "" : "still "}exists: Metered answered no more than "Invalid request", which may mean that the room is missing` +
        `${isLive ? ", or that Live Streaming is switched off for the app" : ", or that something else is wrong with the app"}. Look into the dashboard. ` +
        `${isLive ? "If Live Streaming is off, switch it on and run the command again. " : ""}` +
        (isLookup
          ? "If there is no such room, correct the name in the program, or make the room first; then run the command again."
          : "If the room is gone, take it out of the state: pulumi state delete URN (pulumi stack --show-urns lists them)."),
    );
  }
}

/** The room under our room's name is somebody else's. */
export class RoomReplacedOutside extends MeteredError {}

/** The room cannot be deleted by any way that Metered documents. */
export class CannotDelete extends MeteredError {}

function act(call: Call): string {
  if (call.action !== "list") return `${call.action} the ${call.subject}`;
  return `list the rooms${call.subject && ` (to make sure that there is no ${call.subject})`}`;
}

function quoted(said: string): string {
  return said && ` ("${said}")`;
}

function times(tries: number): string {
  return tries === 1 ? "after one try" : `after ${tries} tries`;
}

function goOn(call: Call, mayHaveHappened: boolean): string {
  if (!mayHaveHappened) return "Nothing was changed; run pulumi up again.";
  if (call.action === "create") {
    return (
      "The room may have been created all the same. Run pulumi up again: if it then says that the name is taken, " +
      "set metered:adoptExisting to true for one run, and the room is taken over."
    );
  }
  return "It may have been done all the same; the call is safe to repeat, so run pulumi up again.";
}
