import { isPublicKey, stackCommands } from "../defaults";
import type { StoredRoom } from "../rooms/types";
import type { World } from "../world";
import { type Html, html, instant, nothing } from "./html";
import { page } from "./layout";
import { pagesPrefix, pathOf } from "./paths";

type Room = Readonly<StoredRoom>;

/** The page at `/`: all rooms, newest first. */
export function roomsPage(world: World): string {
  const rooms = world.store.all;
  const body =
    rooms.length > 0
      ? html`${table(rooms)}\n${newRoom("Another room")}\n${firstSteps(world)}`
      : html`${welcome(world)}\n${newRoom("By hand")}`;
  return page(world, {
    title: rooms.length > 0 ? "Rooms" : "No rooms yet",
    section: "rooms",
    body: html`${body}
<p class="quiet">A simulator of Metered's REST API: nobody can meet in its rooms.</p>`,
  });
}

function table(rooms: readonly Room[]): Html {
  return html`<table>
<thead><tr><th scope="col">Name</th><th scope="col" class="short">Kind</th><th scope="col" class="short">Privacy</th><th scope="col" class="short optional">Created (UTC)</th><th scope="col" class="short">Archived</th></tr></thead>
<tbody>
${rooms.toReversed().map(row)}</tbody>
</table>`;
}

function row(room: Room): Html {
  const { kind, roomName, settings, created, archived, currentlyBroadcasting } = room;
  const privacy = kind === "meeting" ? (settings.privacy ?? "public") : "";
  const onAir = currentlyBroadcasting ? html` <span class="tag">on air</span>` : nothing;
  const link = html`<a href="${pathOf(room)}"><bdi>${roomName}</bdi></a>`;
  return html`<tr class="${archived ? "quiet" : ""}"><td>${link}${onAir}</td>
<td class="short">${kind}</td><td class="short">${privacy}</td><td class="short optional">${instant(Date.parse(created))}</td><td class="short">${archived ? "yes" : "no"}</td></tr>\n`;
}

function welcome(world: World): Html {
  return html`<p>This server plays the part of Metered for your code. Once a room is created, it is listed here.</p>
${ways(world)}`;
}

function firstSteps(world: World): Html {
  return html`<details><summary>How to create rooms with curl or Pulumi</summary>\n${ways(world)}\n</details>`;
}

function ways(world: World): Html {
  const { origin: url, app, secretKey } = world;
  const key = isPublicKey(secretKey) ? secretKey : "YOUR-KEY";
  return html`<h2>With a REST call</h2>
<pre>curl '${url}/api/v1/room?secretKey=${key}' -H 'content-type: application/json' -d '{ "roomName": "stand-up", "privacy": "private" }'</pre>
<h2>With Pulumi</h2>
<p>Point a stack that uses <code>pulumi-metered</code> at this server, then run <code>pulumi up</code>:</p>
<pre>${stackCommands({ url, app, secretKey }).join("\n")}</pre>`;
}

const newRoom = (heading: string) => html`<h2>${heading}</h2>
<p>As a colleague would in Metered's dashboard, behind your program's back.</p>
<form method="post" action="${pagesPrefix}/rooms">
<div class="line">
<label>Kind <select name="kind"><option>meeting</option><option>live</option></select></label>
<label>Name <input name="roomName" placeholder="chosen at random" autocomplete="off" spellcheck="false"></label>
<label>Privacy of a meeting room <select name="privacy"><option>public</option><option>private</option></select></label>
<button class="main">Create</button>
</div>
</form>`;
