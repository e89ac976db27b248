/** What is measured against what: each a Pulumi program in plain JavaScript that declares so many rooms. */
export interface Contestant {
  readonly name: string;
  readonly doc: string;
  program(rooms: number, server: { url: string; secretKey: string }): string;
}

const names = (rooms: number) => `Array.from({ length: ${rooms} }, (_, i) => "room-" + String(i).padStart(4, "0"))`;
/** A moment that does not change between the runs of a stack. */
const expiry = Math.floor(Date.now() / 1000) + 30 * 24 * 3600;
export const settings = `privacy: "public", maxParticipants: 10, expireUnixSec: ${expiry}, autoJoin: true, enableChat: true`;

export const contestants: readonly Contestant[] = [
  {
    name: "pulumi-metered",
    doc: "this provider",
    program: (rooms) => `
const metered = require("pulumi-metered");
for (const name of ${names(rooms)}) new metered.MeetingRoom(name, { roomName: name, ${settings} });
`,
  },
  {
    name: "usual",
    doc: "a dynamic provider as usually written: a class with axios, a new instance for each resource",
    program: (rooms, { url, secretKey }) => `
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
`,
  },
  {
    name: "floor",
    doc: "the smallest dynamic resource, with one line of provider text, no settings and no API behind it: the engine's own share",
    program: (rooms) => `
const { CustomResource } = require("@pulumi/pulumi/resource");
const text = 'exports.handler=()=>({create:async()=>({id:"x",outs:{}})})';
class Nothing extends CustomResource {
  constructor(name) { super("pulumi-nodejs:dynamic:Nothing", name, { __provider: text }); }
}
for (const name of ${names(rooms)}) new Nothing(name);
`,
  },
  {
    name: "floor with settings",
    doc: "the floor, but with the settings of the rooms as inputs and outputs: the engine's share for a resource that has some",
    program: (rooms) => `
const { CustomResource } = require("@pulumi/pulumi/resource");
const text = 'exports.handler=()=>({create:async(inputs)=>({id:inputs.roomName,outs:inputs})})';
class Settings extends CustomResource {
  constructor(name) { super("pulumi-nodejs:dynamic:Settings", name, { __provider: text, roomName: name, ${settings} }); }
}
for (const name of ${names(rooms)}) new Settings(name);
`,
  },
];
