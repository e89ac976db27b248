import type { Profile, SwitchBoard } from "../switches/board";
import { namedProfiles, profileDocs } from "../switches/profiles";
import { type SwitchName, switches, switchNames } from "../switches/table";
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
    body: html`<p>Each stands for something that Metered's documentation leaves open. They take effect at once, for the next request. The first value is the default.</p>
${profileButtons(board)}
${changes(board)}
<form method="post" action="${pagesPrefix}/switches">
${switchNames.map((name) => switchRow(name, board))}</form>`,
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
  if (changed.length === 0) return html`<p>Every switch is where the profile <b>${profile.name}</b> has it.</p>`;
  const links = changed.map((name, i) => html`${i > 0 ? ", " : ""}<a href="#${name}">${name}</a>`);
  return html`<p>Changed since the profile <b>${profile.name}</b> was chosen: ${links}. Choose it again to undo.</p>`;
}

function switchRow(name: SwitchName, board: SwitchBoard): Html {
  const { doc, values } = switches[name];
  const tag = board.changed.includes(name) ? html` <span class="tag">changed</span>` : nothing;
  const buttons = values.map((value) => button(name, value, value === board.current[name]));
  return html`<div class="switch" id="${name}">
<div><h2><code>${name}</code>${tag}</h2><p>${prose(doc)}</p></div>
<div class="choices" role="group" aria-label="${name}">${buttons}</div>
</div>
`;
}

function button(name: string, value: string | number, pressed: boolean): Html {
  return html`<button name="${name}" value="${value}" aria-pressed="${pressed}">${value}</button>\n`;
}
