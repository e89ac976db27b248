import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { FILES, Replay, recordedReleases } from "../support/recordedStates";
import { type StateResource, TestStack } from "../support/stack";

describe("a stack that a release left behind", function () {
  this.timeout(300_000);

  for (const release of recordedReleases()) {
    it(`of ${release} is as it was for this version, can be updated and destroyed`, async () => {
      const replay = await Replay.start(release);
      const { simulator } = replay;
      const stack = await TestStack.create({ simulator, configuration: replay.text(FILES.configuration) });
      try {
        for (const file of [FILES.program, FILES.state]) {
          writeFileSync(join(stack.folder, file), replay.text(file));
        }
        await stack.pulumi("stack", "import", "--file", FILES.state);
        const halfDone = stack.rooms().filter(({ initErrors = [] }) => initErrors.length > 0);

        const preview = JSON.parse((await stack.pulumi("preview", "--json")).text) as { steps: Step[] };
        const changes = preview.steps.filter(({ op }) => !["same", "read"].includes(op));
        // Pulumi itself comes back to what is not as declared, on the first run after.
        assert.deepEqual(
          changes.map(({ op, urn }) => [op, urn]),
          halfDone.map(({ urn }) => ["update", urn]),
        );
        // What a lost update left open, a refresh finds out; of all else it finds what is there already.
        const certain = () => stack.rooms().filter(({ urn }) => !halfDone.some((half) => half.urn === urn));
        const found = JSON.stringify(certain().map(seen).sort());
        await stack.pulumi("refresh");
        assert.equal(JSON.stringify(certain().map(seen).sort()), found);
        assert.deepEqual(
          simulator.requests.filter(({ method }) => method !== "GET"),
          [],
        );

        const before = stack.rooms();
        const program = replay.text(FILES.program);
        const changed = program.replace("participants = 12", "participants = 13").replace("We start soon", "We start");
        writeFileSync(join(stack.folder, FILES.program), changed);
        await stack.upAndSettle();
        assert.deepEqual(idsIn(stack), before.map(({ urn, outputs }) => [urn, outputs.roomId]).sort());
        const texts = simulator.rooms.map(({ settings }) => JSON.stringify(settings));
        assert.equal(
          texts.some((text) => /"maxParticipants":12|We start soon/.test(text)),
          false,
        );
        assert.equal(
          texts.some((text) => text.includes('"maxParticipants":13')),
          true,
        );

        await stack.pulumi("destroy");
        assert.deepEqual(replay.living, ["by-hand", "by-hand-live"]);
        assert.deepEqual(replay.turnOnServer, ["by-hand-project"]);
      } finally {
        await replay.close();
        stack.dispose();
      }
    });
  }
});

interface Step {
  readonly op: string;
  readonly urn: string;
}

/** What a refresh must leave as it is. Secrets are encrypted anew each time they are written. */
function seen({ urn, id, inputs, outputs }: StateResource): string {
  return [urn, id, ...[inputs, outputs].map((bag) => JSON.stringify(bag))].join(" ").replace(/v1:[\w+/=:]+/g, "");
}

function idsIn(stack: TestStack): [string, unknown][] {
  return stack
    .rooms()
    .map(({ urn, outputs }): [string, unknown] => [urn, outputs.roomId])
    .sort();
}
