import { generateName } from "../../provider/src/rooms/name";
import { product } from "../reliability/replacements";
import { EngineWorld } from "../support/engineWorld";
import { slowTests } from "../support/exhaustive";
import type { TestStack } from "../support/stack";
import { type } from "./documented";
import { forces, isBesideOld, prepare } from "./forced";
import { endWhile, type Held, type Way } from "./heldRun";

const rows = product({
  force: forces,
  option: ["true", "undefined", "false"],
  old: ["present", "gone"],
  call: ["delete", "create"],
  afterCommit: [false, true],
} as const)
  .filter(({ old, call }) => old === "present" || call === "create")
  .map((row) => ({ ...row, name: "generated" as const, key: keyOf(row) }))
  .map((row) => ({ ...row, isBesideOld: isBesideOld(row) }))
  // Where the new room comes first and only Pulumi knows that it is a replacement, the old one is in its way.
  .filter((row) => !row.isBesideOld || row.old === "gone" || row.force === "replaceOnChanges");
type Row = (typeof rows)[number];
type NameReuse = "allowed" | "reserved";

/** Where the new room comes first, the old one is deleted only when all the program's rooms are made: by another run. */
const stages = {
  "the old room is deleted, or the new one created": rows.filter((row) => !row.isBesideOld || row.call === "create"),
  "the new room is there, and the old one deleted": rows.filter((row) => row.isBesideOld && row.call === "delete"),
};

const circumstances: readonly { nameReuse: NameReuse; adoptExisting: "true" | "false"; way: Way }[] = [
  ...product({ nameReuse: ["allowed", "reserved"], adoptExisting: ["true", "false"], way: ["SIGKILL"] } as const),
  { nameReuse: "allowed", adoptExisting: "true", way: "the provider's SIGKILL" },
];

slowTests("a forced replacement that is cut off loses no room, and deletes none that was just created", function () {
  this.timeout(900_000);
  let world: EngineWorld;
  afterEach(() => world.close());

  for (const [stage, cut] of Object.entries(stages))
    for (const { nameReuse, adoptExisting, way } of circumstances)
      it(`while ${stage}; by ${way}, names ${nameReuse} to be used again, adoptExisting ${adoptExisting}`, async () => {
        world = await EngineWorld.start({ adoptExisting, maxConcurrentRequests: "64" }, { switches: { nameReuse } });
        await cutOff(world, cut, way, nameReuse);
        const created = cut.filter(({ call, afterCommit }) => call === "create" && afterCommit);
        const isTold = (taken: readonly Row[]) => adoptExisting === "false" && taken.length > 0;
        // `--replace` is not said again: it is the refresh that finds the old room gone, and the last update that goes on.
        const notAgain = created.filter((row) => row.isBesideOld && row.force === "--replace");
        await goOn(world.stack, "The way out", isTold(created.filter((row) => !notAgain.includes(row))));
        await goOn(world.stack, "When the program was changed since", isTold(notAgain));
        await world.assertConverged(cut.map(({ key }) => key));
      });
});

async function cutOff(world: EngineWorld, cut: readonly Row[], way: Way, nameReuse: NameReuse): Promise<void> {
  const replace = await prepare(world, cut);
  const held = cut.map((row) => heldOf(row, nameReuse));
  await endWhile(held, way, world.stack, world.simulator, ["up", "--parallel", "64", ...replace]);
}

/** Types what the page says, and what it says for the case that a name is taken. */
async function goOn(stack: TestStack, heading: string, isTaken: boolean): Promise<void> {
  await type(stack, heading, isTaken ? "pulumi up --yes" : undefined);
  if (isTaken) await type(stack, "When `up` says that a name is taken");
}

/** The call of the row at which the run is cut off. */
function heldOf(row: Row, nameReuse: NameReuse): Held {
  const { call, afterCommit, key } = row;
  return { operation: call, roomName: call === "create" ? newNameOf(row, nameReuse) : nameOf(key), afterCommit };
}

/** What the new room is called. */
function newNameOf(row: Row, nameReuse: NameReuse): string {
  return isNumbered(row, nameReuse) ? `${nameOf(row.key)}-2` : nameOf(row.key);
}

/** Whether the new room cannot have the name of the old one. */
function isNumbered({ isBesideOld, old }: Row, nameReuse: NameReuse): boolean {
  return nameReuse === "reserved" || (isBesideOld && old === "present");
}

function nameOf(key: string): string {
  return generateName({ project: "rooms", stack: "dev", parentTypes: "", kind: "MeetingRoom", name: key });
}

function keyOf(row: { force: string; option: string; old: string; call: string; afterCommit: boolean }): string {
  const moment = row.afterCommit ? "done" : "held";
  return [row.force.replace("--", ""), row.option, row.old, row.call, moment].join("-").toLowerCase();
}
