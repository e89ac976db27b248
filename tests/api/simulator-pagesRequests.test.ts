import { deepEqual, equal, match } from "node:assert/strict";
import { decode, linksOf, readForm } from "./simulator/browser";
import { Calls } from "./simulator/calls";
import { everyPage, own, Visit } from "./simulator/visit";

describe("the simulator's pages of requests and secrets", () => {
  const visit = Visit.inEachTest();

  it("show the requests, newest first, with their fault and their answer", async () => {
    await visit.api.create("meeting", { roomName: "a", privacy: "private" });
    visit.sim.faults.inject({ fault: "cutAfterCommit" });
    await visit.api.create("meeting", { roomName: "b" }).catch(() => undefined);
    await new Calls(visit.sim, "wrong-key").list().catch(() => undefined);
    const text = decode(await visit.textOf(`${own}/requests`));
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
    visit.sim.faults.inject({ fault: "status", status: 503, times: 2 });
    for (let i = 0; i < 3; i += 1)
      await visit.api.create("meeting", { roomName: "a", maxParticipants: i < 3 ? "many" : 1 });
    const { token } = (await visit.api.send("POST", "/token", { roomName: "a" })).json;
    const { password, apiKey } = (await visit.api.send("POST", "/turn/credential")).json;
    const text = decode(await visit.textOf(`${own}/requests`));
    match(text, /<summary><code>"maxParticipants" must be a number<\/code>/);
    deepEqual(
      [...text.matchAll(/attempt (\d)</g)].map(([, attempt]) => attempt),
      ["3", "2"],
    );
    match(text, /"token": "••••••••"/);
    for (const secret of [token, password, apiKey]) equal(text.includes(String(secret)), false);
    deepEqual(
      visit.sim.requests.map(({ attempt, durationMs }) => [attempt, durationMs !== undefined]),
      [1, 2, 3, 1, 1].map((attempt) => [attempt, true]),
    );
  });

  it("list tokens, TURN credentials and projects, their secrets folded away", async () => {
    const { token } = (await visit.api.send("POST", "/token", { roomName: "board", name: "Ann", isAdmin: true })).json;
    const { username, password } = visit.sim.addTurnCredential({ label: "web", expiryInSeconds: 60 });
    await fetch(`${visit.sim.url}/api/v2/turn/project?secretKey=${visit.sim.secretKey}`, {
      method: "POST",
      body: '{"projectName":"acme","quotaInBytes":2000000000}',
    });
    const tokens = await visit.textOf(`${own}/tokens`);
    match(tokens, /Ann.*board.*admin.*valid/s);
    const folded = (text: string) => text.replace(/<details.*?<\/details>/gs, "");
    deepEqual([tokens.includes(String(token)), folded(tokens).includes(String(token))], [true, false]);
    const credentials = await visit.textOf(`${own}/credentials`);
    match(credentials, new RegExp(`${username}.*web.*active`, "s"));
    deepEqual([credentials.includes(password), folded(credentials).includes(password)], [true, false]);
    const projects = await visit.textOf(`${own}/projects`);
    match(projects, /acme.*2 GB/s);
    const apiKey = String(/<details>.*?<pre>([0-9a-f]+)<\/pre>/s.exec(projects)?.[1]);
    deepEqual([apiKey.length > 20, folded(projects).includes(apiKey)], [true, false]);
    visit.sim.setClock(visit.sim.now() + 60_000);
    match(await visit.textOf(`${own}/credentials`), />expired</);
  });

  it("find requests by room and by failure, page through them, and reload if asked", async () => {
    const paged = Array.from({ length: 130 }, () => visit.api.get("meeting", "none"));
    await Promise.all([visit.api.create("meeting", { roomName: "a" }), ...paged]);
    const rows = async (query: string) => (await visit.textOf(`${own}/requests${query}`)).split("<strong>").length - 2;
    deepEqual([await rows(""), await rows("?skip=100"), await rows("?skip=nonsense")], [100, 31, 100]);
    deepEqual([await rows("?room=a"), await rows("?room=a&failed=on"), await rows("?failed=on&skip=100")], [1, 0, 30]);
    const older = linksOf(await visit.browser.open(`${own}/requests?failed=on`)).find((link) => link.includes("skip"));
    equal(older, `${own}/requests?skip=100&failed=on`);
    match(await visit.textOf(`${own}/requests?follow=on`), /<meta http-equiv="refresh" content="2">/);
    match(await visit.textOf(`${own}/requests`), /http-equiv/);
    equal((await visit.textOf(`${own}/requests?room=a`)).includes("http-equiv"), false);
    await visit.restart({ secretKey: "chosen-key" });
    equal((await visit.textOf(`${own}/requests?room=chosen-key`)).includes("chosen-key"), false);
  });

  it("hide stream keys and what webhooks may carry, in rooms and in requests", async () => {
    const settings = {
      rtmpOutURL: "rtmp://live.example/canary",
      enableRTMPOut: true,
      meetingJoinWebhook: "https://user:canary@hooks.example/canary?token=canary",
      meetingLeftWebhook: "no url but a canary",
    };
    visit.sim.addRoom("meeting", "secrets", { ...settings, misplaced: "see rtmps://live.example/canary" });
    const nested = {
      RTMPOutURL: ["canary"],
      list: [{ secretKey: "canary", n: 1 }],
      meetingEndedWebhook: { x: "canary" },
    };
    await visit.api.create("meeting", { ...settings, ...nested, roomName: null });
    await visit.api.send("POST", "/room", JSON.stringify(["rtmp://canary"]));
    visit.sim.setSwitches({ unknownKeys: "ignored", webhookURLs: "any text" });
    for (const path of ["/", "/secrets", `${own}/requests`]) {
      const text = await visit.textOf(path);
      equal(text.includes("canary"), false, path);
      equal(text.includes("live.example"), false, path);
    }
    match(await visit.textOf("/secrets"), /rtmpOutURL<\/th><td>••••••••<\/td>/);
    match(await visit.textOf("/secrets"), /meetingJoinWebhook<\/th><td>https:\/\/hooks\.example\/…<\/td>/);
    match(decode(await visit.textOf(`${own}/requests`)), /"list":\s*\[\s*\{\s*"secretKey":\s*"••••••••",\s*"n":\s*1/);
  });

  it("escape whatever is put into them", async () => {
    const bad = `<script>x</script><img src=x onerror="x">'"><b id=1>`;
    visit.sim.addRoom("live", bad, { [bad]: bad, displayMessage: `</textarea>${bad}`, enableRecording: bad });
    const room = visit.sim.addRoom("meeting", bad, { compositionLayout: bad, maxParticipants: bad });
    await visit.api.create("meeting", { roomName: bad, [bad]: bad });
    await visit.api.get("live", bad);
    await visit.browser.send("GET", `/api/v1/${encodeURIComponent(bad)}?secretKey=${visit.sim.secretKey}`);
    visit.sim.faults.inject({ fault: "status", status: 500, body: bad, roomName: bad, method: bad });
    const rooms = visit.sim.rooms.map(({ _id }) => `${own}/rooms/${_id}`);
    const query = `?room=${encodeURIComponent(bad)}`;
    for (const path of [
      ...everyPage,
      ...rooms,
      `${own}/requests${query}`,
      `/${encodeURIComponent(bad)}`,
      `/${query}`,
    ]) {
      const text = await visit.textOf(path);
      equal(/<b id|<\/textarea>&#60;script|<script(?! src="\/__simulator)/.test(text), false, path);
    }
    const form = readForm(await visit.textOf(`${own}/rooms/${room._id}`), `${own}/rooms/${room._id}/settings`);
    deepEqual([form.get("compositionLayout"), form.get("maxParticipants")], [bad, bad]);
  });

  it("show instants that no calendar has", async () => {
    visit.sim.addRoom("meeting", "late", { expireUnixSec: 1e300 });
    visit.sim.setClock(8.64e15 + 1);
    await visit.api.list();
    match(await visit.textOf("/late"), /<td>1e\+300 /);
    match(await visit.textOf(`${own}/requests`), /GET/);
  });
});
