import assert from "node:assert/strict";
import type { Bag } from "../../provider/src/pulumi/state";
import { type AddressTrouble, HOST } from "../support/addresses";
import { isExhaustive } from "../support/exhaustive";
import { types } from "../support/rooms";
import type { Outcome } from "./engine";
import { grounds, hosted, on } from "./faces";
import { type Trouble, troubles } from "./faults";
import { errorOf, type Position, positions, recovers, special, type Target, targets } from "./faultTargets";
import type { Resource } from "./resource";
import { World } from "./world";

/** What of it is met over gRPC in the quick selection: one of each way in which a try can end. */
const QUICK_OVER_GRPC = ["connection refused", "cut after commit", "429 with Retry-After: 1", "401", "truncated JSON"];

for (const face of grounds) {
  for (const type of types) {
    describe(`every fault at every call, ${type.label}${on(face)}`, () => {
      const host = hosted(face);
      // Of a live room, what a 404 does not say in words is never believed, so that nothing has to be proven.
      for (const target of targets.filter(({ call }) => type.canDelete || call !== "list")) {
        describe(target.title, () => {
          let world: World;
          before(async () => {
            world = await World.start(type, { liveDelete: "archives", ...target.switches }, host());
            world.account = { ...world.account, origin: world.simulator.url.replace("127.0.0.1", HOST) };
          });
          after(() => world.close());
          for (const trouble of troubles) {
            if ((trouble.address && !target.isFirst) || trouble.notAt === target.call) continue;
            for (const position of positions) {
              if (!isExhaustive && !isQuick(trouble, position, face !== undefined)) continue;
              it(`${trouble.title} ${position}`, () => meet(world, target, trouble, position));
            }
          }
        });
      }
    });
  }
}

function isQuick({ title, isSlow }: Trouble, position: Position, isOverGrpc: boolean): boolean {
  if (isOverGrpc && !QUICK_OVER_GRPC.includes(title)) return false;
  return !isSlow && position === "as the first of the tries";
}

async function meet(world: World, target: Target, trouble: Trouble, position: Position): Promise<void> {
  world.simulator.faults.clear();
  await world.providers.strike([]);
  for (const { kind, roomName } of world.own) world.simulator.archiveRoom(kind, roomName);
  world.newStack();
  const program = target.program(world);
  if (target.isMade) assert.equal((await world.up(program)).error, undefined);
  world.engine.account = { ...world.account, timeoutMs: trouble.fault?.fault === "hang" ? 100 : 10_000 };
  await strike(world, target, trouble, position);
  const before = world.engine.resource;
  const exception = special.find(({ when }) => when(target, trouble, position, world.type))?.ends;
  if (exception === "believing the lie") world.mayLose();
  const outcome = await target.run(world, program);
  world.simulator.faults.clear();
  await world.providers.strike([]);
  world.engine.account = world.account;
  if (exception === "believing the lie") return assertBelieved(world, target, program, outcome);
  if (exception === "well" || (!exception && recovers(trouble, target.call, position))) {
    assert.equal(outcome.error, undefined, `${outcome.error?.name}: ${outcome.text}`);
  } else {
    const says = exception === "NoConnection" || exception === "ServerError" ? /may have been created/ : trouble.says;
    const refused = world.type.canDelete ? "RequestRefused" : "CannotDelete";
    const isRefused = exception === "refused" || exception === "not deletable";
    const isLost = target.call === "update" && outcome.error?.mayHaveHappened === true;
    const cause = isLost ? "LostUpdate" : isRefused ? refused : (exception ?? errorOf(trouble, target.call));
    assertTold(outcome, target, program, cause, isRefused ? /dashboard/ : says);
    if (isLost) assertUnsettled(world, before, outcome);
    else assert.deepEqual(world.engine.resource, before, "the state is as before");
  }
  await assertConverges(world, target, program, outcome);
}

async function strike(world: World, target: Target, trouble: Trouble, position: Position): Promise<void> {
  const { faults } = world.simulator;
  if (trouble.address) {
    const other = trouble.address === "refused" ? "not found" : "refused";
    const next = position === "as the first of the tries" ? [trouble.address] : [other, trouble.address];
    await (position === "on all tries"
      ? world.providers.strike([], trouble.address)
      : world.providers.strike(next as AddressTrouble[]));
  }
  if (target.onTheWay) faults.inject(target.onTheWay);
  const at = { operation: target.call, ...(target.skip === undefined ? {} : { skip: target.skip }) };
  if (position === "as the second of the tries" && !trouble.address)
    faults.inject({ fault: "status", status: 503, ...at });
  if (!trouble.fault) return;
  // What follows a fault with `skip` has been passed already.
  const rest = position === "as the second of the tries" ? { operation: target.call } : at;
  faults.inject({ ...trouble.fault, ...rest, times: position === "on all tries" ? "always" : 1 });
}

function assertTold({ error, text }: Outcome, { call }: Target, program: Bag, cause: string, says: RegExp): void {
  assert.equal(error?.name, cause, text);
  assert.match(text, says);
  // Of a made name the last one that was tried. Where no server answers and nothing changed, the room isn't the matter.
  const isAboutServer = cause === "NoConnection" && /Nothing was changed/.test(text);
  if (isAboutServer) assert.match(text, /Can't reach Metered at localhost:\d+: /);
  else if (call !== "list") assert.ok(text.includes(`"${program.roomName}`), text);
  assert.match(
    text,
    /pulumi up|same command again|pulumi refresh|pulumi config set|pulumi state delete|another roomName/,
  );
}

/** The state is as before, and open where nobody knows, so that the next `up` settles it. */
function assertUnsettled({ engine }: World, before: Resource | undefined, { text }: Outcome): void {
  const { outputs, ...rest } = before ?? assert.fail("nothing was in the state");
  const unsettled = { ...outputs, enableRecording: null };
  // A line that was only shown while the provider waited isn't kept.
  const initErrors = text.split("\n").filter((line) => !line.endsWith("retrying."));
  assert.deepEqual(engine.resource, { ...rest, outputs: unsettled, initErrors });
}

/** The room lives, and is found again as soon as the program wants it. */
async function assertBelieved(world: World, target: Target, program: Bag, { error, text }: Outcome): Promise<void> {
  assert.equal(error, undefined, text);
  assert.equal(world.engine.resource, undefined);
  assert.equal(world.own.length, 1);
  if (target.ends === "without a room") return;
  const next = await world.up(program);
  assert.equal(next.error?.name, "NameTaken", next.text);
  assert.equal((await world.up(program, { adoptExisting: true })).error, undefined);
  await world.assertQuiet(program);
}

/** One clean run later all is as it should be: with the flag, where the error has named it. */
async function assertConverges(world: World, target: Target, program: Bag, { error, text }: Outcome): Promise<void> {
  if (target.ends === "without a room") {
    if (world.engine.resource) assert.equal((await target.run(world, program)).error, undefined);
    assert.deepEqual([world.engine.resource, world.own], [undefined, []]);
    return;
  }
  if (error?.name === "LostUpdate") {
    assert.equal((await world.up(program)).error, undefined, "the program is taken back");
    await world.assertQuiet(program);
  }
  const final = target.after(world, program);
  const next = await world.up(final);
  if (next.error) {
    assert.equal(next.error.name, "NameTaken", next.text);
    assert.ok(error?.mayHaveHappened, text);
    assert.match(text, /may have been created\.[\s\S]*adoptExisting/);
    assert.equal((await world.up(final, { adoptExisting: true })).error, undefined);
  }
  await world.assertQuiet(final);
}
