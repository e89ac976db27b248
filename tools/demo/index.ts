/**
 * The whole story of two rooms, on the real Pulumi engine against the mock server: `npm run demo`. Every step is checked,
 * and the exit code is not 0 when one did not do what it says. `--keep` stops after the first `pulumi up` and leaves
 * the mock server and the stack running, so that you can try more commands.
 */
import assert from "node:assert/strict";
import { parseArgs } from "node:util";
import { Demo } from "./demo";

const USAGE = `Walks two rooms through their lifecycle with the real Pulumi CLI and a mock server: create, update, delete
outside Pulumi, repair, destroy. It needs no account, and takes about a minute.

npm run demo -- [options]

  --keep        stop after the first pulumi up, and leave the mock server and the stack running
  -h, --help    show this help`;

async function main(): Promise<void> {
  const options = { keep: { type: "boolean" }, help: { type: "boolean", short: "h" } } as const;
  const { keep = false, help = false } = parseArgs({ options }).values;
  if (help) {
    console.log(USAGE);
    return;
  }
  const demo = await Demo.start(keep);
  try {
    await tell(demo, keep);
  } finally {
    if (!keep) await demo.cleanUp();
  }
}

async function tell(demo: Demo, keep: boolean): Promise<void> {
  demo.step("Create the two rooms of examples/quickstart/index.ts: pulumi up");
  await demo.pulumi("up", "--yes");
  const { join, watch, broadcast, standupName } = await demo.outputs();
  demo.say(`People join at      ${join}`, `Viewers watch at    ${watch}`, `You broadcast from  ${broadcast}`);
  await expectPage(join);
  await expectPage(watch);
  if (keep) {
    demo.goOnByHand();
    return;
  }

  demo.step("A second run changes nothing: pulumi up --expect-no-changes");
  await demo.pulumi("up", "--yes", "--expect-no-changes", "--skip-preview");

  demo.step("Change an input, and preview the update: pulumi config set maxParticipants 20, pulumi preview --diff");
  await demo.pulumi("config", "set", "maxParticipants", "20");
  await demo.pulumi("preview", "--diff");
  await demo.pulumi("up", "--yes", "--skip-preview");
  assert.equal((await demo.room(standupName)).maxParticipants, 20, "the room should take 20 participants now");

  demo.step(
    `Someone deletes room "${standupName}" outside Pulumi. pulumi refresh detects it, pulumi up creates the room again`,
  );
  await demo.deleteOutside(standupName);
  await demo.pulumi("refresh", "--yes", "--skip-preview");
  await demo.pulumi("up", "--yes", "--skip-preview");
  assert.equal((await demo.room(standupName)).maxParticipants, 20, "the room should be back");

  demo.step("Clean up: pulumi destroy (the live-streaming room stays on the server, because of retainOnDelete)");
  await demo.pulumi("destroy", "--yes", "--skip-preview");
  assert.equal((await demo.room(standupName)).message, "room not found", "the meeting room should be gone");
  demo.say("Every step worked.");
}

async function expectPage(address = ""): Promise<void> {
  assert.equal((await fetch(address)).status, 200, `${address} should open`);
}

main().catch((error: unknown) => {
  console.error(`\nThe demo failed: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
});
