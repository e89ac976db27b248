import * as log from "@pulumi/pulumi/log";
import { getProject, getStack } from "@pulumi/pulumi/metadata";
import { all, type Input, isUnknown, Output, output, secret } from "@pulumi/pulumi/output";
import {
  type CustomResource,
  type CustomResourceOptions,
  mergeOptions,
  type ProviderResource,
  type Resource,
} from "@pulumi/pulumi/resource";
import { isDryRun } from "@pulumi/pulumi/runtime/settings";
import { generateName, isGeneratedFrom } from "../../rooms/name";
import type { RoomType } from "../../rooms/roomType";
import type { ResourceType } from "../../schema/field";
import { isSensitive } from "../../schema/kinds";
import { sameName } from "../../schema/names";
import { warningsOf } from "../../schema/rules";
import { KEY, markedWith, namedBy, registered } from "../state";
import { tokenOf } from "../tokens";
import {
  failure,
  isMocked,
  refuseConfiguration,
  refuseEnvironment,
  resourceArgumentsOf,
  runOfProgram,
  whateverIsKnown,
} from "./program";

export { tokenOf } from "../tokens";

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
  const given = { ...resourceArgumentsOf(labelOf(type, name), args) } as Record<string, Input<unknown>>;
  const isLookup = opts.id !== undefined;
  const settings = isLookup ? Object.keys(type.fields) : ["roomName"];
  const names = [...settings, ...IDENTITY, ...(type.hasUrl ? ["url"] : []), ...Object.keys(type.links)];
  const properties = { ...Object.fromEntries(names.map((key) => [key, undefined])), ...registered(type) };
  if (isLookup) return { ...properties, [KEY.lookup]: true };
  Object.assign(properties, given);
  for (const [key, field] of Object.entries(type.fields)) {
    if (field.secret && given[key] !== undefined) properties[key] = secret(given[key]);
  }
  if (typeof given.roomName !== "string") Object.assign(properties, named(type, name, given.roomName, opts.parent));
  return properties;
}

/** The options with which a room is registered. Whatever may contain a credential is a secret output of a lookup. */
export function optionsOf(type: RoomType, args: object, opts: CustomResourceOptions): CustomResourceOptions {
  const isLookup = opts.id !== undefined;
  const given = { ...args } as Record<string, unknown>;
  const secrets = Object.entries(type.fields).filter(([name, field]) =>
    isLookup ? isSensitive(field) : field.secret && given[name] !== undefined,
  );
  return mergeOptions(opts, {
    ...(secrets.length > 0 ? { additionalSecretOutputs: secrets.map(([name]) => name) } : {}),
  });
}

/** Raises what is only inferred to be wrong as warnings on the room. */
export function warnAbout(room: CustomResource, type: ResourceType, args: object, opts: CustomResourceOptions): void {
  if (opts.id !== undefined) return;
  const given = { ...args } as Record<string, Input<unknown>>;
  for (const { fields, text } of warningsOf(type)) {
    if (given[fields[0] ?? ""] === undefined) continue;
    output(fields.map((field) => given[field])).apply((values) => {
      const warning = text(Object.fromEntries(fields.map((field, i): [string, unknown] => [field, values[i]])));
      if (warning) void log.warn(warning, room);
    });
  }
  warnAboutTimeouts(room, opts);
}

/** A room of the program with a name that is known when it's registered. */
interface Named {
  readonly label: string;
  readonly provider: ProviderResource | undefined;
}

/** The rooms of one run of a program by their names: several programs may share a process (Automation API). */
const namesOfRuns = new WeakMap<object, Map<string, Named[]>>();

/**
 * Warns of a room whose name another one has as well, which only the program can tell before anything is done: Pulumi
 * doesn't tell a dynamic provider whose inputs it checks.
 */
export function warnAboutName(
  room: CustomResource,
  type: RoomType,
  name: string,
  args: object,
  opts: CustomResourceOptions,
): void {
  const { roomName }: { readonly roomName?: unknown } = { ...args };
  const isOpen = opts.id !== undefined || opts.ignoreChanges?.includes("roomName");
  // In a unit test with Pulumi's mocks, one program may be run again and again.
  if (typeof roomName !== "string" || isOpen || isMocked()) return;
  const provider = opts.provider ?? opts.parent?.getProvider(tokenOf(type));
  const other = otherNamed(runOfProgram(), type, roomName, { label: labelOf(type, name), provider });
  if (other === undefined) return;
  void log.warn(`roomName is "${roomName}", the same as that of ${other}: two rooms can't have the same name`, room);
}

/** Notes a room's name, and finds another room that has it as well, in the same account as far as the program shows. */
export function otherNamed(run: object, type: RoomType, roomName: string, named: Named): string | undefined {
  const names = namesOfRuns.get(run) ?? new Map<string, Named[]>();
  namesOfRuns.set(run, names);
  const key = `${type.name} ${roomName.toLowerCase()}`;
  const others = names.get(key) ?? [];
  names.set(key, [...others, named]);
  return others.find(({ provider }) => provider === named.provider)?.label;
}

/**
 * In a preview Pulumi takes the inputs for the outputs, so a room that had to take a numbered name would seem to lose it,
 * and whatever depends on the name to change. Its id has it.
 */
export function keepNumberedName(room: CustomResource & { readonly roomName: Output<string> }, args: object): void {
  const { roomName: given }: { readonly roomName?: unknown } = { ...args };
  if (!isDryRun() || typeof given === "string") return;
  const shown = (id: string, name: string) => {
    const isNumbered = !isUnknown(id) && !isUnknown(name) && !sameName(name, id) && isGeneratedFrom(name, id);
    return isNumbered ? id : name;
  };
  const { id, roomName } = room;
  const kept = whateverIsKnown(id, (known) => whateverIsKnown(roomName, (name) => shown(known, name)));
  Object.assign(room, { roomName: kept });
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
      // Not by pulumi/urn, which a program would load for this alone.
      const types = parentUrn.split("::")[2] ?? "";
      resolve(generateName({ ...urn, parentTypes: types === "pulumi:pulumi:Stack" ? "" : types }));
    });
  });
}

/** @throws RunError for what cannot work in a dynamic resource, or in this environment */
export function refuseUnworkable(type: { readonly name: string }, name: string, opts: CustomResourceOptions): void {
  // In a unit test with Pulumi's mocks there is no provider process that would have to find the package.
  if (!isMocked()) refuseEnvironment();
  if (typeof name !== "string" || name === "") {
    throw failure(`metered.${type.name} needs a name, as its first argument: new metered.${type.name}("NAME", …)`);
  }
  if (opts.import !== undefined) {
    throw failure(
      `${labelOf(type, name)}: the option import doesn't work with a dynamic resource (pulumi/pulumi#3550). ` +
        "To manage an existing room, import it: npx pulumi-metered import --help",
    );
  }
  refuseConfiguration();
}

/** How a resource is called in what a program is told. */
export function labelOf(type: { readonly name: string }, name: string): string {
  return `metered.${type.name} "${name}"`;
}

/**
 * The options of a lookup. Without an id Pulumi would take it for a new resource, and create one.
 *
 * @throws RunError
 */
export function lookupOptions(
  type: { readonly name: string },
  name: string,
  id: Input<string>,
  opts: CustomResourceOptions | undefined,
): CustomResourceOptions {
  if (!id) throw failure(`metered.${type.name}.get("${name}", …) needs an id, as its second argument.`);
  return { ...opts, id: Output.isInstance(id) ? onceThere(id as Output<string>) : id };
}

/**
 * A name that is only known once the resource that it's from exists: until then a preview, which may know the name before,
 * has nothing to read.
 */
function onceThere(id: Output<string>): Output<string> {
  // Loaded only where a lookup depends on another resource.
  const { idsBehind } = require("./functions/outputs") as typeof import("./functions/outputs");
  return all([id, idsBehind(id, undefined)]).apply(([name]) => name);
}

/**
 * Lets every setting of a room class be read as an Output, though a room registers only what it declares: the SDK makes
 * promises with stack traces for each registered property, so that thirty undeclared ones would cost a program more than
 * all the rest of a room.
 */
export function readUndeclared(room: { readonly prototype: object }, type: ResourceType): void {
  for (const name of Object.keys(type.fields)) {
    Object.defineProperty(room.prototype, name, {
      configurable: true,
      get: () => output(undefined),
      /** The SDK assigns the outputs of registered properties. */
      set(this: object, value: unknown) {
        Object.defineProperty(this, name, { value, configurable: true, enumerable: true, writable: true });
      },
    });
  }
}
