import assert from "node:assert/strict";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Operation } from "metered-simulator";
import { EngineWorld } from "../support/engineWorld";
import { isExhaustive } from "../support/exhaustive";
import { type Face, faces } from "../support/providerHost";
import { type } from "./documented";
import { below, kill } from "./processes";

const ROOMS = 40;
const commandLine = join(__dirname, "..", "..", "provider", "bin", "pulumi-metered.js");

type Step = "create" | "update" | "delete";
type Way = "SIGKILL" | "SIGINT";

interface Case {
  readonly step: Step;
  /** So many requests are answered before the end. */
  readonly after: number;
  readonly adopt: boolean;
  readonly face: Face;
  readonly way: Way;
}

const all: readonly Case[] = (["create", "update", "delete"] as const).flatMap((step) =>
  [0, 1, ROOMS / 2, ROOMS - 1].flatMap((after) =>
    [true, false].flatMap((adopt) =>
      faces.flatMap((face) => (["SIGKILL", "SIGINT"] as const).map((way): Case => ({ step, after, adopt, face, way }))),
    ),
  ),
);
/** Where most is at stake: rooms that Metered has and no state knows. */
const quick = all.filter(
  ({ step, after, adopt, face, way }) =>
    step === "create" && after === ROOMS / 2 && way === "SIGKILL" && adopt && face === "plugin",
);

describe(`a set of ${ROOMS} rooms, cut off in the middle: the documented way out leaves one room for each key`, function () {
  this.timeout(300_000);
  let world: EngineWorld;
  afterEach(() => world.close());

  for (const each of isExhaustive ? all : quick) {
    const { step, after, adopt, face, way } = each;
    it(`${face}: ${way} after ${after} of its ${step}s, adoptExisting ${adopt}`, async () => {
      world = await EngineWorld.start({ maxConcurrentRequests: "4", adoptExisting: String(adopt) }, {}, face);
      if (step !== "create") {
        declare(world, "public");
        await world.stack.pulumi("up");
      }
      declare(world, step === "update" ? "private" : "public");
      await cutOff(world, each);
      if (step === "create" && way === "SIGKILL") await assertDoctorKnows(world);
      await wayOut(world, each);
    });
  }
});

function declare(world: EngineWorld, privacy: string): void {
  world.write(
    `new metered.MeetingRoomSet("many", { rooms: Object.fromEntries(Array.from({ length: ${ROOMS} }, (_, i) => ["room " + i, { privacy: "${privacy}" }])) });`,
  );
}

/** Ends the run while further requests hang. Interrupted once, Pulumi waits for the set, so they are let go. */
async function cutOff({ stack, simulator }: EngineWorld, { step, after, way }: Case): Promise<void> {
  const operation: Operation = step;
  const hang = simulator.faults.inject(
    way === "SIGKILL"
      ? { fault: "hang", operation, skip: after, times: "always" }
      : { fault: "delay", ms: 1500, operation, skip: after, times: "always" },
  );
  const run = stack.start([step === "delete" ? "destroy" : "up", "--yes", "--skip-preview", "--non-interactive"]);
  while (hang.fired === 0) await sleep(20);
  const started = await below(run.child.pid ?? 0);
  run.child.kill(way);
  // What hangs, hangs for the provider, too.
  if (way === "SIGKILL") for (const { pid } of started) kill(pid);
  else setTimeout(() => simulator.faults.clear(), 500);
  await run.ended;
  for (const { pid } of started) kill(pid);
  simulator.faults.clear();
}

/** Which of the set's rooms exist, by what the state says of the create that was cut off. */
async function assertDoctorKnows({ stack, living }: EngineWorld): Promise<void> {
  const { text } = await stack.shell(`"${process.execPath}" "${commandLine}" doctor`);
  const [exist, named] = [living.length, 5];
  const known =
    exist === 0
      ? `none of its ${ROOMS} new rooms exists`
      : exist > named + 1
        ? `and ${exist - named} more exist, and `
        : /of its 40 new rooms, .* exists?, and /;
  assert.match(text, new RegExp(known));
}

async function wayOut(world: EngineWorld, { step, after, adopt, way }: Case): Promise<void> {
  const { stack } = world;
  if (step === "delete") {
    await type(stack, "When it was a destroy");
    assert.deepEqual([stack.rooms(), world.living, stack.pending()], [[], [], []]);
    return;
  }
  // Only rooms that no state tells of are met, and only without the flag.
  const isLeft = step === "create" && way === "SIGKILL" && after > 0 && !adopt;
  const [, up] = await type(stack, "The way out", isLeft ? "pulumi up --yes" : undefined);
  if (isLeft) {
    assert.match(up?.text ?? "", /of 40 rooms could not be created/);
    assert.match(up?.text ?? "", /set metered:adoptExisting to true/);
    await type(stack, "When `up` says that a name is taken");
  }
  const rooms = Object.values(stack.room("many").outputs.rooms as Record<string, { roomId: string; privacy: string }>);
  assert.deepEqual(rooms.map(({ roomId }) => roomId).sort(), world.living.map(({ _id }) => _id).sort());
  assert.equal(rooms.length, ROOMS);
  const wanted = step === "update" ? "private" : "public";
  assert.ok(world.living.every(({ settings }) => settings.privacy === wanted));
  assert.deepEqual(stack.pending(), []);
  await stack.assertSettled();
}
