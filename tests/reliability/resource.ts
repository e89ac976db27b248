import { isDeepStrictEqual } from "node:util";
import type { Bag } from "../../provider/src/pulumi/state";
import type { InitFailure } from "./told";

/** What the engine's state holds of one room. */
export interface Resource {
  readonly id: string;
  readonly inputs: Bag;
  readonly outputs: Bag;
  readonly initErrors: readonly string[];
}

/** What the engine keeps of a create or an update that succeeded. */
export function stored(id: string, inputs: Bag, outs: Bag): Resource {
  return plain({ id, inputs, outputs: { ...outs, __provider: inputs.__provider }, initErrors: [] });
}

/** What it keeps of one that failed, where the provider says that the room is there. */
export function failed({ id, properties, reasons }: InitFailure, inputs: Bag): Resource {
  return plain({ id, inputs, outputs: properties, initErrors: reasons });
}

/** Pulumi's wire carries plain JSON only: `undefined` breaks or even hangs it. */
export function plain<T>(value: T): T {
  const copy = JSON.parse(JSON.stringify(value)) as T;
  if (!isDeepStrictEqual(copy, value)) throw new Error(`not fit for the wire: ${JSON.stringify(value)}`);
  return copy;
}
