import type { Story } from "./operations";

/** Positions among the settings of a meeting room. */
const [NOT_BEFORE, MAX_PARTICIPANTS, ENABLE_RECORDING] = [3, 4, 13];
/** The first one of a live-streaming room. */
const ENABLE_LIVE_STREAMING = 0;

/** Stories that once ended badly. */
export const examples: Readonly<Record<string, Story>> = {
  "the reply to an update is lost, and the program is taken back": {
    switches: {},
    operations: [
      { do: "declare", slot: 0, name: 0, settings: [MAX_PARTICIPANTS] },
      { do: "up" },
      { do: "set", slot: 0, setting: MAX_PARTICIPANTS, isOther: true },
      {
        do: "up",
        mishap: { trouble: "500, after the server has done it", call: "update", skip: 0, times: "always" },
      },
      { do: "revert", slot: 0 },
      { do: "up" },
    ],
    endsWithRefresh: false,
  },
  "a room that the state does not know is taken over with fewer settings": {
    switches: {},
    operations: [
      { do: "declare", slot: 0, name: "made", settings: [ENABLE_RECORDING] },
      { do: "up", killed: 0 },
      { do: "declare", slot: 0, name: "made", settings: [] },
      { do: "up", adopt: true },
    ],
    endsWithRefresh: false,
  },
  "a name with upper case is refused without a reason, where a colleague has it in lower case": {
    switches: { nameRule: "lower case 60", validationError: "bare" },
    operations: [
      { do: "declare", slot: 2, name: 3, settings: [] },
      { do: "take the name", slot: 2 },
    ],
    endsWithRefresh: false,
  },
  "a colleague makes a room anew that is taken over with fewer settings": {
    switches: {},
    operations: [
      { do: "declare", slot: 1, name: 0, settings: [ENABLE_LIVE_STREAMING] },
      { do: "up" },
      { do: "declare", slot: 1, name: 0, settings: [] },
      { do: "recreate", slot: 1 },
    ],
    endsWithRefresh: false,
  },
  "a run is killed that made a room with upper case in its name, of which only the lower case leads to it": {
    switches: { duplicateName: "400 bare", nameCase: "lowered exact" },
    operations: [
      { do: "declare", slot: 1, name: 3, settings: [] },
      { do: "up", killed: 1 },
    ],
    endsWithRefresh: false,
  },
  "a forced replacement adopts its own room, the run is cut short, and the next one comes to the old room": {
    switches: {},
    operations: [
      { do: "declare", slot: 0, name: 0, settings: [MAX_PARTICIPANTS] },
      { do: "up" },
      { do: "up", adopt: true, replace: 0, killed: 2 },
    ],
    endsWithRefresh: false,
  },
  "two rooms swap names while replies come in another order than they were asked for": {
    switches: {},
    operations: [
      { do: "declare", slot: 0, name: 0, settings: [] },
      { do: "declare", slot: 2, name: 1, settings: [] },
      { do: "up" },
      { do: "swap" },
      { do: "up", latencies: [400, 0, 2500] },
      { do: "swap" },
      { do: "up", latencies: [0, 2500, 100], adopt: true },
    ],
    endsWithRefresh: true,
  },
  "a room leaves a name that another one spells in upper case, where Metered tells nothing of missing rooms": {
    switches: { missingRoomMessage: "Invalid request", nameRule: "lower case 60" },
    operations: [
      { do: "declare", slot: 2, name: 3, settings: [] },
      { do: "import", slot: 0, name: 0 },
      { do: "up" },
      { do: "declare", slot: 0, name: 1, settings: [] },
    ],
    endsWithRefresh: false,
  },
  "a line of the program is copied, and both ask for the room's name": {
    switches: {},
    operations: [
      { do: "declare", slot: 0, name: 0, settings: [] },
      { do: "copy", from: 0, to: 2 },
      { do: "up", latencies: [100, 400, 0], adopt: true },
    ],
    endsWithRefresh: false,
  },
  "a new resource may adopt what it meets, and one that is replaced by force has that very room": {
    switches: { put: "replace" },
    operations: [
      { do: "declare", slot: 0, name: "made", settings: [NOT_BEFORE] },
      { do: "import", slot: 2, name: 1 },
      { do: "transform", slot: 0, name: 1 },
      { do: "up", adopt: true, replace: 2 },
      { do: "up" },
      { do: "declare", slot: 2, name: "made", settings: [] },
      { do: "up" },
    ],
    endsWithRefresh: false,
  },
};
