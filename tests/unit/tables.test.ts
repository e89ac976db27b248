import assert from "node:assert/strict";
import type { ValidateFunction } from "ajv";
import fc from "fast-check";
import { packageTokenOf, providerText, ROOM_TYPES, roomTypeOf, tokenOf } from "../../provider/src/pulumi/types";
import { liveStreamingRoom } from "../../provider/src/rooms/liveStreamingRoom";
import { meetingRoom } from "../../provider/src/rooms/meetingRoom";
import type { RoomType } from "../../provider/src/rooms/roomType";
import { problemsOf } from "../../provider/src/schema/check";
import type { Field } from "../../provider/src/schema/field";
import { warningsOf } from "../../provider/src/schema/rules";
import { document, schema } from "../api/simulator/apiDocument";
import { leastInputs, NOW, otherValue, types } from "../support/rooms";

/** Where the simulator's own reading of the API document has each kind of room: its settings, and its replies. */
const schemas = {
  MeetingRoom: { settings: "MeetingRoomSettings", fields: "MeetingRoomFields", reply: "MeetingRoom" },
  LiveStreamingRoom: { settings: "LiveRoomSettings", fields: "LiveRoomSettings", reply: "LiveRoom" },
} as const;

interface Property {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly default?: unknown;
}

function propertiesOf(name: string): Readonly<Record<string, Property>> {
  return (document.components.schemas[name]?.properties ?? {}) as Readonly<Record<string, Property>>;
}

/** The properties of a kind of room as the simulator describes them, references followed. */
function described(type: RoomType): Readonly<Record<string, Property>> {
  return Object.fromEntries(
    Object.entries(propertiesOf(schemas[type.name].fields)).map(([name, { $ref, ...rest }]) => {
      const target = $ref?.split("/").at(-1) ?? "";
      return [name, { ...(document.components.schemas[target] as Property | undefined), ...rest }];
    }),
  );
}

function wireType({ kind }: Field): string {
  if (kind === "boolean") return "boolean";
  return kind === "count" || kind === "unixSeconds" ? "integer" : "string";
}

describe("the field tables", () => {
  it("have every field of the API document: 31 and 8", () => {
    assert.equal(Object.keys(meetingRoom.fields).length, 31);
    assert.equal(Object.keys(liveStreamingRoom.fields).length, 8);
  });

  for (const type of types) {
    describe(`of a ${type.label}, beside the simulator's reading of the API`, () => {
      const theirs = described(type);
      const validate: ValidateFunction = schema(schemas[type.name].settings);
      const fields = Object.entries(type.fields);

      it("have the same names", () => {
        assert.deepEqual(Object.keys(type.fields).sort(), Object.keys(theirs).sort());
      });

      it("have the same types", () => {
        const ours = fields.map(([name, field]) => [name, wireType(field)]);
        assert.deepEqual(
          ours.sort(),
          Object.entries(theirs)
            .map(([name, property]) => [name, property.type])
            .sort(),
        );
      });

      it("have the same choices", () => {
        const ours = fields.filter(([, { kind }]) => kind === "choice").map(([name, { values }]) => [name, values]);
        const choices = Object.entries(theirs).filter(([, property]) => property.enum);
        assert.deepEqual(
          Object.fromEntries(ours),
          Object.fromEntries(choices.map(([name, property]) => [name, property.enum])),
        );
      });

      it("have the same kinds of URLs", () => {
        for (const [name, { kind }] of fields) {
          const pattern = new RegExp(theirs[name]?.pattern ?? "$^");
          // Metered takes webhooks that are no URLs; a program that gives one means a URL.
          assert.equal(pattern.test("https://example.com/a"), false, name);
          assert.equal(pattern.test("rtmp://example.com/a"), kind === "rtmpUrl", name);
        }
      });

      it("have the same defaults, where both know one", () => {
        for (const [name, field] of fields) {
          const byDefault = theirs[name]?.default;
          if (field.default !== undefined && byDefault !== undefined) assert.equal(field.default, byDefault, name);
        }
      });

      it("require what is required there, and no less", () => {
        const required = fields.filter(([, field]) => field.required).map(([name]) => name);
        // The API document requires privacy; that Metered takes rooms without it is known from its own programs.
        assert.deepEqual(required, type === meetingRoom ? ["privacy"] : []);
        const { privacy: _, ...least } = leastInputs(type);
        assert.equal(validate({ ...least, ...(type === meetingRoom ? { privacy: "public" } : {}) }), true);
      });

      it("let the same rooms pass, alone and together", () => {
        const names = ["enableComposition", "recordComposition", "enableRTMPOut", "rtmpOutURL", "enableLiveStreaming"];
        const present = fields.filter(([name]) => names.includes(name));
        const some = fc.record(
          Object.fromEntries(
            present.map(([name, field]) => [
              name,
              field.kind === "boolean" ? fc.boolean() : fc.constant(otherValue(name, field)),
            ]),
          ),
          { requiredKeys: [] },
        );
        fc.assert(
          fc.property(some, (settings) => {
            const body = leastInputs(type, settings);
            const problems = problemsOf(type, {}, body, NOW);
            const warnings = warningsOf(type).filter(({ text }) => text(body));
            // Of a live-streaming room the document does not say so; there it is a warning.
            assert.equal(validate(body), problems.length + warnings.length === 0, JSON.stringify(body));
          }),
          { numRuns: 300 },
        );
      });

      it("know the links that a reply holds", () => {
        const reply = propertiesOf(schemas[type.name].reply);
        const links = Object.keys(reply).filter((name) => /^(viewerURL|broadcastManager|url)$/.test(name));
        assert.deepEqual(Object.keys(type.links).sort(), links.sort());
        for (const name of ["_id", "created"]) assert.ok(name in reply, name);
      });
    });
  }

  it("mark what carries a stream key as secret, and only the name as replacing the room", () => {
    for (const { fields } of types) {
      const names = (is: (field: Field) => unknown) => Object.keys(fields).filter((name) => is(fields[name] as Field));
      assert.deepEqual(
        names(({ secret }) => secret),
        ["rtmpOutURL"],
      );
      assert.deepEqual(
        names(({ replaces }) => replaces),
        ["roomName"],
      );
    }
  });

  it("switch off what records, streams, composes, ejects or deletes when it is taken out of the program", () => {
    const documented: Readonly<Record<string, boolean>> = {
      showInviteBox: true,
      newChatForMeetingSession: true,
      ownerOnlyBroadcast: false,
    };
    const off = ["enableRecording", "recordRoom", "enableComposition", "recordComposition", "enableRTMPOut"];
    off.push("enableLiveStreaming", "ejectAtRoomExp", "deleteOnExp");
    for (const { fields } of types) {
      for (const [name, field] of Object.entries(fields)) {
        assert.equal(field.default, documented[name], name);
        assert.equal(field.whenRemoved, documented[name] ?? (off.includes(name) ? false : "kept"), name);
      }
    }
  });

  it("say of every field what it does", () => {
    for (const { fields } of types) {
      for (const [name, { doc }] of Object.entries(fields)) assert.match(doc, /^[A-Z].*\.$/, name);
    }
  });
});

describe("what every user's state holds", () => {
  it("is the same for ever, byte for byte", () => {
    assert.deepEqual(types.map(tokenOf), [
      "pulumi-nodejs:dynamic/metered:MeetingRoom",
      "pulumi-nodejs:dynamic/metered:LiveStreamingRoom",
    ]);
    assert.deepEqual(types.map(providerText), [
      'exports.handler=()=>require("pulumi-metered/runtime").meetingRoom',
      'exports.handler=()=>require("pulumi-metered/runtime").liveStreamingRoom',
    ]);
  });

  it("names types that every language knows, and that lead back to the kind of room", () => {
    assert.deepEqual(types.map(packageTokenOf), ["metered:index:MeetingRoom", "metered:index:LiveStreamingRoom"]);
    assert.deepEqual(ROOM_TYPES, types);
    for (const type of types) {
      assert.equal(roomTypeOf(tokenOf(type)), type);
      assert.equal(roomTypeOf(packageTokenOf(type)), type);
    }
    assert.equal(roomTypeOf("pulumi-nodejs:dynamic:Resource"), undefined);
  });
});
