import { packageTokenOf, SET_TYPES, tokenOf } from "../../provider/src/pulumi/types";
import type { RoomType } from "../../provider/src/rooms/roomType";
import { sensitiveNames } from "../../provider/src/schema/check";
import type { Field } from "../../provider/src/schema/field";
import { isSensitive } from "../../provider/src/schema/kinds";
import { withExamples } from "./examples/sections";
import { fieldDocOf, paragraphsOf } from "./fieldDocs";
import { identityDocs } from "./identity";
import { objectSchema } from "./objectSchema";
import { summaryOf } from "./programs";
import { knownAddress, PUBLISHER } from "./publicAddress";
import {
  configVariables,
  importSection,
  listInputs,
  type Properties,
  type Property,
  providerInputs,
} from "./schemaParts";
import { setResource, setTypes } from "./sets";

/** A room as `getMeetingRooms` lists it. */
const LISTED = { name: "ListedMeetingRoom" };

/** The parts of package.json that the schema repeats. */
export interface Manifest {
  readonly description: string;
  readonly version: string;
}

/** The package as Pulumi describes it to every language, from the field tables. */
export function packageSchema(meetingRoom: RoomType, liveStreamingRoom: RoomType, manifest: Manifest): string {
  const types = [meetingRoom, liveStreamingRoom];
  const objects = objectSchema();
  const schema = {
    name: "metered",
    displayName: "Metered",
    // `pulumi package add schema.json` wants one.
    version: manifest.version,
    description: manifest.description,
    keywords: ["metered", "video", "webrtc", "livestreaming", "category/infrastructure"],
    license: "Apache-2.0",
    publisher: PUBLISHER,
    ...knownAddress(),
    config: { variables: configVariables(), defaults: [] },
    provider: {
      description: PROVIDER,
      inputProperties: providerInputs(),
      requiredInputs: ["appName", "secretKey"],
    },
    types: {
      ...Object.assign({}, ...types.map(choices)),
      ...Object.assign({}, ...SET_TYPES.map((set) => setTypes(set, (name, field) => property(set.room, name, field)))),
      [packageTokenOf(LISTED)]: { description: "A meeting room as Metered lists it.", ...objectOf(meetingRoom) },
      ...objects.types,
    },
    resources: {
      ...Object.fromEntries(types.map((type) => [packageTokenOf(type), resource(type)])),
      ...Object.fromEntries(SET_TYPES.map((set) => [packageTokenOf(set), setResource(set)])),
      ...objects.resources,
    },
    functions: {
      ...Object.fromEntries(types.map((type) => [packageTokenOf({ name: `get${type.name}` }), lookup(type)])),
      [packageTokenOf({ name: "getMeetingRooms" })]: list(),
      ...objects.functions,
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
  return JSON.stringify(withExamples(schema));
}

const PROVIDER =
  "A Metered account, for stacks that use more than one. Pass it to rooms and functions as the option `provider`.\n\n" +
  "It uses only its own inputs, and ignores the stack's configuration and the environment. You can change every input " +
  "but `appName` in place. Changing `appName` is an error, because rooms can't be moved between apps.";

function resource(type: RoomType) {
  const required = Object.keys(type.fields).filter((name) => type.fields[name]?.required);
  const identity = identityDocs(type);
  const given = Object.entries(type.fields).map(([name, field]) => [name, property(type, name, field)] as const);
  return {
    description:
      `${summaryOf(type)} The \`id\` is the room's name as Metered stores it.\n\n` +
      importSection("The ID of an existing room is its name:", type, "lobby lobby"),
    inputProperties: Object.fromEntries(given),
    requiredInputs: required,
    properties: Object.fromEntries([...identity.map(text), ...given]),
    required: [...identity.map(([name]) => name), "roomName", ...required],
    // The type of the same room as a dynamic resource, whose state is adopted.
    aliases: [{ type: tokenOf(type) }],
  };
}

function lookup(type: RoomType) {
  const left = sensitiveNames(type).map((name) => `\`${name}\``);
  return {
    description:
      `Looks up a ${type.label} by its name, also in previews.\n\nSettings that Metered doesn't show have no value. ` +
      `Settings that may contain a credential are left out (${left.join(", ")}).`,
    inputs: {
      properties: { roomName: { type: "string", description: "Name of the room on Metered." } },
      required: ["roomName"],
    },
    outputs: objectOf(type),
  };
}

function list() {
  return {
    description:
      "Lists the meeting rooms of the app, also in previews: all of them, or those that match the filters. Metered has " +
      "no list of live-streaming rooms.",
    inputs: {
      properties: listInputs(choice),
    },
    outputs: {
      properties: {
        appName: { type: "string", description: "Metered app that the rooms belong to." },
        rooms: {
          type: "array",
          items: { $ref: `#/types/${packageTokenOf(LISTED)}` },
          description: "The rooms, sorted by name.",
        },
      },
      required: ["appName", "rooms"],
    },
  };
}

/** What a function returns of a room. */
function objectOf(type: RoomType) {
  const spelling = "Name of the room as Metered stores it.";
  const always: [string, string][] = [["id", spelling], ...identityDocs(type), ["roomName", spelling]];
  const volatile = Object.entries(type.volatile);
  const settings = Object.entries(type.fields).filter(([name, field]) => name !== "roomName" && !isSensitive(field));
  const properties: Properties = Object.fromEntries([
    ...always.map(text),
    ...volatile.map(([name, description]) => [name, { type: "boolean", description }]),
    ...settings.map(([name, field]) => [
      name,
      { ...typeOf(name, field), description: fieldDocOf(type, name, field).first },
    ]),
  ]);
  return { type: "object", properties, required: [...always, ...volatile].map(([name]) => name) };
}

function property(type: RoomType, name: string, field: Field): Property {
  return {
    ...typeOf(name, field),
    description: [...paragraphsOf(type, name, field), ...defaultOf(field)].join("\n\n"),
    ...(field.secret ? { secret: true } : {}),
    ...(field.replaces ? { replaceOnChanges: true } : {}),
  };
}

function defaultOf(field: Field): string[] {
  return field.default === undefined ? [] : [`Default: \`${field.default}\`.`];
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
