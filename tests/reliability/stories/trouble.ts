import assert from "node:assert/strict";
import { succeeded, tellsNothingOfMissing } from "../exceptions";
import { everything, least, withOther } from "../programs";
import type { World } from "../world";
import type { Stories } from "./story";

const HOUR = 3_600_000;

/** The account is in trouble for a while: whatever is tried, nothing is done and nothing is believed to be gone. */
async function throughTrouble(world: World, begin: () => void, end: () => void, causes: readonly string[]) {
  const program = everything(world.type, world.newName());
  const changed = withOther(world.type, program, "enableRecording");
  const renamed = everything(world.type, world.newName());
  succeeded(await world.up(program), world.switches, world.type);
  const [before, room] = [world.engine.resource, world.living];
  begin();
  for (const attempt of [
    () => world.refresh(),
    () => world.up(changed),
    () => world.up(renamed),
    () => world.up(program, { replace: true }),
    () => world.destroy(),
  ]) {
    const { error, text } = await attempt();
    assert.ok(error && causes.includes(error.name), `${error?.name}: ${text}`);
    assert.match(text, /dashboard|metered:appName/);
    assert.deepEqual(world.engine.resource, before, "the state is kept");
    assert.deepEqual(world.living, room, "nothing was done");
  }
  const { engine } = world;
  world.newStack();
  const { error, text } = await world.up(least(world.type, world.newName()));
  assert.ok(error && causes.includes(error.name), `${error?.name}: ${text}`);
  assert.deepEqual([world.engine.resource, world.own], [undefined, []]);
  world.engine = engine;
  world.isOurs(room);
  end();
  await world.assertQuiet(program);
  succeeded(await world.up(changed), world.switches, world.type);
  await world.assertQuiet(changed);
}

/** The account or the clock is against us. */
export const troubleStories = (switches: World["switches"]): Stories => ({
  "the key is wrong for a while": (world) => {
    const { badKey, badKeyText } = switches;
    const isUnclear = badKey === 400 && badKeyText === "Invalid request";
    const isAboutApp = badKey !== 401 && badKeyText === "Invalid request. App not found";
    const refused = world.type.canDelete ? "RequestRefused" : "LiveStreamingOff";
    const causes = isUnclear ? ["RoomStatusUnknown", refused] : isAboutApp ? ["UnknownApp"] : ["InvalidSecretKey"];
    const { account } = world;
    const use = (secretKey: string) => {
      world.account = { ...account, secretKey };
      world.engine.account = world.account;
    };
    return throughTrouble(
      world,
      () => use("a-wrong-key"),
      () => use(account.secretKey),
      causes,
    );
  },

  "the app is unknown for a while": (world) =>
    throughTrouble(
      world,
      () => world.simulator.setSwitches({ app: "unknown" }),
      () => world.simulator.setSwitches({ app: "known" }),
      ["UnknownApp"],
    ),

  "live streaming is off for a while": async (world) => {
    const off = () => world.simulator.setSwitches({ liveStreaming: "off" });
    const on = () => world.simulator.setSwitches({ liveStreaming: "on" });
    if (world.kind === "live") return throughTrouble(world, off, on, ["RoomStatusUnknown", "LiveStreamingOff"]);
    off();
    const program = everything(world.type, world.newName());
    succeeded(await world.up(program), world.switches, world.type);
    await world.assertQuiet(program);
    on();
  },

  "the expiry passes, and the room deletes itself": async (world) => {
    if (world.kind === "live") return;
    const expireUnixSec = Math.floor(world.now() / 1000) + 3600;
    const program = least(world.type, world.newName(), { expireUnixSec, deleteOnExp: true });
    succeeded(await world.up(program), world.switches, world.type);
    await world.assertQuiet(program);
    const before = world.engine.resource;
    await world.skip(2 * HOUR);
    const isGone = world.switches.deleteOnExp !== "ignored";
    assert.equal(world.own.length, isGone ? 0 : 1);
    // Also where Metered tells nothing of a room that is missing: this one is expected to be.
    const refresh = await world.refresh();
    assert.equal(refresh.error, undefined, refresh.text);
    assert.deepEqual(world.engine.resource, before, "it has done what was asked");
    assert.equal(await world.engine.plan(program), "same");
    assert.equal((await world.destroy()).error, undefined);
    assert.deepEqual([world.engine.resource, world.own], [undefined, []]);
  },

  "the expiry passes, and the program changes something else": async (world) => {
    if (world.kind === "live") return;
    const expireUnixSec = Math.floor(world.now() / 1000) + 3600;
    const program = least(world.type, world.newName(), { expireUnixSec, maxParticipants: 5 });
    succeeded(await world.up(program), world.switches, world.type);
    await world.skip(2 * HOUR);
    await world.assertQuiet(program);
    const changed = { ...program, maxParticipants: 6 };
    const { error, text } = await world.up(changed);
    assert.equal(world.living.settings.maxParticipants, 6);
    const { pastExpiry, put, optionalInReplies } = world.switches;
    const isLost = pastExpiry === "rejected" && put === "replace";
    assert.equal(world.living.settings.expireUnixSec, isLost ? undefined : expireUnixSec);
    // What no reply shows cannot be told.
    if (!isLost || optionalInReplies === "omitted") return assert.equal(error, undefined, text);
    assert.equal(error?.name, "NotAsDeclared");
    assert.match(text, /expireUnixSec is no longer set on Metered/);
    const later = { ...changed, expireUnixSec: expireUnixSec + 20 * 3600 };
    succeeded(await world.up(later), world.switches, world.type);
    await world.assertQuiet(later);
  },

  "a new room is to have an expiry that has passed": async (world) => {
    if (world.kind === "live") return;
    // A clock of ours that is behind lets it through.
    const expireUnixSec = Math.floor(world.now() / 1000) + 60;
    const program = least(world.type, world.newName(), { expireUnixSec });
    world.setServerAhead(HOUR);
    const outcome = await world.up(program);
    if (world.switches.pastExpiry === "accepted") succeeded(outcome, world.switches, world.type);
    else assert.ok(["InvalidSetting", "RequestRefused"].includes(outcome.error?.name ?? ""), outcome.text);
    if (outcome.error) assert.deepEqual([world.engine.resource, world.own], [undefined, []]);
    else await world.assertQuiet(program);
    world.setServerAhead(0);
  },

  "a room is looked up": async (world) => {
    const name = world.newName();
    const missing = await world.lookUp(name);
    const isUnclear = tellsNothingOfMissing(world.switches, world.type);
    assert.equal(missing.error?.name, isUnclear ? "RoomStatusUnknown" : "RoomNotFound", missing.text);
    assert.match(missing.text, new RegExp(name));
    world.addOther(name);
    succeeded(await world.lookUp(name), world.switches, world.type);
    assert.equal(world.engine.resource?.outputs.roomName, name);
    const before = world.engine.resource;
    succeeded(await world.refresh(), world.switches, world.type);
    assert.deepEqual(world.engine.resource, before);
  },
});
