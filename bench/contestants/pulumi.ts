import { BenchStack } from "../measuring/stack";
import { type Command, commands } from "../recorded";
import type { Contestant } from "./contestant";
import { names, settings } from "./rooms";

/** A Pulumi program in plain JavaScript that declares so many rooms. */
export type Program = (rooms: number, server: { url: string; secretKey: string }) => string;

/** The command line of a run without a preview. */
export function argumentsOf(command: Command): string[] {
  if (command === "preview") return ["preview"];
  return [command === "no-op up" ? "up" : command, "--yes", "--skip-preview"];
}

function contestant(name: string, program: Program): Contestant {
  return {
    name,
    commands,
    prepare: async (rooms, { project, simulator }) => {
      const stack = await BenchStack.create(project, program(rooms, simulator), simulator);
      return {
        run: (command) => stack.pulumi(...argumentsOf(command)),
        stateBytes: () => stack.stateBytes(),
        dispose: () => stack.dispose(),
      };
    },
  };
}

/** This provider. */
export const oursProgram: Program = (rooms) => `
const metered = require("pulumi-metered");
for (const name of ${names(rooms)}) new metered.MeetingRoom(name, { roomName: name, ${settings} });
`;

/** This provider, with all rooms in one resource. */
export const setProgram: Program = (rooms) =>
  setOf(`${names(rooms)}.map((name) => [name, { roomName: name, ${settings} }])`);

/** The same, where one room has another setting. */
export const changedSetProgram: Program = (rooms) =>
  setOf(
    `${names(rooms)}.map((name, i) => [name, { roomName: name, ${settings}, ...(i === 0 ? { maxParticipants: 11 } : {}) }])`,
  );

function setOf(entries: string): string {
  return `
const metered = require("pulumi-metered");
new metered.MeetingRoomSet("rooms", { rooms: Object.fromEntries(${entries}) });
`;
}

/** A dynamic provider as programs have them. */
const handWrittenProgram: Program = (rooms, { url, secretKey }) => `
const pulumi = require("@pulumi/pulumi");
const axios = require("axios");
class RoomProvider {
  constructor() { this.base = "${url}/api/v1/room"; this.key = "${secretKey}"; }
  async create(inputs) {
    const { data } = await axios.post(this.base, inputs.settings, { params: { secretKey: this.key } });
    return { id: data.roomName, outs: { ...inputs, roomId: data._id, created: data.created } };
  }
  async read(id, props) {
    const { data } = await axios.get(this.base + "/" + id, { params: { secretKey: this.key } });
    return { id, props: { ...props, roomId: data._id } };
  }
  async update(id, olds, news) {
    const { roomName, ...settings } = news.settings;
    await axios.put(this.base + "/" + id, settings, { params: { secretKey: this.key } });
    return { outs: { ...olds, ...news } };
  }
  async delete(id) { await axios.delete(this.base + "/" + id, { params: { secretKey: this.key } }); }
  async diff(id, olds, news) {
    return { changes: JSON.stringify(olds.settings) !== JSON.stringify(news.settings) };
  }
}
class Room extends pulumi.dynamic.Resource {
  constructor(name, settings, opts) { super(new RoomProvider(), name, { settings, roomId: undefined, created: undefined }, opts); }
}
for (const name of ${names(rooms)}) new Room(name, { roomName: name, ${settings} });
`;

/** One line of provider text, no settings, no API. */
const baselineProgram: Program = (rooms) => `
const { CustomResource } = require("@pulumi/pulumi/resource");
const text = 'exports.handler=()=>({create:async()=>({id:"x",outs:{}})})';
class Nothing extends CustomResource {
  constructor(name) { super("pulumi-nodejs:dynamic:Nothing", name, { __provider: text }); }
}
for (const name of ${names(rooms)}) new Nothing(name);
`;

/** The baseline, but with the settings of the rooms as inputs and outputs. */
const baselineWithSettingsProgram: Program = (rooms) => `
const { CustomResource } = require("@pulumi/pulumi/resource");
const text = 'exports.handler=()=>({create:async(inputs)=>({id:inputs.roomName,outs:inputs})})';
class Settings extends CustomResource {
  constructor(name) { super("pulumi-nodejs:dynamic:Settings", name, { __provider: text, roomName: name, ${settings} }); }
}
for (const name of ${names(rooms)}) new Settings(name);
`;

/** One resource with the same map of rooms as the set, in inputs, outputs and state, and next to no code. */
const baselineSetProgram: Program = (rooms) => `
const { CustomResource } = require("@pulumi/pulumi/resource");
const text = \`exports.handler = () => ({
  create: async (inputs) => {
    const outputs = Object.entries(inputs.rooms).map(([key, room]) => [key, {
      ...room, _id: "65a1b2c3d4e5f60718293a4b", created: "2030-01-01T00:00:00.000Z", url: "https://demo.metered.live/" + key,
    }]);
    return { id: "x", outs: { ...inputs, rooms: Object.fromEntries(outputs) } };
  },
  diff: async () => ({ changes: false }),
})\`;
class Rooms extends CustomResource {
  constructor(name, rooms) { super("pulumi-nodejs:dynamic:Rooms", name, { __provider: text, rooms }); }
}
new Rooms("rooms", Object.fromEntries(${names(rooms)}.map((name) => [name, { roomName: name, ${settings} }])));
`;

/** Nothing at all. */
const emptyProgram: Program = () => "";

export const pulumiPrograms: Readonly<Record<string, Program>> = {
  "pulumi-metered, set": setProgram,
  "pulumi-metered": oursProgram,
  "hand-written provider": handWrittenProgram,
  "engine baseline": baselineProgram,
  "engine baseline with settings": baselineWithSettingsProgram,
  "engine baseline, set": baselineSetProgram,
  "empty program": emptyProgram,
};

export const pulumiContestants: readonly Contestant[] = Object.entries(pulumiPrograms).map(([name, program]) =>
  contestant(name, program),
);
