import { deepEqual, equal, match } from "node:assert/strict";
import { createHmac } from "node:crypto";
import { type Simulator, startSimulator } from "metered-simulator";
import { Calls, type Json } from "./simulator/calls";

const decode = (part = "") => JSON.parse(Buffer.from(part, "base64url").toString()) as Json;

describe("access tokens of the simulator", () => {
  let sim: Simulator;
  let api: Calls;
  beforeEach(async () => {
    sim = await startSimulator();
    api = new Calls(sim);
  });
  afterEach(() => sim.close());

  const issue = async (body: object) => String((await api.send("POST", "/token", body)).json.token);
  const validate = async (token: unknown) => (await api.send("POST", "/token/validate", { token })).status;

  it("are JWTs as documented, signed with a key that a test can use", async () => {
    sim.setClock(Date.UTC(2030, 0, 1));
    const token = await issue({ globalToken: true });
    const [header, payload, signature] = token.split(".");
    deepEqual(decode(header), { alg: "HS256", typ: "JWT" });
    deepEqual(decode(payload), { data: { globalToken: true, appName: "demo" }, iat: Date.UTC(2030, 0, 1) / 1000 });
    const expected = createHmac("sha256", sim.tokenKey).update(`${header}.${payload}`).digest("base64url");
    equal(signature, expected);
    equal(sim.tokenKey.includes(sim.secretKey), false);
  });

  it("hold what they were asked to, and are in force from nbf to exp by the server's clock", async () => {
    const now = Math.floor(sim.now() / 1000);
    const body = { roomName: "a", isAdmin: true, meta: "{}", notBeforeUnixSec: now + 50, expireUnixSec: now + 100 };
    const token = await issue(body);
    const { data, nbf, exp } = decode(token.split(".")[1]);
    deepEqual([data, nbf, exp], [{ ...body, appName: "demo" }, now + 50, now + 100]);
    equal(await validate(token), 400);
    sim.setClock((now + 60) * 1000);
    equal(await validate(token), 200);
    sim.setClock((now + 100) * 1000);
    equal(await validate(token), 400);
  });

  it("are valid at another start with the same key, not under another key or app", async () => {
    const token = await issue({ globalToken: true });
    for (const [options, status] of [
      [{}, 200],
      [{ secretKey: "other" }, 400],
      [{ app: "other" }, 400],
    ] as const) {
      const other = await startSimulator(options);
      const reply = await new Calls(other).send("POST", "/token/validate", { token });
      await other.close();
      equal(reply.status, status);
    }
  });

  it("are refused when anything in them was changed", async () => {
    const [header = "", payload = "", signature = ""] = (await issue({ roomName: "a" })).split(".");
    const none = Buffer.from('{"alg":"none","typ":"JWT"}').toString("base64url");
    const admin = Buffer.from(JSON.stringify({ ...decode(payload), exp: 9e9 })).toString("base64url");
    const forged = [`${none}.${payload}.`, `${header}.${admin}.${signature}`, `${header}.${payload}`, "", "a.b.c", 7];
    for (const token of forged) equal(await validate(token), 400, String(token));
    equal(await validate(`${header}.${payload}.${signature}`), 200);
  });

  it("need the secretKey when they are issued, none when they are validated", async () => {
    equal((await new Calls(sim, "wrong").send("POST", "/token", {})).status, 401);
    const token = await issue({});
    equal((await new Calls(sim, "wrong").send("POST", "/token/validate", { token })).status, 200);
  });

  it("are remembered for tests, and are nowhere in the log", async () => {
    const token = await issue({ name: "Ann" });
    await validate(token);
    await api.get("meeting", token);
    await api.create("meeting", { roomName: "a", meetingJoinWebhook: `see ${token}` });
    deepEqual(
      sim.tokens.map(({ token: issued, claims }) => [issued, claims.data.name]),
      [[token, "Ann"]],
    );
    const log = JSON.stringify(sim.requests);
    equal(log.includes(token) || log.includes(token.split(".")[2] ?? ""), false);
    match(log, /"operation":"validate"/);
  });
});
