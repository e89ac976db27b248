import { appendFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { secretOutputs } from "../../provider/src/objects/objectType";
import { OBJECT_TYPES, packageTokenOf, SET_TYPES, tokenOf } from "../../provider/src/pulumi/types";
import { types } from "./rooms";
import type { TestStack } from "./stack";

export const pluginFolder = join(__dirname, "..", "..", "provider", "bin");

/** Tells the project where the plugin is; its version is that of no download. */
export function usePlugin({ folder }: TestStack): void {
  appendFileSync(
    join(folder, "Pulumi.yaml"),
    `plugins:\n  providers:\n    - name: metered\n      path: ${JSON.stringify(pluginFolder)}\n`,
  );
}

/** What an SDK made from the schema does: classes of the plugin's types, with the aliases of the schema. */
const classes = types.map((type) => {
  const alias = JSON.stringify({ type: tokenOf(type) });
  const outputs = [...Object.keys(type.links), "roomId", "roomName", "url", "appName", "created"];
  const names = [...outputs, ...Object.keys(type.fields)].map((name) => `${name}: undefined`).join(", ");
  return `  ${type.name}: class extends pulumi.CustomResource {
    constructor(name, args, opts) {
      super(${JSON.stringify(packageTokenOf(type))}, name, { ${names}, ...args }, pulumi.mergeOptions({ aliases: [${alias}] }, opts));
    }
    static get(name, id) {
      return new metered.${type.name}(name, {}, { id });
    }
  },`;
});

const sets = SET_TYPES.map((type) => {
  const alias = JSON.stringify({ type: tokenOf(type) });
  return `  ${type.name}: class extends pulumi.CustomResource {
    constructor(name, args, opts) {
      const options = { aliases: [${alias}], additionalSecretOutputs: ["secretSettings"] };
      super(${JSON.stringify(packageTokenOf(type))}, name, { appName: undefined, ...args }, pulumi.mergeOptions(options, opts));
    }
    room(key) {
      return this.rooms.apply((rooms) => rooms[key]);
    }
  },`;
});

const objects = OBJECT_TYPES.map((type) => {
  const alias = JSON.stringify({ type: tokenOf(type) });
  const secrets = JSON.stringify(secretOutputs(type));
  const names = ["appName", ...Object.keys(type.outputs), ...Object.keys(type.fields)]
    .map((name) => `${name}: undefined`)
    .join(", ");
  return `  ${type.name}: class extends pulumi.CustomResource {
    constructor(name, args, opts) {
      const options = { aliases: [${alias}], additionalSecretOutputs: ${secrets} };
      super(${JSON.stringify(packageTokenOf(type))}, name, { ${names}, ...args }, pulumi.mergeOptions(options, opts));
    }
    static get(name, id, opts) {
      return new this(name, {}, { ...opts, id });
    }
  },`;
});

const PROVIDER = `  Provider: class extends pulumi.ProviderResource {
    constructor(name, args, opts) {
      super("metered", name, { ...args, secretKey: pulumi.secret(args.secretKey) }, opts);
    }
  },`;

/** Sets the program: the body of a JavaScript module in which `pulumi` and `metered`, the plugin's classes, are at hand. */
export function pluginProgram({ folder }: TestStack, body: string): void {
  const head = `const pulumi = require("@pulumi/pulumi");\nconst metered = {\n${PROVIDER}\n${[...classes, ...sets, ...objects].join("\n")}\n};\n`;
  writeFileSync(join(folder, "index.js"), head + body);
}
