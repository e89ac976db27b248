import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Simulator } from "metered-simulator";

/** A room's JSON as the API answers with it. */
type Reply = Readonly<Record<string, unknown>>;

/** What `pulumi stack export` shows of a stack in which `@pulumi/command` made a room with curl. */
export function withCommand(exported: string, reply: Reply): string {
  const state = JSON.parse(exported) as { deployment: { resources?: unknown[] } };
  const urn = (type: string, name: string) => `urn:pulumi:dev::rooms::${type}::${name}`;
  const [stack, provider] = [urn("pulumi:pulumi:Stack", "rooms-dev"), urn("pulumi:providers:command", "default_1_1_3")];
  const id = "5d0a3f8e-6f0b-4a51-9d3c-0c3a1c1f2b7e";
  const inputs = {
    create:
      'curl -s -X POST "$URL/api/v1/room?secretKey=$KEY" -H "Content-Type: application/json" -d \'{"roomName":"lobby","privacy":"public"}\'',
    delete: 'curl -s -X DELETE "$URL/api/v1/room/lobby?secretKey=$KEY"',
  };
  const outputs = { ...inputs, stdout: JSON.stringify(reply), stderr: "" };
  state.deployment.resources = [
    { urn: stack, custom: false, type: "pulumi:pulumi:Stack" },
    {
      urn: provider,
      custom: true,
      id,
      type: "pulumi:providers:command",
      inputs: { version: "1.1.3" },
      outputs: { version: "1.1.3" },
    },
    {
      urn: urn("command:local:Command", "lobby"),
      custom: true,
      id: "lobby4be1c9d2",
      type: "command:local:Command",
      inputs,
      outputs,
      parent: stack,
      provider: `${provider}::${id}`,
      propertyDependencies: { create: [], delete: [] },
    },
  ];
  return JSON.stringify(state);
}

/**
 * Puts a stand-in for the plugin of `@pulumi/command` into a folder, which cannot be had everywhere: it keeps all
 * resources as they are, and a delete fails and says so.
 */
export function installCommandPlugin(folder: string): void {
  const plugin = join(folder, "pulumi-resource-command");
  writeFileSync(plugin, `#!/bin/sh\nexec "${process.execPath}" "${join(__dirname, "commandPlugin.cjs")}"\n`);
  chmodSync(plugin, 0o755);
}

/** How a hand-written provider keeps what it knows of a room. */
export interface Style {
  /** The settings are an object of their own; else they are the properties of the resource. */
  readonly nested?: true;
  /** The id is Metered's `_id`; else it is the room's name. */
  readonly byId?: true;
  /** What the class passes to `pulumi.dynamic.Resource` behind the options. */
  readonly type?: string;
}

/** A dynamic provider for Metered as people write it by hand, with a resource `Room`. */
export function handWritten({ url, secretKey }: Simulator, { nested, byId, type }: Style): string {
  const made = nested ? "settings" : "inputs";
  return `
    const axios = require("axios");
    class RoomProvider {
      constructor() {
        this.rooms = "${url}/api/v1/room";
        this.auth = { params: { secretKey: "${secretKey}" } };
      }
      async create({ __provider, ...inputs }) {
        const { data } = await axios.post(this.rooms, ${nested ? "inputs.settings" : "inputs"}, this.auth);
        const outs = ${nested ? "{ ...inputs, roomId: data._id }" : "{ ...inputs, ...data }"};
        return { id: data.${byId ? "_id" : "roomName"}, outs };
      }
      async delete(id, { roomName = id }) {
        await axios.delete(this.rooms + "/" + roomName, this.auth);
      }
    }
    class Room extends pulumi.dynamic.Resource {
      constructor(name, ${made}, opts) {
        super(new RoomProvider(), name, ${nested ? "{ settings }" : "inputs"}, opts${type ? `, ${type}` : ""});
      }
    }
  `;
}
