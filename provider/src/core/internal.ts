/**
 * Keys that Pulumi hides from its displays because they start with two underscores. They are part of every user's
 * state, so they never change.
 */
export const INTERNAL = {
  /** The text by which Pulumi finds the code of a dynamic resource. */
  provider: "__provider",
  /** Handed from the resource class to `check`: the name to use when the program gives none. Never in state. */
  autoName: "__autoName",
  /** In inputs and outputs: the name is not from the program. */
  isAutoNamed: "__auto",
  /** Handed on by the resource class: the program asked for `deleteBeforeReplace: false`. */
  createFirst: "__createFirst",
  /** In outputs of an auto-named room that took another name than the asked one: the asked one. */
  askedName: "__askedName",
  /** In outputs, after a refresh: the `_id` of the room that somebody else made under our room's name. */
  otherRoomId: "__otherRoomId",
} as const;
