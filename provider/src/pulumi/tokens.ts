/** The type token of a dynamic resource. Part of every user's state: it never changes. */
export function tokenOf(type: { readonly name: string }): string {
  return `pulumi-nodejs:dynamic/metered:${type.name}`;
}

/** The token of a resource or a function of the plugin, as programs in every language have it. */
export function packageTokenOf({ name }: { readonly name: string }): string {
  return `metered:index:${name}`;
}

/** The text by which Pulumi finds the code of a dynamic resource. Part of every user's state: it never changes. */
export function providerText({ name }: { readonly name: string }): string {
  return `exports.handler=()=>require("pulumi-metered/runtime").${name[0]?.toLowerCase()}${name.slice(1)}`;
}
