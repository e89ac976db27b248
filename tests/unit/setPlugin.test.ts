import assert from "node:assert/strict";
import { CheckRequest } from "@pulumi/pulumi/proto/provider_pb";
import type { EngineLog } from "../../provider/src/pulumi/plugin/engineLog";
import { serving } from "../../provider/src/pulumi/plugin/serving";
import { toWire } from "../../provider/src/pulumi/plugin/values";
import { ProviderProcess } from "../../provider/src/pulumi/process";
import type { Bag } from "../../provider/src/pulumi/state";

const URN = "urn:pulumi:dev::rooms::metered:index:MeetingRoomSet::courses";
const config: Record<string, string> = { "metered:appName": "demo", "metered:secretKey": "secret" };

/** What the plugin's check of a set tells: problems, and warnings. */
function told(rooms: Bag, { olds = {}, isNamingOff = false }: { olds?: Bag; isNamingOff?: boolean } = {}) {
  const warnings: string[] = [];
  const log = { warn: (line: string) => void warnings.push(line) } as unknown as EngineLog;
  const process = new ProviderProcess((key) => config[key], {});
  const serve = serving({ process, log, cancelled: new AbortController().signal });
  const request = new CheckRequest().setUrn(URN).setOlds(toWire(olds)).setNews(toWire({ rooms }));
  const { DISABLE } = CheckRequest.AutonamingOptions.Mode;
  if (isNamingOff) request.setAutonaming(new CheckRequest.AutonamingOptions().setMode(DISABLE));
  const problems = serve(request)
    .check(request)
    .getFailuresList()
    .map((failure) => failure.getReason());
  return { problems, warnings };
}

describe("a set through the plugin", () => {
  const isPrivate = { privacy: "private" };

  it("warns of what is only inferred to be wrong, by key: the first ten, and the rest counted", () => {
    const rooms = Object.fromEntries(
      Array.from({ length: 12 }, (_, i) => [`r${i}`, { ...isPrivate, roomName: `${"x".repeat(70)}${i}` }]),
    );
    const { problems, warnings } = told({ fine: isPrivate, ...rooms });
    assert.deepEqual(problems, []);
    assert.match(warnings[0] ?? "", /^rooms\["r0"\]\.roomName /);
    assert.deepEqual([warnings.length, warnings.at(-1)], [11, "2 more rooms have warnings like these"]);
  });

  it("asks for the names of new rooms where Pulumi's auto-naming is off", () => {
    const rooms = { a: isPrivate, b: { ...isPrivate, roomName: "bee" } };
    assert.deepEqual(told(rooms).problems, []);
    assert.deepEqual(told(rooms, { isNamingOff: true }).problems, [
      'rooms["a"].roomName is missing: auto-naming is off for this resource, so set a roomName',
    ]);
    assert.deepEqual(told(rooms, { isNamingOff: true, olds: { rooms } }).problems, [], "those that have one keep it");
  });
});
