import { packageTokenOf, SET_TYPES, tokenOf } from "../../provider/src/pulumi/types";
import type { RoomType } from "../../provider/src/rooms/roomType";
import { sensitiveNames } from "../../provider/src/schema/check";
import type { Field } from "../../provider/src/schema/field";
import { isSensitive } from "../../provider/src/schema/kinds";
import { identityDocs } from "./identity";
import { lines } from "./resources";
import { configVariables, listInputs, type Properties, type Property, providerInputs } from "./schemaParts";
import { setResource, setTypes } from "./sets";

/** A room as `getMeetingRooms` lists it. */
const LISTED = { name: "ListedMeetingRoom" };

/** The package as Pulumi describes it to every language, made from the field tables. */
export function packageSchema(meetingRoom: RoomType, liveStreamingRoom: RoomType, description: string): string {
  const types = [meetingRoom, liveStreamingRoom];
  const schema = {
    name: "metered",
    displayName: "Metered",
    description,
    keywords: ["metered", "video", "webrtc", "livestreaming", "category/infrastructure"],
    license: "Apache-2.0",
    config: { variables: configVariables(), defaults: [] },
    provider: {
      description: PROVIDER,
      inputProperties: providerInputs(),
      requiredInputs: ["appName", "secretKey"],
    },
    types: {
      ...Object.assign({}, ...types.map(choices)),
      ...Object.assign({}, ...SET_TYPES.map((set) => setTypes(set, property))),
      [packageTokenOf(LISTED)]: { description: "A meeting room as Metered lists it.", ...objectOf(meetingRoom) },
    },
    resources: Object.fromEntries([
      ...types.map((type) => [packageTokenOf(type), resource(type)]),
      ...SET_TYPES.map((set) => [packageTokenOf(set), setResource(set)]),
    ]),
    functions: {
      ...Object.fromEntries(types.map((type) => [packageTokenOf({ name: `get${type.name}` }), lookup(type)])),
      [packageTokenOf({ name: "getMeetingRooms" })]: list(),
    },
    language: {
      nodejs: { packageName: "pulumi-metered-plugin", respectSchemaVersion: true },
      python: { packageName: "pulumi_metered", respectSchemaVersion: true, pyproject: { enabled: true } },
      go: { importBasePath: "pulumi-metered/sdk/go/metered", respectSchemaVersion: true },
      // The namespace `Pulumi` is reserved on NuGet.
      csharp: { rootNamespace: "Metered", namespaces: { metered: "Rooms" }, respectSchemaVersion: true },
      // The package is the base with the name behind it.
      java: { basePackage: "live", buildFiles: "gradle" },
    },
  };
  return JSON.stringify(schema);
}

const PROVIDER =
  "A Metered account, for stacks with several: pass it to rooms as the option `provider`. Everything comes from its " +
  "arguments, nothing from the stack's configuration or the environment. Changing the key updates it in place; rooms " +
  "refuse to work when `appName` changes, since they would be another app's.";

function resource(type: RoomType) {
  const required = Object.keys(type.fields).filter((name) => type.fields[name]?.required);
  const identity = identityDocs(type);
  const given = Object.entries(type.fields).map(([name, field]) => [name, property(name, field)] as const);
  return {
    description:
      `A Metered ${type.label}. Its \`id\` is the room's name in Metered's spelling.\n\n` +
      "Errors name the room, the cause and the way out: invalid settings before any call; a name that is taken; a key " +
      "or an app that Metered does not accept; a server or a network that fails, after all tries.",
    inputProperties: Object.fromEntries(given),
    requiredInputs: required,
    properties: Object.fromEntries([...identity.map(text), ...given]),
    required: [...identity.map(([name]) => name), "roomName", ...required],
    // The type of the same room as a dynamic resource: its state is taken over.
    aliases: [{ type: tokenOf(type) }],
  };
}

function lookup(type: RoomType) {
  const left = sensitiveNames(type).map((name) => `\`${name}\``);
  return {
    description:
      `Looks up a ${type.label} by its name, in previews too. Settings that Metered's response doesn't show have no ` +
      `value. Settings that may carry a credential are left out: ${left.join(", ")}.`,
    inputs: {
      properties: { roomName: { type: "string", description: "The room's name on Metered." } },
      required: ["roomName"],
    },
    outputs: objectOf(type),
  };
}

function list() {
  return {
    description:
      "Looks up the meeting rooms of the app, in previews too: all of them, or those that the filters leave. Metered " +
      "has no such list of live-streaming rooms.",
    inputs: {
      properties: listInputs(choice),
    },
    outputs: {
      properties: {
        appName: { type: "string", description: "The Metered app that was asked." },
        rooms: {
          type: "array",
          items: { $ref: `#/types/${packageTokenOf(LISTED)}` },
          description: "In the order of their names.",
        },
      },
      required: ["appName", "rooms"],
    },
  };
}

/** What a lookup answers of a room. */
function objectOf(type: RoomType) {
  const spelling = "The room's name in Metered's spelling.";
  const always: [string, string][] = [["id", spelling], ...identityDocs(type), ["roomName", spelling]];
  const volatile = Object.entries(type.volatile);
  const settings = Object.entries(type.fields).filter(([name, field]) => name !== "roomName" && !isSensitive(field));
  const properties: Properties = Object.fromEntries([
    ...always.map(text),
    ...volatile.map(([name, description]) => [name, { type: "boolean", description }]),
    ...settings.map(([name, field]) => [name, { ...typeOf(name, field), description: lines(field)[0] ?? "" }]),
  ]);
  return { type: "object", properties, required: [...always, ...volatile].map(([name]) => name) };
}

function property(name: string, field: Field): Property {
  return {
    ...typeOf(name, field),
    description: lines(field).join("\n"),
    ...(field.secret ? { secret: true } : {}),
    ...(field.replaces ? { replaceOnChanges: true } : {}),
  };
}

function typeOf(name: string, { kind }: Field): object {
  if (kind === "boolean") return { type: "boolean" };
  if (kind === "choice") return choice(name);
  if (kind === "count") return { type: "integer" };
  // Some languages have integers that end in 2038.
  return { type: kind === "unixSeconds" ? "number" : "string" };
}

function choice(name: string): object {
  return { $ref: `#/types/${packageTokenOf({ name: capital(name) })}` };
}

/** The values of every choice of a room. */
function choices({ fields }: RoomType): object {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, { values, doc }]) =>
      values
        ? [
            [
              packageTokenOf({ name: capital(name) }),
              { type: "string", description: doc, enum: values.map((value) => ({ name: pascal(value), value })) },
            ],
          ]
        : [],
    ),
  );
}

function text([name, description]: [string, string]): [string, Property] {
  return [name, { type: "string", description }];
}

/** `active_speaker` as `ActiveSpeaker`. */
function pascal(value: string): string {
  return value.split("_").map(capital).join("");
}

function capital(name: string): string {
  return `${name[0]?.toUpperCase()}${name.slice(1)}`;
}
