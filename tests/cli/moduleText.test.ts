import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ts from "typescript";
import { moduleText, textLiteral } from "../../provider/src/cli/moduleText";
import { planImport } from "../../provider/src/cli/plan";
import type { FoundRoom } from "../../provider/src/cli/rooms";
import { liveStreamingRoom } from "../../provider/src/rooms/liveStreamingRoom";
import { meetingRoom } from "../../provider/src/rooms/meetingRoom";
import type { RoomType } from "../../provider/src/rooms/roomType";
import { assertNoSecrets, canaryRtmpURL } from "../support/canary";
import { allSettings, NOW } from "../support/rooms";

const root = join(__dirname, "..", "..");
const plain = { appName: "demo", hasProvider: false, dialect: "TypeScript" } as const;
const inFunction = { ...plain, hasProvider: true };
const dialects = ["TypeScript", "ES module", "CommonJS"] as const;

function found(type: RoomType, roomName: string, settings: object): FoundRoom {
  const roomId = `61005784c3c9104421af1534${roomName}`;
  const body = { _id: roomId, roomName, ...settings };
  return { type, room: { roomId, roomName, archived: false, createdAt: undefined, answeredAt: undefined, body } };
}

function planned(rooms: FoundRoom[]) {
  const account = {
    appName: "demo",
    secretKey: "k",
    origin: "https://demo.metered.live",
    timeoutMs: 1,
    patienceMs: 1,
    maxConcurrentRequests: 1,
  };
  const plan = planImport(rooms, { account, stack: undefined }, NOW);
  assert.deepEqual(plan.skipped, []);
  return plan.rooms;
}

/** Rooms whose lines are of every length around the width of a line. */
function roomsOfAllLengths(): FoundRoom[] {
  const hooks = (length: number) => `https://hooks.example.com/${"h".repeat(length)}`;
  return Array.from({ length: 75 }, (_, length) => [
    found(meetingRoom, `m${"a".repeat(length)}`, {
      ...allSettings(meetingRoom),
      meetingEndedWebhook: hooks(length),
      meetingJoinWebhook: hooks(length + 3),
    }),
    found(liveStreamingRoom, `l${"b".repeat(length)}`, {
      ...allSettings(liveStreamingRoom),
      displayMessage: `${"It's ".repeat(length / 7)}${'"so" '.repeat(length / 9)}\\\n\t\u0000${"x".repeat(length % 9)}`,
      customCSS: 'body { background: url("x"); content: "it\'s" }',
    }),
    found(meetingRoom, `least-${length}`, { privacy: "public" }),
  ]).flat();
}

/** What Biome makes of a module with the settings that it shares with Prettier. */
function formatted(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), "metered-format-"));
  try {
    writeFileSync(join(folder, "biome.json"), '{"formatter":{"indentStyle":"space"}}');
    writeFileSync(join(folder, "rooms.ts"), text);
    execFileSync(join(root, "node_modules", ".bin", "biome"), ["format", "--write", "rooms.ts"], {
      cwd: folder,
      stdio: "pipe",
    });
    return readFileSync(join(folder, "rooms.ts"), "utf8");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What TypeScript, as strict as it can be, has against each of these modules. */
function problemsOf(texts: readonly string[]): string[][] {
  const files = new Map(texts.map((text, i) => [join(root, `rooms-of-a-test-${i}.ts`), text]));
  const options: ts.CompilerOptions = {
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
    skipLibCheck: true,
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (name) => files.has(name) || fileExists(name);
  host.getSourceFile = (name, version) => {
    const text = files.get(name);
    return text === undefined ? getSourceFile(name, version) : ts.createSourceFile(name, text, version);
  };
  const problems = ts.getPreEmitDiagnostics(ts.createProgram([...files.keys()], options, host));
  return [...files.keys()].map((name) =>
    problems
      .filter(({ file }) => file === undefined || file.fileName === name)
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n")),
  );
}

describe("the module that declares imported rooms", function () {
  this.timeout(60_000);

  it("reads as somebody would write it", () => {
    const rooms = planned([
      found(meetingRoom, "2024-review", { privacy: "private", maxParticipants: 12, showInviteBox: true }),
      found(liveStreamingRoom, "town-hall", { enableRTMPOut: true, rtmpOutURL: canaryRtmpURL }),
    ]);
    const text = moduleText(rooms, plain);
    assert.equal(
      text,
      `// Rooms of Metered app demo.
import * as pulumi from "@pulumi/pulumi";
import * as metered from "pulumi-metered";

const config = new pulumi.Config();

export const room2024Review = new metered.MeetingRoom("2024-review", {
  roomName: "2024-review",
  privacy: "private",
  maxParticipants: 12,
});

export const townHall = new metered.LiveStreamingRoom("town-hall", {
  roomName: "town-hall",
  enableRTMPOut: true,
  rtmpOutURL: config.requireSecret("townHallRtmpOutURL"),
});
`,
    );
    assert.equal(moduleText(rooms, { ...plain, dialect: "ES module" }), text);
    assert.equal(
      moduleText(rooms, { ...plain, dialect: "CommonJS" }),
      `// Rooms of Metered app demo.
const pulumi = require("@pulumi/pulumi");
const metered = require("pulumi-metered");

${text.slice(text.indexOf("const config"), -1).replaceAll("export const", "const")}

module.exports = {
  room2024Review,
  townHall,
};
`,
    );
  });

  it("has no address in it, which may contain a token: not of a stream, and not of a webhook", () => {
    const hook = (name: string) => `https://hooks.example.com/${name}?token=canary-token-Vb3`;
    const rooms = planned([
      found(meetingRoom, "lobby", {
        privacy: "public",
        meetingEndedWebhook: hook("a"),
        meetingJoinWebhook: hook("all"),
      }),
      found(meetingRoom, "retro", {
        privacy: "public",
        meetingEndedWebhook: hook("b"),
        meetingJoinWebhook: hook("all"),
      }),
    ]);
    const text = moduleText(rooms, plain);
    assert.doesNotMatch(text, /hooks\.example\.com/);
    assertNoSecrets("the module", text);
    assert.deepEqual(
      [...text.matchAll(/(\w+): config\.requireSecret\("(\w+)"\)/g)].map(([, setting, key]) => `${setting} ${key}`),
      // One webhook for all rooms is set once.
      [
        "meetingJoinWebhook meetingJoinWebhook",
        "meetingEndedWebhook lobbyMeetingEndedWebhook",
        "meetingJoinWebhook meetingJoinWebhook",
        "meetingEndedWebhook retroMeetingEndedWebhook",
      ],
    );
  });

  it("leaves the provider to the program where the rooms have one", () => {
    const rooms = planned([found(meetingRoom, "lobby", { privacy: "public" })]);
    assert.equal(
      moduleText(rooms, inFunction),
      `// Rooms of Metered app demo.
import * as metered from "pulumi-metered";

/** Defines the rooms of demo. \`provider\` is the provider for that app. */
export function declareRooms(provider: metered.Provider) {
  const lobby = new metered.MeetingRoom(
    "lobby",
    {
      roomName: "lobby",
      privacy: "public",
    },
    { provider },
  );

  return {
    lobby,
  };
}
`,
    );
  });

  for (const dialect of dialects) {
    for (const [title, options] of Object.entries({ "on its own": plain, "in a function": inFunction })) {
      it(`is formatted, whatever the rooms are called and set to: ${dialect}, ${title}`, () => {
        const text = moduleText(planned(roomsOfAllLengths()), { ...options, dialect });
        assert.equal(text, formatted(text));
        assertNoSecrets("the module", text);
      });
    }
  }

  it("compiles under strict TypeScript, which would find out if it did not", () => {
    const rooms = planned(roomsOfAllLengths().slice(0, 60));
    const wrong = 'import { MeetingRoom } from "pulumi-metered";\nnew MeetingRoom("r", {});';
    const [onItsOwn, inAFunction, found] = problemsOf([moduleText(rooms, plain), moduleText(rooms, inFunction), wrong]);
    assert.deepEqual([onItsOwn, inAFunction], [[], []]);
    assert.match(String(found), /privacy/);
  });
});

describe("a text in source code", () => {
  it("is the same text again, in the quotes that need fewer escapes", () => {
    const texts = [
      '"',
      "'",
      '""',
      "it's",
      'say "hi"',
      `"it's"`,
      `\\"`,
      `\\\\"'`,
      "a\nb",
      "\u2028",
      "\u0000",
      "ü",
      "😀",
    ];
    for (const text of texts) assert.equal(Function(`return ${textLiteral(text)}`)(), text);
    assert.equal(textLiteral('say "hi"'), `'say "hi"'`);
    assert.equal(textLiteral("it's"), `"it's"`);
  });
});
