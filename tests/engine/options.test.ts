import assert from "node:assert/strict";
import { slowTest } from "../support/exhaustive";
import { onEngine } from "../support/onEngine";

describe("Pulumi's resource options", function () {
  this.timeout(300_000);
  const on = onEngine();

  const room = (settings: string, options = "{}") =>
    on.stack.program(`new metered.MeetingRoom("r", { privacy: "public", ${settings} }, ${options});`);
  const living = () => on.simulator.rooms.filter(({ archived }) => !archived);
  const names = () => living().map(({ roomName }) => roomName);

  slowTest("protect: the room is not deleted", async () => {
    room('roomName: "r"', "{ protect: true }");
    await on.stack.pulumi("up");
    assert.match((await on.stack.failing("destroy")).text, /protect/);
    assert.deepEqual(names(), ["r"]);
    await on.stack.pulumi("state", "unprotect", on.stack.room("r").urn, "--yes");
  });

  it("retainOnDelete: the room leaves the stack and stays on Metered", async () => {
    room('roomName: "r"', "{ retainOnDelete: true }");
    await on.stack.pulumi("up");
    on.simulator.requests.clear();
    await on.stack.pulumi("destroy");
    assert.deepEqual(names(), ["r"]);
    assert.deepEqual(on.simulator.requests, []);
  });

  it("ignoreChanges: what was changed in the dashboard stays, without and with a refresh", async () => {
    const program = (chat: boolean) =>
      room(`roomName: "r", maxParticipants: 5, enableChat: ${chat}`, '{ ignoreChanges: ["maxParticipants"] }');
    program(true);
    await on.stack.pulumi("up");
    on.simulator.editRoom("meeting", "r", { maxParticipants: 50 });
    program(false);
    await on.stack.pulumi("up");
    assert.deepEqual(living()[0]?.settings, { privacy: "public", maxParticipants: 50, enableChat: false });
    await on.stack.pulumi("refresh");
    await on.stack.pulumi("up", "--expect-no-changes");
    program(true);
    await on.stack.pulumi("up");
    assert.deepEqual(living()[0]?.settings, { privacy: "public", maxParticipants: 50, enableChat: true });
  });

  it("replaceOnChanges: a change of the named setting creates a new room, the old one deleted first", async () => {
    const program = (max: number) => room(`maxParticipants: ${max}`, '{ replaceOnChanges: ["maxParticipants"] }');
    program(5);
    await on.stack.pulumi("up");
    const before = on.stack.room("r");
    program(6);
    await on.stack.pulumi("up");
    assert.equal(on.stack.room("r").id, before.id);
    assert.notEqual(on.stack.room("r").outputs.roomId, before.outputs.roomId);
    assert.deepEqual(names(), [before.id]);
  });

  slowTest("additionalSecretOutputs: the named outputs are secret", async () => {
    on.stack.program(`
      const r = new metered.MeetingRoom("r", { privacy: "public" }, { additionalSecretOutputs: ["url"] });
      exports.url = r.url;
    `);
    await on.stack.pulumi("up");
    assert.deepEqual(JSON.parse((await on.stack.pulumi("stack", "output", "--json")).text), { url: "[secret]" });
  });

  it("parent and dependsOn: a component's rooms have names of their own and are created in order", async () => {
    on.stack.program(`
      class Course extends pulumi.ComponentResource {
        constructor(name, opts) {
          super("school:index:Course", name, {}, opts);
          this.lecture = new metered.MeetingRoom("lecture", { privacy: "public" }, { parent: this });
          this.exercise = new metered.MeetingRoom("exercise-" + name, { privacy: "public" }, { parent: this, dependsOn: [this.lecture] });
          this.registerOutputs();
        }
      }
      const top = new Course("math");
      new metered.MeetingRoom("lecture", { privacy: "private" });
      exports.name = top.exercise.roomName;
    `);
    const preview = await on.stack.pulumi("preview");
    const made = /name: "(exercise-math-[0-9a-f]{8})"/.exec(preview.text)?.[1];
    await on.stack.upAndSettle();
    assert.equal(on.stack.room("exercise-math").id, made);
    assert.equal(new Set(names()).size, 3);
    const order = on.simulator.requests
      .filter(({ method }) => method === "POST")
      .map(({ body }) => JSON.stringify(body));
    assert.ok(
      order.findIndex((body) => body.includes("lecture")) < order.findIndex((body) => body.includes("exercise")),
    );
  });

  // registerResourceTransform does not reach engines built from modules: their older language host lacks the call.
});
