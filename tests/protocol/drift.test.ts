import assert from "node:assert/strict";
import { type Simulator, startSimulator } from "metered-simulator";
import { providerText } from "../../provider/src/pulumi/types";
import { canaryKey } from "../support/canary";
import { isExhaustive } from "../support/exhaustive";
import { FaceProcess } from "../support/faceProcess";
import { type Bag, codeOf, type RoomsClient } from "../support/providerClient";
import { faces } from "../support/providerHost";
import { allSettings, leastInputs, types } from "../support/rooms";

for (const face of faces)
  describe(`a refresh by a process of the ${face} face`, () => {
    const TIMES = face === "dynamic" || isExhaustive ? 100 : 10;
    let simulator: Simulator;
    let provider: FaceProcess;

    const start = async () => {
      provider = await FaceProcess.start(face, { appName: "demo", secretKey: canaryKey, endpoint: simulator.url });
    };
    before(async () => {
      const switches = { liveOptionalInReplies: "echoed" } as const;
      simulator = await startSimulator({ secretKey: canaryKey, switches });
      await start();
    });
    after(async () => {
      await provider.stop();
      await simulator.close();
    });

    /** Makes a room, and answers with what the engine keeps of it. */
    async function made(rooms: RoomsClient, inputs: Bag): Promise<{ id: string; inputs: Bag; outs: Bag }> {
      const { id, outs } = await rooms.create(inputs);
      return { id, inputs, outs: { ...outs, __provider: inputs.__provider } };
    }

    for (const type of types) {
      const kind = type.name === "MeetingRoom" ? "meeting" : "live";

      it(`finds nothing, ${TIMES} times in a row, while a ${type.label} is in use`, async () => {
        const __provider = providerText(type);
        const client = provider.rooms(codeOf(type));
        const rooms = await Promise.all(
          [
            { ...allSettings(type), roomName: "everything" },
            { ...leastInputs(type), roomName: "little" },
          ].map((inputs) => made(client, { ...inputs, __provider })),
        );
        // The engine compares in another run than it creates.
        await provider.stop();
        await start();
        const anew = provider.rooms(codeOf(type));
        for (let time = 1; time <= TIMES; time++) {
          const inUse = { participantsNow: time, lastSession: `session ${time}`, lang: time % 2 ? "en" : "fr" };
          for (const { id, inputs, outs } of rooms) {
            simulator.editRoom(kind, id, inUse);
            if (kind === "live") simulator.setBroadcasting(id, time % 2 === 1);
            const now = await anew.read(id, outs, inputs);
            assert.deepEqual(now, { id, props: outs, inputs }, `time ${time}`);
            const { changes, replaces } = await anew.diff(id, now.props, inputs);
            assert.deepEqual([changes, replaces], ["none", []]);
          }
        }
      });
    }
  });
