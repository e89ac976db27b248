/** What pages do beyond HTML. Without it everything works, with a button or a reload more. */
export const script = `
const $ = (selector, root = document) => [...root.querySelectorAll(selector)];

// On a narrow screen the navigation scrolls: the current page's entry must be in sight.
document.querySelector("nav [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });

document.addEventListener("click", async ({ target }) => {
  const button = target.closest("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(button.dataset.copy || button.parentElement.querySelector("pre, code").textContent);
  button.textContent = "Copied";
  setTimeout(() => (button.textContent = "Copy"), 1500);
});

// A filter of a list that is all there: rows and headings without rows disappear.
document.addEventListener("input", ({ target }) => {
  if (!target.matches("[data-filters]")) return;
  const words = target.value.toLowerCase().split(/\\s+/).filter(Boolean);
  for (const group of $(target.dataset.filters)) {
    const rows = $("[data-row]", group);
    for (const row of rows) row.hidden = !words.every((word) => row.textContent.toLowerCase().includes(word));
    group.hidden = rows.every((row) => row.hidden);
  }
});

// A form that asks the server: it is sent as soon as something changes, and the page follows.
const asking = document.querySelector("form[data-live]");
const addressOf = (form) => form.action + "?" + new URLSearchParams(new FormData(form));
let newest = 0;
const show = async (address) => {
  const mine = ++newest;
  const answer = await fetch(address);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  // A slower answer to an earlier question must not win.
  if (mine !== newest) return;
  for (const part of $("[data-part]")) {
    const next = page.querySelector('[data-part="' + part.dataset.part + '"]');
    if (!next || next.innerHTML === part.innerHTML) continue;
    const open = new Set($("details[open]", part).map(({ dataset }) => dataset.id));
    part.innerHTML = next.innerHTML;
    for (const details of $("details", part)) details.open = open.has(details.dataset.id);
  }
};
if (asking) {
  for (const button of $("button", asking)) button.hidden = true;
  const changed = () => {
    history.replaceState(null, "", addressOf(asking));
    void show(addressOf(asking));
  };
  asking.addEventListener("input", changed);
  asking.addEventListener("submit", (event) => { event.preventDefault(); changed(); });
  setInterval(() => {
    const follow = asking.elements.namedItem("follow");
    if (follow?.checked && !document.hidden && !getSelection().toString()) void show(addressOf(asking));
  }, 1000);
}

// The fault of a form as a command.
const faultForm = document.querySelector("form[data-fault]");
if (faultForm) {
  const jsonOr = (text) => { try { return JSON.parse(text); } catch { return text; } };
  const preview = document.querySelector("[data-curl]");
  const render = () => {
    const given = {};
    const chosen = faultForm.elements.fault.value;
    for (const [name, text] of new FormData(faultForm)) {
      const [owner, own] = name.split(".");
      if (text === "" || (own && owner !== chosen)) continue;
      const key = own ?? name;
      const isCount = ["skip", "times", "ms", "status", "retryAfter", "bytes"].includes(key) && /^\\d+$/.test(text);
      given[key] = key === "afterCommit" ? text === "yes" : key === "body" ? jsonOr(text) : isCount ? Number(text) : text;
    }
    preview.textContent = "curl " + preview.dataset.curl + " -d '" + JSON.stringify(given).replaceAll("'", "'\\\\''") + "'";
  };
  faultForm.addEventListener("input", render);
  render();
}
`;
