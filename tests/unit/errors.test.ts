import assert from "node:assert/strict";
import { inspect } from "node:util";
import { type Facts, isBareRefusal, isCause, MeteredError } from "../../provider/src/errors";
import { ALL_FACTS, standup } from "../support/errorTexts";

const call = { action: "create", subject: standup, app: "demo" } as const;

describe("errors", () => {
  it("are facts under the name of their cause, and hold no sentence", () => {
    for (const facts of ALL_FACTS) {
      const error = new MeteredError(facts);
      assert.equal(error.facts, facts);
      assert.equal(error.name, facts.cause);
      assert.equal(error.message, facts.cause);
    }
  });

  it("are told apart by their cause", () => {
    const error = new MeteredError({ cause: "PlanLimit", said: "", ...call });
    assert.ok(isCause(error, "PlanLimit"));
    assert.ok(isCause(error, "NameTaken", "PlanLimit"));
    assert.ok(!isCause(error, "NameTaken"));
    assert.ok(!isCause(Object.assign(new Error("PlanLimit"), { name: "PlanLimit" }), "PlanLimit"));
    assert.ok(!isCause(undefined, "PlanLimit"));
  });

  it("know whether something may have happened although the call failed", () => {
    const failed = { cause: "ServerError", status: 502, said: "", attempts: 1, seconds: 1, ...call } as const;
    assert.equal(new MeteredError({ ...failed, mayHaveHappened: true }).mayHaveHappened, true);
    assert.equal(new MeteredError({ ...failed, mayHaveHappened: false }).mayHaveHappened, false);
    assert.equal(new MeteredError({ cause: "PlanLimit", said: "", ...call }).mayHaveHappened, false);
  });

  it("know refusals that give no reason", () => {
    const bare: readonly Facts[] = [
      { cause: "RequestRefused", said: "Invalid request", isBare: true, ...call },
      { cause: "LiveStreamingOff", said: "Invalid request", ...call },
    ];
    const others: readonly Facts[] = [
      { cause: "RequestRefused", said: "Not here", isBare: false, ...call },
      { cause: "NamePossiblyTaken", other: "stand-up", ...call },
    ];
    assert.deepEqual(
      [...bare, ...others].map((facts) => isBareRefusal(new MeteredError(facts))),
      [true, true, false, false],
    );
    assert.ok(!isBareRefusal(new Error("Invalid request")));
  });

  it("show their facts to whoever prints them, and nothing else", () => {
    const error = new MeteredError({ cause: "InvalidSetting", said: "privacy", ...call });
    assert.deepEqual(Object.keys(error).sort(), ["facts", "name"]);
    assert.match(inspect(error), /InvalidSetting/);
  });
});
