/** Secrets of a state that was exported with them in plaintext. */
import { isMarkedAsSecret } from "../pulumi/secrets";
import { isBag } from "../pulumi/setState";
import type { Bag } from "../pulumi/state";
import { setTypeOf } from "../pulumi/types";

/** The value that a secret holds in a state with secrets in plaintext, or the value itself. Ciphertext stays as it is. */
export function revealed(value: unknown): unknown {
  if (isMarkedAsSecret(value)) {
    return typeof value.plaintext === "string" ? revealed(JSON.parse(value.plaintext)) : value;
  }
  if (Array.isArray(value)) return value.map(revealed);
  if (!isBag(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, revealed(each)]));
}

/** The inputs or outputs of a resource, with the rooms in plaintext if it's a set and the state has them so. */
export function withRoomsRevealed(type: string, bag: Bag): Bag {
  if (!setTypeOf(type)) return bag;
  const shown = ["rooms", "secretSettings"].filter((name) => bag[name] !== undefined);
  return { ...bag, ...Object.fromEntries(shown.map((name) => [name, revealed(bag[name])])) };
}
