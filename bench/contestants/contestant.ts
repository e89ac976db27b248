import type { Simulator } from "metered-simulator";
import type { Command } from "../recorded";

/** Something that makes rooms: what is measured against what. */
export interface Contestant {
  readonly name: string;
  /** The commands that it has. */
  readonly commands: readonly Command[];
  /** Makes everything ready for so many rooms, which is not measured. */
  prepare(rooms: number, at: Place): Promise<Prepared>;
}

/** A folder with the packages that programs need, and the server. */
export interface Place {
  readonly project: string;
  readonly simulator: Simulator;
}

export interface Prepared {
  run(command: Command): Promise<unknown>;
  /** After `up`; undefined for what has no state. */
  stateBytes(): number | undefined;
  dispose(): void;
}
