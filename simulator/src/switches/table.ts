import { responseSwitches } from "./responses";
import { roomSwitches } from "./rooms";
import { tokenAndTurnSwitches } from "./tokensAndTurn";

export { type SwitchDefinition, type SwitchGroup, switchGroups } from "./choice";

/** Every switch: types, command line help, validation and the control page all derive from this table. */
export const switches = { ...roomSwitches, ...responseSwitches, ...tokenAndTurnSwitches } as const;

export type SwitchName = keyof typeof switches;
export type Switches = { [K in SwitchName]: (typeof switches)[K]["values"][number] };

export const switchNames = Object.keys(switches) as SwitchName[];
