import { MeteredError } from "../../provider/src/errors";
import { KeptInState } from "../../provider/src/pulumi/operations";
import { sayError } from "../../provider/src/pulumi/words/errors";
import { sayKept } from "../../provider/src/pulumi/words/kept";
import { saySomeRoomsFailed } from "../../provider/src/pulumi/words/sets";
import { SomeRoomsFailed } from "../../provider/src/rooms/set/failures";
import { assertNoSecrets } from "../support/canary";

/** What the user of a dynamic resource reads of an operation that failed: no secret. */
export function userText(error: unknown): string {
  const from = { face: "dynamic", account: { kind: "stack" } } as const;
  const text = (() => {
    if (error instanceof KeptInState) return sayKept(error, from).join("\n");
    if (error instanceof SomeRoomsFailed) return saySomeRoomsFailed(error, from).join("\n");
    if (error instanceof MeteredError) return sayError(error.facts, from);
    throw error;
  })();
  assertNoSecrets("a message", text);
  return text;
}
