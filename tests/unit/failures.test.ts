import assert from "node:assert/strict";
import { inspect } from "node:util";
import { RunError } from "@pulumi/pulumi/errors";
import { setAllConfig } from "@pulumi/pulumi/runtime/config";
import { getMeetingRoomOutput, MeetingRoom, Provider } from "../../provider/src";

/** What is refused before anything is registered. */
const refused: Readonly<Record<string, () => unknown>> = {
  "the option import": () => new MeetingRoom("r", { privacy: "public" }, { import: "r" }),
  "a provider without a key": () => new Provider("eu", { appName: "demo" } as never),
  "a key in clear": () => {
    setAllConfig({ "metered:secretKey": "in-clear" });
    return new MeetingRoom("r", { privacy: "public" });
  },
  "a key in clear, by a lookup": () => {
    setAllConfig({ "metered:secretKey": "in-clear" });
    return getMeetingRoomOutput({ roomName: "r" });
  },
};

describe("errors of the resource classes and of lookups", () => {
  afterEach(() => setAllConfig({}));

  for (const [what, use] of Object.entries(refused)) {
    it(`${what}: the message is all there is to print`, () => {
      assert.throws(use, (error: Error) => {
        assert.ok(RunError.isInstance(error));
        // Node 20 loops over some lines of a stack until it is out of memory, when Pulumi prints it.
        assert.equal(error.stack, `RunError: ${error.message}`);
        assert.ok(inspect(error, { colors: true }).includes(error.message));
        return true;
      });
    });
  }
});
