import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { Simulator } from "metered-simulator";
import { findHostForSdks, findLanguageHost, type Language, type Linked } from "../../tools/engine/languages";
import { pluginFolder } from "./pluginProgram";
import { TestStack } from "./stack";

/** A stack of an example in a language: the plugin is the one that is built. */
export async function languageStack(folder: string, simulator: Simulator, ...path: string[]): Promise<TestStack> {
  const stack = await TestStack.create({ simulator, folder: join("examples", "languages", folder) });
  const project = join(stack.folder, "Pulumi.yaml");
  const text = readFileSync(project, "utf8");
  assert.match(text, PLUGIN);
  writeFileSync(project, text.replace(PLUGIN, `path: ${JSON.stringify(pluginFolder)}`));
  stack.env.PATH = [...path, stack.path].join(delimiter);
  return stack;
}

/** Where an example finds the plugin in the repository. */
const PLUGIN = /path: \.\.\/\.\.\/\.\.\/provider\/bin$/m;

/** The folder of a language's host; the first time on a machine without a release of Pulumi it is built. */
export async function hostOf(language: Language): Promise<string> {
  return findLanguageHost(language, { log: () => undefined });
}

/** What PATH begins with so that `pulumi package add` works in a language; built as the hosts are. */
export async function hostForSdks(language: Linked): Promise<string> {
  return findHostForSdks(language, { log: () => undefined });
}

/**
 * The life of the rooms that the examples declare, the same in every language: created, looked up, found unchanged; a room
 * that is there already is imported; all that can be deleted is deleted in the end.
 *
 * @param declare puts the code that `pulumi import` printed into the program; without it, the host does not make code
 */
export async function tellStory(
  stack: TestStack,
  simulator: Simulator,
  declare?: (printed: string) => void,
): Promise<void> {
  const living = () => simulator.rooms.filter(({ archived }) => !archived).map(({ roomName }) => roomName);
  simulator.addRoom("meeting", "lobby", { privacy: "public" });
  await stack.upAndSettle();
  const [standup, townHall] = [stack.room("standup"), stack.room("town-hall")];
  assert.match(standup.id, /^standup-[0-9a-f]{8}$/);
  assert.deepEqual(living().sort(), ["lobby", standup.id, "town-hall"].sort());
  assert.deepEqual(simulator.rooms.find(({ roomName }) => roomName === standup.id)?.settings, {
    privacy: "private",
    maxParticipants: 12,
  });
  assert.deepEqual(stack.outputs(), {
    join: `${simulator.url}/${standup.id}`,
    watch: townHall.outputs.viewerURL,
    broadcast: townHall.outputs.broadcastManager,
    lobby: `${simulator.url}/lobby`,
  });

  simulator.addRoom("meeting", "old", { privacy: "private" });
  simulator.requests.clear();
  const room = ["metered:index:MeetingRoom", "old", "old"];
  const options = ["--protect=false", `--generate-code=${declare !== undefined}`, "--yes"];
  const { text } = await stack.pulumi("import", ...room, ...options);
  assert.deepEqual(stack.room("old").inputs.privacy, "private");
  if (declare) {
    declare(text);
    await stack.assertSettled();
  }
  assert.deepEqual(
    simulator.requests.filter(({ method }) => method !== "GET"),
    [],
  );
  await stack.pulumi("destroy");
  assert.deepEqual(stack.rooms(), []);
  assert.deepEqual(living().sort(), ["lobby", "town-hall"]);
}
