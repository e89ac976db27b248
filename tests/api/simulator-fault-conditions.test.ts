import { deepEqual, equal, throws } from "node:assert/strict";
import { request } from "node:http";
import { type Fault, FaultError, type Simulator, startSimulator } from "metered-simulator";
import { Calls } from "./simulator/calls";

describe("which requests meet a fault of the simulator", () => {
  let sim: Simulator;
  let api: Calls;
  beforeEach(async () => {
    sim = await startSimulator();
    api = new Calls(sim);
  });
  afterEach(() => sim.close());

  const createA = () => api.create("meeting", { roomName: "a" });

  it("a fault strikes once, then the server is well again", async () => {
    const fault = sim.faults.inject({ fault: "status", status: 500 });
    deepEqual([(await createA()).status, (await createA()).status], [500, 200]);
    deepEqual([fault.matched, fault.fired], [1, 1]);
  });

  it("a fault strikes only what fits all its conditions", async () => {
    sim.faults.inject({
      fault: "status",
      status: 500,
      times: "always",
      method: "get",
      path: "/realtimelivestreaming/room/a$",
      kind: "live",
      operation: "get",
      roomName: "a",
    });
    equal((await api.get("live", "a")).status, 500);
    for (const reply of [
      api.get("live", "b"),
      api.get("meeting", "a"),
      api.update("live", "a", {}),
      api.create("live"),
    ]) {
      equal((await reply).status === 500, false);
    }
  });

  it("a fault skips and repeats as often as it is told", async () => {
    sim.faults.inject({ fault: "status", status: 503, skip: 1, times: 2 });
    const statuses: number[] = [];
    for (let i = 0; i < 4; i += 1) statuses.push((await api.get("meeting", "none")).status);
    deepEqual(statuses, [400, 503, 503, 400]);
  });

  it("faults strike in the order in which they were injected, until they are cleared", async () => {
    sim.faults.inject({ fault: "status", status: 500 });
    sim.faults.inject({ fault: "status", status: 503 });
    sim.faults.inject({ fault: "status", status: 504, times: "always" });
    deepEqual([(await createA()).status, (await createA()).status, (await createA()).status], [500, 503, 504]);
    sim.faults.clear();
    equal((await createA()).status, 200);
    deepEqual(sim.faults.list, []);
  });

  it("a fault can be removed by its id, and the others wait on", async () => {
    const [first, second] = [sim.faults.inject({ fault: "hang" }), sim.faults.inject({ fault: "status", status: 500 })];
    equal(sim.faults.remove(first.id), true);
    equal(sim.faults.remove(first.id), false);
    deepEqual(sim.faults.list, [second]);
    equal((await createA()).status, 500);
  });

  it("a fault fires for tokens and TURN, too", async () => {
    sim.faults.inject({ fault: "status", status: 503, kind: "token", operation: "validate" });
    sim.faults.inject({ fault: "status", status: 504, kind: "turnCredential", operation: "deleteByLabel" });
    equal((await api.send("POST", "/token", {})).status, 200);
    equal((await api.send("POST", "/token/validate", {})).status, 503);
    const byLabel = `${sim.url}/api/v2/turn/credential/by_label?secretKey=${sim.secretKey}&label=a`;
    equal((await fetch(byLabel, { method: "DELETE" })).status, 504);
  });

  it("a fault that makes no sense is refused with a sentence", () => {
    const refused: [unknown, RegExp][] = [
      [{ fault: "explode" }, /must be one of cutBefore/],
      [{ fault: "status" }, /needs status/],
      [{ fault: "delay", ms: -1 }, /ms must be an integer/],
      [{ fault: "hang", path: "(" }, /regular expression/],
      [{ fault: "hang", sometimes: true }, /no property "sometimes"/],
      ["hang", /is an object/],
    ];
    for (const [fault, message] of refused) {
      throws(
        () => sim.faults.inject(fault as Fault),
        (error: Error) => error instanceof FaultError && message.test(error.message),
      );
    }
  });

  it("closing ends keep-alive connections that nobody uses", async () => {
    const { port } = new URL(sim.url);
    const socketClosed = new Promise<void>((resolve, reject) => {
      const call = request({ port, host: "127.0.0.1", headers: { connection: "keep-alive" } }, (response) => {
        response.resume().on("end", () => void sim.close());
        response.socket.on("close", () => resolve());
      });
      call.on("error", reject).end();
    });
    await socketClosed;
  });
});
