import type { Struct as WireStruct } from "google-protobuf/google/protobuf/struct_pb";
import { isMarkedAsSecret, markedAsSecret } from "../secrets";
import type { Bag } from "../state";
import { Struct } from "./sdk";

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

/** Old inputs, where the engine sends any: without them nobody knows which outputs the program declares. */
export function inputsIn(struct: WireStruct | undefined): Bag | undefined {
  return struct && fromWire(struct).bag;
}

/** A value without marks. */
export interface Plain {
  readonly value: unknown;
  /** Whether it was marked, or anything in it. */
  readonly isSecret: boolean;
}

/** A value, however deep secrets lie in it, and whether any does. */
export function plainOf(value: unknown): Plain {
  if (typeof value !== "object" || value === null) return { value, isSecret: false };
  if (isMarkedAsSecret(value)) return { value: plainOf(value.value).value, isSecret: true };
  const parts = Object.entries(value).map(([name, part]) => [name, plainOf(part)] as const);
  const isSecret = parts.some(([, part]) => part.isSecret);
  if (Array.isArray(value)) return { value: parts.map(([, part]) => part.value), isSecret };
  return { value: Object.fromEntries(parts.map(([name, part]) => [name, part.value])), isSecret };
}

/** Without `undefined`, which the wire does not have. */
export function toWire(bag: Bag, secrets: ReadonlySet<string> = new Set()): WireStruct {
  const set = Object.entries(bag).filter(([, value]) => value !== undefined);
  const entries = set.map(([name, value]) => [name, secrets.has(name) ? markedAsSecret({ value }) : value]);
  return Struct.fromJavaScript(Object.fromEntries(entries) as Parameters<typeof Struct.fromJavaScript>[0]);
}
