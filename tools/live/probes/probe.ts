import type { SwitchName } from "metered-simulator";
import type { Lab } from "./lab";

/** What a user must have allowed before a probe may run. */
export type Need = "liveRooms" | "patience" | "turn";

/** A question, or a few that one look answers. */
export interface Probe {
  /** For people: what is being found out. */
  readonly title: string;
  /** The switches that it finds out, the simulator's stand-ins for what Metered's documents leave open. */
  readonly switches: readonly SwitchName[];
  readonly needs?: Need;
  /** Writes what it finds into the lab's notebook. What it throws becomes the reason why the rest was not found. */
  run(lab: Lab): Promise<void>;
}

/** The account cannot be used at all: no further question makes sense. The message says why, and what to do. */
export class Unusable extends Error {}

/** The question cannot be asked, for this reason. */
export class CannotAsk extends Error {}
