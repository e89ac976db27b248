import type { Simulator, Switches, SwitchName } from "metered-simulator";
import type { Calls } from "./calls";

/** What one value of a switch promises, and the requests that show it. */
export type SwitchPromise = readonly [promise: string, check: (api: Calls, sim: Simulator) => Promise<void>];

/** One promise for every value of every switch: the compiler misses what is not here. */
export type SwitchPromises<Name extends SwitchName = SwitchName> = {
  readonly [N in Name]: { readonly [V in Switches[N]]: SwitchPromise };
};

export const bare = { success: false, message: "Invalid request" };
