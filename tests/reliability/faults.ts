import type { Fault } from "metered-simulator";
import type { AddressTrouble } from "../support/addresses";

/** What an operation asks of the API, in the order in which it does. */
export type Call = "create" | "get" | "list" | "update" | "delete";

/** One thing that can go wrong with a call. */
export interface Trouble {
  readonly title: string;
  /** What the simulator does; absent for what happens before a connection is made. */
  readonly fault?: Omit<Fault, "operation" | "times">;
  /** What the name server or the network does. */
  readonly address?: AddressTrouble;
  /** The call is made again by itself. Of a create only where it is certain that nothing was made. */
  readonly isRepeated: boolean;
  /** The server has done what was asked. */
  readonly isDone: boolean;
  readonly notAt?: Call;
  /** The reply is as good as another. */
  readonly isHarmless?: readonly Call[];
  /** With which error each call fails in the end. */
  readonly error: string | Readonly<Record<Call, string>>;
  readonly says: RegExp;
  /** Takes a time-out, which is real time. */
  readonly isSlow?: true;
}

const all = (error: string): Readonly<Record<Call, string>> => ({
  create: error,
  get: error,
  list: error,
  update: error,
  delete: error,
});

const broken = { isRepeated: true, error: "NoConnection" };
const unreadable = { isRepeated: false, error: "UnexpectedResponse" };
const key = {
  isRepeated: false,
  isDone: false,
  error: "InvalidSecretKey",
  says: /pulumi config set --secret metered:secretKey/,
};
const busy = { isRepeated: true, isDone: false, error: "RateLimited", says: /asked for fewer requests \(HTTP 429/ };
const failed = { isRepeated: true, error: "ServerError" };

const status = (code: number, more: Partial<Fault> = {}): Trouble["fault"] => ({
  fault: "status",
  status: code,
  ...more,
});
const date = "Wed, 21 Oct 2015 07:28:00 GMT";

/** The same before and after the server has done what was asked. */
function bothWays(trouble: Omit<Trouble, "isDone">): Trouble[] {
  return [false, true].map((isDone) => ({
    ...trouble,
    title: `${trouble.title}, ${isDone ? "after" : "before"} the server has done it`,
    ...(trouble.fault ? { fault: { ...trouble.fault, afterCommit: isDone } } : {}),
    isDone,
  }));
}

export const troubles: readonly Trouble[] = [
  { ...broken, title: "connection refused", address: "refused", isDone: false, says: /refused/ },
  { ...broken, title: "name not resolved", address: "not found", isDone: false, says: /host name not found/ },
  {
    ...broken,
    title: "reset before the request",
    fault: { fault: "cutBefore" },
    isDone: false,
    says: /connection lost before the response/,
  },
  {
    ...broken,
    title: "cut after commit",
    fault: { fault: "cutAfterCommit" },
    isDone: true,
    says: /connection lost before the response/,
  },
  ...bothWays({
    ...broken,
    title: "cut in the middle of the reply",
    fault: { fault: "cutMidReply" },
    says: /connection lost/,
  }),
  ...bothWays({
    ...broken,
    title: "a reply that never comes",
    fault: { fault: "hang" },
    says: /no response within 0\.1 s/,
    isSlow: true,
  }),
  { ...key, title: "401", fault: status(401) },
  { ...key, title: "403", fault: status(403) },
  {
    title: "404 in JSON",
    fault: status(404),
    isRepeated: false,
    isDone: false,
    // Of a get it is what the API says of a room that is gone.
    error: { ...all("RoomNotFound"), create: "UnknownApp", list: "UnknownApp" },
    says: /metered:appName|pulumi refresh/,
  },
  {
    title: "404 in HTML",
    fault: { fault: "html", status: 404 },
    isRepeated: false,
    isDone: false,
    error: "UnknownApp",
    says: /metered:appName/,
  },
  {
    title: "409",
    fault: status(409),
    isRepeated: false,
    isDone: false,
    error: { ...all("RequestRefused"), create: "NameTaken" },
    says: /another roomName|dashboard/,
  },
  { ...busy, title: "429", fault: status(429) },
  { ...busy, title: "429 with Retry-After: 0", fault: status(429, { retryAfter: 0 }) },
  { ...busy, title: "429 with Retry-After: 1", fault: status(429, { retryAfter: 1 }) },
  { ...busy, title: "429 with Retry-After as a date", fault: status(429, { retryAfter: date }) },
  { ...busy, title: "429 with Retry-After as nonsense", fault: status(429, { retryAfter: "later" }) },
  ...bothWays({ ...failed, title: "500", fault: status(500), says: /HTTP 500/ }),
  ...bothWays({ ...failed, title: "502 in HTML", fault: { fault: "html", status: 502 }, says: /HTTP 502/ }),
  ...bothWays({ ...failed, title: "503", fault: status(503), says: /HTTP 503/ }),
  ...bothWays({ ...unreadable, title: "an empty reply", fault: { fault: "emptyBody" }, says: /the response/ }),
  { ...unreadable, title: "truncated JSON", fault: { fault: "truncatedJson" }, isDone: true, says: /the response/ },
  {
    ...unreadable,
    title: "wrong types",
    fault: { fault: "wrongTypes" },
    isDone: true,
    isHarmless: ["delete", "list"],
    says: /the response/,
  },
  {
    ...broken,
    title: "much JSON",
    fault: { fault: "enormousJson", bytes: 1024 * 1024 },
    isDone: true,
    isHarmless: ["create", "get", "list", "update", "delete"],
    says: /./,
  },
  {
    title: "enormous JSON",
    fault: { fault: "enormousJson", bytes: 65 * 1024 * 1024 },
    isRepeated: false,
    isDone: true,
    // Every room of a list would be so large.
    notAt: "list",
    error: "NoConnection",
    says: /larger than 64 MiB/,
    isSlow: true,
  },
  {
    ...unreadable,
    title: "a redirect",
    fault: { fault: "redirect", location: "https://example.com/login" },
    isDone: false,
    says: /redirect/,
  },
  {
    ...unreadable,
    title: "a reply about another room",
    fault: { fault: "otherRoom" },
    isDone: true,
    isHarmless: ["delete", "list"],
    says: /another room/,
  },
];
