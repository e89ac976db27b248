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
  const found = world.requests.entries.filter((entry) => matches(entry, view)).reverse();
  const shown = found.slice(view.skip, view.skip + perPage);
  const isEmpty = world.requests.entries.length === 0;
  const nothingYet = html`<p>No requests yet. What your program sends is listed here.</p>`;
  const list = shown.length > 0 ? table(shown) : isEmpty ? nothingYet : html`<p>No request matches.</p>`;
  const body = html`${filter(view)}
<div data-part="log">
${list}
${turning(view, found.length)}
</div>
<form method="post" action="${pagesPrefix}/requests/clear"><button>Clear the log</button></form>`;
  return page(world, { title: "Requests", section: "requests", body, ...(view.follow ? { refresh: 2 } : {}) });
}

/** Where the requests about one name are. */
export function pathAbout(roomName: string): string {
  return `${paths.requests}?${String(new URLSearchParams({ room: roomName }))}`;
}

interface View {
  readonly room: string;
  /** Words of which each must stand in the method, the path, the room, what it is, or the response. */
  readonly find: string;
  readonly failed: boolean;
  readonly follow: boolean;
  readonly skip: number;
}

// The log holds names without the key: so must be what is looked for. A plain visit follows.
function viewOf({ requests }: World, query: URLSearchParams): View {
  const skip = Number(query.get("skip") ?? 0);
  return {
    room: requests.redactText(query.get("room") ?? ""),
    find: requests.redactText(query.get("find") ?? ""),
    failed: query.has("failed"),
    follow: query.size === 0 || query.has("follow"),
    skip: Number.isSafeInteger(skip) && skip > 0 ? skip : 0,
  };
}

function matches(entry: LoggedRequest, { room, find, failed }: View): boolean {
  const { method, path, kind, operation, roomName, status, fault } = entry;
  const isFailure = status === undefined || status >= 400 || fault !== undefined;
  if ((room !== "" && room !== roomName) || (failed && !isFailure)) return false;
  const text = [method, path, operation, kind, roomName, status, fault].join(" ").toLowerCase();
  return find
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function filter({ room, find, failed, follow }: View): Html {
  const box = (name: string, label: string, checked: boolean) =>
    html`<label><input type="checkbox" name="${name}"${checked ? html` checked` : nothing}> ${label}</label>\n`;
  return html`<form class="line" action="${paths.requests}" data-live>
<label>Room <input name="room" value="${room}" placeholder="any" autocomplete="off" spellcheck="false"></label>
<label>Find <input type="search" name="find" value="${find}" placeholder="method, path, status" autocomplete="off" spellcheck="false"></label>
${box("failed", "Failures only", failed)}${box("follow", "Follow live", follow)}<button>Show</button>
</form>`;
}

function turning(view: View, total: number): Html {
  const link = (skip: number, label: string) => {
    const query = new URLSearchParams({ skip: String(skip) });
    for (const name of ["room", "find"] as const) if (view[name] !== "") query.set(name, view[name]);
    if (view.failed) query.set("failed", "on");
    return html`<a href="${paths.requests}?${String(query)}">${label}</a>\n`;
  };
  const newer = view.skip > 0 ? link(Math.max(0, view.skip - perPage), "Newer") : nothing;
  const older = view.skip + perPage < total ? link(view.skip + perPage, "Older") : nothing;
  return html`<p class="line">${newer}${older}</p>`;
}

function table(entries: LoggedRequest[]): Html {
  return html`<table class="log">
<thead><tr><th scope="col">Time (UTC)</th><th scope="col">Request</th><th scope="col" class="optional">Duration</th><th scope="col">Response</th></tr></thead>
<tbody>
${entries.map(row)}</tbody>
</table>`;
}

function row(entry: LoggedRequest): Html {
  const { at, method, path, kind, operation, roomName, status, fault, attempt, durationMs } = entry;
  const [day = "", time = day] = instant(at, "milliseconds").split(" ");
  const [seconds = "", fraction = ""] = time.split(/(?=\.)/);
  const what = kind === undefined ? "not part of the API" : `${operation} · ${kind}`;
  const again = attempt > 1 ? html` <span class="tag">attempt ${attempt}</span>` : nothing;
  const fired = fault === undefined ? nothing : html`<br><span class="tag">${fault}</span>`;
  const room = roomName === undefined ? nothing : html` · ${roomLink(roomName)}`;
  return html`<tr><td class="short"><time title="${day} ${time}">${seconds}<span class="optional">${fraction}</span></time></td>
<td><code><strong>${method}</strong> ${path}</code> <span class="quiet">${what}${room}</span>${again}${exchange(entry)}</td>
<td class="short optional">${durationMs === undefined ? "–" : `${durationMs} ms`}</td><td class="short">${statusOf(status)}${fired}</td></tr>\n`;
}

function roomLink(name: string): Html {
  return html`<a href="${pathAbout(name)}"><bdi>${name}</bdi></a>`;
}

function statusOf(status: number | undefined): Html {
  if (status === undefined) return html`<span class="bad">none</span>`;
  return html`<span class="${status >= 400 ? "bad" : "good"}">${status}</span>`;
}

/** What was sent and what was answered; of a failure, the answer is what matters. */
function exchange({ at, path, attempt, query, body, status, response }: LoggedRequest): Html {
  if (body === undefined && response === undefined && query === undefined) return nothing;
  const isFailure = status !== undefined && status >= 400;
  const summary = isFailure ? wordsOf(response) : body === undefined ? response : masked(body);
  const part = (title: string, value: unknown) =>
    value === undefined ? nothing : html`<p class="quiet">${title}</p><pre>${textOf(value, 2)}</pre>`;
  return html`<details class="sent" data-id="${at} ${path} ${attempt}"><summary><code>${textOf(summary ?? response ?? query)}</code></summary>${part("Query", query)}${part("Request body", masked(body))}${part("Response", response)}</details>`;
}

/** The message of a failure, or those of the validator. */
function wordsOf(response: unknown): unknown {
  const { message, error } = (response ?? {}) as { message?: unknown; error?: { details?: unknown } | string };
  const details = typeof error === "object" ? error.details : undefined;
  if (Array.isArray(details)) return details.map((detail) => (detail as { message: string }).message).join("; ");
  return message ?? error ?? response;
}

function textOf(value: unknown, indent?: number): string {
  return typeof value === "string" ? value : (JSON.stringify(value, undefined, indent) ?? "");
}
