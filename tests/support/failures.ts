import assert from "node:assert/strict";
import { type Call, type Cause, type FactsOf, isCause, MeteredError } from "../../provider/src/errors";
import { KeptInState } from "../../provider/src/pulumi/operations";

/** What a call ended with that had to fail. */
export async function errorOf(call: Promise<unknown>): Promise<unknown> {
  const ended = await call.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if ("error" in ended) return ended.error;
  assert.fail(`it should have failed, and ended with ${JSON.stringify(ended.value)}`);
}

/** The facts of an error of Metered, of this cause. */
export async function factsOf<C extends Cause>(call: Promise<unknown>, cause: C): Promise<FactsOf<C>> {
  const error = await errorOf(call);
  if (!isCause(error, cause)) throw error;
  return error.facts;
}

/** A room that is kept in the state although the call failed. */
export async function keptBy(call: Promise<unknown>): Promise<KeptInState> {
  const error = await errorOf(call);
  if (!(error instanceof KeptInState)) throw error;
  return error;
}

const tried = { attempts: 3, seconds: 4 };
const refused = { host: "demo.metered.live", problem: "connection refused" };

/** One error of each cause that says nothing about whether the room is there. */
export function otherFailures(call: Call): MeteredError[] {
  return [
    new MeteredError({ cause: "InvalidSecretKey", said: "", ...call }),
    new MeteredError({ cause: "RateLimited", isUnchanged: true, ...tried, ...call }),
    new MeteredError({ cause: "ServerError", status: 500, said: "", mayHaveHappened: false, ...tried, ...call }),
    new MeteredError({ cause: "NoConnection", ...refused, mayHaveHappened: false, ...tried, ...call }),
  ];
}
