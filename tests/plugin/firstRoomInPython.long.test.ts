import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { startSimulator } from "metered-simulator";
import { canaryKey } from "../support/canary";
import { EmptyFolder } from "../support/documents/emptyFolder";
import { notTakenBy } from "../support/documents/runBy";
import { pages, take } from "../support/documents/shell";
import { hostForSdks } from "../support/languageStory";
import { noPython } from "../support/sdks";

const PAGE = "first-room-python.md";

describe("first-room-python.md: from an empty folder to a room in Python", function () {
  // The first time on a machine, what is needed is built and downloaded.
  this.timeout(45 * 60_000);

  const title = "creates the room, finds nothing more to do, and deletes it";
  (noPython ? it.skip : it)(noPython ? `${title} (skipped: ${noPython})` : title, async () => {
    const folder = await EmptyFolder.create();
    const simulator = await startSimulator({ secretKey: canaryKey });
    try {
      await folder.shell(take(PAGE, "mkdir rooms"));
      const project = join(folder.path, "rooms");
      const read = (name: string) => readFileSync(join(project, name), "utf8");
      writeFileSync(join(project, "Pulumi.yaml"), blockOf("yaml"));
      await folder.shell(take(PAGE, "python3 -m venv venv"), "rooms");
      folder.env.PATH = [await hostForSdks("python"), folder.env.PATH].join(delimiter);
      const before = read("requirements.txt");
      await folder.shell(take(PAGE, "pulumi package add"), "rooms");
      assert.equal(read("requirements.txt"), `${before}sdks/metered\n`);
      assert.match(read("Pulumi.yaml"), /^packages:\n +metered: metered@\d+\.\d+\.\d+$/m);
      writeFileSync(join(project, "__main__.py"), blockOf("python"));

      const configure = take(PAGE, "pulumi stack init dev").replace("http://127.0.0.1:8080", simulator.url);
      assert.match(configure, / simulator-secret\n/);
      await folder.shell(configure.replace(" simulator-secret", ""), "rooms", simulator.secretKey);
      const { text } = await folder.shell(take(PAGE, "pulumi up"), "rooms");
      assert.match(text, /\+ +metered:index:MeetingRoom standup created/);
      const [room] = simulator.rooms;
      assert.ok(text.includes(`join: "${simulator.url}/${room?.roomName}"`), text);
      await folder.shell("pulumi up --expect-no-changes", "rooms");
      await folder.shell(take(PAGE, "pulumi destroy"), "rooms");
      assert.deepEqual(
        simulator.rooms.map(({ archived }) => archived),
        [true],
      );
    } finally {
      await simulator.close();
      folder.dispose();
    }
  });

  (noPython ? it.skip : it)("with all commands that are said to be run here", () => {
    assert.deepEqual(notTakenBy(__filename), []);
  });
});

/** The only block of a language on the page. */
function blockOf(language: string): string {
  const blocks = [...(pages.get(PAGE) ?? "").matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, "gm"))];
  assert.equal(blocks.length, 1);
  return blocks[0]?.[1] ?? "";
}
