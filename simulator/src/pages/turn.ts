import type { StoredCredential, StoredProject } from "../turn/types";
import { inGB, ofMonth, totalOf } from "../turn/usage";
import type { World } from "../world";
import { type Html, html, instant, nothing } from "./html";
import { page } from "./layout";

const shown = 200;

/** The page of TURN credentials, of the app and of its projects, newest first. */
export function credentialsPage(world: World): string {
  const body = credentialTable(world.turn.credentials.slice(-shown).toReversed(), world);
  return page(world, { title: "TURN credentials", section: "credentials", body });
}

/** The page of TURN projects, newest first. */
export function projectsPage(world: World): string {
  const body = projectTable(world.turn.projects.slice(-shown).toReversed(), world);
  return page(world, { title: "TURN projects", section: "projects", body });
}

function credentialTable(credentials: readonly StoredCredential[], world: World): Html {
  if (credentials.length === 0) {
    return html`<p>No credentials yet. <code>POST /api/v1/turn/credential</code> creates one.</p>`;
  }
  return html`<table class="whole">
<thead><tr><th scope="col">Username</th><th scope="col">Label</th><th scope="col" class="optional">Project</th><th scope="col">Expires (UTC)</th><th scope="col" class="short">State</th></tr></thead>
<tbody>
${credentials.map((credential) => credentialRow(credential, world))}</tbody>
</table>`;
}

function credentialRow(credential: StoredCredential, { turn }: World): Html {
  const { username, password, apiKey, label = "–", project, created, expiryInSeconds } = credential;
  const expires = expiryInSeconds === undefined ? "never" : instant(created + expiryInSeconds * 1000);
  const projectName = project === undefined ? "–" : (turn.findProject(project)?.projectName ?? project);
  const state = turn.isExpired(credential) ? "expired" : credential.disabled ? "disabled" : "active";
  return html`<tr class="${state === "active" ? "" : "quiet"}"><td><code>${username}</code>
<details><summary>Show password and apiKey</summary><pre>password ${password}
apiKey   ${apiKey}</pre></details></td>
<td class="anywhere"><bdi>${label}</bdi></td><td class="optional anywhere"><bdi>${projectName}</bdi></td><td>${expires}</td><td class="short"><span class="tag ${state === "active" ? "good" : ""}">${state}</span></td></tr>\n`;
}

function projectTable(projects: readonly StoredProject[], world: World): Html {
  if (projects.length === 0) {
    return html`<p>No projects yet. <code>POST /api/v2/turn/project</code> creates one.</p>`;
  }
  return html`<table class="whole">
<thead><tr><th scope="col">Project</th><th scope="col">Quota</th><th scope="col">Used this month</th><th scope="col" class="optional">When exceeded</th></tr></thead>
<tbody>
${projects.map((project) => projectRow(project, world))}</tbody>
</table>`;
}

function projectRow(project: StoredProject, { turn }: World): Html {
  const { _id, apiKey, projectName, quotaInBytes, quotaExceededAction } = project;
  const used = totalOf(ofMonth(turn.usage, turn.today()).filter((entry) => entry.project === _id));
  const quota = quotaInBytes === 0 ? nothing : html`${inGB(quotaInBytes)} GB`;
  return html`<tr><td class="anywhere"><strong><bdi>${projectName}</bdi></strong><br><code class="quiet">${_id}</code>
<details><summary>Show the apiKey</summary><pre>${apiKey}</pre></details></td>
<td>${quotaInBytes === 0 ? "none" : quota}</td><td>${inGB(used)} GB</td><td class="optional">${quotaExceededAction}</td></tr>\n`;
}
