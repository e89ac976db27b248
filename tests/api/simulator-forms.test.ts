import { deepEqual, equal, match } from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { faults, profiles, type Simulator, type SimulatorOptions, startSimulator, switches } from "metered-simulator";
import { Browser, decode } from "./simulator/browser";
import { Calls } from "./simulator/calls";

const own = "/__simulator/pages";

describe("the forms of the simulator's pages", () => {
  let sim: Simulator;
  let browser: Browser;
  const start = async (options: SimulatorOptions = {}) => {
    sim = await startSimulator(options);
    browser = new Browser(sim);
  };
  beforeEach(() => start());
  afterEach(() => sim.close());

  const flip = (name: string, value: string) => browser.submit(`${own}/switches`, `${own}/switches`, { [name]: value });
  const inject = (values: Record<string, string>) => browser.submit(`${own}/faults`, `${own}/faults`, values);
  const create = (values: Record<string, string>) => browser.submit("/", `${own}/rooms`, values);
  const act = (path: string, action: string, values: Record<string, string | string[]> = {}, index = -1) =>
    browser.submit(path, `${own}/rooms/${sim.rooms.at(index)?._id}/${action}`, values);

  it("turn each switch to each of its values", async () => {
    for (const [name, { values }] of Object.entries(switches)) {
      for (const value of values.toReversed()) {
        const { path, status } = await flip(name, String(value));
        deepEqual([path, status], [`${own}/switches`, 200]);
        equal(sim.switches[name as keyof typeof switches], value);
      }
    }
    const { headers } = await browser.send("POST", `${own}/switches`, "put=replace");
    equal(headers.location, `${own}/switches#put`);
  });

  it("turn to a profile, which undoes what was changed", async () => {
    await flip("put", "replace");
    for (const name of ["strictest", "strange", "default"] as const) {
      await browser.submit(`${own}/switches`, `${own}/profile`, { profile: name });
      const given = Object.entries(profiles[name]);
      for (const [key, { default: fallback }] of Object.entries(switches)) {
        const [, expected] = given.find(([candidate]) => candidate === key) ?? [key, fallback];
        equal(sim.switches[key as keyof typeof switches], expected);
      }
    }
  });

  it("inject each fault with the inputs as they are, and clear them", async () => {
    for (const fault of Object.keys(faults)) equal((await inject({ fault })).path, `${own}/faults`);
    const given = sim.faults.list.map(({ id: _, matched: __, fired: ___, ...fault }) => fault);
    const inputs: Record<string, object> = {
      delay: { ms: 1000 },
      status: { status: 503 },
      redirect: { location: "/" },
    };
    deepEqual(
      given,
      Object.keys(faults).map((fault) => ({ fault, ...inputs[fault] })),
    );
    await browser.submit(`${own}/faults`, `${own}/faults/clear`);
    deepEqual(sim.faults.list, []);
  });

  it("inject presets, and remove one fault of several", async () => {
    const presets = async () =>
      [...(await browser.open(`${own}/faults`)).text.matchAll(/action="[^"]*\/preset">/g)].length;
    equal(await presets(), 5);
    await browser.submit(`${own}/faults`, `${own}/faults/preset`);
    await inject({ fault: "hang" });
    const [first, second] = sim.faults.list;
    deepEqual([first?.status, first?.times, first?.retryAfter], [429, 3, 1]);
    const remove = (id: unknown) => browser.send("POST", `${own}/faults/remove`, `id=${id}`);
    equal((await remove(first?.id)).status, 303);
    deepEqual(sim.faults.list, [second]);
    for (const id of [first?.id, "first", ""]) equal((await remove(id)).status, 400);
  });

  it("say all about a fault that its conditions can say", async () => {
    const conditions = {
      operation: "update",
      kind: "live",
      roomName: "404",
      path: "^/api",
      skip: "1",
      times: "always",
    };
    const reply = { "status.status": "429", "status.retryAfter": "soon", "status.body": '{"a":1}' };
    await inject({ fault: "status", ...conditions, ...reply, "html.status": "599", afterCommit: "yes" });
    deepEqual(sim.faults.list[0], {
      ...{ fault: "status", operation: "update", kind: "live", roomName: "404", path: "^/api", skip: 1 },
      ...{
        times: "always",
        afterCommit: true,
        status: 429,
        retryAfter: "soon",
        body: { a: 1 },
        id: 1,
        matched: 0,
        fired: 0,
      },
    });
    await inject({ fault: "status", "status.body": "plain words", times: "2", afterCommit: "no" });
    const { body, times, afterCommit } = sim.faults.list[1] ?? {};
    deepEqual([body, times, afterCommit], ["plain words", 2, false]);
    equal((await new Calls(sim).create("meeting")).text, "plain words");
  });

  it("forget the requests", async () => {
    await new Calls(sim).list();
    match((await browser.submit(`${own}/requests`, `${own}/requests/clear`)).text, /No requests yet/);
    deepEqual(sim.requests, []);
  });

  it("create rooms by the API's rules, without an entry among the requests", async () => {
    equal((await create({ roomName: "by-hand", privacy: "private" })).path, "/by-hand");
    const { path } = await create({ kind: "live" });
    const [meeting, live] = sim.rooms;
    deepEqual([meeting?.roomName, meeting?.settings], ["by-hand", { privacy: "private" }]);
    deepEqual([live?.kind, live?.settings, path], ["live", {}, `/${live?._id}/player`]);
    match(live?.roomName ?? "", /^[a-z0-9_-]{10}$/);
    for (const [roomName, words] of [
      ["by-hand", /room with the name by-hand already exists/],
      ["a b", /"roomName" with value "a b" fails/],
    ] as const) {
      const { status, text } = await create({ roomName });
      equal(status, 400);
      match(decode(text), words);
    }
    deepEqual([sim.rooms.length, sim.requests.length], [2, 0]);
  });

  it("archive rooms and make them again", async () => {
    sim.addRoom("meeting", "a", { autoJoin: true });
    equal((await act("/a", "archive")).path, `${own}/rooms/${sim.rooms[0]?._id}`);
    equal(sim.rooms[0]?.archived, true);
    equal((await act("/a", "recreate")).path, "/a");
    await act("/a", "recreate");
    deepEqual(
      sim.rooms.map(({ roomName, archived, settings }) => [roomName, archived, settings]),
      [true, true, false].map((archived) => ["a", archived, { autoJoin: true }]),
    );
  });

  it("leave a room alone whose name is another's by now", async () => {
    sim.addRoom("meeting", "a");
    sim.recreateRoom("meeting", "a");
    for (const action of ["archive", "recreate", "settings"]) {
      const { status, text } = await browser.send("POST", `${own}/rooms/${sim.rooms[0]?._id}/${action}`);
      equal(status, 400);
      match(text, /Another room has this name now\./);
      equal((await browser.send("POST", `${own}/rooms/none/${action}`)).status, 404);
    }
    equal(sim.rooms.length, 2);
  });

  it("start and end a broadcast", async () => {
    sim.addRoom("live", "town-hall");
    const broadcast = `/livestreaming-rooms/${sim.rooms[0]?._id}/app/${sim.appId}/broadcast`;
    equal((await act(broadcast, "on-air")).path, broadcast);
    equal(sim.rooms[0]?.currentlyBroadcasting, true);
    await act(broadcast, "off-air");
    equal(sim.rooms[0]?.currentlyBroadcasting, false);
    sim.addRoom("meeting", "a");
    equal((await browser.send("POST", `${own}/rooms/${sim.rooms[1]?._id}/on-air`)).status, 400);
  });

  it("change settings, and keep the secret ones unless they are given or removed", async () => {
    const webhook = "https://hooks.example/canary";
    sim.addRoom("meeting", "a", {
      privacy: "private",
      autoJoin: true,
      rtmpOutURL: "rtmp://x/canary",
      expireUnixSec: 5,
    });
    const changes = { privacy: "public", autoJoin: "", maxParticipants: "7", enableChat: "false" };
    await act("/a", "settings", { ...changes, meetingJoinWebhook: webhook });
    const rest = { privacy: "public", expireUnixSec: 5, maxParticipants: 7, enableChat: false };
    deepEqual(sim.rooms[0]?.settings, { ...rest, rtmpOutURL: "rtmp://x/canary", meetingJoinWebhook: webhook });
    await act("/a", "settings", { remove: ["rtmpOutURL", "meetingJoinWebhook"], expireUnixSec: "-1" });
    deepEqual(sim.rooms[0]?.settings, { ...rest, expireUnixSec: -1 });
    for (const wrong of ["x", "1.5", "9".repeat(20)]) {
      const { status, text } = await act("/a", "settings", { maxParticipants: wrong });
      equal(status, 400);
      match(decode(text), /maxParticipants must be a whole number, not "/);
    }
  });

  it("change nothing that nobody touched, however odd it is", async () => {
    const odd = { customCSS: "\n a\r\nb\rc </textarea>", displayMessage: "'\"<&", enableRecording: "yes", other: "x" };
    sim.addRoom("live", "odd", odd);
    sim.addRoom("meeting", "odd", { maxParticipants: "many", compositionLayout: "<spiral>", expireUnixSec: 1e21 });
    const before = sim.rooms;
    await act(`/${before[0]?._id}/player`, "settings", {}, 0);
    await act("/odd", "settings");
    deepEqual(sim.rooms, before);
  });

  it("save before they answer", async () => {
    const folder = await mkdtemp(join(tmpdir(), "metered-simulator-"));
    const data = join(folder, "rooms.json");
    await sim.close();
    await start({ data });
    await create({ roomName: "kept" });
    match(await readFile(data, "utf8"), /"roomName":"kept"/);
    await act("/kept", "archive");
    match(await readFile(data, "utf8"), /"archived":true/);
    await rm(folder, { recursive: true });
  });

  it("refuse what makes no sense with a sentence", async () => {
    const refused: [string, string, RegExp][] = [
      ["switches", "put=patch", /Switch put cannot be "patch"\./],
      ["switches", "__proto__=x", /There is no switch "__proto__"\./],
      ["profile", "profile=none", /There is no such profile\./],
      ["faults", "", /The fault's fault must be one of /],
      ["faults", "fault=status&status.status=999", /The fault's status must be a status/],
      ["faults", "fault=hang&path=(", /The fault's path must be a regular expression\./],
      ["rooms", "kind=meeting&privacy=none", /"privacy" must be one of/],
    ];
    for (const [path, body, words] of refused) {
      const { status, text } = await browser.send("POST", `${own}/${path}`, body);
      equal(status, 400, path);
      match(decode(text), words);
    }
    const json = await browser.send("POST", `${own}/switches`, '{"put":"replace"}', { "content-type": "text/plain" });
    equal(json.status, 415);
    equal(sim.switches.put, "merge");
  });

  it("obey pages of this server only, by whatever name it has on this machine", async () => {
    const { port } = new URL(sim.url);
    const before = sim.switches;
    const statusFor = async (headers: Record<string, string>) =>
      (await browser.send("POST", `${own}/switches`, "put=replace", headers)).status;
    for (const origin of ["https://attacker.example", "null", `http://127.0.0.1:1`, `https://127.0.0.1:${port}`]) {
      equal(await statusFor({ origin }), 403);
    }
    equal(await statusFor({ host: "attacker.example", origin: "http://attacker.example" }), 403);
    for (const path of ["requests", "switches", "faults", "rooms/x"]) {
      equal((await browser.send("GET", `${own}/${path}`, "", { host: "attacker.example" })).status, 403);
    }
    deepEqual(sim.switches, before);
    equal(await statusFor({ host: `localhost:${port}`, origin: `http://localhost:${port}` }), 303);
    equal(sim.switches.put, "replace");
  });
});
