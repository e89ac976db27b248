import { roomReply } from "../api/replies";
import { controlPrefix } from "../control/routes";
import type { StoredRoom } from "../rooms/types";
import type { World } from "../world";
import { type Html, html, page } from "./html";

type Room = Readonly<StoredRoom>;

/** The page at `/`: all rooms, newest first. */
export function roomsPage(world: World): string {
  const { app, store } = world;
  const rows = store.all.toReversed().map((room) => roomRow(room));
  const table = html`<table>
<tr><th>Kind</th><th>Name</th><th>Privacy</th><th>Created</th><th>Archived</th></tr>
${rows}</table>`;
  return page(
    `Rooms of ${app}`,
    html`<h1>Rooms of ${app}</h1>
${rows.length > 0 ? table : html`<p>There are no rooms yet.</p>`}
<p class="quiet">This is a simulator of Metered. No one can meet here. <a href="${controlPrefix}">Its switches</a></p>`,
  );
}

/** Where a room's own link leads: its settings. */
export function roomPage(room: Room, world: World, lead: string): string {
  const rows = Object.entries({ ...roomReply(room, world), ...room.settings }).map(
    ([name, value]) => html`<tr><th>${name}</th><td>${shown(name, String(value))}</td></tr>\n`,
  );
  return page(
    room.roomName,
    html`<h1>${room.roomName}</h1>
<p>${lead}</p>
<table>
${rows}</table>
<p><a href="/">All rooms</a></p>`,
  );
}

export function noRoomPage(): string {
  return page("No such room", html`<h1>No such room</h1>\n<p><a href="/">All rooms</a></p>`);
}

/** A live room has its own page, because a meeting room may have the same name. */
function pathOf(room: Room): string {
  return room.kind === "live" ? `/${room._id}/player` : `/${encodeURIComponent(room.roomName)}`;
}

function roomRow(room: Room): Html {
  const { kind, roomName, settings, created, archived } = room;
  const privacy = kind === "meeting" ? (settings.privacy ?? "public") : "";
  const className = archived ? "quiet" : "";
  const link = html`<a href="${pathOf(room)}">${roomName}</a>`;
  const cells = [kind, link, privacy, created, archived ? "yes" : "no"].map((cell) => html`<td>${cell}</td>`);
  return html`<tr class="${className}">${cells}</tr>\n`;
}

// A stream key is nobody's to read; a webhook's path and query may carry a token.
function shown(name: string, value: string): string {
  if (name === "rtmpOutURL") return "••••••••";
  return name.endsWith("Webhook") ? value.replace(/^(\w+:\/\/)(?:[^/?#]*@)?([^/?#]*).*$/s, "$1$2/…") : value;
}
