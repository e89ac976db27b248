import { isPublicKey } from "../defaults";
import { isSpent } from "../faults/injector";
import type { World } from "../world";
import { type Html, html, nothing } from "./html";
import { paths } from "./paths";

export type Section = "rooms" | "tokens" | "credentials" | "projects" | "requests" | "faults" | "switches";

interface Page {
  readonly title: string;
  /** The entry of the navigation that it belongs to. */
  readonly section: Section;
  readonly body: Html;
  /** Loads itself again after so many seconds, where no script follows. */
  readonly refresh?: number;
}

/** A whole page: what all of them have in common, around the body. */
export function page(world: World, { title, section, body, refresh }: Page): string {
  const reload =
    refresh === undefined ? nothing : html`<noscript><meta http-equiv="refresh" content="${refresh}"></noscript>\n`;
  return html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${reload}<title>${title} · Metered simulator</title>
<link rel="stylesheet" href="${paths.style}">
<link rel="icon" href="${paths.icon}" type="image/svg+xml">
<script src="${paths.script}" defer></script>
</head>
<body>
<header>
<div class="bar"><strong>Metered simulator</strong>${account(world)}</div>
<nav aria-label="Pages" data-part="nav">${navigation(world, section)}</nav>
</header>
<main>
<h1><bdi>${title}</bdi></h1>
${body}
</main>
</body>
</html>
`.text;
}

/** The answer to a form or a link that makes no sense. */
export function problemPage(world: World, title: string, sentence: string, section: Section = "rooms"): string {
  const back = html`<p><a href="${paths[section]}">Back to the ${section} page</a></p>`;
  return page(world, { title, section, body: html`<p>${sentence}</p>\n${back}` });
}

/** A button that copies a text, or what stands next to it. */
export function copyButton(text = ""): Html {
  return html`<button type="button" class="copy" data-copy="${text}">Copy</button>`;
}

// A key that somebody chose is theirs: it is not shown.
function account({ origin, app, secretKey }: World): Html {
  const key = isPublicKey(secretKey) ? html`<code>${secretKey}</code>${copyButton(secretKey)}` : html`the one you set`;
  return html`<dl class="account">
<div><dt>Endpoint</dt><dd><code>${origin}</code>${copyButton(origin)}</dd></div>
<div><dt>App</dt><dd><code>${app}</code>${copyButton(app)}</dd></div>
<div><dt>Key</dt><dd>${key}</dd></div>
</dl>`;
}

function navigation({ store, tokens, turn, requests, faults, board }: World, here: Section): Html[] {
  const waiting = faults.list.filter((fault) => !isSpent(fault)).length;
  const entries: [Section, string, number][] = [
    ["rooms", "Rooms", store.all.length],
    ["tokens", "Tokens", tokens.issued.length],
    ["credentials", "Credentials", turn.credentials.length],
    ["projects", "Projects", turn.projects.length],
    ["requests", "Requests", requests.entries.length],
    ["faults", "Faults", waiting],
    ["switches", "Switches", board.changed.length],
  ];
  return entries.map(([section, label, count]) => {
    const badge = count > 0 ? html` <span class="badge">${count}</span>` : nothing;
    const current = section === here ? html` aria-current="true"` : nothing;
    return html`<a href="${paths[section]}"${current}>${label}${badge}</a>\n`;
  });
}
