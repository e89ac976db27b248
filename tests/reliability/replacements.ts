/** What decides how a forced replacement ends. */
export interface Replacement {
  /** Whether the old room goes first: the option `deleteBeforeReplace` or, without it, what a diff says. */
  readonly deleteBeforeReplace: boolean;
  /** Whether somebody deleted the old room before. */
  readonly old: "present" | "gone";
  readonly nameReuse: "allowed" | "reserved";
  readonly name: "given" | "made";
  /** No diff was asked, so that the provider cannot know the old room from any other (`--replace`, taint). */
  readonly isUnawares?: boolean;
}

/** Why the new room cannot have its name. A made name gives way to what is known to be there. */
export function obstacleOf({ name, deleteBeforeReplace, old, nameReuse, isUnawares }: Replacement): RegExp | undefined {
  const isMet = !deleteBeforeReplace && old === "present";
  if (isMet && (name === "given" || isUnawares)) return /already has (a room with that (auto-generated )?name|that room)[^]*(It was not|Nothing was) changed/;
  if (name === "made") return undefined;
  return nameReuse === "reserved" ? /deleted \(archived\) room[^]*another roomName/ : undefined;
}

/** Every combination of the values. */
export function product<T extends Readonly<Record<string, readonly unknown[]>>>(factors: T) {
  type Combination = { readonly [K in keyof T]: T[K][number] };
  return Object.entries(factors).reduce<object[]>(
    (begun, [name, values]) => begun.flatMap((row) => values.map((value) => ({ ...row, [name]: value }))),
    [{}],
  ) as Combination[];
}
