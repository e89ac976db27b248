import { deepEqual, equal, match, ok } from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { faults, type Simulator, type SimulatorOptions, startSimulator, switches } from "metered-simulator";
import { Browser, decode, linksOf, readForm } from "./simulator/browser";
import { Calls } from "./simulator/calls";

const own = "/__simulator/pages";
const everyPage = ["/", ...["tokens", "turn", "requests", "faults", "switches"].map((name) => `${own}/${name}`)];

describe("the simulator's pages", () => {
  let sim: Simulator;
  let api: Calls;
  let browser: Browser;
  const start = async (options: SimulatorOptions = {}) => {
    sim = await startSimulator(options);
    api = new Calls(sim);
    browser = new Browser(sim);
  };
  beforeEach(() => start());
  afterEach(() => sim.close());

  const textOf = async (path: string) => (await browser.open(path)).text;
  const statusOf = async (path: string) => (await browser.open(path)).status;

  it("lead to each other, with their style", async () => {
    for (const path of everyPage) {
      const links = linksOf(await browser.open(path));
      for (const other of everyPage) ok(links.includes(other), `${path} to ${other}`);
    }
    equal((await browser.open("/__simulator")).path, `${own}/switches`);
    const [, style = ""] = /<link rel="stylesheet" href="([^"]+)">/.exec(await textOf("/")) ?? [];
    const { status, headers, text } = await browser.send("GET", style);
    deepEqual([status, headers["content-type"]], [200, "text/css; charset=utf-8"]);
    equal(/url\(|@import/.test(text), false);
    equal((await browser.send("GET", `${own}/icon.svg`)).status, 200);
  });

  it("say how to create the first room, without a key that somebody chose", async () => {
    const text = decode(await textOf("/"));
    match(text, /<h1><bdi>No rooms yet/);
    ok(text.includes(`curl '${sim.url}/api/v1/room?secretKey=simulator-secret'`));
    ok(text.includes(`pulumi config set metered:endpoint ${sim.url}\n`));
    await sim.close();
    await start({ secretKey: "chosen-key" });
    await api.create("meeting", { displayMessage: "chosen-key" });
    for (const path of everyPage) equal((await textOf(path)).includes("chosen-key"), false);
    match(await textOf("/"), /metered:secretKey<\/pre>/);
    match(await textOf("/"), /<dt>Key<\/dt><dd>as you chose it/);
  });

  it("list the rooms, and every link leads to its room", async () => {
    sim.addRoom("meeting", "stand-up", { privacy: "private" });
    const old = sim.rooms[0]?._id;
    sim.recreateRoom("meeting", "stand-up");
    sim.addRoom("live", "stand-up");
    sim.setBroadcasting("stand-up", true);
    const page = await browser.open("/");
    match(page.text, /<td class="short">private<\/td>/);
    match(page.text, /on air/);
    const [, second, third] = sim.rooms;
    const links = linksOf(page).slice(everyPage.length);
    deepEqual(links, [`/${third?._id}/player`, "/stand-up", `${own}/rooms/${old}`]);
    match(await textOf("/stand-up"), new RegExp(`<code>${second?._id}</code>`));
    match(await textOf(`${own}/rooms/${old}`), /archived.*Another room has this name now/s);
    ok(linksOf(await browser.open("/stand-up")).includes(`${own}/rooms/${old}`));
    match(await textOf(`/${third?._id}/player`), /Viewers watch the stream here/);
  });

  it("open a room's own links", async () => {
    const { json } = await api.create("live", { displayMessage: "later" });
    for (const [link, lead] of [
      [json.viewerURL, /watch the stream here/],
      [json.broadcastManager, /are started here/],
    ] as const) {
      const text = await textOf(new URL(String(link)).pathname);
      match(text, />displayMessage<\/th><td>later<\/td>/);
      match(text, lead);
    }
    sim.addRoom("meeting", "plain", { expireUnixSec: 1_893_456_000 });
    const text = await textOf("/plain");
    match(text, /1893456000 <span class="quiet">2030-01-01 00:00:00 UTC/);
    match(text, /GET \/api\/v1\/room\/plain<\/code> → 200/);
    sim.archiveRoom("meeting", "plain");
    match(await textOf("/plain"), /<\/code> → 400/);
  });

  it("say 404 for a room that is not there", async () => {
    for (const path of ["/no-such-room", "/no-such-id/player", `${own}/rooms/none`]) equal(await statusOf(path), 404);
  });

  it("open rooms whatever their names are", async () => {
    const names = ["..", ".", "", "api", "__simulator", "a/b", "a?b#c", "%zz", "\ud800", "n".repeat(600), "ä €", "\n"];
    for (const name of names) for (const kind of ["meeting", "live"] as const) sim.addRoom(kind, name);
    const links = linksOf(await browser.open("/"));
    equal(links.length, everyPage.length + names.length * 2);
    for (const link of links) equal(await statusOf(link), 200, link);
  });

  it("show the requests, newest first, with their fault and their answer", async () => {
    await api.create("meeting", { roomName: "a", privacy: "private" });
    sim.faults.inject({ fault: "cutAfterCommit" });
    await api.create("meeting", { roomName: "b" }).catch(() => undefined);
    await new Calls(sim, "wrong-key").list().catch(() => undefined);
    const text = decode(await textOf(`${own}/requests`));
    const rows = [...text.matchAll(/<strong>(\w+)<\/strong> (\S+)<.*?<span class="(bad|good)">(\w+)/gs)];
    deepEqual(
      rows.map((row) => row.slice(1)),
      [
        ["GET", "/api/v1/rooms", "bad", "401"],
        ["POST", "/api/v1/room", "bad", "none"],
        ["POST", "/api/v1/room", "good", "200"],
      ],
    );
    match(text, /<span class="tag">cutAfterCommit<\/span>/);
    match(text, /<code>\{"roomName":"a","privacy":"private"\}<\/code>/);
    equal(/wrong-key|simulator-secret/.test(text.replace(/<header>.*<\/header>/s, "")), false);
  });

  it("show responses, without secrets, and which attempt it was", async () => {
    sim.faults.inject({ fault: "status", status: 503, times: 2 });
    for (let i = 0; i < 3; i += 1) await api.create("meeting", { roomName: "a", maxParticipants: i < 3 ? "many" : 1 });
    const { token } = (await api.send("POST", "/token", { roomName: "a" })).json;
    const { password, apiKey } = (await api.send("POST", "/turn/credential")).json;
    const text = decode(await textOf(`${own}/requests`));
    match(text, /<summary><code>"maxParticipants" must be a number<\/code>/);
    deepEqual(
      [...text.matchAll(/attempt (\d)</g)].map(([, attempt]) => attempt),
      ["3", "2"],
    );
    match(text, /"token": "••••••••"/);
    for (const secret of [token, password, apiKey]) equal(text.includes(String(secret)), false);
    deepEqual(
      sim.requests.map(({ attempt, durationMs }) => [attempt, durationMs !== undefined]),
      [1, 2, 3, 1, 1].map((attempt) => [attempt, true]),
    );
  });

  it("list tokens, TURN credentials and projects, their secrets folded away", async () => {
    const { token } = (await api.send("POST", "/token", { roomName: "board", name: "Ann", isAdmin: true })).json;
    const { username, password } = sim.addTurnCredential({ label: "web", expiryInSeconds: 60 });
    await fetch(`${sim.url}/api/v2/turn/project?secretKey=${sim.secretKey}`, {
      method: "POST",
      body: '{"projectName":"acme","quotaInBytes":2000000000}',
    });
    const tokens = await textOf(`${own}/tokens`);
    match(tokens, /Ann.*board.*admin.*valid/s);
    const folded = (text: string) => text.replace(/<details.*?<\/details>/gs, "");
    deepEqual([tokens.includes(String(token)), folded(tokens).includes(String(token))], [true, false]);
    const turn = await textOf(`${own}/turn`);
    match(turn, new RegExp(`${username}.*web.*active.*acme.*2 GB`, "s"));
    deepEqual([turn.includes(password), folded(turn).includes(password)], [true, false]);
    sim.setClock(sim.now() + 60_000);
    match(await textOf(`${own}/turn`), />expired</);
  });

  it("page through many rooms and find them by name", async () => {
    for (let i = 0; i < 130; i += 1) sim.addRoom("meeting", `room-${i}`);
    const count = async (query: string) => (await textOf(`/${query}`)).split("<bdi>room-").length - 1;
    deepEqual(
      [await count(""), await count("?skip=100"), await count("?name=ROOM-12"), await count("?name=x")],
      [100, 30, 11, 0],
    );
    ok(linksOf(await browser.open("/")).includes("/?skip=100"));
  });

  it("find requests by room and by failure, page through them, and reload if asked", async () => {
    const paged = Array.from({ length: 130 }, () => api.get("meeting", "none"));
    await Promise.all([api.create("meeting", { roomName: "a" }), ...paged]);
    const rows = async (query: string) => (await textOf(`${own}/requests${query}`)).split("<strong>").length - 2;
    deepEqual([await rows(""), await rows("?skip=100"), await rows("?skip=nonsense")], [100, 31, 100]);
    deepEqual([await rows("?room=a"), await rows("?room=a&failed=on"), await rows("?failed=on&skip=100")], [1, 0, 30]);
    const older = linksOf(await browser.open(`${own}/requests?failed=on`)).find((link) => link.includes("skip"));
    equal(older, `${own}/requests?skip=100&failed=on`);
    match(await textOf(`${own}/requests?follow=on`), /<meta http-equiv="refresh" content="2">/);
    match(await textOf(`${own}/requests`), /http-equiv/);
    equal((await textOf(`${own}/requests?room=a`)).includes("http-equiv"), false);
    await sim.close();
    await start({ secretKey: "chosen-key" });
    equal((await textOf(`${own}/requests?room=chosen-key`)).includes("chosen-key"), false);
  });

  it("hide stream keys and what webhooks may carry, in rooms and in requests", async () => {
    const settings = {
      rtmpOutURL: "rtmp://live.example/canary",
      enableRTMPOut: true,
      meetingJoinWebhook: "https://user:canary@hooks.example/canary?token=canary",
      meetingLeftWebhook: "no url but a canary",
    };
    sim.addRoom("meeting", "secrets", { ...settings, misplaced: "see rtmps://live.example/canary" });
    const nested = {
      RTMPOutURL: ["canary"],
      list: [{ secretKey: "canary", n: 1 }],
      meetingEndedWebhook: { x: "canary" },
    };
    await api.create("meeting", { ...settings, ...nested, roomName: null });
    await api.send("POST", "/room", JSON.stringify(["rtmp://canary"]));
    sim.setSwitches({ unknownKeys: "ignored", webhookURLs: "any text" });
    for (const path of ["/", "/secrets", `${own}/requests`]) {
      const text = await textOf(path);
      equal(text.includes("canary"), false, path);
      equal(text.includes("live.example"), false, path);
    }
    match(await textOf("/secrets"), /rtmpOutURL<\/th><td>••••••••<\/td>/);
    match(await textOf("/secrets"), /meetingJoinWebhook<\/th><td>https:\/\/hooks\.example\/…<\/td>/);
    match(decode(await textOf(`${own}/requests`)), /"list":\s*\[\s*\{\s*"secretKey":\s*"••••••••",\s*"n":\s*1/);
  });

  it("escape whatever is put into them", async () => {
    const bad = `<script>x</script><img src=x onerror="x">'"><b id=1>`;
    sim.addRoom("live", bad, { [bad]: bad, displayMessage: `</textarea>${bad}`, enableRecording: bad });
    const room = sim.addRoom("meeting", bad, { compositionLayout: bad, maxParticipants: bad });
    await api.create("meeting", { roomName: bad, [bad]: bad });
    await api.get("live", bad);
    await browser.send("GET", `/api/v1/${encodeURIComponent(bad)}?secretKey=${sim.secretKey}`);
    sim.faults.inject({ fault: "status", status: 500, body: bad, roomName: bad, method: bad });
    const rooms = sim.rooms.map(({ _id }) => `${own}/rooms/${_id}`);
    const query = `?room=${encodeURIComponent(bad)}`;
    for (const path of [
      ...everyPage,
      ...rooms,
      `${own}/requests${query}`,
      `/${encodeURIComponent(bad)}`,
      `/${query}`,
    ]) {
      const text = await textOf(path);
      equal(/<b id|<\/textarea>&#60;script|<script(?! src="\/__simulator)/.test(text), false, path);
    }
    const form = readForm(await textOf(`${own}/rooms/${room._id}`), `${own}/rooms/${room._id}/settings`);
    deepEqual([form.get("compositionLayout"), form.get("maxParticipants")], [bad, bad]);
  });

  it("show every switch with its position, the profile, and what has changed since", async () => {
    const pressed = (text: string) =>
      [...text.matchAll(/<button name="(\w+)" value="([^"]*)" aria-pressed="true">/g)].map((m) =>
        m.slice(1).map(decode),
      );
    const positions = () => Object.entries(sim.switches).map(([name, value]) => [name, String(value)]);
    const text = await textOf(`${own}/switches`);
    deepEqual(pressed(text), [["profile", "default"], ...positions()]);
    for (const [name, { values }] of Object.entries(switches)) {
      for (const value of values) ok(decode(text).includes(`<button name="${name}" value="${value}"`));
    }
    match(text, /Every switch has the value of the profile <b>default<\/b>/);
    await sim.close();
    await start({ profile: "strange", switches: { put: "merge" } });
    const changed = await textOf(`${own}/switches`);
    deepEqual(pressed(changed), [["profile", "strange"], ...positions()]);
    match(changed, /profile <b>strange<\/b>: <a href="#put">put<\/a>\./);
    match(await textOf("/"), /Switches <span class="badge">1</);
  });

  it("offer the profile of a file to return to", async () => {
    const folder = await mkdtemp(join(tmpdir(), "metered-simulator-"));
    const profile = join(folder, "<profile>.json");
    await writeFile(profile, '{ "badKey": 403 }');
    await sim.close();
    await start({ profile });
    await rm(folder, { recursive: true });
    match(await textOf(`${own}/switches`), /&#60;profile&#62;\.json" aria-pressed="true"/);
    const turn = (name: string) => browser.submit(`${own}/switches`, `${own}/profile`, { profile: name });
    await turn("strange");
    equal(sim.switches.badKey, 400);
    await turn(profile);
    equal(sim.switches.badKey, 403);
    equal((await turn("/etc/passwd")).status, 400);
  });

  it("show the faults in waiting and those that there are", async () => {
    sim.faults.inject({ fault: "html", operation: "list", times: "always" });
    sim.faults.inject({ fault: "emptyBody", times: 2 });
    await api.create("meeting");
    const text = await textOf(`${own}/faults`);
    match(text, /<code>html<\/code><\/td><td>operation <b>&#34;list&#34;<\/b><br><\/td><td>0 so far<\/td>/);
    match(text, /<code>emptyBody<\/code><\/td><td>any request<\/td><td>1 of 2<\/td>/);
    for (const name of Object.keys(faults)) ok(text.includes(`value="${name}"`));
  });

  it("show instants that no calendar has", async () => {
    sim.addRoom("meeting", "late", { expireUnixSec: 1e300 });
    sim.setClock(8.64e15 + 1);
    await api.list();
    match(await textOf("/late"), /<td>1e\+300 /);
    match(await textOf(`${own}/requests`), /GET/);
  });
});
