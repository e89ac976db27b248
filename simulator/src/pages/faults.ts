import { controlPrefix } from "../control/local";
import { type InjectedFault, isSpent } from "../faults/injector";
import { type FaultName, faults } from "../faults/table";
import { operations, requestKinds } from "../requests";
import type { World } from "../world";
import { type Html, html, nothing, prose } from "./html";
import { copyButton, page } from "./layout";
import { pagesPrefix } from "./paths";

/** The page of the faults: those that wait, and a form that injects one. */
export function faultsPage(world: World): string {
  return page(world, {
    title: "Faults",
    section: "faults",
    body: html`<p>A fault makes the next matching request fail. Use it to see what your code does when the network or Metered fails.</p>
${waiting(world.faults.list)}
<h2>Presets</h2>
<div class="line">${presets.map(preset)}</div>
<h2>Inject a fault</h2>
<form method="post" action="${pagesPrefix}/faults" data-fault>
${conditions}
<fieldset><legend>What happens</legend>
${faultNames.map(choice)}</fieldset>
<p class="sticky"><button class="main">Inject</button></p>
</form>
<h2>The same with curl</h2>
<div class="sample"><pre data-curl="${world.origin}${controlPrefix}/faults">curl ${world.origin}${controlPrefix}/faults -d '{ "fault": "cutBefore" }'</pre>${copyButton()}</div>`,
  });
}

/** What a form says about a fault: empty inputs say nothing, and only the chosen fault's own inputs count. */
export function faultFrom(form: URLSearchParams): Record<string, unknown> {
  const fault = form.get("fault") ?? "";
  const given: Record<string, unknown> = { fault };
  for (const [name, text] of form) {
    const [owner, own] = name.split(".", 2);
    const property = own === undefined ? name : owner === fault ? own : undefined;
    if (property !== undefined && property !== "fault" && text !== "") given[property] = typed(property, text);
  }
  return given;
}

// What is a text by its meaning stays one, even if it looks like a number: a room may be called 404.
function typed(property: string, text: string): unknown {
  if (property === "afterCommit") return text === "yes";
  if (property === "body") return jsonOr(text);
  const isCount = ["skip", "times", "ms", "status", "retryAfter", "bytes"].includes(property);
  return isCount && /^\d+$/.test(text) ? Number(text) : text;
}

function jsonOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** What people try first. */
const presets: readonly { readonly label: string; readonly fault: Readonly<Record<string, string>> }[] = [
  {
    label: "429 for the next 3 requests",
    fault: { fault: "status", "status.status": "429", "status.retryAfter": "1", times: "3" },
  },
  { label: "Drop the connection after a create", fault: { fault: "cutAfterCommit", operation: "create" } },
  { label: "503 for the next request", fault: { fault: "status", "status.status": "503" } },
  { label: "Never respond to the next request", fault: { fault: "hang" } },
  { label: "Delay every request by a second", fault: { fault: "delay", "delay.ms": "1000", times: "always" } },
];

function preset({ label, fault }: (typeof presets)[number]): Html {
  const inputs = Object.entries(fault).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  );
  return html`<form method="post" action="${pagesPrefix}/faults/preset">${inputs}<button>${label}</button></form>\n`;
}

const faultNames = Object.keys(faults) as FaultName[];

/** The inputs of a fault and what they hold at first. */
const parameters: Partial<Record<FaultName, Readonly<Record<string, string>>>> = {
  delay: { ms: "1000" },
  status: { status: "503", retryAfter: "", body: "" },
  html: { status: "" },
  emptyBody: { status: "" },
  enormousJson: { bytes: "" },
  redirect: { location: "/", status: "" },
};

function choice(name: FaultName, position: number): Html {
  const checked = position === 0 ? html` checked` : nothing;
  const inputs = Object.entries(parameters[name] ?? {}).map(
    ([parameter, value]) =>
      html`<label><code>${parameter}</code> <input name="${name}.${parameter}" value="${value}" autocomplete="off"></label>\n`,
  );
  return html`<div class="fault"><label><input type="radio" name="fault" value="${name}"${checked}> <code>${name}</code></label>
<div>${prose(faults[name].doc)}${inputs.length > 0 ? html`<div class="line">${inputs}</div>` : nothing}</div></div>\n`;
}

const select = (name: string, label: string, ...values: string[]) =>
  html`<div><label for="${name}">${label}</label><select id="${name}" name="${name}">${values.map((value) => html`<option value="${value}">${value === "" ? "any" : value}</option>`)}</select></div>\n`;

const input = (name: string, label: string, value: string) =>
  html`<div><label for="${name}">${label}</label><input id="${name}" name="${name}" placeholder="${value}" autocomplete="off" spellcheck="false"></div>\n`;

const conditions = html`<fieldset><legend>Which requests</legend>
<div class="fields">
${select("operation", "Operation", "", ...operations)}${select("kind", "Kind", "", ...requestKinds)}${input("roomName", "Room name", "any")}${input("path", "Path (regular expression)", "any")}${input("skip", "Skip first N matches", "0")}${input("times", "Fire N times (a number, or always)", "1")}<div><label for="afterCommit">Carry out the request first (afterCommit)</label><select id="afterCommit" name="afterCommit"><option value="">default for this fault</option><option>yes</option><option>no</option></select></div>
</div>
</fieldset>`;

const conditionNames = ["method", "path", "kind", "operation", "roomName", "skip"];

function waiting(list: readonly InjectedFault[]): Html {
  if (list.length === 0) return html`<p class="quiet">No fault is waiting.</p>`;
  return html`<table>
<thead><tr><th scope="col">Fault</th><th scope="col">Matches</th><th scope="col">Fired</th><th scope="col" class="short">Remove</th></tr></thead>
<tbody>
${list.map(row)}</tbody>
</table>
<form class="line" method="post" action="${pagesPrefix}/faults/clear"><button>Remove all faults</button></form>`;
}

function row(injected: InjectedFault): Html {
  const { fault, id, matched: _, fired, times = 1, ...rest } = injected;
  const given = Object.entries(rest).filter(([, value]) => value !== undefined);
  const isCondition = ([name]: readonly [string, unknown]) => conditionNames.some((condition) => condition === name);
  const textOf = ([name, value]: [string, unknown]) => html`${name} <b>${JSON.stringify(value)}</b><br>`;
  const details = given.filter((entry) => !isCondition(entry)).map(textOf);
  const matches = given.filter(isCondition).map(textOf);
  const count = times === "always" ? `${fired} so far` : `${fired} of ${times}`;
  return html`<tr class="${isSpent(injected) ? "quiet" : ""}"><td><code>${fault}</code><br>${details}</td><td>${matches.length > 0 ? matches : "any request"}</td><td>${count}</td><td class="short"><form method="post" action="${pagesPrefix}/faults/remove"><button name="id" value="${id}" aria-label="Remove ${fault}">Remove</button></form></td></tr>\n`;
}
