import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Consumer } from "../../tests/support/consumer";
import type { Node, Runtime, Sdk } from "./cells";

/** What a cell runs on, ready to be used. */
export interface Installed {
  /** A project into which the packed packages and the SDK are installed. */
  readonly folder: string;
  readonly sdkVersion: string;
  /** The folder of the executable. */
  readonly node: string;
}

/** The SDKs and Nodes of a matrix, each installed once, when the first cell needs it, in folders outside the repository. */
export class Shelf {
  private readonly consumers = new Map<string, Promise<Consumer>>();

  async install({ sdk, node }: Runtime): Promise<Installed> {
    const folder = await this.project(sdk);
    const manifest = join(folder, "node_modules", "@pulumi", "pulumi", "package.json");
    const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version: string };
    return { folder, sdkVersion: version, node: await this.node(node) };
  }

  async dispose(): Promise<void> {
    const settled = await Promise.allSettled(this.consumers.values());
    for (const each of settled) if (each.status === "fulfilled") each.value.dispose();
  }

  private async project(sdk: Sdk): Promise<string> {
    return this.once(sdk, () => Consumer.install("commonjs", { versions: { "@pulumi/pulumi": sdk } }));
  }

  /** The Node that runs this if it is of the line, else Node's own release from the npm registry. */
  private async node(line: Node): Promise<string> {
    if (process.versions.node.startsWith(`${line}.`)) return dirname(process.execPath);
    const name = `node-${line}`;
    const versions = { [name]: `npm:node-${process.platform}-${process.arch}@${line}` };
    const folder = await this.once(name, () => Consumer.install("empty", { dependencies: [name], versions }));
    return join(folder, "node_modules", name, "bin");
  }

  private async once(name: string, install: () => Promise<Consumer>): Promise<string> {
    const consumer = this.consumers.get(name) ?? install();
    this.consumers.set(name, consumer);
    return (await consumer).folder;
  }
}
