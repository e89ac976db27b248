import assert from "node:assert/strict";
import { type Simulator, startSimulator } from "metered-simulator";
import { providerText } from "../../provider/src/core/token";
import { canaryKey } from "../support/canary";
import { type Bag, ProviderProcess } from "../support/providerProcess";
import { allSettings, leastInputs, types } from "../support/rooms";

const TIMES = 100;

describe("a refresh by Pulumi's dynamic-provider process", () => {
  let simulator: Simulator;
  let provider: ProviderProcess;

  before(async () => {
    const switches = { liveOptionalInReplies: "echoed" } as const;
    simulator = await startSimulator({ secretKey: canaryKey, switches });
    provider = await ProviderProcess.start({ appName: "demo", secretKey: canaryKey, endpoint: simulator.url });
  });
  after(async () => {
    await provider.stop();
    await simulator.close();
  });

  /** Makes a room, and answers with what the engine keeps of it. */
  async function made(inputs: Bag): Promise<{ id: string; inputs: Bag; outs: Bag }> {
    const { id, outs } = await provider.create(inputs);
    return { id, inputs, outs: { ...outs, __provider: inputs.__provider } };
  }

  for (const type of types) {
    const kind = type.name === "MeetingRoom" ? "meeting" : "live";

    it(`finds nothing, ${TIMES} times in a row, while a ${type.label} is in use`, async () => {
      const __provider = providerText(type);
      const rooms = await Promise.all(
        [
          { ...allSettings(type), roomName: "everything" },
          { ...leastInputs(type), roomName: "little" },
        ].map((inputs) => made({ ...inputs, __provider })),
      );
      for (let time = 1; time <= TIMES; time++) {
        const inUse = { participantsNow: time, lastSession: `session ${time}`, lang: time % 2 ? "en" : "fr" };
        for (const { id, inputs, outs } of rooms) {
          simulator.editRoom(kind, id, inUse);
          if (kind === "live") simulator.setBroadcasting(id, time % 2 === 1);
          const now = await provider.read(id, outs);
          assert.deepEqual(now, { id, props: outs, inputs }, `time ${time}`);
          assert.deepEqual(await provider.diff(id, now.props, inputs), { changes: "none", replaces: [] });
        }
      }
    });
  }
});
