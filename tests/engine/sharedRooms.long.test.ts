import assert from "node:assert/strict";
import { startSimulator } from "metered-simulator";
import { canaryKey } from "../support/canary";
import { onEngine } from "../support/onEngine";
import { pluginProgram, usePlugin } from "../support/pluginProgram";

const declared = (resource: string, roomName = "one", privacy = "public") =>
  `new metered.MeetingRoom(${JSON.stringify(resource)}, { roomName: ${JSON.stringify(roomName)}, privacy: "${privacy}" });\n`;

describe("rooms that two resources mean, on the real engine", function () {
  this.timeout(300_000);
  const on = onEngine();
  const living = () => on.simulator.rooms.filter(({ archived }) => !archived).map(({ roomName }) => roomName);
  const adopt = () => on.stack.configure({ config: { adoptExisting: "true" } });

  it("a copied resource fails, although rooms are adopted, and the room stays that of the first one", async () => {
    await adopt();
    on.stack.program(declared("a"));
    await on.stack.pulumi("up");
    on.stack.program(declared("a") + declared("b", "one", "private"));
    const preview = await on.stack.pulumi("preview");
    assert.match(
      preview.text,
      /warning: roomName is "one", the same as that of metered\.MeetingRoom "a": two rooms can't have the same name/,
    );
    const { text } = await on.stack.failing("up");
    assert.match(text, /(another resource|resource ".*") of this program already has that room.*\[NameUsedTwice\]/s);
    on.stack.program(declared("a"));
    await on.stack.upAndSettle();
    assert.deepEqual(living(), ["one"]);
  });

  it("a resource that was renamed without an alias keeps the room, also where that run came to no delete", async () => {
    await adopt();
    on.stack.program(declared("a"));
    await on.stack.pulumi("up");
    const body = { error: { details: [{ message: "no" }] } };
    on.simulator.faults.inject({ fault: "status", status: 400, body, operation: "create", roomName: "broken" });
    on.stack.program(declared("b") + declared("broken", "broken"));
    await on.stack.failing("up");
    assert.deepEqual(
      on.stack.rooms().map(({ id }) => id),
      ["one", "one"],
    );
    on.stack.program(declared("b"));
    await on.stack.upAndSettle();
    assert.deepEqual([living(), on.stack.rooms().length], [["one"], 1]);
  });

  for (const face of ["dynamic", "plugin"]) {
    it(`a room that replaces one deleted outside stays that of the resource that created it, ${face}`, async () => {
      if (face === "plugin") usePlugin(on.stack);
      const program = (text: string) => (face === "plugin" ? pluginProgram(on.stack, text) : on.stack.program(text));
      program(declared("a"));
      await on.stack.pulumi("up");
      on.simulator.archiveRoom("meeting", "one");
      program(declared("a") + declared("b"));
      await on.stack.pulumi("up");
      await adopt();
      program(declared("a", "one", "private") + declared("b"));
      const { text } = await on.stack.failing("up");
      assert.match(
        text,
        /Can't update meeting room "one" .* of this program (already has that room|also uses that name)/,
      );
      const roomIds = on.stack.rooms().map(({ outputs }) => outputs.roomId);
      assert.equal(new Set(roomIds).size, 2, "they don't share it");
      program(declared("a", "two", "private") + declared("b"));
      await on.stack.upAndSettle();
      assert.deepEqual(living().sort(), ["one", "two"]);
    });
  }

  it("a room of the plugin whose replacement was cut off in its create is adopted", async () => {
    usePlugin(on.stack);
    await adopt();
    pluginProgram(on.stack, declared("r"));
    await on.stack.pulumi("up");
    on.simulator.faults.inject({
      fault: "status",
      status: 400,
      body: { error: { details: [{ message: "no" }] } },
      operation: "create",
    });
    pluginProgram(on.stack, declared("r", "two"));
    await on.stack.failing("up");
    // What the cut call has created.
    on.simulator.addRoom("meeting", "two", { privacy: "public" });
    await on.stack.upAndSettle();
    assert.deepEqual(living(), ["two"]);
  });
});

describe("names that the program or the engine hands in, on the real engine", function () {
  this.timeout(300_000);
  const on = onEngine();

  it("a name that turns out to be null is a generated one, which an alias does not change", async () => {
    const room = (name: string, more = "") =>
      `new metered.MeetingRoom("${name}", { roomName: pulumi.output(null), privacy: "public" }${more});`;
    on.stack.program(room("a"));
    await on.stack.pulumi("up");
    on.stack.program(room("b", ', { aliases: [{ name: "a" }] }'));
    await on.stack.pulumi("preview", "--expect-no-changes");
  });

  it("ignoreChanges of everything: another room under the name is not ours, and neither adopted nor deleted", async () => {
    on.stack.program('new metered.MeetingRoom("r", { roomName: "one", privacy: "public" }, { ignoreChanges: ["*"] });');
    await on.stack.pulumi("up");
    const other = on.simulator.recreateRoom("meeting", "one");
    await on.stack.pulumi("refresh");
    assert.deepEqual(on.stack.rooms(), []);
    assert.match((await on.stack.failing("up")).text, /\[NameTaken\]/);
    assert.equal(on.simulator.rooms.find(({ _id }) => _id === other._id)?.archived, false);
  });
});

describe("an app that is no longer the configured one, on the real engine", function () {
  this.timeout(300_000);
  const on = onEngine();

  for (const face of ["dynamic", "plugin"]) {
    it(`is left as the error says, ${face}`, async () => {
      if (face === "plugin") usePlugin(on.stack);
      if (face === "plugin") pluginProgram(on.stack, declared("r"));
      else on.stack.program(declared("r"));
      const other = await startSimulator({ app: "eu", secretKey: canaryKey });
      try {
        await on.stack.pulumi("up");
        await on.stack.configure({ simulator: other });
        const { text } = await on.stack.failing("up");
        assert.match(
          text,
          /Give up the old rooms: {2}switch back, run pulumi up, remove them from the program, run pulumi up again, then switch/,
        );
        assert.doesNotMatch(text, /destroy/);
        await on.stack.configure();
        await on.stack.pulumi("up");
        if (face === "plugin") pluginProgram(on.stack, "");
        else on.stack.program("");
        await on.stack.pulumi("up");
        await on.stack.configure({ simulator: other });
        await on.stack.pulumi("up");
        assert.deepEqual([on.stack.rooms(), other.rooms], [[], []]);
      } finally {
        await other.close();
      }
    });
  }
});
