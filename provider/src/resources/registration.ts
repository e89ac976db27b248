import { createRequire } from "node:module";
import { join } from "node:path";
import * as log from "@pulumi/pulumi/log";
import { getProject, getStack } from "@pulumi/pulumi/metadata";
import { all, type Input, output, secret } from "@pulumi/pulumi/output";
import { type CustomResource, type CustomResourceOptions, mergeOptions, type Resource } from "@pulumi/pulumi/resource";
import type { RoomType } from "../core/field";
import { INTERNAL } from "../core/internal";
import { autoName } from "../core/names";
import { warningsOf } from "../core/rules";
import { providerText } from "../core/token";
import { failure } from "./failure";
import { refuseKeyInClear } from "./keyInClear";

export { tokenOf } from "../core/token";

/** Outputs that every room has beside its settings and links. */
const IDENTITY = ["roomId", "appName", "created"];

/**
 * The properties with which a room is registered: its arguments, and every output that the server gives it, so that
 * Pulumi fills them in. Of a lookup every setting is one.
 *
 * @throws RunError for what cannot work, before anything is registered
 */
export function propertiesOf(
  type: RoomType,
  name: string,
  args: object,
  opts: CustomResourceOptions,
): Record<string, unknown> {
  refuseUnworkable(type, name, opts);
  const given = { ...args } as Record<string, Input<unknown>>;
  const isLookup = opts.id !== undefined;
  const settings = isLookup ? Object.keys(type.fields) : ["roomName"];
  const names = [...settings, ...IDENTITY, ...(type.hasUrl ? ["url"] : []), ...Object.keys(type.links)];
  const properties: Record<string, unknown> = Object.fromEntries(names.map((key) => [key, undefined]));
  properties[INTERNAL.provider] = providerText(type);
  if (isLookup) return properties;
  Object.assign(properties, given);
  for (const [key, field] of Object.entries(type.fields)) {
    if (field.secret && given[key] !== undefined) properties[key] = secret(given[key]);
  }
  if (typeof given.roomName !== "string") Object.assign(properties, autoNamed(type, name, given.roomName, opts.parent));
  if (opts.deleteBeforeReplace === false) properties[INTERNAL.createFirst] = true;
  return properties;
}

/** The options with which a room is registered. */
export function optionsOf(type: RoomType, args: object, opts: CustomResourceOptions): CustomResourceOptions {
  const secrets = Object.keys(type.fields).filter(
    (name) => type.fields[name]?.secret && (name in args || opts.id !== undefined),
  );
  return mergeOptions(opts, {
    // A room's name is its identity, so a new one in its place meets the old one unless that is deleted first.
    deleteBeforeReplace: opts.deleteBeforeReplace ?? true,
    ...(secrets.length > 0 ? { additionalSecretOutputs: secrets } : {}),
  });
}

/** Raises what is only inferred to be wrong as warnings on the room. */
export function warnAbout(room: CustomResource, type: RoomType, args: object, opts: CustomResourceOptions): void {
  if (opts.id !== undefined) return;
  const given = args as Record<string, Input<unknown>>;
  for (const { fields, text } of warningsOf(type)) {
    if (given[fields[0] ?? ""] === undefined) continue;
    output(fields.map((field) => given[field])).apply((values) => {
      const warning = text(Object.fromEntries(fields.map((field, i): [string, unknown] => [field, values[i]])));
      if (warning) void log.warn(warning, room);
    });
  }
  if (opts.customTimeouts) {
    void log.warn(
      "customTimeouts do not reach a dynamic provider, so they have no effect; set metered:timeoutSeconds (per try) and metered:retrySeconds (all tries) instead",
      room,
    );
  }
}

/** The name when the program gives none, or an Output that may turn out to hold none. */
function autoNamed(type: RoomType, name: string, given: Input<unknown>, parent: Resource | undefined) {
  const made = autoNameOf(type, name, parent);
  if (given === undefined) return { roomName: made, [INTERNAL.isAutoNamed]: true };
  const both = all([given, made]);
  return {
    roomName: both.apply(([roomName, auto]) => roomName ?? auto),
    [INTERNAL.isAutoNamed]: output(given).apply((roomName) =>
      roomName === undefined || roomName === null ? true : undefined,
    ),
  };
}

/** From what the URN of the room will say, so that the name is the same on every run. */
function autoNameOf(type: RoomType, name: string, parent: Resource | undefined): string | Promise<string> {
  const urn = { project: getProject(), stack: getStack(), kind: type.name, name };
  if (parent === undefined) return autoName({ ...urn, parentTypes: "" });
  // As an Output the URN of a component would make the component wait for its own child.
  return new Promise((resolve) => {
    parent.urn.apply((parentUrn) => {
      const types = parentUrn.split("::")[2] ?? "";
      resolve(autoName({ ...urn, parentTypes: types === "pulumi:pulumi:Stack" ? "" : types }));
    });
  });
}

function refuseUnworkable(type: RoomType, name: string, opts: CustomResourceOptions): void {
  refuseEnvironment();
  if (opts.import !== undefined) {
    throw failure(
      `metered.${type.name} "${name}": the option import cannot work on a dynamic resource (pulumi/pulumi#3550). ` +
        "To bring an existing room into the stack, run pulumi config set metered:adoptExisting true and pulumi up once, or import it as it is: npx pulumi-metered import --help",
    );
  }
  refuseKeyInClear();
}

let isEnvironmentChecked = false;

/** Once per program: Pulumi loads the provider from the program's folder, with Node and from node_modules. */
function refuseEnvironment(): void {
  if (isEnvironmentChecked) return;
  if ("bun" in process.versions) {
    throw failure(
      "pulumi-metered cannot run under Bun, which has no dynamic providers. Set runtime: nodejs in Pulumi.yaml.",
    );
  }
  if ("pnp" in process.versions) {
    throw failure(
      "pulumi-metered cannot run under Yarn Plug'n'Play: Pulumi loads dynamic providers from node_modules. Put nodeLinker: node-modules into .yarnrc.yml and run yarn install.",
    );
  }
  try {
    // Not with our own `require`, which always finds its own package.
    createRequire(join(process.cwd(), "program.js")).resolve("pulumi-metered/runtime");
  } catch {
    throw failure(
      `pulumi-metered must be a direct dependency of the Pulumi program, since Pulumi loads it from there: run npm install pulumi-metered in ${process.cwd()}.`,
    );
  }
  isEnvironmentChecked = true;
}
