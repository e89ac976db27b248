import type { RoomType } from "./field";

/** The type token of a kind of room. Part of every user's state: it never changes. */
export function tokenOf(type: RoomType): string {
  return `pulumi-nodejs:dynamic/metered:${type.name}`;
}

/** The token of a resource or a function in the package `metered`, as programs in every language have it. */
export function packageTokenOf({ name }: { readonly name: string }): string {
  return `metered:index:${name}`;
}

/** The text by which Pulumi finds the code of a room. Part of every user's state: it never changes. */
export function providerText(type: RoomType): string {
  return `exports.handler=()=>require("pulumi-metered/runtime").${type.name[0]?.toLowerCase()}${type.name.slice(1)}`;
}
