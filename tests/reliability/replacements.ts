/** What decides how a forced replacement ends. */
export interface Replacement {
  /** Whether the old room goes first: the option `deleteBeforeReplace`, true where it is not given. */
  readonly deleteBeforeReplace: boolean;
  /** Whether somebody deleted the old room before. */
  readonly old: "present" | "gone";
  readonly nameReuse: "allowed" | "reserved";
  readonly name: "given" | "made";
  /** The provider does not know that the new room comes first. */
  readonly isUnawares?: boolean;
}

/** Why the new room cannot have its name. A made name gives way to what is known to be there. */
export function obstacleOf({ name, deleteBeforeReplace, old, nameReuse, isUnawares }: Replacement): RegExp | undefined {
  const isMet = !deleteBeforeReplace && old === "present";
  if (isMet && (name === "given" || isUnawares)) return /a room of that name exists.*left as it is/;
  if (name === "made") return undefined;
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
