import { isGone } from "./deletes";
import { type Lab, taken } from "./lab";
import { CannotAsk, type Probe } from "./probe";

/** How far ahead the expiry is, and how long after it the room is looked at, in seconds. */
const AHEAD_S = 75;
const AFTERWARDS_S = 180;
const EVERY_S = 30;

/** Needs the answers of the probes for deleted rooms: an expired one is told by the same signs. */
export const expiryProbe: Probe = {
  title: "what deleteOnExp does when the room expires",
  switches: ["deleteOnExp"],
  needs: "patience",
  run: async (lab) => {
    await lab.plain();
    const expireUnixSec = Math.ceil(lab.gate.now() / 1000) + AHEAD_S;
    const created = await lab.create("expires", { deleteOnExp: true, expireUnixSec });
    const { room } = created;
    if (!taken(created) || room === undefined) throw new CannotAsk("a room with deleteOnExp is refused");
    const seconds = await waitForExpiry(lab, room.roomName);
    if (seconds === undefined) {
      lab.notes.found("deleteOnExp", "ignored");
      return lab.notes.fact("How long an expired room with deleteOnExp stayed", `longer than ${AFTERWARDS_S} s`);
    }
    lab.notes.fact("How soon an expired room with deleteOnExp is gone", `within ${seconds} s after its expiry`);
    await noteTrace(lab, room.roomName, room._id);
  },
};

/** Answers after how many seconds it was gone. */
async function waitForExpiry(lab: Lab, name: string): Promise<number | undefined> {
  await lab.gate.pause(AHEAD_S * 1000);
  for (let waited = EVERY_S; waited <= AFTERWARDS_S; waited += EVERY_S) {
    await lab.gate.pause(EVERY_S * 1000);
    if (await isGone(lab, name)) return waited;
  }
  return undefined;
}

/** An archived room leaves the traces that a deleted one leaves; a removed one leaves none. */
async function noteTrace(lab: Lab, name: string, id: string): Promise<void> {
  const { notes } = lab;
  const found = (isArchived: boolean) => notes.found("deleteOnExp", isArchived ? "archives" : "removes");
  if (notes.value("getAfterDelete") === "archived") return found((await lab.get(name)).room !== undefined);
  if (notes.value("listArchived") === "yes") return found((await lab.listed(id)) !== undefined);
  if (notes.value("nameReuse") === "reserved") return found(!taken(await lab.create("expires")));
  notes.untold("deleteOnExp", "cannot be told from outside: it is gone, and archived rooms leave no trace");
}
