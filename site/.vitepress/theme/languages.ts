import { onContentUpdated } from "vitepress";
import { onMounted } from "vue";

const KEPT = "pulumi-metered:language";

/** A reader chooses a language once: all tabs of this page show it, and those of the next page as well. */
export function rememberLanguage(): void {
  onMounted(() => document.addEventListener("click", keep));
  onContentUpdated(() => choose(localStorage.getItem(KEPT)));
}

function keep({ target, isTrusted }: MouseEvent): void {
  const label = target instanceof HTMLElement ? target.closest<HTMLElement>(".vp-code-group .tabs label") : null;
  const language = label?.dataset.title;
  if (!label || !language || !isTrusted) return;
  const { top } = label.getBoundingClientRect();
  localStorage.setItem(KEPT, language);
  choose(language);
  // Tabs above may have become longer or shorter.
  window.scrollBy(0, label.getBoundingClientRect().top - top);
}

function choose(language: string | null): void {
  for (const label of document.querySelectorAll<HTMLElement>(".vp-code-group .tabs label")) {
    if (label.dataset.title === language) label.click();
  }
}
