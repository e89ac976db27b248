import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { OBJECT_TYPES, ROOM_TYPES, SET_TYPES } from "../../provider/src/pulumi/types";
import { onEngine } from "../support/onEngine";
import { pluginProgram, usePlugin } from "../support/pluginProgram";
import { FILES, Replay, recordedReleases } from "../support/recordedStates";
import { type StateResource, TestStack } from "../support/stack";

const NAMES = [...ROOM_TYPES, ...OBJECT_TYPES, ...SET_TYPES].map(({ name }) => name);

/** What a program does that comes back from the plugin: each of its resources carries the alias of the plugin's type. */
const BACK = `const { mergeOptions } = require("@pulumi/pulumi");
const dynamic = require("pulumi-metered");
const aliased = (name) => {
  const Resource = dynamic[name];
  const alias = { type: "metered:index:" + name };
  const Aliased = function (name, args, opts) {
    return new Resource(name, args, mergeOptions({ aliases: [alias] }, opts));
  };
  return [name, Object.assign(Aliased, { get: Resource.get?.bind(Resource) })];
};
const metered = {
  ...dynamic,
  ...Object.fromEntries(${JSON.stringify(NAMES)}.map(aliased)),
};
`;

describe("rooms between the plugin and the dynamic resources, on the real engine", function () {
  this.timeout(300_000);
  const on = onEngine();

  beforeEach(() => usePlugin(on.stack));

  const writes = () => on.simulator.requests.filter(({ method }) => method !== "GET");

  it("takes rooms over from the dynamic resources, and hands them back, without a write on Metered", async () => {
    const declared = `
new metered.MeetingRoom("standup", { privacy: "private", maxParticipants: 12 });
new metered.LiveStreamingRoom("town-hall", { enableRecording: true, rtmpOutURL: "rtmp://a.example.com/app/key" });`;
    on.stack.program(declared);
    await on.stack.pulumi("up");
    const before = on.stack.rooms();
    on.simulator.requests.clear();

    pluginProgram(on.stack, declared);
    await on.stack.pulumi("preview", "--expect-no-changes");
    await on.stack.pulumi("up");
    const taken = on.stack.rooms();
    assert.deepEqual(
      identities(taken),
      identities(before).map((each) => each.replace("pulumi-nodejs:dynamic/metered:", "metered:index:")),
    );
    await on.stack.pulumi("refresh");
    await on.stack.pulumi("preview", "--expect-no-changes");

    const back = declared.replaceAll(" });", ' }, { aliases: [{ type: "metered:index:KIND" }] });');
    const [first = "", second = ""] = back.trim().split("\n");
    on.stack.program(`${first.replace("KIND", "MeetingRoom")}\n${second.replace("KIND", "LiveStreamingRoom")}`);
    await on.stack.upAndSettle();
    assert.deepEqual(identities(on.stack.rooms()), identities(before));
    assert.deepEqual(writes(), []);
  });
});

describe("a stack that a release left behind, on the real engine,", function () {
  this.timeout(600_000);

  for (const release of recordedReleases()) {
    it(`with every setting and several accounts, of ${release}, goes to the plugin and comes back`, async () => {
      const replay = await Replay.start(release);
      const { simulator } = replay;
      const stack = await TestStack.create({ simulator, configuration: replay.text(FILES.configuration) });
      try {
        writeFileSync(join(stack.folder, FILES.state), replay.text(FILES.state));
        await stack.pulumi("stack", "import", "--file", FILES.state);
        const before = identities(stack.rooms());
        // Pulumi itself comes back to what is not as declared. Only that is written to: the update whose response was lost
        // had arrived.
        const halfDone = stack.rooms().filter(({ initErrors = [] }) => initErrors.length > 0);
        const toBeWritten = halfDone
          .filter(({ outputs }) => !Object.values(outputs).includes(null))
          .map(({ id }) => id);
        const [, program = ""] = replay.text(FILES.program).split('require("pulumi-metered");');

        usePlugin(stack);
        pluginProgram(stack, program);
        assert.deepEqual(
          await changesOf(stack),
          halfDone.map(({ urn }) => `update ${urn.split("::").pop()}`),
        );
        await stack.pulumi("up");
        await stack.pulumi("refresh", "--expect-no-changes");
        await stack.assertSettled();
        const atPlugin = before.map((each) => each.replace("pulumi-nodejs:dynamic/metered:", "metered:index:"));
        assert.deepEqual(identities(stack.rooms()), atPlugin);

        writeFileSync(
          join(stack.folder, FILES.program),
          `const pulumi = require("@pulumi/pulumi");\n${BACK}${program}`,
        );
        await stack.upAndSettle();
        assert.deepEqual(identities(stack.rooms()), before);
        const written = simulator.requests.filter(({ method }) => method !== "GET").map(({ path }) => path);
        assert.deepEqual(new Set(written.map((path) => path.split("/").pop())), new Set(toBeWritten));

        await stack.pulumi("destroy");
        assert.deepEqual(replay.living, ["by-hand", "by-hand-live"]);
        assert.deepEqual(replay.turnOnServer, ["by-hand-project"]);
      } finally {
        await replay.close();
        stack.dispose();
      }
    });
  }
});

/** Type, name, id and `_id` of each room, in an order of their own: the state's is that of the calls' ends. */
function identities(rooms: readonly StateResource[]): string[] {
  return rooms.map(({ type, urn, id, outputs }) => [type, urn.split("::").pop(), id, outputs.roomId].join(" ")).sort();
}

/** What a preview says will become of the resources: `update standup`. */
async function changesOf(stack: TestStack): Promise<string[]> {
  const { steps } = JSON.parse((await stack.pulumi("preview", "--json")).text) as {
    steps: { op: string; urn: string }[];
  };
  return steps
    .filter(({ op, urn }) => /metered:index:|dynamic\/metered/.test(urn) && !["same", "read", "discard"].includes(op))
    .map(({ op, urn }) => `${op} ${urn.split("::").pop()}`);
}
