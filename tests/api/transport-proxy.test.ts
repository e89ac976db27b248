import { deepEqual, equal, match, ok } from "node:assert/strict";
import { meetingRoom } from "../../provider/src/rooms/meetingRoom";
import { selfSigned } from "../support/certificate";
import { FakeTime, factsOf, factsOfFailure, failure, patientClientAt } from "../support/client";
import { ConnectionEnvironment } from "../support/environment";
import { closedPort, closeServers, room, serve, serveProxy, type TestProxy } from "../support/servers";

const KEY = "canary-key-7Qf";
const EVERYWHERE = ["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"];

describe("transport and proxies", () => {
  let environment: ConnectionEnvironment;
  let time: FakeTime;
  beforeEach(() => {
    environment = new ConnectionEnvironment();
    time = new FakeTime(0.999999);
  });
  afterEach(() => {
    environment.restore();
    return closeServers();
  });

  const roomsAt = (origin: string) =>
    patientClientAt(origin, time, { secretKey: KEY, patienceMs: 1000 }).rooms(meetingRoom);
  const secureServer = async () => {
    const certificate = selfSigned("localhost");
    environment.trust(certificate);
    const { port, seen } = await serve([room], { certificate });
    return { origin: `https://localhost:${port}`, port, seen };
  };
  const assertDeaf = ({ heard }: TestProxy) => {
    for (const word of [KEY, "secretKey", "standup", "/api/", "maxParticipants"]) ok(!heard().includes(word), word);
  };

  it("plain http to this machine never goes through a proxy, whatever the environment says", async () => {
    const proxy = await serveProxy();
    environment.useProxy(proxy.url, EVERYWHERE);
    const { origin, seen } = await serve([room]);
    for (const host of ["127.0.0.1", "localhost"]) {
      const rooms = roomsAt(origin.replace("127.0.0.1", host));
      await rooms.get("standup");
      await rooms.create("standup", {}, rooms.tries());
    }
    equal(seen.length, 4);
    deepEqual(proxy.asked, []);
  });

  for (const variable of ["HTTPS_PROXY", "https_proxy"]) {
    it(`https goes through the proxy of ${variable}, in a tunnel into which the proxy cannot look`, async () => {
      const proxy = await serveProxy();
      environment.useProxy(proxy.url, [variable]);
      const { origin, port, seen } = await secureServer();
      const rooms = roomsAt(origin);
      await rooms.create("standup", { maxParticipants: 3 }, rooms.tries());
      await rooms.get("standup");
      deepEqual(
        seen.map(({ method, query }) => [method, query.get("secretKey")]),
        [
          ["POST", KEY],
          ["GET", KEY],
        ],
      );
      deepEqual([...new Set(proxy.asked)], [`CONNECT localhost:${port} HTTP/1.1`]);
      assertDeaf(proxy);
    });
  }

  it("a login at the proxy is for the proxy alone", async () => {
    const proxy = await serveProxy();
    environment.useProxy(proxy.url.replace("//", "//canary-user:canary-password@"));
    const { origin, seen } = await secureServer();
    await roomsAt(origin).get("standup");
    const login = Buffer.from("canary-user:canary-password").toString("base64");
    match(proxy.heard(), new RegExp(`Proxy-Authorization: Basic ${login}`));
    equal(seen[0]?.headers["proxy-authorization"], undefined);
  });

  it("a proxy that looks into the tunnel with a certificate of its own is refused, and hears nothing", async () => {
    const stranger = await serve([room], { certificate: selfSigned("localhost") });
    const proxy = await serveProxy();
    environment.useProxy(proxy.url);
    environment.trust(selfSigned("localhost"));
    const rooms = roomsAt(`https://localhost:${stranger.port}`);
    const call = rooms.create("standup", {}, rooms.tries());
    const { problem, advice, mayHaveHappened } = await factsOfFailure(call, "NoConnection");
    match(problem, /^its certificate can't be trusted, /);
    deepEqual([advice, mayHaveHappened], ["certificate", false]);
    equal(stranger.seen.length, 0);
    equal(proxy.asked.length, 1);
    assertDeaf(proxy);
  });

  describe("a proxy that opens no tunnel", () => {
    const refusedWith = async (status: string) => {
      const proxy = await serveProxy(`HTTP/1.1 ${status}\r\ncontent-type: text/html\r\n\r\n<p>canary-words</p>`);
      environment.useProxy(proxy.url.replace("//", "//canary-user:canary-password@"));
      const { origin, seen } = await secureServer();
      const rooms = roomsAt(origin);
      const error = await failure(rooms.create("standup", { maxParticipants: 3 }, rooms.tries()));
      equal(seen.length, 0);
      assertDeaf(proxy);
      ok(!JSON.stringify(error.facts).includes("canary"), JSON.stringify(error.facts));
      return { error, proxy };
    };

    it("but wants a login is told as such", async () => {
      const { error } = await refusedWith("407 Proxy Authentication Required");
      const { action, problem, advice, mayHaveHappened } = factsOf(error, "NoConnection");
      deepEqual([action, advice, mayHaveHappened], ["create", "proxy login", false]);
      equal(problem, "the proxy asks for a login (HTTP 407)");
    });

    it("but forbids it gets no key", async () => {
      await refusedWith("403 Forbidden");
    });

    it("but fails gets no key, and the create is not repeated", async () => {
      const { error, proxy } = await refusedWith("503 Service Unavailable");
      factsOf(error, "ServerError");
      equal(proxy.asked.length, 1);
    });

    it("because it is not there is told as such, and asked for again", async () => {
      environment.useProxy(`http://canary-user:canary-password@127.0.0.1:${await closedPort()}`);
      const { origin, seen } = await secureServer();
      const rooms = roomsAt(origin);
      const error = await failure(rooms.create("standup", {}, rooms.tries()));
      const { problem, attempts, mayHaveHappened } = factsOf(error, "NoConnection");
      deepEqual([problem, attempts, mayHaveHappened], ["connection refused", 3, false]);
      ok(!JSON.stringify(error.facts).includes("canary"));
      equal(seen.length, 0);
    });
  });
});
