import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { canaryKey } from "../support/canary";
import { slowTest } from "../support/exhaustive";
import { onEngine } from "../support/onEngine";

describe("accounts on the real engine", function () {
  this.timeout(300_000);
  const on = onEngine();
  const room = 'new metered.MeetingRoom("r", { roomName: "r", privacy: "public" });';

  slowTest("half a pair is an error, in the program and without a call", async () => {
    on.stack.program('new metered.Provider("eu", { appName: "eu" });');
    assert.match((await on.stack.failing("up")).text, /metered\.Provider "eu" has no secretKey/);
  });

  it("a key in plaintext in the stack's configuration is refused, with the command that fixes it", async () => {
    const file = join(on.stack.folder, "Pulumi.dev.yaml");
    const before = readFileSync(file, "utf8");
    on.stack.program(room);
    writeFileSync(file, before.replace(/metered:secretKey:\n\s+secure: .*\n/, "metered:secretKey: sk-in-plaintext\n"));
    const { text } = await on.stack.failing("preview");
    assert.match(
      text,
      /metered:secretKey is in the stack's configuration in plaintext.*pulumi config set --secret metered:secretKey/s,
    );
    assert.equal(text.includes("sk-in-plaintext"), false);
    // A key of the program's own is nobody else's business.
    writeFileSync(file, `${before}  metered:retrySecond: "5"\n  metered:courses: "12"\n`);
    const misspelled = await on.stack.failing("preview");
    assert.match(misspelled.text, /metered:retrySecond is no input of the provider: did you mean retrySeconds\?/);
    writeFileSync(file, `${before}  metered:courses: "12"\n`);
    await on.stack.pulumi("preview");
    writeFileSync(file, before);
  });

  slowTest("missing credentials are reported by the preview, with the commands and variables that fix it", async () => {
    on.stack.program(room);
    writeFileSync(join(on.stack.folder, "Pulumi.dev.yaml"), "config: {}\n");
    const { text } = await on.stack.failing("preview");
    assert.match(text, /pulumi config set metered:appName NAME, or set METERED_APP_NAME/);
    assert.match(text, /pulumi config set --secret metered:secretKey, or set METERED_SECRET_KEY/);
  });

  it("credentials from the environment are nowhere in the state", async () => {
    on.stack.program(room);
    writeFileSync(join(on.stack.folder, "Pulumi.dev.yaml"), `config:\n  metered:endpoint: ${on.simulator.url}\n`);
    const run = await on.stack.run(["up"], { METERED_APP_NAME: "demo", METERED_SECRET_KEY: canaryKey });
    assert.equal(run.code, 0, run.text);
    assert.equal(on.stack.room("r").outputs.appName, "demo");
    assert.doesNotMatch(JSON.stringify(on.stack.state()), /secretKey/);
  });

  it("an existing room is adopted only when the user says so", async () => {
    const { _id } = on.simulator.addRoom("meeting", "r", { privacy: "private", maxParticipants: 9, enableChat: true });
    on.stack.program('new metered.MeetingRoom("r", { roomName: "r", privacy: "public", maxParticipants: 5 });');
    assert.match(
      (await on.stack.failing("up")).text,
      /already has a room with that name.*It was not changed\..*\[NameTaken\]/s,
    );
    assert.equal(on.simulator.rooms[0]?.settings.privacy, "private");
    await on.stack.configure({ config: { adoptExisting: "true" } });
    assert.match((await on.stack.pulumi("up")).text, /Adopted the existing meeting room "r"/);
    assert.equal(on.stack.room("r").outputs.roomId, _id);
    assert.deepEqual(on.simulator.rooms[0]?.settings, { privacy: "public", maxParticipants: 5, enableChat: true });
    await on.stack.configure();
    await on.stack.assertSettled();
  });
});
