import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { type Simulator, startSimulator } from "metered-simulator";
import { generatedNameOf } from "../../provider/src/pulumi/urn";
import { assertNoSecrets, canaryKey } from "../support/canary";
import { slowTest } from "../support/exhaustive";
import { addEveryRoom, ImportStack } from "../support/importing";
import { pluginProgram, usePlugin } from "../support/pluginProgram";

const HOOK = "https://hooks.example.com/ended?token=hook-token-Vb3";

describe("an import of rooms into one set, on the real engine", function () {
  this.timeout(600_000);
  let simulator: Simulator;
  let imported: ImportStack;

  beforeEach(async () => {
    simulator = await startSimulator({
      secretKey: canaryKey,
      switches: { liveOptionalInReplies: "echoed", pastExpiry: "accepted" },
    });
    imported = await ImportStack.create({ simulator });
  });
  afterEach(async () => {
    const writes = simulator.requests.filter(({ method }) => method !== "GET");
    imported.stack.dispose();
    await simulator.close();
    assert.deepEqual(writes, [], "nothing on the account was written");
  });

  /** One resource for each set, which holds these rooms by their `_id`s, and nothing to do. */
  async function assertSettled(sets: Readonly<Record<string, readonly string[]>>): Promise<void> {
    await imported.expect("pulumi preview --refresh --expect-no-changes --non-interactive");
    const resources = imported.stack.rooms();
    assert.deepEqual(resources.map(({ type }) => type.split(":").at(-1)).sort(), Object.keys(sets).sort());
    for (const { urn, type, id, inputs, outputs } of resources) {
      const state = JSON.stringify([inputs, outputs]);
      assertNoSecrets("the state", state);
      assert.ok(!state.includes(HOOK), "a secret is in the state");
      const name = type.split(":").at(-1) as "MeetingRoomSet";
      assert.equal(id, generatedNameOf(urn, { name }));
      const rooms = Object.values(outputs.rooms as Record<string, { roomId: string; roomName: string }>);
      const wanted = simulator.rooms.filter(({ roomName }) => sets[name]?.includes(roomName));
      assert.deepEqual(rooms.map(({ roomId }) => roomId).sort(), wanted.map(({ _id }) => _id).sort());
    }
  }

  it("leaves nothing to do with the package, whatever settings the rooms have", async () => {
    const { meeting, live } = addEveryRoom(simulator);
    imported.program('import "./rooms";');
    const { text } = await imported.expect(
      `npx pulumi-metered import --all --live ${live.join(" ")} --set courses --apply`,
    );
    assert.match(text, new RegExp(`^Imported ${meeting.length + live.length} rooms \\(set "courses"\\)`, "m"));
    assert.equal(imported.isThere("rooms.import.json"), false);
    await assertSettled({ MeetingRoomSet: meeting, LiveStreamingRoomSet: live });
    const { text: again } = await imported.expect("npx pulumi-metered import --all --set more");
    assert.match(again, /meeting room "every": it's already in the stack, as courses\["every"\]/);
  });

  slowTest("leaves nothing to do with the plugin, which takes the set from the file", async () => {
    usePlugin(imported.stack);
    mkdirSync(imported.path("sdks/metered"), { recursive: true });
    writeFileSync(imported.path("sdks/metered/package.json"), "{}");
    simulator.addRoom("meeting", "standup", { privacy: "private", maxParticipants: 7 });
    simulator.addRoom("meeting", "2024 review", { privacy: "public", meetingEndedWebhook: HOOK });
    const { text } = await imported.expect("npx pulumi-metered import --all --set courses");
    assert.match(text, /rooms\.import\.json holds secrets in plaintext: don't commit it\./);
    assert.match(text, /^ {2}1\. pulumi import --file rooms\.import\.json {3}# Pulumi 3\.254 or newer$/m);
    // What Pulumi prints as code.
    const [entry] = JSON.parse(imported.read("rooms.import.json")).resources;
    assert.deepEqual(Object.keys(entry.inputs.rooms), ["2024 review", "standup"]);
    pluginProgram(
      imported.stack,
      `const secretSettings = pulumi.secret({ "2024 review": { meetingEndedWebhook: process.env.HOOK } });
       new metered.MeetingRoomSet("courses", { rooms: ${JSON.stringify(entry.inputs.rooms)}, secretSettings });`,
    );
    imported.stack.env.HOOK = HOOK;
    await imported.expect("pulumi import --file rooms.import.json --generate-code=false --yes --protect=false");
    await imported.expect("rm rooms.import.json");
    await assertSettled({ MeetingRoomSet: ["standup", "2024 review"] });
  });
});
