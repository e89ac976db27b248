import assert from "node:assert/strict";
import { CheckRequest } from "@pulumi/pulumi/proto/provider_pb";
import type { EngineLog } from "../../provider/src/pulumi/plugin/engineLog";
import { serving } from "../../provider/src/pulumi/plugin/serving";
import { toWire } from "../../provider/src/pulumi/plugin/values";
import { ProviderProcess } from "../../provider/src/pulumi/process";
import { isMarkedAsSecret, markedAsSecret } from "../../provider/src/pulumi/secrets";
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

  it("keeps a secret setting apart, wherever the program has it, so that the other rooms can be seen", () => {
    const hook = "https://hooks.example.com/4711";
    const secret = (value: unknown) => markedAsSecret({ value });
    const checked = (news: Bag) => {
      const serve = serving({
        process: new ProviderProcess((key) => config[key], {}),
        log: { warn: () => undefined } as unknown as EngineLog,
        cancelled: new AbortController().signal,
      });
      const request = new CheckRequest().setUrn(URN).setNews(toWire(news));
      const { rooms, secretSettings } = serve(request).check(request).getInputs()?.toJavaScript() ?? {};
      return { rooms, secretSettings };
    };
    const apart = {
      rooms: { a: isPrivate, b: { ...isPrivate, roomName: "bee" } },
      secretSettings: secret({
        a: { meetingLeftWebhook: hook, meetingJoinWebhook: hook },
        b: { meetingLeftWebhook: hook },
      }),
    };
    const rooms = {
      a: { ...isPrivate, meetingLeftWebhook: secret(hook) },
      b: { ...isPrivate, roomName: "bee", meetingLeftWebhook: secret(hook) },
    };
    assert.deepEqual(checked({ rooms, secretSettings: secret({ a: { meetingJoinWebhook: hook } }) }), apart);
    assert.deepEqual(checked(apart), apart);
    // What is no setting is refused, and a secret all the same, however deep it lies.
    for (const odd of [{ ...isPrivate, meetingLeftWebhook: [secret(hook)] }, [secret(hook)]]) {
      const { rooms: whole } = checked({ rooms: { a: odd } }) as { rooms: unknown };
      assert.ok(isMarkedAsSecret(whole), JSON.stringify(odd));
    }
    // A name that is a secret, or a room as a whole, has no other place.
    for (const name of [{ ...isPrivate, roomName: secret("bee") }, secret({ ...isPrivate, roomName: "bee" })]) {
      const { rooms: whole, secretSettings } = checked({ rooms: { a: rooms.a, b: name } });
      assert.deepEqual(whole, secret({ a: isPrivate, b: { ...isPrivate, roomName: "bee" } }));
      assert.deepEqual(secretSettings, secret({ a: { meetingLeftWebhook: hook } }));
    }
    assert.deepEqual(
      checked({ rooms: secret(rooms) }).rooms,
      secret({
        ...apart.rooms,
        a: { ...isPrivate, meetingLeftWebhook: hook },
        b: { ...apart.rooms.b, meetingLeftWebhook: hook },
      }),
    );
  });
});
