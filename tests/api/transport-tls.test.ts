import { deepEqual, equal, match, ok } from "node:assert/strict";
import { meetingRoom } from "../../provider/src/rooms/meetingRoom";
import { type Certificate, selfSigned } from "../support/certificate";
import { FakeTime, factsOfFailure, patientClientAt } from "../support/client";
import { ConnectionEnvironment } from "../support/environment";
import { type Answer, closeServers, passOn, room, serve, serveRaw } from "../support/servers";

const KEY = "canary-key-7Qf";

describe("transport over TLS", () => {
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

  it("talks to a server whose certificate is trusted", async () => {
    const certificate = selfSigned("127.0.0.1");
    environment.trust(certificate);
    const { origin, seen } = await serve([room], { certificate });
    equal((await roomsAt(origin).get("standup")).roomName, "standup");
    equal(seen[0]?.query.get("secretKey"), KEY);
  });

  const untrusted: Record<string, () => Certificate> = {
    "that nobody vouches for": () => selfSigned("127.0.0.1"),
    "of another host": () => trusted(selfSigned("127.0.0.2")),
    "that has expired": () => trusted(selfSigned("127.0.0.1", Date.now() - 1000)),
    "that is not valid yet": () => trusted(selfSigned("127.0.0.1", Date.now() + 100 * 24 * 3600 * 1000)),
  };
  const trusted = (certificate: Certificate) => {
    environment.trust(certificate);
    return certificate;
  };
  for (const [what, make] of Object.entries(untrusted)) {
    it(`refuses a certificate ${what} at once, and sends nothing`, async () => {
      const { origin, port, seen } = await serve([room], { certificate: make() });
      let connections = 0;
      const front = await serveRaw((socket) => {
        connections++;
        passOn(socket, port);
      });
      const rooms = roomsAt(origin.replace(`${port}`, `${front}`));
      for (const call of [rooms.get("standup"), rooms.create("standup", {}, rooms.tries())]) {
        const { host, problem, advice, attempts, mayHaveHappened } = await factsOfFailure(call, "NoConnection");
        match(problem, /^its certificate can't be trusted, \w*CERT\w*$/);
        deepEqual([host, advice, attempts, mayHaveHappened], [`127.0.0.1:${front}`, "certificate", 1, false]);
      }
      equal(connections, 2);
      equal(seen.length, 0);
    });
  }

  describe("on a connection that is disturbed after the request has come in", () => {
    /** A server whose replies arrive damaged for so many requests. */
    const disturbed = async (times: number) => {
      const certificate = selfSigned("127.0.0.1");
      environment.trust(certificate);
      let isDamaging = false;
      const answer: Answer = (response, request) => {
        isDamaging = seen.length <= times;
        response.setHeader("connection", "close");
        room(response, request);
      };
      const { port, seen } = await serve([answer], { certificate });
      const front = await serveRaw((socket) => {
        isDamaging = false;
        passOn(socket, port, (data) =>
          isDamaging ? Buffer.from(data.map((byte, at) => (at < 5 ? byte : byte ^ 1))) : data,
        );
      });
      return { rooms: roomsAt(`https://127.0.0.1:${front}`), seen };
    };

    it("does not say that a create was never sent, nor repeat it", async () => {
      const { rooms, seen } = await disturbed(1);
      const call = rooms.create("standup", {}, rooms.tries());
      const { problem, advice, attempts, mayHaveHappened } = await factsOfFailure(call, "NoConnection");
      ok(!problem.includes("certificate"), problem);
      deepEqual([advice, attempts, mayHaveHappened], ["network", 1, true]);
      equal(seen.length, 1);
    });

    it("repeats what may be repeated", async () => {
      const { rooms, seen } = await disturbed(1);
      equal((await rooms.update("standup", {}))?.roomName, "standup");
      equal(seen.length, 2);
    });
  });

  it("does not say that a create was never sent to a server that then asks for a certificate", async () => {
    const certificate = selfSigned("127.0.0.1");
    environment.trust(certificate);
    const demanding = { ...certificate, requestCert: true, rejectUnauthorized: true };
    const { origin } = await serve([room], { certificate: demanding });
    const rooms = roomsAt(origin);
    const call = rooms.create("standup", {}, rooms.tries());
    const { problem, mayHaveHappened } = await factsOfFailure(call, "NoConnection");
    ok(!problem.includes("trusted"), problem);
    equal(mayHaveHappened, true);
  });

  it("sends nothing in clear to a server that does not speak TLS", async () => {
    let heard = "";
    const port = await serveRaw((socket) => {
      socket.on("data", (data) => {
        heard += data.toString("latin1");
        socket.end("HTTP/1.1 400 Bad Request\r\n\r\n");
      });
    });
    const call = roomsAt(`https://127.0.0.1:${port}`).get("standup");
    equal((await factsOfFailure(call, "NoConnection")).attempts, 3);
    ok(heard !== "" && !heard.includes(KEY) && !heard.includes("standup") && !heard.includes("GET"));
  });
});
