import { createRequire } from "node:module";
import { join } from "node:path";
import * as log from "@pulumi/pulumi/log";
import { getProject, getStack } from "@pulumi/pulumi/metadata";
import { all, type Input, output, secret } from "@pulumi/pulumi/output";
import { type CustomResource, type CustomResourceOptions, mergeOptions, type Resource } from "@pulumi/pulumi/resource";
import { generateName } from "../../rooms/name";
import type { RoomType } from "../../rooms/roomType";
import { isSensitive } from "../../schema/kinds";
import { warningsOf } from "../../schema/rules";
import { markedWith, namedBy, registered } from "../state";
import { failure } from "./failure";
import { isMocked } from "./mocks";
import { refusePlaintextKey } from "./plaintextKey";

export { tokenOf } from "../types";

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
  const properties = { ...Object.fromEntries(names.map((key) => [key, undefined])), ...registered(type) };
  if (isLookup) return properties;
  Object.assign(properties, given);
  for (const [key, field] of Object.entries(type.fields)) {
    if (field.secret && given[key] !== undefined) properties[key] = secret(given[key]);
  }
  if (typeof given.roomName !== "string") Object.assign(properties, named(type, name, given.roomName, opts.parent));
  return properties;
}

/** The options with which a room is registered. Whatever may carry a credential is a secret output of a lookup. */
export function optionsOf(type: RoomType, args: object, opts: CustomResourceOptions): CustomResourceOptions {
  const isLookup = opts.id !== undefined;
  const secrets = Object.entries(type.fields).filter(([name, field]) =>
    isLookup ? isSensitive(field) : field.secret && name in args,
  );
  return secrets.length === 0 ? opts : mergeOptions(opts, { additionalSecretOutputs: secrets.map(([name]) => name) });
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
  warnAboutTimeouts(room, opts);
}

export function warnAboutTimeouts(resource: CustomResource, opts: CustomResourceOptions): void {
  if (!opts.customTimeouts) return;
  void log.warn(
    "customTimeouts don't reach a dynamic provider, so they have no effect; set metered:timeoutSeconds (one attempt) and metered:retrySeconds (all attempts) instead",
    resource,
  );
}

/** The name when the program gives none, or an Output that may turn out to hold none. */
function named(type: RoomType, name: string, given: Input<unknown>, parent: Resource | undefined) {
  const generated = generatedNameOf(type, name, parent);
  if (given === undefined || given === null) return namedBy(generated);
  const roomName = all([given, generated]).apply(([wanted, other]) => wanted ?? other);
  return { roomName, ...markedWith(generated) };
}

/** From what the URN of the room will say, so that the name is the same on every run. */
export function generatedNameOf(
  type: { readonly name: string },
  name: string,
  parent: Resource | undefined,
): string | Promise<string> {
  const urn = { project: getProject(), stack: getStack(), kind: type.name, name };
  if (parent === undefined) return generateName({ ...urn, parentTypes: "" });
  // As an Output the URN of a component would make the component wait for its own child.
  return new Promise((resolve) => {
    parent.urn.apply((parentUrn) => {
      const types = parentUrn.split("::")[2] ?? "";
      resolve(generateName({ ...urn, parentTypes: types === "pulumi:pulumi:Stack" ? "" : types }));
    });
  });
}

export function refuseUnworkable(type: { readonly name: string }, name: string, opts: CustomResourceOptions): void {
  // In a unit test with Pulumi's mocks there is no provider process that would have to find the package.
  if (!isMocked()) refuseEnvironment();
  if (opts.import !== undefined) {
    throw failure(
      `metered.${type.name} "${name}": the option import cannot work on a dynamic resource (pulumi/pulumi#3550). ` +
        "To manage an existing room, import it as it is: npx pulumi-metered import --help",
    );
  }
  refusePlaintextKey();
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
      "pulumi-metered cannot run under Yarn Plug'n'Play: Pulumi loads dynamic providers from node_modules. Set nodeLinker: node-modules in .yarnrc.yml and run yarn install.",
    );
  }
  try {
    // Not with our own `require`, which always finds its own package.
    createRequire(join(process.cwd(), "program.js")).resolve("pulumi-metered/runtime");
  } catch {
    throw failure(
      `pulumi-metered must be a direct dependency of the Pulumi program, because Pulumi loads it from there: run npm install pulumi-metered in ${process.cwd()}.`,
    );
  }
  isEnvironmentChecked = true;
}
