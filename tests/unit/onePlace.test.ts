import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { KEY } from "../../provider/src/pulumi/state";
import { liveStreamingRoom } from "../../provider/src/rooms/liveStreamingRoom";
import { meetingRoom } from "../../provider/src/rooms/meetingRoom";
import { sourceFiles } from "../support/sourceGraph";

const files = sourceFiles(join(__dirname, "..", "..", "provider", "src"));

/** Modules of our own whose code has what is looked for. */
function modulesWith(pattern: RegExp): string[] {
  return [...files.values()].filter(({ code }) => pattern.test(code)).map(({ module }) => module);
}

describe("what one place knows", () => {
  it("is the keys that only the provider uses: pulumi/state", () => {
    assert.deepEqual(modulesWith(/__(generated|lookup|provider|auto)\b/), ["pulumi/state"]);
    assert.deepEqual(modulesWith(/["'`]__/), ["pulumi/state"]);
  });

  it("has a reason in docs/decisions.md for each of these keys", () => {
    const decisions = readFileSync(join(__dirname, "..", "..", "docs", "decisions.md"), "utf8");
    const reasons = [...decisions.matchAll(/^\| `(__\w+)`/gm)].map(([, key]) => key);
    assert.deepEqual(reasons.sort(), Object.values(KEY).sort());
  });

  it("is how the API is called: one file to look, one to create and update, one to delete", () => {
    // A set answers the first look at a room from its list, and passes on all else.
    const passesOn = "rooms/set/observed";
    const callers = (method: string) =>
      modulesWith(new RegExp(`\\bapi \\. ${method} \\(`)).filter((module) => module !== passesOn);
    assert.deepEqual(callers("get"), ["rooms/look"]);
    assert.deepEqual(callers("proveAccount"), ["rooms/look"]);
    assert.deepEqual(callers("create"), ["rooms/reconcile"]);
    assert.deepEqual(callers("update"), ["rooms/reconcile"]);
    assert.deepEqual(callers("delete"), ["rooms/remove"]);
  });

  it("is the name of a setting: the table, and one file for the end of a room", () => {
    const names = [meetingRoom, liveStreamingRoom].flatMap(({ fields }) => Object.keys(fields));
    const settings = [...new Set(names)].filter((name) => name !== "roomName");
    const known = new Map<string, readonly string[]>();
    for (const { module, code } of files.values()) {
      const found = settings.filter((name) => new RegExp(`\\b${name}\\b`).test(code));
      if (found.length > 0) known.set(module, found.sort());
    }
    for (const table of ["rooms/meetingRoom", "rooms/liveStreamingRoom"]) assert.ok(known.delete(table), table);
    // Made from the tables, and from docs/errors.md.
    for (const { name } of [meetingRoom, liveStreamingRoom]) {
      known.delete(`pulumi/dynamic/${name[0]?.toLowerCase()}${name.slice(1)}`);
      known.delete(`pulumi/dynamic/functions/get${name}`);
    }
    known.delete("pulumi/words/explanations");
    // Tokens have settings of the same names, in a table of their own.
    for (const module of known.keys()) if (/(^|\/)accessTokens?$/.test(module)) known.delete(module);
    assert.deepEqual(Object.fromEntries(known), {
      "rooms/expiry": ["deleteOnExp", "expireUnixSec"],
      // The way out for a token whose end the program has set.
      "cli/doctor/turn": ["expireUnixSec"],
      // The way out of an error that only the end of a room has.
      "pulumi/words/missing": ["deleteOnExp", "expireUnixSec"],
      // What getMeetingRooms filters by.
      "pulumi/lookups": ["privacy"],
      "pulumi/lookupArguments": ["privacy"],
      "pulumi/plugin/invokes": ["privacy"],
      "pulumi/dynamic/functions/getMeetingRooms": ["privacy"],
      // In the types of sets, whose secret settings are apart.
      "pulumi/dynamic/roomSets": ["rtmpOutURL"],
      // The columns of the list.
      "cli/list": ["deleteOnExp", "expireUnixSec", "privacy"],
    });
  });

  it("is how Pulumi spells what is not known yet: schema/kinds", () => {
    assert.deepEqual(modulesWith(/04da6b54-80e4-46f7-96ec-b56ff0331ba9/), ["schema/kinds"]);
  });

  it("is how Pulumi marks a secret: pulumi/secrets", () => {
    assert.deepEqual(modulesWith(/4dabf18193072939515e22adb298388d/), ["pulumi/secrets"]);
  });
});
