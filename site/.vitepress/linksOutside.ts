import { posix } from "node:path";
import type { MarkdownRenderer } from "vitepress";

/**
 * Pages are read in the repository, too, where they link to files outside of `docs/`. On the site such a link leads into
 * the repository. Where its address is not known, the text says instead where the file is.
 */
export function linksOutside(md: MarkdownRenderer, repository: string | undefined): void {
  const base = repository?.replace(/^git\+/, "").replace(/\.git$/, "");
  md.core.ruler.push("links-outside", ({ tokens, env }) => {
    const page: string = env.relativePath ?? "";
    for (const inline of tokens) {
      let outside: string | undefined;
      const children = inline.children ?? [];
      for (const [index, token] of children.entries()) {
        if (!token.type.startsWith("link_")) continue;
        if (token.type === "link_open") {
          const target = posix.join(posix.dirname(page), token.attrGet("href") ?? "");
          outside = target.startsWith("../") ? target.slice(3) : undefined;
          if (outside !== undefined && base) token.attrSet("href", `${base}/blob/main/${outside}`);
        }
        if (outside === undefined || base) continue;
        if (token.type === "link_close") {
          const place = placeOf(outside);
          token.content = ` (${children[index - 1]?.content === place ? "" : `${place} `}in the repository)`;
        }
        token.type = "text";
      }
    }
  });
}

/** A folder rather than its README, and no section of it. */
function placeOf(path: string): string {
  return path.replace(/#.*$/, "").replace(/\/README\.md$/, "");
}
