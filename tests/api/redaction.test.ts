import { equal, match, ok } from "node:assert/strict";
import { inspect } from "node:util";
import axios from "axios";
import { startSimulator } from "metered-simulator";
import type { MeteredError } from "../../provider/src/errors";
import { freeTexts, redact } from "../../provider/src/metered/redact";
import { meetingRoom } from "../../provider/src/rooms/meetingRoom";
import { selfSigned } from "../support/certificate";
import { clientAt, factsOf, failure } from "../support/client";
import { ConnectionEnvironment } from "../support/environment";
import { type Answer, closedPort, closeServers, cut, cutMidway, hang, json, serve, text } from "../support/servers";

// Whatever part of them gets out, the word is in it.
const KEY = "canary-1\"\\canary-2 &,canary-3+/=%:$<canary-4>é'canary-5";
const STREAM = "rtmp://live.example.com/canary-a/b%26canary-c?auth=canary,d+e&x='canary-f'";
const WEBHOOK = "https://hooks.example.com/canary-x?token=canary-y&z=1";
const settings = { rtmpOutURL: STREAM, meetingJoinWebhook: WEBHOOK, maxParticipants: 3 };

const inJson = (secret: string) => JSON.stringify(secret).slice(1, -1);
const inUnicode = (secret: string) =>
  [...secret].map((letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`).join("");
const inHtml = (secret: string) =>
  secret.replace(
    /[&<>"']/g,
    (letter) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[letter] ?? "&#39;",
  );
const lowerHex = (encoded: string) => encoded.replace(/%../g, (hex) => hex.toLowerCase());

/** The ways in which a server, a proxy or a library may write a secret. */
const spellings: Record<string, (secret: string) => string> = {
  "as it is": (secret) => secret,
  "in upper case": (secret) => secret.toUpperCase(),
  "in a path": encodeURIComponent,
  "in a path, in lower case": (secret) => lowerHex(encodeURIComponent(secret)),
  "in an address": encodeURI,
  "in a query": (secret) => new URLSearchParams({ "": secret }).toString().slice(1),
  "in a query, as axios has it": (secret) => axios.getUri({ url: "", params: { x: secret } }).slice(3),
  "in a query of a query": (secret) => encodeURIComponent(encodeURIComponent(secret)),
  "in JSON": inJson,
  "in JSON of JSON": (secret) => inJson(inJson(secret)),
  "in JSON with all slashes escaped": (secret) => inJson(secret).replaceAll("/", "\\/"),
  "in JSON by numbers": inUnicode,
  "in HTML": inHtml,
  "in HTML by numbers": (secret) => [...secret].map((letter) => `&#${letter.codePointAt(0)};`).join(""),
  "in base64": (secret) => Buffer.from(secret).toString("base64"),
  "in base64 for addresses": (secret) => Buffer.from(secret).toString("base64url"),
};

/** Everything that can be got out of an error. */
function everythingIn(error: MeteredError): string {
  const chain: unknown[] = [];
  for (let link: unknown = error; link instanceof Error; link = link.cause) chain.push(link);
  const views = chain.flatMap((link) => {
    const { message, stack, name } = link as Error;
    const hidden = inspect(link, { depth: 10, showHidden: true, getters: true, maxStringLength: null });
    return [hidden, JSON.stringify(link), JSON.stringify(link, Object.getOwnPropertyNames(link)), message, stack, name];
  });
  return [...views, String(error), `${error}`, inspect(error)].join("\n");
}

function assertNothingIn(error: MeteredError): void {
  const all = everythingIn(error);
  for (const secret of [KEY, STREAM, WEBHOOK]) {
    for (const [how, spell] of Object.entries(spellings)) {
      ok(!all.includes(spell(secret).replace(/=+$/, "")), `${how}: ${all}`);
    }
  }
  ok(!/canary/i.test(all), all);
  // Neither an address with a query, nor what axios makes of a failure.
  ok(!/https?:\/\/|\/api\/v1|secretKey=|AxiosError|isAxiosError|ClientRequest|IncomingMessage/.test(all), all);
}

/** The errors of all calls to a server, made with everything that must not get out. */
async function errorsAt(origin: string, changes = {}): Promise<MeteredError[]> {
  const client = clientAt(origin, { secretKey: KEY, ...changes });
  const rooms = client.rooms(meetingRoom);
  return [
    await failure(rooms.create("standup", settings, rooms.tries())),
    await failure(rooms.update("standup", settings)),
    await failure(rooms.get("standup")),
    await failure(rooms.delete("standup")),
    await failure(client.proveAccount()),
  ];
}

describe("no secret in an error", () => {
  afterEach(closeServers);

  for (const [how, spell] of Object.entries(spellings)) {
    it(`when Metered repeats it ${how}, wherever it does`, async () => {
      const words = `before ${spell(KEY)} between ${spell(STREAM)} and ${spell(WEBHOOK)} after`;
      const bodies = [
        { message: words },
        { error: words },
        { error: { message: words, _original: settings } },
        { error: { details: [{ message: words, context: { value: words } }], _original: settings } },
        { [words]: words, message: "Invalid request", secretKey: words },
      ];
      for (const body of bodies) {
        for (const status of [400, 401, 404, 409, 500]) {
          const { origin } = await serve([json(status, body)]);
          const client = clientAt(origin, { secretKey: KEY });
          const rooms = client.rooms(meetingRoom);
          assertNothingIn(await failure(rooms.create("standup", settings, rooms.tries())));
          assertNothingIn(await failure(rooms.update("standup", settings)));
        }
      }
    });
  }

  it("when every reply is made of secrets: headers, pages, redirects", async () => {
    const page = `<html>${KEY} ${STREAM}</html>`;
    const headers = { "x-key": encodeURIComponent(KEY), "set-cookie": encodeURI(STREAM), "content-type": "text/html" };
    const location = `https://elsewhere.example/?secretKey=${encodeURIComponent(KEY)}`;
    for (const status of [200, 302, 400, 401, 403, 404, 409, 429, 500, 503]) {
      const { origin } = await serve([text(status, page, { ...headers, location })]);
      for (const error of await errorsAt(origin)) assertNothingIn(error);
    }
  });

  it("when the room in the reply is none, or another", async () => {
    for (const body of [{ [KEY]: KEY }, [KEY], KEY, { _id: KEY, roomName: KEY, rtmpOutURL: STREAM }]) {
      const { origin } = await serve([json(200, body)]);
      const rooms = clientAt(origin, { secretKey: KEY }).rooms(meetingRoom);
      if (!("_id" in Object(body))) assertNothingIn(await failure(rooms.create("standup", settings, rooms.tries())));
      assertNothingIn(await failure(rooms.update("standup", settings)));
      assertNothingIn(await failure(rooms.get("standup")));
    }
  });

  it("when there is no reply, or half of one", async () => {
    const ports = [await closedPort()];
    for (const answer of [cut, cutMidway, hang] satisfies Answer[]) ports.push((await serve([answer])).port);
    for (const port of ports) {
      for (const error of await errorsAt(`http://127.0.0.1:${port}`, { timeoutMs: 100 })) assertNothingIn(error);
    }
  });

  it("when the certificate, the proxy or the host is bad", async () => {
    const environment = new ConnectionEnvironment();
    try {
      const { origin } = await serve([cut], { certificate: selfSigned("127.0.0.1") });
      for (const error of await errorsAt(origin)) assertNothingIn(error);
      for (const error of await errorsAt(`https://${"a".repeat(64)}.invalid`)) assertNothingIn(error);
      environment.useProxy(`http://canary-user:canary-password@127.0.0.1:${await closedPort()}`);
      for (const error of await errorsAt(origin)) assertNothingIn(error);
    } finally {
      environment.restore();
    }
  });

  it("when the simulator validates like Joi, values included, and the rest of the words stays", async () => {
    const sim = await startSimulator({ secretKey: KEY, switches: { validationDetails: "all" } });
    try {
      const rooms = clientAt(sim.url, { secretKey: KEY }).rooms(meetingRoom);
      const wrong = { ...settings, enableRTMPOut: true, meetingJoinWebhook: `x${WEBHOOK}`, maxParticipants: "three" };
      const error = await failure(rooms.create("standup", wrong, rooms.tries()));
      match(factsOf(error, "InvalidSetting").said, /"maxParticipants" must be a number/);
      assertNothingIn(error);
    } finally {
      await sim.close();
    }
  });
});

describe("redaction", () => {
  it("leaves a text as it is that has no secret in it", () => {
    const words = 'The setting "maxParticipants" must be a number, 100% (see https://docs.metered.ca/rooms)';
    equal(redact(words, [KEY, STREAM, ""]), words);
  });

  it("says where something was taken out, and keeps the rest", () => {
    equal(redact(`The key ${KEY} is wrong`, [KEY]), "The key [secret] is wrong");
  });

  it("takes out what looks like a key or a stream's address, known or not", () => {
    equal(redact("no rtmps://a.example/live/abc here", []), "no [secret] here");
    equal(redact("no rtmp%3A%2F%2Fa.example%2Fabc here", []), "no [secret] here");
    equal(redact('GET /rooms?secretKey=abc&page=2, {"secretKey": "abc"}', []).includes("abc"), false);
  });

  it("takes a secret out before it cuts a long text, so that no half of one stays", () => {
    for (let length = 260; length <= 320; length++) {
      ok(!redact(`${"x".repeat(length)}${KEY}`, [KEY]).includes("can"), `${length}`);
    }
  });

  it("takes out a text of any length, in whatever way it is written", () => {
    const long = Array.from({ length: 1000 }, (_, i) => `.canary-${i}{color:#fff}`).join("\n");
    for (const [how, spell] of Object.entries(spellings)) {
      const shown = redact(`before ${spell(long).replace(/=+$/, "")} after`, [long]);
      equal(shown, "before [secret] after", how);
    }
  });

  it("takes out base64 of any length, with its padding or without", () => {
    for (const secret of ["canary-1234", "canary-12345", "canary-123456"]) {
      const encoded = Buffer.from(secret).toString("base64");
      equal(redact(`before ${encoded.replace(/=+$/, "")} after`, [secret]), "before [secret] after");
      equal(redact(`before ${encoded} after`, [secret]).includes(encoded.slice(0, 8)), false);
    }
  });

  it("takes no longer for a long text that isn't there", () => {
    equal(redact("Invalid request", ["x".repeat(2_000_000)]), "Invalid request");
    equal(redact("y".repeat(1_000_000), ["x".repeat(2_000_000)]).length, 301);
  });

  it("takes out the parts of an address that may be a key: its path, its query and its login", () => {
    const secrets = freeTexts(["rtmp://some-user:some-password@live.example.com/app/live_83475?auth=abcdefgh&short=1"]);
    for (const part of ["some-user", "some-password", "live_83475", "abcdefgh"]) {
      equal(redact(`The key ${part} was refused for this app`, secrets), "The key [secret] was refused for this app");
    }
  });

  it("never cuts a character in half, which Pulumi couldn't pass on", () => {
    for (let length = 295; length <= 301; length++) {
      const shown = redact(`${"x".repeat(length)}😀😀 more`, []);
      equal(Buffer.from(shown).toString(), shown, `${length}`);
    }
  });

  it("takes out backslashes, however many there are and however they are written", () => {
    for (const secret of ["\\\\server\\share", `${"\\".repeat(12)}x`, "\\".repeat(20)]) {
      for (const [how, spell] of Object.entries(spellings)) {
        equal(redact(`before ${spell(secret).replace(/=+$/, "")} after`, [secret]), "before [secret] after", how);
      }
      equal(redact("\\".repeat(10), [`${secret}y`]), "\\".repeat(10));
    }
  });

  it("is quick, whatever the server sends", () => {
    const nasty = ["\\", "%25", "&#", "canary-1", " "].map((part) => part.repeat(200_000));
    for (const words of nasty) ok(redact(words, [KEY, STREAM]).length <= 301);
  });
});
