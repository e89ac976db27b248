import { isPublicKey, stackCommands } from "../defaults";
import type { StoredRoom } from "../rooms/types";
import type { World } from "../world";
import { type Html, html, instant, nothing } from "./html";
import { copyButton, page } from "./layout";
import { pagesPrefix, pathOf } from "./paths";

type Room = Readonly<StoredRoom>;

/** The page at `/`: all rooms, newest first. */
export function roomsPage(world: World, query: URLSearchParams): string {
  const rooms = world.store.all;
  const body =
    rooms.length > 0
      ? html`${listed(rooms, query)}\n${newRoom}\n${firstSteps(world)}`
      : html`${welcome(world)}\n${newRoom}`;
  return page(world, {
    title: rooms.length > 0 ? "Rooms" : "No rooms yet",
    section: "rooms",
    body: html`${body}
<p class="quiet">A mock server for Metered's REST API. Its rooms have no audio or video.</p>`,
  });
}

const perPage = 100;

/** The rooms whose names contain what is looked for, newest first, one page of them. */
function listed(rooms: readonly Room[], query: URLSearchParams): Html {
  const name = query.get("name") ?? "";
  const start = Number(query.get("skip") ?? 0);
  const skip = Number.isSafeInteger(start) && start > 0 ? start : 0;
  const found = rooms.filter(({ roomName }) => roomName.toLowerCase().includes(name.toLowerCase()));
  const shown = found.slice(Math.max(0, found.length - skip - perPage), Math.max(0, found.length - skip));
  const link = (to: number, label: string) =>
    html`<a href="/?${String(new URLSearchParams({ ...(name === "" ? {} : { name }), skip: String(to) }))}">${label}</a>\n`;
  const search = html`<form class="line" action="/" data-live><label>Name <input name="name" value="${name}" placeholder="contains" autocomplete="off" spellcheck="false"></label><button>Show</button></form>`;
  return html`${rooms.length > 10 ? search : nothing}
<div data-part="rooms">${shown.length > 0 ? table(shown) : html`<p>No room matches.</p>`}
<p class="line">${skip > 0 ? link(Math.max(0, skip - perPage), "Newer") : nothing}${skip + perPage < found.length ? link(skip + perPage, "Older") : nothing}</p></div>`;
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
  return html`<p>This server stands in for Metered. Rooms appear here once your code creates them.</p>
${ways(world)}`;
}

function firstSteps(world: World): Html {
  return html`<details><summary>How to create rooms with curl or Pulumi</summary>\n${ways(world)}\n</details>`;
}

function ways(world: World): Html {
  const { origin: url, app, secretKey } = world;
  const key = isPublicKey(secretKey) ? secretKey : "YOUR-KEY";
  return html`<h2>With a REST call</h2>
<div class="sample"><pre>curl '${url}/api/v1/room?secretKey=${key}' -H 'content-type: application/json' -d '{ "roomName": "stand-up", "privacy": "private" }'</pre>${copyButton()}</div>
<h2>With Pulumi</h2>
<p>Point a stack that uses <code>pulumi-metered</code> at this server, then run <code>pulumi up</code>:</p>
<div class="sample"><pre>${stackCommands({ url, app, secretKey }).join("\n")}</pre>${copyButton()}</div>`;
}

const newRoom = html`<h2>Create a room</h2>
<p>As a colleague does in Metered's dashboard, without your program.</p>
<form method="post" action="${pagesPrefix}/rooms">
<div class="line">
<label>Kind <select name="kind"><option>meeting</option><option>live</option></select></label>
<label>Name <input name="roomName" placeholder="auto-generated" autocomplete="off" spellcheck="false"></label>
<label>Privacy (meeting rooms) <select name="privacy"><option>public</option><option>private</option></select></label>
<button class="main">Create</button>
</div>
</form>`;
