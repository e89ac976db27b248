import assert from "node:assert/strict";
import { problemsOfSet } from "../../provider/src/pulumi/setProblems";
import { meetingRoomSet } from "../../provider/src/rooms/set/setType";
import { onEngine } from "../support/onEngine";

const settings = { privacy: "public", maxParticipants: 10, autoJoin: true, enableChat: true };
const roomsOf = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`room-${i}`, settings]));
const isAllowed = (count: number) => problemsOfSet(meetingRoomSet, {}, { rooms: roomsOf(count) }, 0).length === 0;

/** To the thousand. */
function largestAllowed(): number {
  let count = 10_000;
  while (isAllowed(count + 1000)) count += 1000;
  return count;
}

describe("the largest set that the check allows", function () {
  this.timeout(600_000);
  const on = onEngine();

  it("is in the state but for the one room that Metered refuses", async () => {
    const count = largestAllowed();
    on.stack.program(`
      const rooms = Object.fromEntries(Array.from({ length: ${count} }, (_, i) => [\`room-\${i}\`, ${JSON.stringify(settings)}]));
      new metered.MeetingRoomSet("courses", { rooms: { ...rooms, "room-5": { ...rooms["room-5"], roomName: "refused" } } });`);
    on.simulator.faults.inject({
      fault: "status",
      status: 400,
      body: '{"message":"no"}',
      method: "POST",
      roomName: "refused",
      times: "always",
    });
    const { code, text } = await on.stack.run(["up"]);
    assert.notEqual(code, 0);
    assert.match(text, /refused/);
    const [set] = on.stack.rooms();
    assert.equal(Object.keys(set?.outputs.rooms ?? {}).length, count - 1);
    assert.equal(on.simulator.rooms.length, count - 1);
  });
});
