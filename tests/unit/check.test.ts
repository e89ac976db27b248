import assert from "node:assert/strict";
import { liveStreamingRoom } from "../../provider/src/rooms/liveStreamingRoom";
import { meetingRoom } from "../../provider/src/rooms/meetingRoom";
import type { RoomType } from "../../provider/src/rooms/roomType";
import { problemsOf } from "../../provider/src/schema/check";
import type { Field, Kind } from "../../provider/src/schema/field";
import { UNKNOWN } from "../../provider/src/schema/kinds";
import { accessToken } from "../../provider/src/tokens/accessToken";
import { turnCredential } from "../../provider/src/turn/credential";
import { turnProject } from "../../provider/src/turn/project";
import { allSettings, leastInputs, NOW, types } from "../support/rooms";

/** What a new room with these settings is told. */
function problemsWith(type: RoomType, settings: Record<string, unknown>): string[] {
  return problemsOf(type, {}, leastInputs(type, settings), NOW);
}

/** For every kind of value: what passes, and what fails with which reason. */
type Cases = { readonly right: readonly unknown[]; readonly wrong: readonly (readonly [unknown, string])[] };

const WHOLE = "must be a whole number";
const NAME = 'must be URL-friendly, because it ends the room\'s address: letters a to z, digits, "-" and "_", ';
const TIMESTAMP = "must be a timestamp in Unix seconds";
const DATE = "not an object; for a Date, use Math.floor(date.getTime() / 1000)";

const integers: Cases["wrong"] = [
  [NOW + 1.5, `${WHOLE}, not ${NOW + 1.5}`],
  [Number.NaN, `${WHOLE}, not NaN`],
  [Number.POSITIVE_INFINITY, `${WHOLE}, not Infinity`],
  [2 ** 53, `${WHOLE}, not 9007199254740992`],
  ["12", `${WHOLE}, not a string`],
  [true, `${WHOLE}, not a boolean`],
  [[12], `${WHOLE}, not a list`],
];

/** No room has settings of these kinds: see objectCheck.test.ts. */
type OtherKind = "httpsUrl" | "label" | "objectId" | "duration" | "quota" | "emails" | "texts";

const cases: Readonly<Record<Exclude<Kind, "choice" | OtherKind>, Cases>> = {
  boolean: {
    right: [true, false],
    wrong: [
      ["true", "must be true or false, not a string"],
      [1, "must be true or false, not a number"],
      [[], "must be true or false, not a list"],
      [{}, "must be true or false, not an object"],
    ],
  },
  count: {
    right: [0, 1, 12, Number.MAX_SAFE_INTEGER],
    wrong: [
      ...integers,
      [{ seconds: 12 }, `${WHOLE}, not an object`],
      [0.5, `${WHOLE}, not 0.5`],
      [-1, "must be 1 or more, not -1"],
    ],
  },
  unixSeconds: {
    right: [NOW + 1, 99_999_999_999],
    wrong: [
      ...integers,
      [0, `${TIMESTAMP}, not 0; leave it out for no limit`],
      [-1, `${TIMESTAMP}, not -1; leave it out for no limit`],
      // So a Date reaches the provider on Pulumi's wire.
      [{}, `${WHOLE} of Unix seconds, ${DATE}`],
      [{ seconds: 12 }, `${WHOLE} of Unix seconds, ${DATE}`],
      [
        1e11,
        "must be in Unix seconds, and 100000000000 looks like milliseconds: 100000000 would be 1973-03-03 09:46:40 UTC",
      ],
      [
        1_893_456_000_123,
        "must be in Unix seconds, and 1893456000123 looks like milliseconds: 1893456000 would be 2030-01-01 00:00:00 UTC",
      ],
      [2 ** 53 - 1, "must be in Unix seconds, and 9007199254740991 is far too large"],
    ],
  },
  url: {
    right: ["https://hooks.example.com/join?token=a%20b#c", "http://localhost:8080", "HTTPS://user:pass@example.com/"],
    wrong: [
      ["", "must be a URL that starts with http:// or https://"],
      ["string", "must be a URL that starts with http:// or https://"],
      ["/hooks/join", "must be a URL that starts with http:// or https://"],
      ["hooks.example.com/join", "must be a URL that starts with http:// or https://"],
      ["https:hooks.example.com/join", "must be a URL that starts with http:// or https://"],
      ["http://", "must be a URL that starts with http:// or https://"],
      ["https://hooks.example.com/a b", "must be a URL that starts with http:// or https://"],
      [" https://hooks.example.com", "must be a URL that starts with http:// or https://"],
      ["ftp://hooks.example.com", "must be a URL that starts with http:// or https://, not with ftp:"],
      ["rtmp://hooks.example.com", "must be a URL that starts with http:// or https://, not with rtmp:"],
      [8080, "must be a URL that starts with http:// or https://, not a number"],
      [true, "must be a URL that starts with http:// or https://, not a boolean"],
      [["https://hooks.example.com"], "must be a URL that starts with http:// or https://, not a list"],
    ],
  },
  rtmpUrl: {
    right: [
      "rtmp://live.example.com/app/key",
      "rtmps://live.example.com:443/app/key?auth=1",
      "RTMP://live.example.com",
    ],
    wrong: [
      ["", "must be a URL that starts with rtmp:// or rtmps://"],
      ["live.example.com/app/key", "must be a URL that starts with rtmp:// or rtmps://"],
      ["rtmp:///app/key", "must be a URL that starts with rtmp:// or rtmps://"],
      ["rtmp:live.example.com", "must be a URL that starts with rtmp:// or rtmps://"],
      ["rtmp://live.example.com/a b", "must be a URL that starts with rtmp:// or rtmps://"],
      ["https://live.example.com/app", "must be a URL that starts with rtmp:// or rtmps://, not with https:"],
      [{ url: "rtmp://live.example.com" }, "must be a URL that starts with rtmp:// or rtmps://, not an object"],
    ],
  },
  roomName: {
    right: ["standup", "a", "7", "Stand_Up", "team.stand~up", "-", "a".repeat(200)],
    wrong: [
      ["", "must not be empty; leave it out for an auto-generated name"],
      ["stand up", `${NAME}without spaces`],
      ["stand/up", `${NAME}without "/"`],
      ["stand?up", `${NAME}without "?"`],
      ["stand#up", `${NAME}without "#"`],
      ["stand%20up", `${NAME}without "%"`],
      ["stand\nup", `${NAME}without "\\n"`],
      ["café", `${NAME}without "é"`],
      ["room😀", `${NAME}without "😀"`],
      [".", `${NAME}not only dots`],
      ["..", `${NAME}not only dots`],
      [12, "must be a string, not a number"],
      [["standup"], "must be a string, not a list"],
    ],
  },
  text: {
    right: ["", "Soon\r\nwith more", "body { color: red }"],
    wrong: [
      [12, "must be a string, not a number"],
      [false, "must be a string, not a boolean"],
      [{}, "must be a string, not an object"],
    ],
  },
};

function casesOf({ kind, values = [] }: Field): Cases {
  if (kind !== "choice") return cases[kind as Exclude<Kind, "choice" | OtherKind>];
  const right = `must be ${values.map((value) => `"${value}"`).join(" or ")}`;
  return {
    right: values,
    wrong: [
      ["x".repeat(20), `${right}, not another string`],
      [values[0]?.toUpperCase(), `${right}: did you mean "${values[0]}"?`],
      [`${values[1]}s`, `${right}: did you mean "${values[1]}"?`],
      [true, `${right}, not a boolean`],
    ],
  };
}

describe("check of one setting", () => {
  for (const type of types) {
    for (const [name, field] of Object.entries(type.fields)) {
      const { right, wrong } = casesOf(field);

      it(`${type.name}.${name} takes every ${field.kind}`, () => {
        // What a setting needs beside it has tests of its own.
        const hasNeeds = type === meetingRoom && field.kind === "boolean" && name !== "enableComposition";
        const beside = hasNeeds ? { enableComposition: true, rtmpOutURL: "rtmp://live.example.com/app" } : {};
        for (const value of right) {
          assert.deepEqual(problemsWith(type, { ...beside, [name]: value }), [], `${value}`);
        }
      });

      it(`${type.name}.${name} refuses what is no ${field.kind}, and says what is right`, () => {
        for (const [value, reason] of wrong) {
          assert.deepEqual(problemsWith(type, { [name]: value }), [`${name} ${reason}`], `${value}`);
        }
      });
    }
  }

  it("takes all settings together", () => {
    for (const type of types) assert.deepEqual(problemsWith(type, allSettings(type)), []);
  });

  it("asks a meeting room for privacy, and a live-streaming room for nothing", () => {
    const { privacy: _, ...inputs } = leastInputs(meetingRoom);
    const missing = ['privacy is missing: it must be "public" or "private"'];
    assert.deepEqual(problemsOf(meetingRoom, {}, inputs, NOW), missing);
    // It isn't excused by a state without it.
    assert.deepEqual(problemsOf(meetingRoom, inputs, inputs, NOW), missing);
    assert.deepEqual(problemsWith(liveStreamingRoom, {}), []);
  });

  it("lets an unknown value stand for any setting, alone and all together", () => {
    for (const type of types) {
      for (const name of Object.keys(type.fields)) {
        assert.deepEqual(problemsWith(type, { ...allSettings(type), [name]: UNKNOWN }), [], name);
      }
      const unknowns = Object.fromEntries(Object.keys(type.fields).map((name) => [name, UNKNOWN]));
      assert.deepEqual(problemsWith(type, unknowns), []);
    }
  });
});

describe("check of any input, which may be a secret,", () => {
  const canaries = ["HUNTER22", "8675309", "true-HUNTER22", "h@HUNTER22", "//HUNTER22", "http//HUNTER22"];
  for (const type of [meetingRoom, liveStreamingRoom, turnProject, turnCredential, accessToken]) {
    it(`never quotes what a program gives: ${type.label}`, () => {
      for (const [name, { kind }] of Object.entries(type.fields)) {
        const isNumber = ["count", "unixSeconds", "duration", "quota"].includes(kind);
        for (const canary of canaries) {
          for (const value of [canary, [canary], { canary }, [[canary]], ...(isNumber ? [] : [8675309])]) {
            const told = problemsOf(type, {}, { [name]: value }, NOW).join("\n");
            assert.doesNotMatch(told, /HUNTER22|8675309/, `${name}: ${JSON.stringify(value)}`);
          }
        }
      }
    });
  }
});

describe("check of a setting that the room already has", () => {
  for (const type of types) {
    for (const [name, field] of Object.entries(type.fields)) {
      const { right, wrong } = casesOf(field);

      it(`${type.name}.${name} may stay as it is, whatever it is, and may not become so`, () => {
        for (const [value, reason] of wrong.filter(([value]) => typeof value !== "object" && !Number.isNaN(value))) {
          const [was, wanted] = [right[0], { [name]: value }];
          assert.deepEqual(problemsOf(type, leastInputs(type, wanted), leastInputs(type, wanted), NOW), [], `${value}`);
          const changed = problemsOf(type, leastInputs(type, { [name]: was }), leastInputs(type, wanted), NOW);
          assert.deepEqual(changed, [`${name} ${reason}`], `${value}`);
        }
      });
    }
  }
});
