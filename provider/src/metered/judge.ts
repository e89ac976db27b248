import { type Call, type Facts, MeteredError } from "../errors";
import { isReply, type NoReply, type Outcome, type Reply } from "./http";
import { redact, wellFormed } from "./redact";
import {
  isAboutApp,
  isAboutKey,
  isAboutLimit,
  isAboutPlan,
  isBare,
  isForbidden,
  namesKey,
  type Words,
  wordsIn,
} from "./wording";

/** A call, with what it takes to judge its response. */
export interface About {
  readonly call: Call;
  /** What no message may show: the key, stream keys, addresses. */
  readonly secrets: readonly string[];
  /** The words that say for certain that the object doesn't exist. Absent where no object could be missing. */
  readonly missing?: RegExp;
  /** The call lists what the app has, be it about one object: that the list isn't found says nothing of the object. */
  readonly isList?: boolean;
}

/** A response of success. */
export interface Answer {
  readonly status: number;
  /** Undefined when it isn't JSON. */
  readonly body: unknown;
  /** When the server answered, in unix milliseconds by its clock. */
  readonly date: number | undefined;
}

/** The status that says that all is done, and that there is nothing to show. */
export const NO_CONTENT = 204;

export type Json = Readonly<Record<string, unknown>>;

/**
 * The answer of a call that succeeded (any 2xx).
 *
 * @throws MeteredError with the cause of everything else
 */
export function judge(about: About, host: string, outcome: Outcome): Answer {
  const { last } = outcome;
  if (!isReply(last)) throw noConnection(about.call, host, outcome, last);
  const { status, date } = last;
  if (status >= 200 && status < 300) return { status, date, body: jsonOf(last.text) };
  throw new MeteredError(refusal(about, host, outcome, last));
}

function isRoom({ subject }: Call): boolean {
  return subject === undefined || subject.resource === "MeetingRoom" || subject.resource === "LiveStreamingRoom";
}

/** Whether a call would have changed something, had it been carried out. */
function changes({ action }: Call): boolean {
  return action === "create" || action === "update" || action === "delete";
}

/**
 * A response of success that Metered doesn't document: what the call was to change may have changed.
 *
 * @param problem what is wrong with the response: `isn't JSON`
 */
export function unexpected(call: Call, problem: string): MeteredError {
  return new MeteredError({ cause: "UnexpectedResponse", problem, mayHaveHappened: changes(call), ...call });
}

/** Whether the body of a response says for certain that the object doesn't exist. */
export function saysMissing(about: About, body: Json): boolean {
  const { missing } = about;
  const { words, theirs } = wordsIn(messageIn(body), about.secrets, about.call.subject?.name);
  return (missing?.test(words) ?? false) && !isAboutKey(theirs) && !isAboutApp(theirs) && !isAboutPlan(theirs);
}

export function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What a response that is no success has told. */
interface Heard extends Omit<Outcome, "last">, Words {
  readonly call: Call;
  readonly host: string;
  readonly status: number;
  readonly text: string;
  /** Undefined when it isn't a JSON object. */
  readonly body: Json | undefined;
  /** What Metered said, for showing. */
  readonly said: string;
}

function refusal(about: About, host: string, outcome: Outcome, { status, text }: Reply): Facts {
  const { call, secrets } = about;
  const json = jsonOf(text);
  const body = isObject(json) ? json : undefined;
  const message = body ? messageIn(body) : "";
  const said = redact(message, secrets);
  const heard: Heard = {
    ...outcome,
    call,
    host,
    status,
    text,
    body,
    said,
    ...wordsIn(message, secrets, call.subject?.name),
  };
  return ofConnection(heard) ?? ofServer(heard) ?? ofForm(heard) ?? ofAccount(heard) ?? ofObject(about, heard);
}

function noConnection(call: Call, host: string, outcome: Outcome, last: NoReply): MeteredError {
  const { attempts, seconds, earlierMayHaveArrived } = outcome;
  const { problem, neverSent, advice } = last;
  const mayHaveHappened = changes(call) && (earlierMayHaveArrived || !neverSent);
  const told = { host, problem, ...(advice ? { advice } : {}) };
  return new MeteredError({ cause: "NoConnection", ...told, attempts, seconds, mayHaveHappened, ...call });
}

/** Metered is too busy, or broken. */
function ofServer({ call, status, said, attempts, seconds, earlierMayHaveArrived }: Heard): Facts | undefined {
  const spent = { attempts, seconds, ...call };
  const isUnchanged = !changes(call) || !earlierMayHaveArrived;
  if (status === 429) return { cause: "RateLimited", isUnchanged, ...spent };
  if (status >= 500) return { cause: "ServerError", status, said, mayHaveHappened: changes(call), ...spent };
  return undefined;
}

/** A proxy answered, because the request didn't get through. */
function ofConnection({ call, host, status, attempts, seconds, earlierMayHaveArrived }: Heard): Facts | undefined {
  const spent = { host, attempts, seconds, ...call };
  if (status === 407 || status === 511) {
    const [who, advice] = status === 407 ? (["proxy", "proxy login"] as const) : (["network", "network"] as const);
    const problem = `the ${who} asks for a login (HTTP ${status})`;
    const mayHaveHappened = changes(call) && earlierMayHaveArrived;
    return { cause: "NoConnection", problem, advice, mayHaveHappened, ...spent };
  }
  if (status === 408 || status === 499) {
    // The proxy doesn't know how much of the request got through.
    const problem = `the request ${status === 408 ? "timed out" : "was aborted"} on the way (HTTP ${status})`;
    return { cause: "NoConnection", problem, advice: "network", mayHaveHappened: changes(call), ...spent };
  }
  return undefined;
}

/** Statuses that an API may answer with in plain text as well. All others of a page are those of whatever is on the way. */
const WITHOUT_JSON = [400, 409, 422];

/** By its form, the response doesn't come from the API of an existing app. */
function ofForm({ call, status, text, body, earlierMayHaveArrived }: Heard): Facts | undefined {
  const undocumented = (problem: string): Facts => {
    const mayHaveHappened = changes(call) && earlierMayHaveArrived;
    return { cause: "UnexpectedResponse", problem, mayHaveHappened, ...call };
  };
  if (status < 400) return undocumented(`is a redirect (HTTP ${status})`);
  // So Express, on which Metered's API is built, answers for a route that it doesn't know.
  const isUnknownRoute = /\bCannot (GET|POST|PUT|DELETE) \//.test(text);
  if (isUnknownRoute || (status === 404 && !body)) return { cause: "UnknownApp", said: "", ...call };
  if (!body && !WITHOUT_JSON.includes(status)) {
    return undocumented(`isn't from Metered's API but most likely from a proxy or firewall (HTTP ${status}, no JSON)`);
  }
  return undefined;
}

/** The key, the app or the plan is wrong. */
function ofAccount({ call, status, body, theirs, said }: Heard): Facts | undefined {
  // A 403 says nothing about the key by itself: Metered may refuse so for the plan as well.
  const isKey = status === 401 || (status === 403 && (isBare(theirs) || isForbidden(theirs)));
  const isPlan = (status === 402 && body) || isAboutPlan(theirs) || (status === 403 && isAboutLimit(theirs));
  if (isKey || namesKey(theirs) || (isAboutKey(theirs) && !isPlan)) return { cause: "InvalidSecretKey", said, ...call };
  if (isAboutApp(theirs)) return { cause: "UnknownApp", said, ...call };
  return isPlan ? { cause: "PlanLimit", said, ...call } : undefined;
}

/** @param certain whether that is known, rather than only likely */
export function missing(call: Call, certain: boolean): Facts {
  return { cause: isRoom(call) ? "RoomNotFound" : "ObjectNotFound", certain, ...call };
}

/** The object's name is taken, it doesn't exist, or Metered objects to one of its settings. */
function ofObject(about: About, { call, status, body, words, said }: Heard): Facts {
  // A room is never renamed by an update.
  const setsName = call.action === "create" || (call.action === "update" && !isRoom(call));
  if (setsName && (status === 409 || /already\s+exist/i.test(words))) {
    return { cause: "NameTaken", how: "unseen", ...call };
  }
  // Neither a create nor a list is about an object that could be missing.
  const isOfNone = call.action === "create" || call.action === "list" || about.isList === true;
  if (isOfNone && status === 404) return { cause: "UnknownApp", said, ...call };
  const certain = body !== undefined && status !== 403 && saysMissing(about, body);
  if (!isOfNone && (certain || status === 404)) {
    return missing(call, certain);
  }
  if (body && detailsIn(body).length > 0) return { cause: "InvalidSetting", said, ...call };
  return { cause: "RequestRefused", said, isBare: status === 400 && body !== undefined && isBare(words), ...call };
}

/** A body may spell half a character (`\ud83d`). Pulumi couldn't pass it on, and would end with it. */
const HALF_CHARACTER = /\\ud[89a-f]/i;

function jsonOf(text: string): unknown {
  const whole = (_key: string, value: unknown) => (typeof value === "string" ? wellFormed(value) : value);
  try {
    return HALF_CHARACTER.test(text) ? JSON.parse(text, whole) : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** All that a body says in words: `message`, `error`, `error.message`, and Joi's `error.details[].message`. */
function messageIn(body: Json): string {
  const { message, error } = body;
  const details = detailsIn(body);
  const inError =
    details.length > 0
      ? details.map((detail) => (isObject(detail) ? detail.message : detail))
      : [isObject(error) && error.message];
  return [message, error, ...inError].filter((word): word is string => typeof word === "string").join("; ");
}

function detailsIn({ error }: Json): readonly unknown[] {
  return isObject(error) && Array.isArray(error.details) ? error.details : [];
}
