import assert from "node:assert/strict";
import { onEngine } from "../support/onEngine";

describe("accounts on the real engine, more of it", function () {
  this.timeout(180_000);
  const on = onEngine();
  const room = 'new metered.MeetingRoom("r", { roomName: "r", privacy: "public" });';

  it("a room that somebody made anew under our name is shown, left alone, and taken over only when the user says so", async () => {
    on.stack.program(room);
    await on.stack.pulumi("up");
    const other = on.simulator.recreateRoom("meeting", "r");
    assert.match((await on.stack.pulumi("refresh", "--diff")).text, /roomId/);
    assert.match((await on.stack.failing("up")).text, /somebody made another room of that name.*left as it is/s);
    await on.stack.configure({ config: { adoptExisting: "true" } });
    await on.stack.pulumi("up");
    assert.equal(on.stack.room("r").outputs.roomId, other._id);
    await on.stack.configure();
    await on.stack.assertSettled();
    on.simulator.recreateRoom("meeting", "r");
    await on.stack.pulumi("destroy");
    assert.equal(on.simulator.rooms.at(-1)?.archived, false);
  });
});
