import { posix } from "node:path";
import type { MarkdownRenderer } from "vitepress";

/**
 * Pages are read in the repository, too, where they link to files outside of `docs/`. On the site such a link leads into
 * the repository, or is plain text where its address is not known.
 */
export function linksOutside(md: MarkdownRenderer, repository: string | undefined): void {
  const base = repository?.replace(/^git\+/, "").replace(/\.git$/, "");
  md.core.ruler.push("links-outside", ({ tokens, env }) => {
    const page: string = env.relativePath ?? "";
    for (const inline of tokens) {
      let isOutside = false;
      for (const token of inline.children ?? []) {
        if (!token.type.startsWith("link_")) continue;
        if (token.type === "link_open") {
          const target = posix.join(posix.dirname(page), token.attrGet("href") ?? "");
          isOutside = target.startsWith("../");
          if (isOutside && base) token.attrSet("href", `${base}/blob/main/${target.slice(3)}`);
        }
        if (isOutside && !base) token.type = "text";
      }
    }
  });
}
