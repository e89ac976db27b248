/**
 * In what the faces rightly differ to the engine, and why. Everything else that the stories tell holds of
 * both; there are no other cases.
 */
export const differences = {
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
  /** What is printed of an error, beside the message at the resource. */
  printedOfInvalidSecretKey: {
    dynamic: ["InvalidSecretKey: see the message for that resource"],
    plugin: [],
    why: "Pulumi's dynamic-provider process prints every error; ours has a short text for that",
  },
} as const;
