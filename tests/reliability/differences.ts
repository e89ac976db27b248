/**
 * In what the faces rightly differ to the engine, and why. Everything else that the stories tell holds of
 * both; there are no other cases.
 */
export const differences = {
  /** Whether the old room goes first in a forced replacement (`--replace`, taint) of a program that does not say so. */
  deletesFirstByItself: {
    dynamic: true,
    plugin: false,
    why: "our class sets the option; of those that Pulumi makes from a schema, the engine decides, and asks no provider",
  },
  /**
   * Whether the provider knows of `deleteBeforeReplace: false` whatever comes: where it does not, a made name gives way only
   * to a room that a change replaces, and only there nothing is taken over.
   */
  isToldOfOption: {
    dynamic: true,
    plugin: false,
    why: "our class hands the option on among the inputs; a plugin infers it from the engine's checks, of which a forced replacement has none with the old inputs",
  },
  /** Whether an import reads the room; else the file says what is in the state, and the next refresh reads it. */
  readsToImport: {
    dynamic: false,
    plugin: true,
    why: "Pulumi cannot import dynamic resources but from a file with their properties (pulumi/pulumi#3550)",
  },
  /** What a diff says of a change. */
  ofAChange: {
    dynamic: "unknown",
    plugin: "some",
    why: "the engine makes the property diff of a dynamic resource itself, from the inputs; a plugin tells what becomes of each property",
  },
  /** What is printed of an error, beside the message at the room. */
  printedOfBadKey: {
    dynamic: ["BadKey: see the message at the room"],
    plugin: [],
    why: "Pulumi's dynamic-provider process prints every error; ours has a short text for that",
  },
} as const;
