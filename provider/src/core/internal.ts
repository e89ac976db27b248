/**
 * Keys that Pulumi hides from its displays because they start with two underscores. They are part of every user's
 * state, so they never change.
 */
export const INTERNAL = {
  /** The text by which Pulumi finds the code of a dynamic resource. */
  provider: "__provider",
  /** The name is not from the program: the resource class made it, or a former run did. */
  isAutoNamed: "__auto",
  /** The program asked for `deleteBeforeReplace: false`. */
  createFirst: "__createFirst",
  /** In outputs of an auto-named room that took another name than the asked one: the asked one. */
  askedName: "__askedName",
  /** In outputs of a room that was looked up by `get`: it is read anew with every setting, and none of them is an input. */
  isLookup: "__lookup",
  /** In outputs, after a refresh: the `_id` of the room that somebody else made under our room's name. */
  otherRoomId: "__otherRoomId",
  /** In outputs, after an update whose reply was lost: the settings that it may or may not have changed. */
  unsettled: "__unsettled",
} as const;
