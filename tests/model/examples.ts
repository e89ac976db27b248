import type { Story } from "./operations";

/** Positions among the settings of a meeting room. */
const [MAX_PARTICIPANTS, ENABLE_RECORDING] = [4, 13];

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
};
