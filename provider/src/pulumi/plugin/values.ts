import type { Struct as WireStruct } from "google-protobuf/google/protobuf/struct_pb";
import type { ResourceType } from "../../schema/field";
import { isSensitive } from "../../schema/kinds";
import type { Bag } from "../state";
import { Struct } from "./sdk";

/** By these two Pulumi marks a secret among the values of its wire protocol. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

/** Values in plain, and which of them are secrets. */
export interface Values {
  readonly bag: Bag;
  readonly secrets: ReadonlySet<string>;
}

export function fromWire(struct: WireStruct | undefined): Values {
  const entries = Object.entries((struct?.toJavaScript() ?? {}) as Bag);
  const plain = entries.map(([name, value]) => [name, plainOf(value)] as const);
  return {
    bag: Object.fromEntries(plain.map(([name, { value }]) => [name, value])),
    secrets: new Set(plain.filter(([, { isSecret }]) => isSecret).map(([name]) => name)),
  };
}

/** A value, however deep secrets lie in it, and whether any does. */
function plainOf(value: unknown): { value: unknown; isSecret: boolean } {
  if (typeof value !== "object" || value === null) return { value, isSecret: false };
  if (SIGNATURE in value && value[SIGNATURE] === SECRET && "value" in value) {
    return { value: plainOf(value.value).value, isSecret: true };
  }
  const parts = Object.entries(value).map(([name, part]) => [name, plainOf(part)] as const);
  const isSecret = parts.some(([, part]) => part.isSecret);
  if (Array.isArray(value)) return { value: parts.map(([, part]) => part.value), isSecret };
  return { value: Object.fromEntries(parts.map(([name, part]) => [name, part.value])), isSecret };
}

/** Without `undefined`, which the wire does not have. */
export function toWire(bag: Bag, secrets: ReadonlySet<string> = new Set()): WireStruct {
  const set = Object.entries(bag).filter(([, value]) => value !== undefined);
  const entries = set.map(([name, value]) => [name, secrets.has(name) ? { [SIGNATURE]: SECRET, value } : value]);
  return Struct.fromJavaScript(Object.fromEntries(entries) as Parameters<typeof Struct.fromJavaScript>[0]);
}

/** What must be a secret in the state of an object: what was one in the program, and what its table says. */
export function secretsOf(type: ResourceType, ...given: readonly (Values | undefined)[]): Set<string> {
  const always = Object.keys(type.fields).filter((name) => type.fields[name]?.secret);
  return new Set([...always, ...given.flatMap((values) => [...(values?.secrets ?? [])])]);
}

/** What must be a secret of an object that Metered shows, and no program declares: whatever may carry a credential. */
export function secretsShown(type: ResourceType): Set<string> {
  return new Set(Object.entries(type.fields).flatMap(([name, field]) => (isSensitive(field) ? [name] : [])));
}
