/** The style of all pages; it follows the reader's choice of light or dark. */
export const style = `
:root {
  color-scheme: light dark;
  --paper: light-dark(#fff, #15181e);
  --panel: light-dark(#f4f6f9, #1e232b);
  --ink: light-dark(#1b2230, #e4e8ef);
  --quiet: light-dark(#5a6475, #9ba6b6);
  --line: light-dark(#d5dae2, #363d49);
  --accent: light-dark(#1a5fb4, #85b7ff);
  --on-accent: light-dark(#fff, #10141b);
  --good: light-dark(#1b7a3d, #74d195);
  --bad: light-dark(#b3261e, #ff938a);
  --mono: ui-monospace, "SFMono-Regular", Menlo, Consolas, "DejaVu Sans Mono", monospace;
  font: 16px/1.5 system-ui, sans-serif;
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); }
[hidden] { display: none !important; }
header, main { width: calc(100% - 2.5rem); max-width: 62rem; margin: 0 auto; }
header { padding-top: 1rem; border-bottom: 1px solid var(--line); }
.bar { display: flex; flex-wrap: wrap; align-items: baseline; justify-content: space-between; gap: .25rem 2rem; }
.account { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: 0; font-size: .85rem; }
.account div { display: flex; align-items: baseline; gap: .4rem; }
.account dt { color: var(--quiet); }
.account dd { display: flex; align-items: baseline; gap: .3rem; margin: 0; }
.copy { min-height: 0; padding: 0 .45rem; font-size: .75rem; }
.sample { position: relative; }
.sample pre { padding-right: 4.5rem; }
.sample .copy { position: absolute; top: .6rem; right: .6rem; }
.sticky { position: sticky; bottom: 0; max-width: none; margin: 0; padding: .75rem 0; background: var(--paper); }
.card { margin: 1rem 0; padding: .25rem 1rem .5rem; border: 1px solid var(--line); border-radius: .4rem; }
.card p { margin: .5rem 0; }
.card details { margin: .5rem 0; }
@media (scripting: none) { .copy, .script { display: none; } }
main { padding-bottom: 4rem; }
nav { display: flex; gap: 0 1.25rem; margin-top: .5rem; overflow-x: auto; white-space: nowrap; }
nav a { padding: .25rem 0 .5rem; border-bottom: 3px solid transparent; text-decoration: none; }
nav a:hover, nav a[aria-current] { border-color: currentColor; }
nav a[aria-current] { font-weight: 600; }
h1 { margin: 1.5rem 0 .5rem; font-size: 1.6rem; line-height: 1.25; overflow-wrap: anywhere; }
h2 { margin: 2rem 0 .5rem; font-size: 1.15rem; }
p { max-width: 46rem; overflow-wrap: anywhere; text-wrap: pretty; }
a { color: var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
:target { background: var(--panel); scroll-margin-top: 1rem; box-shadow: 0 0 0 .5rem var(--panel); }
.quiet { color: var(--quiet); }
.good { color: var(--good); }
.bad { color: var(--bad); }
.badge, .tag { padding: 0 .5em; border: 1px solid var(--line); border-radius: 1em; background: var(--panel); color: var(--quiet); font-size: .8em; font-weight: 400; white-space: nowrap; }
code, pre { font: .875em/1.5 var(--mono); overflow-wrap: anywhere; }
pre { margin: .5rem 0; padding: .75rem 1rem; border-radius: .4rem; background: var(--panel); white-space: pre-wrap; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: .4rem 1rem .4rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th { font-weight: 600; overflow-wrap: normal; }
.whole td { overflow-wrap: break-word; }
.whole td.anywhere { overflow-wrap: anywhere; }
thead th { color: var(--quiet); font-size: .85em; }
td:last-child, th:last-child { padding-right: 0; }
.settings { margin: 1rem 0; table-layout: fixed; }
.settings th { width: 15rem; font-weight: 400; color: var(--quiet); }
.short { width: 1%; white-space: nowrap; }
button, input, select, textarea { min-height: 2.25rem; padding: .3rem .7rem; border: 1px solid var(--line); border-radius: .4rem; background: var(--paper); color: inherit; font: inherit; }
button { background: var(--panel); cursor: pointer; }
button:hover { border-color: var(--accent); }
button.main, button[aria-pressed="true"] { border-color: var(--accent); background: var(--accent); color: var(--on-accent); }
input[type="checkbox"], input[type="radio"] { min-height: 0; accent-color: var(--accent); }
textarea { display: block; field-sizing: content; max-height: 20rem; }
::placeholder { color: var(--quiet); opacity: 1; }
fieldset { min-width: 0; margin: 1rem 0; padding: .5rem 1rem 1rem; border: 1px solid var(--line); border-radius: .4rem; }
legend { padding: 0 .4rem; font-weight: 600; }
details { margin: 1rem 0; }
summary { cursor: pointer; }
.line { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem 1rem; margin: 1rem 0; }
.line form { margin: 0; }
.choices { display: flex; flex-wrap: wrap; gap: .4rem; }
.fields { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(17rem, 100%), 1fr)); gap: .75rem 1.25rem; margin: 1rem 0; }
.fields label { display: block; color: var(--quiet); font-size: .875em; overflow-wrap: anywhere; }
.fields input:not([type="checkbox"]), .fields select, .fields textarea { width: 100%; font-size: 1rem; color: var(--ink); }
.switch { display: grid; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); gap: .5rem 2rem; align-items: start; padding: .9rem 0; border-bottom: 1px solid var(--line); }
.switch h3, .switch p { margin: 0; font-size: 1rem; }
.fault { display: grid; grid-template-columns: 9.5rem minmax(0, 1fr); gap: 0 1rem; padding: .4rem 0; border-bottom: 1px solid var(--line); align-items: baseline; }
.fault:last-child { border-bottom: 0; }
.fault .line { margin: .3rem 0; }
.fault input:not([type="radio"]) { width: 8rem; }
.log { table-layout: fixed; }
.log th { width: 8.5rem; }
.log th:nth-child(2) { width: auto; }
.log .tag { white-space: normal; overflow-wrap: anywhere; }
.sent { margin: .2rem 0; }
.sent summary { overflow: hidden; color: var(--quiet); text-overflow: ellipsis; white-space: nowrap; }
.sent summary::before { content: "▸ "; }
.sent[open] summary::before { content: "▾ "; }
.sent summary { list-style: none; }
@media (max-width: 40rem) {
  nav { gap: 0 .9rem; font-size: .9rem; }
  .bar { display: block; }
  .account { margin: .25rem 0; gap: .1rem 1rem; }
  th, td { padding-right: .6rem; }
  .switch, .fault { grid-template-columns: minmax(0, 1fr); gap: .4rem; }
  .short { white-space: normal; overflow-wrap: normal; }
  .settings th { width: 40%; }
  .log th { width: 5.2rem; }
  .log .short { font-size: .9rem; }
  .optional { display: none; }
}
`;

export const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="3" fill="#1a5fb4"/><path fill="#fff" d="M3 5h7v6H3zm8 2 3-2v6l-3-2z"/></svg>`;
