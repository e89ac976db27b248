import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import ts from "typescript";
import { packageTokenOf, tokenOf } from "../../provider/src/pulumi/types";
import { generatedNameOf } from "../../provider/src/pulumi/urn";
import { liveStreamingRoomSet, meetingRoomSet } from "../../provider/src/rooms/set/setType";
import { assertNoSecrets, canaryRtmpURL } from "../support/canary";
import { URN } from "../support/fakePulumi";
import { onAccount } from "../support/onAccount";

const root = join(__dirname, "..", "..");
const urn = `${URN}${tokenOf(meetingRoomSet)}::courses`;
const HOOK = "https://hooks.example.com/ended?token=hook-token-Vb3";

/** What the simulator shows of a room that was given no more than its privacy, and Metered documents no default of. */
const DEFAULTS = {
  autoJoin: false,
  deleteOnExp: false,
  ejectAtRoomExp: false,
  enableChat: false,
  enableRequestToJoin: false,
  enableScreenSharing: true,
  joinAudioOn: true,
  joinVideoOn: true,
  recordRoom: false,
};

interface Entry {
  readonly type: string;
  readonly name: string;
  readonly id: string;
  readonly inputs: Record<string, unknown>;
  readonly outputs: Record<string, unknown> & { readonly rooms: Record<string, Record<string, unknown>> };
}

describe("pulumi-metered import --set", function () {
  this.timeout(60_000);
  const on = onAccount({ switches: { liveOptionalInReplies: "echoed" } });

  const entries = () => JSON.parse(on.text("rooms.import.json")).resources as Entry[];
  const urns = () => (on.pulumi.stack.resources ?? []).map((each) => each.urn);
  const addRooms = (...names: string[]) => {
    for (const name of names) on.simulator.addRoom("meeting", name, { privacy: "public" });
  };

  it("declares one set, formatted, whose keys are the rooms' names, and whose secrets are apart", async () => {
    addRooms("standup", "2024 review");
    on.simulator.addRoom("meeting", "lab", { privacy: "private", maxParticipants: 5, meetingEndedWebhook: HOOK });
    const { out } = await on.imports(0, "--all", "--set", "courses");
    const text = on.text("rooms.ts");
    assert.equal(
      // Without what the simulator shows of every room.
      text.replace(/^ {6}\w+: (true|false),\n/gm, ""),
      `// Rooms of Metered app demo.
import * as pulumi from "@pulumi/pulumi";
import * as metered from "pulumi-metered";

const config = new pulumi.Config();

export const courses = new metered.MeetingRoomSet("courses", {
  rooms: {
    "2024 review": {
      roomName: "2024 review",
      privacy: "public",
    },
    lab: {
      roomName: "lab",
      privacy: "private",
      maxParticipants: 5,
    },
    standup: {
      roomName: "standup",
      privacy: "public",
    },
  },
  secretSettings: {
    lab: {
      meetingEndedWebhook: config.requireSecret("labMeetingEndedWebhook"),
    },
  },
});
`,
    );
    on.pulumi.write("biome.json", '{"formatter":{"indentStyle":"space"}}');
    const biome = join(root, "node_modules", ".bin", "biome");
    execFileSync(biome, ["format", "rooms.ts"], { cwd: on.pulumi.folder, stdio: "pipe" });
    assert.match(out, /^Wrote rooms\.ts, which defines 3 rooms \(set "courses"\), and rooms\.import\.json/);
    assert.match(out, /pulumi config set --secret labMeetingEndedWebhook {3}# for lab$/m);
  });

  it("gives Pulumi the state of a set that the program created, with what is secret encrypted", async () => {
    addRooms("standup");
    on.simulator.addRoom("meeting", "lab", { privacy: "private", meetingEndedWebhook: HOOK });
    await on.imports(0, "--all", "--set", "courses");
    const [{ inputs, outputs, ...rest } = assert.fail(), ...more] = entries();
    const id = generatedNameOf(urn, meetingRoomSet);
    assert.deepEqual([rest, more], [{ type: tokenOf(meetingRoomSet), name: "courses", id }, []]);
    const secret = {
      "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
      plaintext: JSON.stringify({ lab: { meetingEndedWebhook: HOOK } }),
    };
    assert.deepEqual(inputs, {
      rooms: {
        lab: { ...DEFAULTS, privacy: "private", roomName: "lab" },
        standup: { ...DEFAULTS, privacy: "public", roomName: "standup" },
      },
      secretSettings: secret,
      __auto: id,
      __provider: 'exports.handler=()=>require("pulumi-metered/runtime").meetingRoomSet',
    });
    assert.deepEqual(outputs.secretSettings, secret);
    const rooms = Object.entries(outputs.rooms).map(([key, { roomId }]) => [key, roomId]);
    assert.deepEqual(rooms.sort(), on.simulator.rooms.map(({ roomName, _id }) => [roomName, _id]).sort());
    assert.ok(on.pulumi.commands.includes("stack"), "an empty stack has no URN that says what it is called");
  });

  it("makes a set of each kind, beside TURN credentials, all under names of their own", async () => {
    addRooms("lobby");
    on.simulator.addRoom("live", "town-hall", { enableRTMPOut: true, rtmpOutURL: canaryRtmpURL });
    on.simulator.addTurnCredential({ label: "courses" });
    const { out } = await on.imports(0, "lobby", "--live", "town-hall", "--all-turn", "--set", "courses", "--json");
    assert.deepEqual(
      JSON.parse(out).rooms.map(({ kind, name, resource, key, variable }: Record<string, string>) =>
        [kind, name, resource, key, variable].join(),
      ),
      [
        "MeetingRoom,lobby,courses,lobby,courses2",
        "LiveStreamingRoom,town-hall,courses,town-hall,courses3",
        "TurnCredential,courses,courses,,courses",
      ],
    );
    assert.deepEqual(
      entries().map(({ type }) => type.split(":").at(-1)),
      [meetingRoomSet.name, liveStreamingRoomSet.name, "TurnCredential"],
    );
    assertNoSecrets("the module", on.text("rooms.ts"));
  });

  it("finds a key that Pulumi doesn't take for its own, and leaves out names that differ in case alone", async () => {
    const names = ["__proto__", "proto__", "Lobby", "lobby", "it's", "a.b[0]", "constructor"];
    addRooms(...names);
    const { out } = await on.imports(0, "--all", "--set", "odd");
    assert.match(out, /^Skipped meeting room "lobby": the set has a room whose name differs in case alone\. Import/m);
    const { outputText } = ts.transpileModule(on.text("rooms.ts"), {
      compilerOptions: { module: ts.ModuleKind.CommonJS },
    });
    let declared: { rooms: Record<string, { roomName: string }> } | undefined;
    class MeetingRoomSet {
      constructor(_name: string, args: typeof declared) {
        declared = args;
      }
    }
    new Function("exports", "require", outputText)({}, () => ({ MeetingRoomSet }));
    const byKey = Object.fromEntries(Object.entries(declared?.rooms ?? {}).map(([key, room]) => [key, room.roomName]));
    assert.deepEqual(byKey, {
      "proto__-2": "__proto__",
      proto__: "proto__",
      Lobby: "Lobby",
      "it's": "it's",
      "a.b[0]": "a.b[0]",
      constructor: "constructor",
    });
    assert.deepEqual(Object.keys(entries()[0]?.outputs.rooms ?? {}).sort(), Object.keys(byKey).sort());
  });

  it("refuses a name that a set of the stack has, and flags that name no room", async () => {
    addRooms("lobby");
    on.pulumi.set({ resources: [{ urn, type: tokenOf(meetingRoomSet), id: "courses-1a2b3c4d", outputs: {} }] });
    const { err } = await on.imports(1, "--all", "--set", "courses");
    assert.match(err, /The stack already has a set "courses", and an import can't add rooms to it\..*adoptExisting/);
    assert.equal(on.isThere("rooms.ts"), false);
    assert.match((await on.imports(2, "--all-turn", "--set", "other")).err, /--set is for rooms/);
    await on.imports(0, "--all", "--set", "other");
    assert.equal(on.pulumi.commands.includes("stack"), false);
  });

  it("puts the set into the stack with --apply, and takes it back when the preview shows changes", async () => {
    addRooms("lobby", "retro");
    on.pulumi.set({ declares: [urn], differs: [urn] });
    const { err } = await on.imports(3, "--all", "--set", "courses", "--apply");
    assert.match(err, /shows changes:\n {2}update MeetingRoomSet courses \(maxParticipants\)/);
    assert.deepEqual(urns(), []);
    assert.equal(on.isThere("rooms.ts"), false);
    on.pulumi.set({ differs: [] });
    const { out } = await on.imports(0, "--all", "--set", "courses", "--apply");
    assert.match(out, /^Imported 2 rooms \(set "courses"\) of Metered app "demo", defined in rooms\.ts\./);
    assert.ok(urns().includes(urn));
  });

  it("hands the plugin a file even for one room, since Pulumi has nothing to read a set from", async () => {
    addRooms("lobby");
    on.pulumi.write("Pulumi.yaml", "name: rooms\nruntime: python\n");
    const { out } = await on.imports(0, "--all", "--set", "courses");
    assert.match(out, /^ {2}1\. pulumi import --file rooms\.import\.json {3}# Pulumi 3\.254 or newer$/m);
    const [entry = assert.fail()] = entries();
    assert.equal(entry.type, packageTokenOf(meetingRoomSet));
    const { rooms, ...more } = entry.inputs;
    assert.deepEqual(rooms, { lobby: { ...DEFAULTS, privacy: "public", roomName: "lobby" } });
    assert.deepEqual(more, { __auto: entry.id });
  });
});
