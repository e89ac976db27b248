import type { Profile, SwitchBoard } from "../switches/board";
import { namedProfiles, profileDocs } from "../switches/profiles";
import { type SwitchGroup, type SwitchName, switches, switchGroups, switchNames } from "../switches/table";
import type { World } from "../world";
import { type Html, html, nothing, prose } from "./html";
import { page } from "./layout";
import { pagesPrefix } from "./paths";

/** The page of the switches: each is a row of buttons, the pressed one its position. */
export function switchesPage(world: World): string {
  const { board } = world;
  return page(world, {
    title: "Switches",
    section: "switches",
    body: html`<p>Each switch decides something that Metered's documentation leaves open, and takes effect with the next request. The first value is the default.</p>
${profileButtons(board)}
${changes(board)}
<p class="line script"><label>Find <input type="search" data-filters=".group" placeholder="name, value or text" autocomplete="off" spellcheck="false"></label></p>
<form method="post" action="${pagesPrefix}/switches">
${switchGroups.map((group) => groupOf(group, board))}</form>`,
  });
}

/** The profiles that can be turned to: the named ones, and the file that the server was started with. */
export function profilesOf({ startProfile }: SwitchBoard): readonly Profile[] {
  const isNamed = namedProfiles.some(({ name }) => name === startProfile.name);
  return isNamed ? namedProfiles : [...namedProfiles, startProfile];
}

function profileButtons(board: SwitchBoard): Html {
  const rows = profilesOf(board).map(({ name }) => {
    const doc = Object.entries(profileDocs).find(([known]) => known === name)?.[1] ?? "From a file.";
    return html`<div class="fault"><div>${button("profile", name, name === board.profile.name)}</div><span>${doc}</span></div>\n`;
  });
  return html`<form method="post" action="${pagesPrefix}/profile">
<fieldset><legend>Profile</legend>
${rows}</fieldset>
</form>`;
}

function changes({ changed, profile }: SwitchBoard): Html {
  if (changed.length === 0) return html`<p>Every switch has the value of the profile <b>${profile.name}</b>.</p>`;
  const links = changed.map((name, i) => html`${i > 0 ? ", " : ""}<a href="#${name}">${name}</a>`);
  return html`<p>Changed since you chose the profile <b>${profile.name}</b>: ${links}. Choose it again to undo.</p>`;
}

function groupOf(group: SwitchGroup, board: SwitchBoard): Html {
  const rows = switchNames.filter((name) => switches[name].group === group).map((name) => switchRow(name, board));
  return html`<section class="group">\n<h2>${group}</h2>\n${rows}</section>\n`;
}

function switchRow(name: SwitchName, board: SwitchBoard): Html {
  const { doc, values } = switches[name];
  const tag = board.changed.includes(name) ? html` <span class="tag">changed</span>` : nothing;
  const buttons = values.map((value) => button(name, value, value === board.current[name]));
  return html`<div class="switch" id="${name}" data-row>
<div><h3><code>${name}</code>${tag}</h3><p>${prose(doc)}</p></div>
<div class="choices" role="group" aria-label="${name}">${buttons}</div>
</div>
`;
}

function button(name: string, value: string | number, pressed: boolean): Html {
  return html`<button name="${name}" value="${value}" aria-pressed="${pressed}">${value}</button>\n`;
}
