import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { type Simulator, startSimulator } from "metered-simulator";
import { canaryKey } from "../support/canary";
import { FaceProcess } from "../support/faceProcess";
import { faces } from "../support/providerHost";

for (const face of faces)
  describe(`a process of the ${face} face whose engine was killed`, () => {
    let simulator: Simulator;
    let provider: FaceProcess;

    const start = async (stdin?: "pipe" | "ignore") => {
      const config = { appName: "demo", secretKey: canaryKey, endpoint: simulator.url };
      provider = await FaceProcess.start(face, config, stdin ? { stdin } : {});
      return provider.rooms("meetingRoom");
    };
    beforeEach(async () => {
      simulator = await startSimulator({ secretKey: canaryKey });
    });
    afterEach(async () => {
      await provider.stop();
      await simulator.close();
    });

    it("ends, also in the middle of a call that it would repeat for two minutes", async () => {
      const rooms = await start();
      const busy = simulator.faults.inject({ fault: "status", status: 429, operation: "create", times: "always" });
      const call = rooms.create({ privacy: "public", roomName: "r" }).catch((error: Error) => error);
      while (busy.fired === 0) await sleep(10);
      await provider.loseEngine();
      assert.ok((await call) instanceof Error);
      simulator.faults.clear();
      assert.deepEqual(simulator.rooms, []);
    });

    it("is not told from its input where that is no pipe of an engine", async () => {
      const rooms = await start("ignore");
      await rooms.create({ privacy: "public", roomName: "first" });
      await rooms.create({ privacy: "public", roomName: "second" });
      assert.equal(simulator.rooms.length, 2);
    });
  });
