import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import fc from "fast-check";
import {
  generateName,
  generateNameInSet,
  isGeneratedFrom,
  isRename,
  isSpelling,
  numberedName,
} from "../../provider/src/rooms/name";
import { LONGEST_NAME, nameWarning, sameName } from "../../provider/src/schema/names";

const urn = { project: "rooms", stack: "dev", parentTypes: "", kind: "MeetingRoom", name: "standup" };

describe("auto-generated names", () => {
  it("are the resource's name and 8 hex digits, the same for ever", () => {
    // Written down, since a change of the recipe would give every new room another name.
    assert.equal(generateName(urn), "standup-f05db430");
    assert.equal(generateName({ ...urn, parentTypes: "my:index:Team$my:index:Office" }), "standup-48378878");
  });

  it("take the digits from sha256 of what the URN says", () => {
    const said = JSON.stringify(["rooms", "dev", "", "MeetingRoom", "standup"]);
    const hash = createHash("sha256").update(said).digest("hex");
    assert.equal(generateName(urn), `standup-${hash.slice(0, 8)}`);
  });

  it("differ when any part of the URN does", () => {
    const others = [
      urn,
      { ...urn, project: "other" },
      { ...urn, stack: "other" },
      { ...urn, parentTypes: "other" },
      { ...urn, kind: "LiveStreamingRoom" },
      { ...urn, name: "Standup" },
      { ...urn, project: "roomsdev", stack: "" },
    ];
    assert.equal(new Set(others.map(generateName)).size, others.length);
  });

  it("make the resource's name URL-safe", () => {
    const prefix = (name: string) => generateName({ ...urn, name }).slice(0, -9);
    assert.equal(prefix("Town Hall / Main_Room"), "town-hall-main-room");
    assert.equal(prefix("Réunion d'équipe"), "reunion-d-equipe");
    assert.equal(prefix("--a--"), "a");
    assert.equal(prefix("会議"), "room");
    assert.equal(prefix(""), "room");
    assert.equal(prefix("x".repeat(100)), "x".repeat(51));
    assert.equal(prefix(`${"x".repeat(50)} y`), "x".repeat(50));
  });

  it("are safe everywhere, whatever the resource is called", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 120 }), (name) => {
        const generated = generateName({ ...urn, name });
        assert.match(generated, /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?-[0-9a-f]{8}$/);
        assert.ok(generated.length <= LONGEST_NAME);
        assert.equal(nameWarning(generated), undefined);
        assert.equal(generateName({ ...urn, name }), generated);
      }),
      { numRuns: 300 },
    );
  });

  it("are numbered where they are taken", () => {
    assert.equal(numberedName("standup-1f2e3d4c", 2), "standup-1f2e3d4c-2");
    assert.equal(numberedName("standup-1f2e3d4c", 10), "standup-1f2e3d4c-10");
  });

  it("do not grow too long with a number, and keep the digits that tell them apart", () => {
    const longest = generateName({ ...urn, name: "x".repeat(100) });
    assert.equal(longest.length, LONGEST_NAME);
    assert.equal(numberedName(longest, 2), `${"x".repeat(49)}${longest.slice(-9)}-2`);
    assert.equal(numberedName(longest, 100).length, LONGEST_NAME);
    assert.equal(numberedName(`${"x".repeat(47)}-yyy-1f2e3d4c`, 100), `${"x".repeat(47)}-1f2e3d4c-100`);
    for (const length of [11, 30, 45, 49, 50, 57, 58]) {
      const base = `${"ab-".repeat(30).slice(0, length - 10)}z-1f2e3d4c`;
      assert.equal(numberedName(base, 2), `${base}-2`, "as long as there is room");
    }
    assert.equal(numberedName(`ab${"-c".repeat(24)}d-1f2e3d4c`, 2), `ab${"-c".repeat(23)}-1f2e3d4c-2`);
    // No dash is left in front of the digits, however many there are.
    assert.equal(numberedName(`${"x".repeat(46)}---yy-1f2e3d4c`, 10), `${"x".repeat(46)}-1f2e3d4c-10`);
    // A longer one was given by a program, so it is known to work.
    const given = "y".repeat(80);
    assert.equal(numberedName(given, 2), `${"y".repeat(78)}-2`);
  });
});

describe("auto-generated names in a set", () => {
  it("are the key and 8 hex digits of the set and the key, the same for ever", () => {
    for (let times = 0; times < 2; times++) {
      assert.equal(generateNameInSet("courses-1a2b3c4d", "Math 1"), "math-1-497d0ae6");
    }
    const hash = createHash("sha256").update('["courses-1a2b3c4d","math"]').digest("hex");
    assert.equal(generateNameInSet("courses-1a2b3c4d", "math"), `math-${hash.slice(0, 8)}`);
  });

  it("differ when the set or the key does", () => {
    const names = [
      ["courses", "math"],
      ["courses", "Math"],
      ["course", "smath"],
      ["other", "math"],
    ].map(([set = "", key = ""]) => generateNameInSet(set, key));
    assert.equal(new Set(names).size, names.length);
  });
});

describe("a name that a room has got by a generated one", () => {
  const base = "standup-1f2e3d4c";
  const digits = "standup-12345678";
  const longest = `${"x".repeat(51)}-1f2e3d4c`;

  for (const [name, from] of [
    [base, base],
    [digits, digits],
    ["StandUp-1F2E3D4C", base],
    ["standup_1f2e3d4c", base],
    [`${base}-2`, base],
    [`${base}-10`, base],
    [`${base}-100`, base],
    [`${digits}-2`, digits],
    [`${"x".repeat(49)}-1f2e3d4c-2`, longest],
  ] as const) {
    it(`may be ${name}`, () => assert.ok(isGeneratedFrom(from, name)));
  }

  // No room is counted as the first or as none, and others were called so by somebody.
  for (const name of [`${base}-0`, `${base}-1`, `${base}-02`, `${base}-x`, `${base}-2-2`, "standup", "standup-2", ""]) {
    it(`is not ${name || "nothing"}`, () => assert.ok(!isGeneratedFrom(base, name)));
  }
});

describe("names that a server spells in its own way", () => {
  it("are the same but for case and for what joins the words", () => {
    for (const [asked, actual] of [
      ["standup", "standup"],
      ["StandUp", "standup"],
      ["stand_up", "stand-up"],
      ["stand.up", "stand-up"],
      ["stand--up", "stand-up"],
    ] as const) {
      assert.ok(sameName(asked, actual), `${asked} ${actual}`);
      assert.ok(sameName(actual, asked), `${actual} ${asked}`);
    }
  });

  it("are others when a letter or a digit differs", () => {
    for (const [asked, actual] of [
      ["standup", "standup-2"],
      ["standup", "stand-up"],
      ["standup-1", "standup-2"],
      ["standup", ""],
    ] as const) {
      assert.ok(!sameName(asked, actual), `${asked} ${actual}`);
    }
  });
});

describe("spellings of one name", () => {
  it("differ in case alone: Metered may turn names into lower case", () => {
    assert.ok(isSpelling("StandUp", "standup") && isSpelling("standup", "STANDUP") && isSpelling("a", "a"));
    for (const other of ["stand-up", "standup-2", "standup ", ""]) assert.ok(!isSpelling("standup", other), other);
    // To Metered these may be two rooms.
    assert.ok(!isSpelling("stand_up", "stand-up"));
  });
});

describe("a rename", () => {
  const given = (wanted: string) => ({ wanted, isGenerated: false });
  const generated = (wanted: string) => ({ wanted, isGenerated: true });

  it("is a name that neither Metered nor the program has spelled so before", () => {
    // Asked for as StandUp, and stored as standup: both are right from then on.
    const room = { ...given("StandUp"), actual: "standup" };
    for (const same of ["StandUp", "standup", "STANDUP"]) assert.ok(!isRename(room, given(same)), same);
    for (const other of ["stand-up", "daily", ""]) assert.ok(isRename(room, given(other)), other);
  });

  it("is none where a server stores another name than it was asked for", () => {
    const room = { ...given("stand_up"), actual: "stand-up" };
    for (const same of ["stand_up", "stand-up", "Stand-Up"]) assert.ok(!isRename(room, given(same)), same);
  });

  it("is none between a generated name and the numbered one that the room got by it", () => {
    const room = { ...generated("standup-1f2e3d4c"), actual: "standup-1f2e3d4c-2" };
    assert.ok(!isRename(room, generated("standup-1f2e3d4c")));
    assert.ok(!isRename(room, given("standup-1f2e3d4c-2")), "the program gives the name that the room has");
    assert.ok(isRename(room, given("daily")) && isRename(room, generated("daily-99999999")));
  });

  it("is to give by oneself the name that was not free when the room had to take a numbered one", () => {
    const room = { ...generated("standup-1f2e3d4c"), actual: "standup-1f2e3d4c-2" };
    assert.ok(isRename(room, given("standup-1f2e3d4c")));
    assert.ok(!isRename({ ...room, actual: "standup-1f2e3d4c" }, given("standup-1f2e3d4c")));
    // A server that joins words in its own way has given the room no other name.
    const kept = { ...generated("stand_up"), actual: "stand-up" };
    for (const same of [given("stand_up"), given("stand-up"), generated("stand_up")]) assert.ok(!isRename(kept, same));
  });
});
