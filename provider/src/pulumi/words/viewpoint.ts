/** Where the account comes from: the stack's configuration, environment variables, or a `metered.Provider`. */
export type AccountSource =
  | { readonly kind: "stack" }
  | {
      readonly kind: "environment";
      /** There is no project either, whose configuration would hold all else. */
      readonly isAlone?: true;
    }
  | {
      readonly kind: "provider";
      readonly name: string;
      /** The URN of that provider, where the face knows it. */
      readonly urn?: string | undefined;
    };

/** Who reads the sentence, and where the account comes from. */
export interface Viewpoint {
  readonly face: "dynamic" | "plugin" | "command";
  readonly account: AccountSource;
  /** The resource's name in the program and its URN, where the face knows them (the plugin does). */
  readonly resource?: { readonly name: string; readonly urn: string } | undefined;
  /** It's about a room of a set: the resource is the set, so its options, its import and its URN are none of the room's. */
  readonly isOfSet?: true | undefined;
}
