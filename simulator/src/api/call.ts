import type { LoggedRequest, Operation, RequestKind } from "../requests";
import type { World } from "../world";
import { type Answer, htmlNotFound } from "./answer";
import { invalidRequest, tooManyRequests } from "./errors";

/** Stands for a request body that is not JSON. */
export const unreadable = Symbol("unreadable");

/** One API request, free of HTTP. */
export interface Call {
  readonly method: string;
  readonly path: string;
  /** The names and ids in the path. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
  readonly entry: LoggedRequest;
}

/** Answers if the request gets no further. */
export type Guard = (world: World, call: Call) => Answer | undefined;

export interface Route {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Below `/api`. */
  readonly url: string;
  readonly kind: RequestKind;
  readonly operation: Operation;
  /** In the order in which a server would notice: whether there is the route, the key, the account. */
  readonly guards: readonly Guard[];
  readonly perform: (world: World, call: Call) => Answer;
}

/** Carries the request out; what it changed is saved before the answer is known. */
export async function carryOut(world: World, route: Route | undefined, call: Call): Promise<Answer> {
  world.expireRooms();
  const answer = answerTo(world, route, call);
  await world.saved();
  return answer;
}

function answerTo(world: World, route: Route | undefined, call: Call): Answer {
  const { switches, limiter } = world;
  if (limiter.refuses()) return tooManyRequests(limiter.limit?.retryAfter ?? true);
  if (switches.app === "unknown") return htmlNotFound(call.method, "/");
  if (route === undefined) return htmlNotFound(call.method, call.path);
  for (const guard of route.guards) {
    const refusal = guard(world, call);
    if (refusal !== undefined) return refusal;
  }
  return call.body === unreadable ? invalidRequest : route.perform(world, call);
}
