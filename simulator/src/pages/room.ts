import { getRoom } from "../api/rooms/operations";
import type { StoredRoom } from "../rooms/types";
import { masked } from "../secrets";
import type { World } from "../world";
import { type Html, html, instant, nothing } from "./html";
import { page } from "./layout";
import { broadcastPathOf, idPathOf, pathOf } from "./paths";
import { pathAbout } from "./requests";
import { settingInputs } from "./settings";

type Room = Readonly<StoredRoom>;

/** What would be where the simulator shows a room. */
export type Place = "meeting" | "player" | "broadcast";

const leads: Readonly<Record<Place, string>> = {
  meeting: "",
  player: "Viewers watch the stream here on Metered.",
  broadcast: "Broadcasts are started here on Metered.",
};

function leadOf({ settings }: Room, place: Place): string {
  if (place !== "meeting" || settings.privacy !== "private") return leads[place];
  return "This room is private: guests need this link with ?token= and an access token.";
}

/** Where a room's own link leads: its settings, and what can be done to it. */
export function roomPage(room: Room, world: World, place: Place): string {
  const { kind, archived, currentlyBroadcasting } = room;
  const tags = [`${kind} room`, archived ? "archived" : "", currentlyBroadcasting ? "on air" : ""].filter(Boolean);
  const lead = archived ? "This room is archived." : leadOf(room, place);
  return page(world, {
    title: room.roomName,
    section: "rooms",
    body: html`<p>${tags.map((tag) => html`<span class="tag">${tag}</span> `)}</p>
<p>${lead}</p>
${facts(room, world)}
${actions(room, world)}
${settingsTable(room)}
${apiReply(room, world)}
${others(room, world)}`,
  });
}

/** Forms act on the room that has the name: an archived one whose name was given away is only looked at. */
export function holdsName(room: Room, { store }: World): boolean {
  return store.find(room.kind, room.roomName) === room;
}

function actions(room: Room, world: World): Html {
  if (!holdsName(room, world)) return html`<p>Another room has this name now.</p>`;
  const button = (action: string, label: string) =>
    html`<form method="post" action="${idPathOf(room)}/${action}"><button>${label}</button></form>\n`;
  if (room.archived) return html`<div class="line">${button("recreate", "Recreate (new _id)")}</div>`;
  const onAir = room.currentlyBroadcasting
    ? button("off-air", "End the broadcast")
    : button("on-air", "Start a broadcast");
  return html`<div class="line">
${room.kind === "live" ? onAir : nothing}${button("archive", "Archive")}${button("recreate", "Recreate (new _id)")}</div>
<details><summary>Change settings, as in the dashboard</summary>
<form method="post" action="${idPathOf(room)}/settings">
<p class="quiet">An empty field removes the setting. Types are checked, but not Metered's rules, so that you can see what your program does with values Metered would refuse.</p>
<div class="fields">
${settingInputs(room)}</div>
<button class="main">Save</button>
</form>
</details>`;
}

function facts(room: Room, { origin, appId }: World): Html {
  const { kind, roomName, _id, created, archived } = room;
  const link = (path: string) => html`<a href="${path}">${origin}${path}</a>`;
  const requests = html`<a href="${pathAbout(roomName)}">about this name</a>`;
  const meeting: [string, Html][] = [["Link", html`<code>${origin}${pathOf(room)}</code>`]];
  const live: [string, Html][] = [
    ["Viewers", link(pathOf(room))],
    ["Broadcast", link(broadcastPathOf(room, appId))],
  ];
  const links = kind === "meeting" ? meeting : live;
  const rows: [string, Html][] = [
    ...(archived ? [] : links),
    ["_id", html`<code>${_id}</code>`],
    ["Created", html`${instant(Date.parse(created))} UTC`],
    ["Requests", requests],
  ];
  return settingsRows(rows);
}

function settingsTable({ kind, settings }: Room): Html {
  const entries = Object.entries(settings);
  if (entries.length === 0) return html`<h2>Settings</h2>\n<p>No settings: a ${kind} room with Metered's defaults.</p>`;
  return html`<h2>Settings</h2>
${settingsRows(entries.map(([name, value]): [string, Html] => [name, html`${String(masked(value, name))}${hint(name, value)}`]))}`;
}

function settingsRows(rows: [string, Html][]): Html {
  const lines = rows.map(([name, value]) => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>\n`);
  return html`<table class="settings">\n${lines}</table>`;
}

function hint(name: string, value: unknown): Html {
  const isTime = name.endsWith("UnixSec") && typeof value === "number";
  return isTime ? html` <span class="quiet">${instant(value * 1000)} UTC</span>` : nothing;
}

function apiPath({ kind, roomName }: Room): string {
  return `/api/v1/${kind === "live" ? "realtimelivestreaming/" : ""}room/${roomName}`;
}

function apiReply(room: Room, world: World): Html {
  if (!holdsName(room, world)) return nothing;
  const { status, json } = getRoom(world, room.kind, room.roomName);
  return html`<h2><code>GET ${apiPath(room)}</code> → ${status}</h2>
<pre>${JSON.stringify(masked(json), undefined, 2)}</pre>`;
}

function others(room: Room, { store }: World): Html {
  const namesakes = store.named(room.kind, room.roomName).filter((other) => other !== room);
  if (namesakes.length === 0) return nothing;
  const items = namesakes.map(
    (other) =>
      html`<li><a href="${idPathOf(other)}">${other._id}</a> <span class="quiet">created ${instant(Date.parse(other.created))} UTC${other.archived ? ", archived" : ""}</span></li>\n`,
  );
  return html`<h2>Other rooms of this name</h2>\n<ul>\n${items}</ul>`;
}
