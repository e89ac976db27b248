import { deepEqual, equal, match, rejects, throws } from "node:assert/strict";
import { type Fault, type FaultName, faults, type Simulator, startSimulator } from "metered-simulator";
import { Calls, until } from "./simulator/calls";

type Check = () => Promise<void>;

describe("simulator faults", () => {
  let sim: Simulator;
  let api: Calls;
  beforeEach(async () => {
    sim = await startSimulator();
    api = new Calls(sim);
  });
  afterEach(() => sim.close());

  const names = () => sim.rooms.map(({ roomName }) => roomName);
  const createA = () => api.create("meeting", { roomName: "a" });
  const isCut = (reply: Promise<unknown>) => rejects(reply, TypeError);

  /** Every fault strikes a create: before the room is made, and after. */
  async function strikes(fault: Fault, committed: boolean): ReturnType<typeof createA> {
    sim.faults.inject(fault);
    const reply = await createA();
    deepEqual(names(), committed ? ["a"] : []);
    equal(sim.requests.at(-1)?.fault, fault.fault);
    equal(sim.requests.at(-1)?.status, reply.status);
    return reply;
  }

  const promises: Record<FaultName, Record<string, Check>> = {
    cutBefore: {
      "closes the connection and makes nothing": async () => {
        sim.faults.inject({ fault: "cutBefore" });
        await isCut(createA());
        deepEqual(names(), []);
        equal(sim.requests[0]?.status, undefined);
      },
    },
    cutAfterCommit: {
      "makes the room and closes the connection": async () => {
        sim.faults.inject({ fault: "cutAfterCommit" });
        await isCut(createA());
        deepEqual(names(), ["a"]);
      },
    },
    cutMidReply: {
      "sends half a reply": async () => {
        for (const afterCommit of [true, false]) {
          sim.faults.inject({ fault: "cutMidReply", afterCommit });
          const url = `${sim.url}/api/v1/room?secretKey=${sim.secretKey}`;
          const response = await fetch(url, { method: "POST", body: '{"roomName":"a"}' });
          equal(response.status, 200);
          await isCut(response.text());
        }
        deepEqual(names(), ["a"]);
      },
    },
    delay: {
      "carries the request out in the end": async () => {
        await strikes({ fault: "delay", ms: 1 }, true);
        sim.faults.inject({ fault: "delay", ms: 1, afterCommit: true });
        equal((await api.remove("meeting", "a")).status, 200);
      },
      "holds the request back before it is carried out, or its reply afterwards": async () => {
        const hour = 3_600_000;
        sim.faults.inject({ fault: "delay", ms: hour, operation: "create" });
        sim.faults.inject({ fault: "delay", ms: hour, operation: "create", afterCommit: true });
        const held = [isCut(createA()), isCut(api.create("live", { roomName: "b" }))];
        await until(() => sim.rooms.length === 1 && sim.faults.list.every(({ fired }) => fired === 1));
        await sim.close();
        await Promise.all(held);
        equal(names().length, 1);
      },
    },
    hang: {
      "never replies, and does not keep the server from closing": async () => {
        sim.faults.inject({ fault: "hang" });
        sim.faults.inject({ fault: "hang", afterCommit: true });
        const hung = [isCut(createA()), isCut(api.create("meeting", { roomName: "b" }))];
        await until(() => sim.rooms.length === 1 && sim.faults.list.every(({ fired }) => fired === 1));
        await sim.close();
        await Promise.all(hung);
        equal(names().length, 1);
      },
    },
    status: {
      "answers any status in the document's words": async () => {
        for (const status of [400, 401, 403, 404, 409, 429, 500, 502, 503]) {
          const reply = await strikes({ fault: "status", status }, false);
          equal(reply.status, status);
          equal(typeof reply.json.message, "string");
        }
      },
      "answers a given body": async () => {
        deepEqual((await strikes({ fault: "status", status: 418, body: { a: 1 } }, false)).json, { a: 1 });
        equal((await strikes({ fault: "status", status: 200, body: "text", afterCommit: true }, true)).text, "text");
      },
      "says when to come back, or something else, or nothing": async () => {
        for (const retryAfter of [2, "Wed, 21 Oct 2026 07:28:00 GMT", "soon", undefined]) {
          const reply = await strikes({ fault: "status", status: 429, retryAfter }, false);
          equal(reply.headers.get("retry-after"), retryAfter === undefined ? null : String(retryAfter));
        }
      },
    },
    html: {
      "answers a page": async () => {
        const reply = await strikes({ fault: "html" }, false);
        equal(reply.status, 200);
        match(reply.text, /^<!DOCTYPE html>/);
        equal((await strikes({ fault: "html", status: 502, afterCommit: true }, true)).status, 502);
      },
    },
    emptyBody: {
      "answers nothing": async () => {
        const reply = await strikes({ fault: "emptyBody" }, false);
        deepEqual([reply.status, reply.text], [200, ""]);
        equal((await strikes({ fault: "emptyBody", afterCommit: true }, true)).text, "");
      },
    },
    truncatedJson: {
      "answers JSON that ends in the middle": async () => {
        for (const afterCommit of [false, true]) {
          const { status, text } = await strikes({ fault: "truncatedJson", afterCommit }, afterCommit);
          equal(status, 200);
          equal(text[0], "{");
          throws(() => JSON.parse(text), SyntaxError);
        }
      },
    },
    wrongTypes: {
      "answers values of other types": async () => {
        for (const afterCommit of [false, true]) {
          const { json } = await strikes({ fault: "wrongTypes", afterCommit }, afterCommit);
          deepEqual([typeof json.roomName, typeof json.archived, typeof json.__v], ["number", "string", "string"]);
        }
      },
    },
    enormousJson: {
      "answers more than anybody would read": async () => {
        equal(
          (await strikes({ fault: "enormousJson", bytes: 1000, afterCommit: false }, false)).text.length > 1000,
          true,
        );
        equal((await strikes({ fault: "enormousJson" }, true)).text.length > 32 * 1024 * 1024, true);
      },
    },
    redirect: {
      "sends the client elsewhere": async () => {
        const location = "https://elsewhere.example/";
        const reply = await strikes({ fault: "redirect", location }, false);
        deepEqual([reply.status, reply.headers.get("location")], [302, location]);
        equal((await strikes({ fault: "redirect", location, status: 308, afterCommit: true }, true)).status, 308);
      },
    },
    otherRoom: {
      "answers with a room that nobody asked for": async () => {
        for (const afterCommit of [false, true]) {
          equal((await strikes({ fault: "otherRoom", afterCommit }, afterCommit)).json.roomName, "some-other-room");
        }
        sim.faults.inject({ fault: "otherRoom" });
        equal((await api.list())[0]?.roomName, "some-other-room");
      },
    },
  };

  for (const [name, checks] of Object.entries(promises)) {
    for (const [promise, check] of Object.entries(checks)) it(`${name} ${promise}`, check);
  }

  it("any number of requests may wait, without a warning of Node", async () => {
    const warnings: string[] = [];
    const listen = ({ message }: Error) => warnings.push(message);
    process.on("warning", listen);
    sim.faults.inject({ fault: "delay", ms: 20, times: "always" });
    await Promise.all(Array.from({ length: 12 }, () => api.list()));
    process.off("warning", listen);
    deepEqual(warnings, []);
  });

  it("every fault is shown above", () => deepEqual(Object.keys(promises).sort(), Object.keys(faults).sort()));
});
