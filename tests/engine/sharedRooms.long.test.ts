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

  it("a copied resource fails, although rooms are taken over, and the room stays that of the first one", async () => {
    await adopt();
    on.stack.program(declared("a"));
    await on.stack.pulumi("up");
    on.stack.program(declared("a") + declared("b", "one", "private"));
    const { text } = await on.stack.failing("up");
    assert.match(text, /another resource of this program has the room of that name/);
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

  it("a room of the plugin whose replacement was cut in its create is taken over", async () => {
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
    // What the cut call has made.
    on.simulator.addRoom("meeting", "two", { privacy: "public" });
    await on.stack.upAndSettle();
    assert.deepEqual(living(), ["two"]);
  });
});

describe("names that the program or the engine hands in, on the real engine", function () {
  this.timeout(300_000);
  const on = onEngine();

  it("a name that turns out to be null is a made one, which an alias does not change", async () => {
    const room = (name: string, more = "") =>
      `new metered.MeetingRoom("${name}", { roomName: pulumi.output(null), privacy: "public" }${more});`;
    on.stack.program(room("a"));
    await on.stack.pulumi("up");
    on.stack.program(room("b", ', { aliases: [{ name: "a" }] }'));
    await on.stack.pulumi("preview", "--expect-no-changes");
  });

  it("ignoreChanges of everything does not make a setting of the other `_id` that a refresh saw", async () => {
    on.stack.program('new metered.MeetingRoom("r", { roomName: "one", privacy: "public" }, { ignoreChanges: ["*"] });');
    await on.stack.pulumi("up");
    on.simulator.recreateRoom("meeting", "one");
    await on.stack.pulumi("refresh");
    assert.doesNotMatch((await on.stack.run(["up"])).text, /is not a setting of/);
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
        assert.match(text, /back to "demo", run pulumi up and then pulumi destroy, and switch after that/);
        await on.stack.configure();
        await on.stack.pulumi("up");
        await on.stack.pulumi("destroy");
        assert.deepEqual([on.stack.rooms(), other.rooms], [[], []]);
      } finally {
        await other.close();
      }
    });
  }
});
