import assert from "node:assert/strict";
import type { Facts } from "../../provider/src/errors";
import { sayError } from "../../provider/src/pulumi/words/errors";
import type { Viewpoint } from "../../provider/src/pulumi/words/viewpoint";
import { DYNAMIC, RESOURCE, stage, standup } from "../support/errorTexts";

const STACK: Viewpoint["account"] = { kind: "stack" };
const EU: Viewpoint["account"] = { kind: "provider", name: "eu" };
const EU_URN = "urn:pulumi:dev::shop::pulumi:providers:metered::eu";

describe("ways out", () => {
  const taken: Facts = { cause: "NameTaken", how: "exists", action: "create", subject: standup, app: "demo" };
  const takenLive: Facts = { ...taken, subject: stage };
  const importIn = (from: Viewpoint, facts: Facts = taken) =>
    sayError(facts, from).split("Import it as it is:  ")[1]?.split("\n")[0];

  it("import a room as the face and the account can", () => {
    assert.equal(importIn(DYNAMIC), "npx pulumi-metered import standup");
    assert.equal(importIn(DYNAMIC, takenLive), "npx pulumi-metered import --live stage");
    assert.equal(
      importIn({ face: "dynamic", account: EU }, takenLive),
      "npx pulumi-metered import --live stage --provider eu",
    );
    assert.equal(importIn({ face: "command", account: EU }), "npx pulumi-metered import standup --provider eu");
    const plugin: Viewpoint = { face: "plugin", account: STACK, resource: RESOURCE };
    assert.equal(importIn(plugin), "pulumi import metered:index:MeetingRoom standup-room standup");
    assert.equal(
      importIn({ ...plugin, account: { kind: "provider", name: "eu", urn: EU_URN } }),
      `pulumi import metered:index:MeetingRoom standup-room standup --provider 'eu=${EU_URN}'`,
    );
  });

  it("import with the resource option where pulumi import would need a URN that is unknown", () => {
    const option = 'set its resource option import to "standup" for one pulumi up';
    assert.equal(importIn({ face: "plugin", account: EU, resource: RESOURCE }), option);
    const urn = "urn:pulumi:dev::shop::my:index:School$metered:index:MeetingRoom::standup-room";
    assert.equal(importIn({ face: "plugin", account: STACK, resource: { ...RESOURCE, urn } }), option);
  });

  it("quote what a shell would read something into", () => {
    const named = (name: string): Facts => ({ ...taken, subject: { ...standup, name } }) as Facts;
    assert.equal(importIn(DYNAMIC, named("my room")), "npx pulumi-metered import 'my room'");
    assert.equal(importIn(DYNAMIC, named("a$(b)")), "npx pulumi-metered import 'a$(b)'");
    assert.equal(importIn(DYNAMIC, named("it's")), "npx pulumi-metered import 'it'\\''s'");
  });

  it("name the URN where it is known", () => {
    const facts: Facts = { cause: "CannotDelete", how: "still there", action: "delete", subject: stage, app: "demo" };
    const known = sayError(facts, { face: "plugin", account: STACK, resource: RESOURCE });
    assert.ok(known.includes(`pulumi state delete '${RESOURCE.urn}'`), known);
    assert.ok(sayError(facts, DYNAMIC).includes("pulumi state delete URN, with its URN from pulumi stack --show-urns"));
  });

  it("delete a live room's resource without its room before anything else", () => {
    const facts: Facts = { cause: "CannotDelete", how: "still there", action: "delete", subject: stage, app: "demo" };
    const lines = sayError(facts, DYNAMIC).split("\n").slice(1, 4);
    assert.deepEqual(
      ["retainOnDelete: true", "dashboard", "pulumi state delete"].map((way, i) => lines[i]?.includes(way)),
      [true, true, true],
    );
  });

  it("of a room of a set are none of a resource: its options, its import and its URN are those of the set", () => {
    const call = { action: "create", subject: standup, app: "demo" } as const;
    const facts: Facts[] = [
      taken,
      { ...taken, how: "generated exists" },
      { ...taken, how: "replaced" },
      { cause: "NamePossiblyTaken", other: "lobby", ...call },
      { cause: "PlanLimit", said: "limit", ...call },
      { cause: "RoomStatusUnknown", said: "", isLive: true, ...call, action: "read" },
    ];
    for (const face of ["dynamic", "plugin"] as const) {
      for (const each of facts) {
        const said = sayError(each, { face, account: STACK, resource: RESOURCE, isOfSet: true });
        // Where Pulumi is told to replace a whole set, the class of the Node.js package has it do so in the right order.
        const ofSet = /\n {2}If Pulumi was told to replace the set .* deleteBeforeReplace: true on the set$/m;
        const isTaken = each.cause === "NameTaken" && each.how !== "replaced";
        assert.equal(ofSet.test(said), face === "plugin" && isTaken, said);
        const text = said.replace(ofSet, "");
        assert.doesNotMatch(text, /import|deleteBeforeReplace|--replace|state delete/);
        assert.match(text, /\n {2}\S.*: {2}\S/, "there still is a way out");
      }
    }
    const gone = sayError(facts.at(-1) as Facts, { ...DYNAMIC, isOfSet: true });
    assert.match(
      gone,
      /If it's gone: {2}set retainRemoved to true on the set, remove the room from it, then run pulumi up\n/,
    );
  });

  it("give up rooms of another app as far as Metered lets them go", () => {
    const given = (subject: typeof standup) => {
      const text = sayError({ cause: "AppChanged", owner: "demo", action: "update", subject, app: "other" }, DYNAMIC);
      return text.split(/Give up the old .*: {2}/)[1]?.split("\n")[0];
    };
    assert.equal(
      given(standup),
      "switch back, run pulumi up, remove them from the program, run pulumi up again, then switch",
    );
    const kept = "switch back, set the resource option retainOnDelete: true, run pulumi up";
    for (const live of [stage, { ...stage, label: "live-streaming room set", resource: "LiveStreamingRoomSet" }]) {
      assert.equal(given(live), `${kept}, remove them from the program, run pulumi up again, then switch`);
    }
  });

  it("adopt a room with a generated name last, and say when that is wrong", () => {
    const text = sayError({ ...taken, how: "generated exists" }, DYNAMIC);
    const [first, ...ways] = text.split("\n");
    assert.match(first ?? "", /interrupted update.*same project and stack name.*pulumi state move/);
    assert.match(ways[0] ?? "", /roomName/);
    assert.match(ways.at(-2) ?? "", /only if no other stack manages it.*adoptExisting/);
  });

  it("begin with the way back from an interrupted update where the room is recent", () => {
    const adopting =
      "set metered:adoptExisting to true for one pulumi up, then run pulumi refresh --clear-pending-creates";
    for (const how of ["exists", "generated exists"] as const) {
      const linesOf = (isRecent: boolean): string[] =>
        sayError({ ...taken, how, isRecent }, DYNAMIC)
          .split("\n")
          .slice(1, -1);
      const [recent, old] = [linesOf(true), linesOf(false)];
      assert.match(recent[0] ?? "", /an interrupted update/);
      assert.ok(recent[0]?.endsWith(`:  ${adopting}`), recent[0]);
      assert.deepEqual([recent.slice(1), recent[0]], [old.slice(0, -1), old.at(-1)]);
    }
  });

  it("name deleteBeforeReplace for an existing room, which Pulumi may have been told to replace", () => {
    const of = (how: "exists" | "generated exists", face: "dynamic" | "plugin") =>
      /replace that room \(--replace, taint\): {2}.*deleteBeforeReplace/.test(
        sayError({ ...taken, how }, { face, account: STACK }),
      );
    for (const face of ["dynamic", "plugin"] as const)
      assert.deepEqual([of("exists", face), of("generated exists", face)], [true, true], face);
  });

  it("name deleteBeforeReplace at a plan's limit and for a room that is to be replaced", () => {
    const call = { action: "create", subject: standup, app: "demo" } as const;
    assert.match(sayError({ cause: "PlanLimit", said: "limit", ...call }, DYNAMIC), /deleteBeforeReplace: true/);
    assert.match(sayError({ ...taken, how: "replaced" }, DYNAMIC), /deleteBeforeReplace: true/);
    assert.doesNotMatch(
      sayError({ cause: "PlanLimit", said: "", ...call, action: "update" }, DYNAMIC),
      /deleteBeforeReplace/,
    );
  });

  it("never run pulumi up where a command failed or where it could create rooms", () => {
    const failed = {
      cause: "ServerError",
      status: 502,
      said: "",
      mayHaveHappened: false,
      attempts: 2,
      seconds: 9,
    } as const;
    const said = (action: "read" | "delete" | "create", face: Viewpoint["face"]) =>
      sayError({ ...failed, action, subject: standup, app: "demo" }, { face, account: STACK });
    assert.match(said("create", "dynamic"), /run pulumi up again/);
    assert.match(said("delete", "dynamic"), /run the same command again/);
    assert.match(said("read", "command"), /run the command again/);
    assert.doesNotMatch(said("create", "command"), /pulumi up/);
  });

  it("tell of a command's explicit provider that it is read from the state", () => {
    const facts: Facts = { cause: "InvalidSecretKey", said: "", action: "list", app: "demo" };
    const text = sayError(facts, { face: "command", account: EU });
    assert.match(text, /set secretKey of metered\.Provider "eu"\. Then run pulumi up and this command again\./);
  });

  it("call another resource by its name in the program", () => {
    const call = { action: "create", subject: standup, app: "demo" } as const;
    assert.match(
      sayError({ cause: "NameUsedTwice", how: "kept", holder: RESOURCE.urn, ...call }, DYNAMIC),
      /: resource "standup-room" of this program already has that room\./,
    );
  });

  it("count attempts as people do", () => {
    const attempts = (attempts: number, seconds: number) =>
      sayError(
        {
          cause: "ServerError",
          status: 502,
          said: "",
          mayHaveHappened: false,
          attempts,
          seconds,
          action: "read",
          app: "demo",
        },
        DYNAMIC,
      );
    assert.match(attempts(0, 0), /HTTP 502\. Nothing/);
    assert.match(attempts(1, 3), /HTTP 502 \(1 attempt\)\. Nothing/);
    assert.match(attempts(2, 0.3), /\(2 attempts in under 1 s\)/);
    assert.match(attempts(18, 119.6), /\(18 attempts in 120 s\)/);
  });
});
