/** What decides how a forced replacement ends. */
export interface Replacement {
  /** Whether the old room goes first: the option `deleteBeforeReplace`, true where it is not given. */
  readonly deleteBeforeReplace: boolean;
  /** Whether somebody deleted the old room before. */
  readonly old: "present" | "gone";
  readonly nameReuse: "allowed" | "reserved";
  readonly name: "given" | "made";
}

/** Why the new room cannot have its name. A made name gives way. */
export function obstacleOf({ name, deleteBeforeReplace, old, nameReuse }: Replacement): RegExp | undefined {
  if (name === "made") return undefined;
  if (!deleteBeforeReplace && old === "present") return /a room of that name exists.*left as it is/;
  return nameReuse === "reserved" ? /keeps the name of a deleted \(archived\) room.*another roomName/ : undefined;
}

/** Every combination of the values. */
export function product<T extends Readonly<Record<string, readonly unknown[]>>>(factors: T) {
  type Combination = { readonly [K in keyof T]: T[K][number] };
  return Object.entries(factors).reduce<object[]>(
    (begun, [name, values]) => begun.flatMap((row) => values.map((value) => ({ ...row, [name]: value }))),
    [{}],
  ) as Combination[];
}
