import { controlPrefix } from "../control/routes";
import { switches, switchNames } from "../switches/table";
import type { World } from "../world";
import { html, page } from "./html";

/** The page at the control prefix: every switch, its position and its other values. */
export function switchesPage({ board }: World): string {
  const rows = switchNames.map((name) => {
    const others = switches[name].values.filter((value) => value !== board.current[name]).join(" | ");
    return html`<tr><th>${name}</th><td>${board.current[name]}</td><td class="quiet">${others}</td><td>${switches[name].doc}</td></tr>\n`;
  });
  return page(
    "Switches",
    html`<h1>Switches</h1>
<p>What Metered's documentation leaves open. Change one with
<code>curl -X PUT ${controlPrefix}/switches -d '{ "put": "replace" }'</code> on this server's address.</p>
<table>
<tr><th>Switch</th><th>Now</th><th>Or</th><th>Stands for</th></tr>
${rows}</table>
<p><a href="/">All rooms</a></p>`,
  );
}
