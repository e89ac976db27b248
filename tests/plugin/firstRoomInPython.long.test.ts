import assert from "node:assert/strict";
import { symlinkSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { EmptyFolder } from "../support/documents/emptyFolder";
import { notTakenBy } from "../support/documents/runBy";
import { pages, take } from "../support/documents/shell";
import { hostOf } from "../support/languageStory";
import { describeSdks } from "../support/onSdks";
import { installPython, noPython } from "../support/sdks";

const PAGE = "first-room-python.md";

describeSdks("first-room-python.md: from an empty folder to a room in Python", (on) => {
  const title = "creates the room, finds nothing more to do, and deletes it";
  (noPython ? it.skip : it)(noPython ? `${title} (skipped: ${noPython})` : title, async () => {
    const folder = await EmptyFolder.create();
    try {
      await folder.shell(take(PAGE, "mkdir rooms"));
      const project = join(folder.path, "rooms");
      writeFileSync(join(project, "Pulumi.yaml"), blockOf("yaml"));
      writeFileSync(join(project, "__main__.py"), blockOf("python"));
      const { environment } = await installPython(on.sdks);
      symlinkSync(environment, join(project, "venv"));
      await installSdk(folder);
      folder.env.PATH = [join(environment, "bin"), await hostOf("python"), folder.env.PATH].join(delimiter);

      const configure = take(PAGE, "pulumi stack init dev").replace("http://127.0.0.1:8080", on.simulator.url);
      assert.match(configure, / simulator-secret\n/);
      await folder.shell(configure.replace(" simulator-secret", ""), "rooms", on.simulator.secretKey);
      const { text } = await folder.shell(take(PAGE, "pulumi up"), "rooms");
      assert.match(text, /\+ +metered:index:MeetingRoom standup created/);
      const [room] = on.simulator.rooms;
      assert.ok(text.includes(`join: "${on.simulator.url}/${room?.roomName}"`), text);
      await folder.shell("pulumi up --expect-no-changes", "rooms");
      await folder.shell(take(PAGE, "pulumi destroy"), "rooms");
      assert.deepEqual(
        on.simulator.rooms.map(({ archived }) => archived),
        [true],
      );
    } finally {
      folder.dispose();
    }
  });

  /** Into a folder of its own, without a download: the environment is in the cache, and other tests use it. */
  async function installSdk(folder: EmptyFolder): Promise<void> {
    const packages = join(folder.path, "packages");
    const offline = `venv/bin/python -m pip install --quiet --no-deps --no-build-isolation --target ${packages} ${on.sdks}`;
    await folder.shell(take(PAGE, "venv/bin/pip").replace("venv/bin/pip install REPOSITORY/sdks", offline), "rooms");
    folder.env.PYTHONPATH = packages;
  }

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
