import assert from "node:assert/strict";
import { CheckRequest } from "@pulumi/pulumi/proto/provider_pb";
import { nameInputs } from "../../provider/src/pulumi/plugin/naming";
import { type Bag, namedBy, settledInputs, wantedIn } from "../../provider/src/pulumi/state";
import { packageTokenOf, tokenOf } from "../../provider/src/pulumi/types";
import { generatedNameOf, partsOf } from "../../provider/src/pulumi/urn";
import { meetingRoom } from "../../provider/src/rooms/meetingRoom";
import { generateName } from "../../provider/src/rooms/name";
import { types } from "../support/rooms";

const URN = "urn:pulumi:dev::shop::metered:index:MeetingRoom::standup";

describe("a URN", () => {
  it("says stack, project, parents, type and name", () => {
    const parts = {
      stack: "dev",
      project: "shop",
      parentTypes: "",
      type: "metered:index:MeetingRoom",
      name: "standup",
    };
    assert.deepEqual(partsOf(URN), parts);
    const child = partsOf("urn:pulumi:dev::shop::my:index:Team$my:index:Office$metered:index:MeetingRoom::a::b");
    assert.deepEqual(
      [child.parentTypes, child.type, child.name],
      ["my:index:Team$my:index:Office", parts.type, "a::b"],
    );
  });

  it("gives a room the same name in the plugin as in a dynamic resource, with room parents, too", () => {
    for (const type of types) {
      const name = { project: "shop", stack: "dev", kind: type.name, name: "standup" };
      const urnOf = (token: string, parents = "") => `urn:pulumi:dev::shop::${parents}${token}::standup`;
      for (const token of [packageTokenOf(type), tokenOf(type)]) {
        assert.equal(generatedNameOf(urnOf(token), type), generateName({ ...name, parentTypes: "" }));
        const parents = `my:index:Team$${tokenOf(meetingRoom)}`;
        assert.equal(
          generatedNameOf(urnOf(token, `my:index:Team$${packageTokenOf(meetingRoom)}$`), type),
          generateName({ ...name, parentTypes: parents }),
        );
      }
    }
  });
});

describe("pulumi:autonaming", () => {
  const { PROPOSE, ENFORCE, DISABLE } = CheckRequest.AutonamingOptions.Mode;
  const autonaming = (mode: CheckRequest.AutonamingOptions.Mode, proposed: string) =>
    new CheckRequest.AutonamingOptions().setMode(mode).setProposedName(proposed);
  /** The name after one run after the other, each with what Pulumi proposes. */
  const nameAfter = (...runs: readonly (readonly [Bag, CheckRequest.AutonamingOptions | undefined])[]) => {
    const inputs = runs.reduce(
      (olds, [news, options]) => settledInputs(olds, nameInputs(meetingRoom, olds, news, URN, options)),
      {} as Bag,
    );
    return wantedIn(meetingRoom, inputs).name;
  };

  it("is not asked where the program gives a name", () => {
    const given = { wanted: "daily", isGenerated: false };
    for (const options of [undefined, autonaming(ENFORCE, "x"), autonaming(PROPOSE, "x"), autonaming(DISABLE, "")]) {
      assert.deepEqual(nameAfter([{ roomName: "daily" }, options]), given);
    }
  });

  it("proposes a name, which is kept whatever is proposed later, and for which another one will do", () => {
    const generated = { wanted: "standup-shop", isGenerated: true };
    assert.deepEqual(nameAfter([{}, autonaming(PROPOSE, "standup-shop")]), generated);
    assert.deepEqual(
      nameAfter([{}, autonaming(PROPOSE, "standup-shop")], [{}, autonaming(PROPOSE, "other")]),
      generated,
    );
    assert.deepEqual(nameAfter([{}, autonaming(PROPOSE, "standup-shop")], [{}, undefined]), generated);
  });

  it("enforces a name, which is kept as well, and for which no other one will do", () => {
    const enforced = { wanted: "standup-shop", isGenerated: false };
    assert.deepEqual(nameAfter([{}, autonaming(ENFORCE, "standup-shop")]), enforced);
    assert.deepEqual(
      nameAfter([{}, autonaming(ENFORCE, "standup-shop")], [{}, autonaming(ENFORCE, "other")]),
      enforced,
    );
  });

  it("is switched off, and then no name is generated", () => {
    assert.equal(nameAfter([{}, autonaming(DISABLE, "")]).wanted, "");
  });

  it("takes the old name that ignoreChanges hands in for a generated one, if it was one", () => {
    const generated = generatedNameOf(URN, meetingRoom);
    const again = nameAfter([{}, undefined], [namedBy(generated), undefined], [{ roomName: generated }, undefined]);
    assert.deepEqual(again, { wanted: generated, isGenerated: true });
  });
});
