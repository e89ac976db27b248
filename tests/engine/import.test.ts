import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startSimulator } from "metered-simulator";
import { canaryKey } from "../support/canary";
import { TestStack } from "../support/stack";

const readme = readFileSync(join(__dirname, "..", "..", "README.md"), "utf8");

describe("the README's way to import a room from a file", function () {
  this.timeout(180_000);

  it("brings it into the stack without a change on Metered, and leaves nothing to do", async () => {
    const simulator = await startSimulator({ secretKey: canaryKey });
    const stack = await TestStack.create({ simulator });
    try {
      const { _id } = simulator.addRoom("meeting", "lobby", { privacy: "public", enableChat: true });
      const [, block = ""] = /```json\n([\s\S]*?)```/.exec(readme) ?? [];
      const program = /`(new metered\.MeetingRoom\("lobby".*?)`/.exec(readme)?.[1] ?? "";
      writeFileSync(join(stack.folder, "rooms.json"), block.replace("NAME", simulator.app));
      stack.program(`${program};`);
      await stack.pulumi("import", "--file", "rooms.json", "--generate-code=false", "--yes");
      await stack.pulumi("refresh");
      await stack.pulumi("up", "--expect-no-changes");
      assert.equal(stack.room("lobby").outputs.roomId, _id);
      assert.equal(
        simulator.requests.some(({ method }) => method !== "GET"),
        false,
      );
    } finally {
      await simulator.close();
      stack.dispose();
    }
  });
});
