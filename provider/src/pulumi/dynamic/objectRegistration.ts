import { type Input, secret } from "@pulumi/pulumi/output";
import { type CustomResourceOptions, mergeOptions } from "@pulumi/pulumi/resource";
import { type ObjectType, secretOutputs } from "../../objects/objectType";
import { isSensitive } from "../../schema/kinds";
import { registered } from "../state";
import { failure, resourceArgumentsOf } from "./program";
import { labelOf, refuseUnworkable } from "./registration";

export { lookupOptions, tokenOf, warnAbout } from "./registration";

/**
 * The properties with which an object is registered: its arguments, and every output, so that Pulumi fills them in. Of a
 * lookup every setting is one.
 *
 * @throws RunError for what cannot work, before anything is registered
 */
export function objectProperties(
  type: ObjectType,
  name: string,
  args: object,
  opts: CustomResourceOptions,
): Record<string, unknown> {
  refuseUnworkable(type, name, opts);
  const given = { ...resourceArgumentsOf(labelOf(type, name), args) } as Record<string, Input<unknown>>;
  const isLookup = opts.id !== undefined;
  if (isLookup && type.foundBy === undefined) {
    throw failure(`${labelOf(type, name)}: Metered doesn't store ${type.label}s, so they can't be looked up.`);
  }
  const names = [...(isLookup ? Object.keys(type.fields) : []), ...Object.keys(type.outputs), "appName"];
  const properties = { ...Object.fromEntries(names.map((key) => [key, undefined])), ...registered(type) };
  if (isLookup) return properties;
  for (const [key, field] of Object.entries(type.fields)) {
    if (field.secret && given[key] !== undefined) given[key] = secret(given[key]);
  }
  return Object.assign(properties, given);
}

/** The options with which an object is registered. What the server makes and is a credential is a secret output. */
export function objectOptions(type: ObjectType, opts: CustomResourceOptions): CustomResourceOptions {
  const isLookup = opts.id !== undefined;
  const settings = Object.entries(type.fields).filter(([, field]) => (isLookup ? isSensitive(field) : field.secret));
  const secrets = [...secretOutputs(type), ...settings.map(([name]) => name)];
  return mergeOptions(opts, { additionalSecretOutputs: secrets });
}
