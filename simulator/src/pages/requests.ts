import type { LoggedRequest } from "../requests";
import { masked } from "../secrets";
import type { World } from "../world";
import { type Html, html, instant, nothing } from "./html";
import { page } from "./layout";
import { pagesPrefix, paths } from "./paths";

const perPage = 100;

/** The page of the API requests so far, newest first. */
export function requestsPage(world: World, query: URLSearchParams): string {
  const view = viewOf(world, query);
  const found = world.requests.entries.filter((entry) => fits(entry, view)).reverse();
  const shown = found.slice(view.skip, view.skip + perPage);
  const follow = view.follow ? { refresh: 2 } : {};
  const isEmpty = world.requests.entries.length === 0;
  const body = isEmpty
    ? html`<p>No request has come yet. What your program asks for is listed here.</p>`
    : html`${filter(view)}
${shown.length > 0 ? table(shown) : html`<p>No request fits.</p>`}
${turning(view, found.length)}
<form method="post" action="${pagesPrefix}/requests/clear"><button>Forget all requests</button></form>`;
  return page(world, { title: "Requests", section: "requests", body, ...follow });
}

/** Where the requests about one name are. */
export function pathAbout(roomName: string): string {
  return `${paths.requests}?${String(new URLSearchParams({ room: roomName }))}`;
}

interface View {
  readonly room: string;
  readonly failed: boolean;
  readonly follow: boolean;
  readonly skip: number;
}

// The log holds names without the key: so must be what is looked for.
function viewOf({ requests }: World, query: URLSearchParams): View {
  const skip = Number(query.get("skip") ?? 0);
  return {
    room: requests.redactText(query.get("room") ?? ""),
    failed: query.has("failed"),
    follow: query.has("follow"),
    skip: Number.isSafeInteger(skip) && skip > 0 ? skip : 0,
  };
}

function fits({ roomName, status, fault }: LoggedRequest, { room, failed }: View): boolean {
  const isFailure = status === undefined || status >= 400 || fault !== undefined;
  return (room === "" || room === roomName) && (!failed || isFailure);
}

function filter({ room, failed, follow }: View): Html {
  const box = (name: string, label: string, checked: boolean) =>
    html`<label><input type="checkbox" name="${name}"${checked ? html` checked` : nothing}> ${label}</label>\n`;
  return html`<form class="line" action="${paths.requests}">
<label>Room <input name="room" value="${room}" placeholder="any" autocomplete="off" spellcheck="false"></label>
${box("failed", "only failures", failed)}${box("follow", "refresh every 2 seconds", follow)}<button>Show</button>
</form>`;
}

function turning(view: View, total: number): Html {
  const link = (skip: number, label: string) => {
    const query = new URLSearchParams({ ...(view.room === "" ? {} : { room: view.room }), skip: String(skip) });
    if (view.failed) query.set("failed", "on");
    return html`<a href="${paths.requests}?${String(query)}">${label}</a>\n`;
  };
  const newer = view.skip > 0 ? link(Math.max(0, view.skip - perPage), "Newer") : nothing;
  const older = view.skip + perPage < total ? link(view.skip + perPage, "Older") : nothing;
  return html`<p class="line">${newer}${older}</p>`;
}

function table(entries: LoggedRequest[]): Html {
  return html`<table class="log">
<thead><tr><th scope="col">Time (UTC)</th><th scope="col">Request</th><th scope="col" class="optional">Room</th><th scope="col">Answer</th></tr></thead>
<tbody>
${entries.map(row)}</tbody>
</table>`;
}

function row({ at, method, path, kind, operation, roomName, body, status, fault }: LoggedRequest): Html {
  const [day = "", time = day] = instant(at, "milliseconds").split(" ");
  const [seconds = "", fraction = ""] = time.split(/(?=\.)/);
  const what = kind === undefined ? "not a part of the API" : `${operation} · ${kind}`;
  const strike = fault === undefined ? nothing : html`<br><span class="tag">${fault}</span>`;
  return html`<tr><td class="short"><time title="${day} ${time}">${seconds}<span class="optional">${fraction}</span></time></td>
<td><code><strong>${method}</strong> ${path}</code> <span class="quiet">${what}</span>${sent(body)}</td>
<td class="optional">${roomName === undefined ? nothing : roomLink(roomName)}</td><td class="short">${answer(status)}${strike}</td></tr>\n`;
}

function roomLink(name: string): Html {
  return html`<a href="${pathAbout(name)}"><bdi>${name}</bdi></a>`;
}

function answer(status: number | undefined): Html {
  if (status === undefined) return html`<span class="bad">none</span>`;
  return html`<span class="${status >= 400 ? "bad" : "good"}">${status}</span>`;
}

function sent(body: unknown): Html {
  if (body === undefined) return nothing;
  const json = masked(body);
  return html`<details class="sent"><summary><code>${JSON.stringify(json)}</code></summary><pre>${JSON.stringify(json, undefined, 2)}</pre></details>`;
}
