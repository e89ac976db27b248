import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import {
  type ExampleSchema,
  interpolated,
  LANGUAGES,
  noted,
  type Program,
  ref,
  render,
} from "../../tools/generate/examples";
import { PROGRAM_NAMES, programOf } from "../../tools/generate/examples/recipes";

interface Described {
  readonly description: string;
}
type Schema = ExampleSchema & {
  readonly resources: Readonly<Record<string, Described>>;
  readonly functions: Readonly<Record<string, Described>>;
};

const schema = JSON.parse(readFileSync(join(__dirname, "..", "..", "provider", "schema.json"), "utf8")) as Schema;

const program: Program = {
  steps: [
    { config: "guests" },
    { lookup: "getMeetingRoom", as: "lobby", inputs: { roomName: "lobby" } },
    { resource: "MeetingRoom", as: "unused", inputs: { privacy: "public" } },
    {
      resource: "MeetingRoomSet",
      as: "dailyRooms",
      name: "daily",
      inputs: { rooms: { "day one": { privacy: "private", maxParticipants: noted(12_000, "all of us") } } },
      options: { ignoreChanges: ["retainRemoved"], import: "daily", protect: true },
    },
  ],
  outputs: { first: ref("dailyRooms", "rooms", "day one", "url"), text: interpolated("see ", ref("lobby", "url")) },
};

describe("an example in all languages", () => {
  const rendered = render(program, schema);
  const holds = (language: keyof typeof LANGUAGES, ...parts: string[]) => {
    for (const part of parts)
      assert.ok(rendered[language].includes(part), `${part}\n\nnot in\n\n${rendered[language]}`);
  };

  it("reads keys of maps and members of objects as each language does", () => {
    holds("typescript", 'dailyRooms.rooms["day one"].url', "pulumi.interpolate`see $" + "{lobby.url}`");
    holds("python", 'daily_rooms.rooms["day one"].url', 'pulumi.Output.concat("see ", lobby.url)');
    holds("go", 'dailyRooms.Rooms.MapIndex(pulumi.String("day one")).Url()', 'pulumi.Sprintf("see %s", lobby.Url())');
    holds("csharp", 'dailyRooms.Rooms.Apply(rooms => rooms["day one"].Url)', "lobby.Apply(result => result.Url)");
    holds("java", 'dailyRooms.rooms().applyValue(rooms -> rooms.get("day one").url())', 'Output.format("see %s"');
    assert.deepEqual(parse(rendered.yaml).outputs, {
      first: `\${dailyRooms.rooms["day one"].url}`,
      text: `see \${lobby.url}`,
    });
  });

  it("writes choices, numbers, comments and options in each language", () => {
    holds("typescript", 'privacy: "private"', "// all of us\n", "12_000", 'import: "daily"');
    holds(
      "python",
      '"privacy": metered.Privacy.PRIVATE',
      "# all of us\n",
      "12_000",
      'import_="daily"',
      '["retain_removed"]',
    );
    holds("go", "metered.PrivacyPrivate", "// all of us\n", "pulumi.Int(12_000)", 'pulumi.Import(pulumi.ID("daily"))');
    holds("csharp", "Privacy = Privacy.Private", "// all of us\n", 'ImportId = "daily"', "Protect = true");
    holds(
      "java",
      ".privacy(Privacy.Private)",
      "// all of us\n",
      '.importId("daily")',
      "import live.metered.enums.Privacy;",
    );
    holds("yaml", "privacy: private", "maxParticipants: 12000 # all of us", "import: daily");
  });

  it("declares a variable only if the program uses it", () => {
    holds("typescript", '\nnew metered.MeetingRoom("unused"');
    holds("go", "_, err := metered.NewMeetingRoom(", "dailyRooms, err := metered.NewMeetingRoomSet(");
    holds("csharp", '\n    new MeetingRoom("unused"');
  });

  it("reads outputs of another stack", () => {
    const read = render(programOf("other-stack"), schema);
    assert.match(read.typescript, /^export const salesRoom = rooms\.requireOutput\("salesRoom"\);$/m);
    assert.match(read.python, /^import pulumi\n\nrooms = pulumi\.StackReference\("acme\/rooms\/prod"\)$/m);
    assert.match(read.go, /rooms\.GetOutput\(pulumi\.String\("salesRoom"\)\)/);
    assert.match(read.csharp, /rooms\.RequireOutput\("salesRoom"\)/);
    assert.match(read.java, /rooms\.requireOutput\("salesRoom"\)/);
    assert.equal(parse(read.yaml).outputs.salesRoom, `\${rooms.outputs.salesRoom}`);
  });

  it("gives resources of other packages what ours have", () => {
    const [given, redirect] = [render(programOf("config-map"), schema), render(programOf("redirect"), schema)];
    assert.match(given.python, /^import pulumi_kubernetes as k8s\n[\s\S]*data=\{"SALES_URL": sales\.url\}/m);
    assert.match(given.go, /^\tmetav1 "github\.com\/pulumi\/pulumi-kubernetes\/.*\/meta\/v1"$/m);
    assert.match(given.csharp, /^using Pulumi\.Kubernetes\.Types\.Inputs\.Meta\.V1;$/m);
    assert.match(given.java, /\.data\(sales\.url\(\)\.applyValue\(url -> Map\.of\("SALES_URL", url\)\)\)/);
    assert.deepEqual(parse(redirect.yaml).resources.meet.properties.spec.rules, [{ host: "meet.example.com" }]);
    assert.match(redirect.go, /networkingv1\.IngressRuleArray\{\n\t+&networkingv1\.IngressRuleArgs\{/);
  });

  it("refuses what the schema doesn't have", () => {
    const one = (step: Program["steps"][number], outputs: Program["outputs"] = {}) => ({ steps: [step], outputs });
    const room = { resource: "MeetingRoom", as: "room", inputs: { privacy: "public" } };
    assert.throws(() => render(one({ resource: "Room", as: "room" }), schema), /no Room/);
    assert.throws(() => render(one({ ...room, inputs: { privacy: "hidden" } }), schema), /can't be hidden/);
    assert.throws(() => render(one({ ...room, inputs: { privcy: "public" } }), schema), /no privcy/);
    assert.throws(() => render(one(room, { join: ref("room", "link") }), schema), /no link/);
    assert.throws(() => render(one(room, { room: ref("room", "url") }), schema), /room is a variable and an output/);
  });
});

describe("the examples of the schema", () => {
  const described = [...Object.entries(schema.resources), ...Object.entries(schema.functions)];
  const go = spawnSync("gofmt", ["-h"]).error ? it.skip : it;

  it("are of every resource and function, in every language", () => {
    for (const [token, { description }] of described) {
      for (const language of Object.keys(LANGUAGES)) {
        assert.ok(description.includes(`\`\`\`${language}\n`), `${token} has no example in ${language}`);
      }
      assert.match(
        description,
        /\{\{% examples %\}\}[\s\S]*\{\{% example %\}\}[\s\S]*\{\{% \/example %\}\}[\s\S]*\{\{% \/examples %\}\}/,
      );
    }
  });

  it("are followed by how to import, of every resource", () => {
    for (const [token, { description }] of Object.entries(schema.resources)) {
      assert.match(description, /\{\{% \/examples %\}\}\n\n## Import\n\n/, token);
    }
  });

  go("are formatted as gofmt wants them", () => {
    for (const name of PROGRAM_NAMES) {
      const text = render(programOf(name), schema).go;
      assert.equal(spawnSync("gofmt", [], { input: text, encoding: "utf8" }).stdout, text, name);
    }
  });
});
