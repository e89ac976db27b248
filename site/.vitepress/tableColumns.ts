import type { MarkdownRenderer } from "vitepress";

/** Gives every cell of a table the heading of its column, which a phone shows in place of the row of headings. */
export function tableColumns(md: MarkdownRenderer): void {
  md.core.ruler.push("table-columns", ({ tokens }) => {
    let headings: string[] = [];
    let column = 0;
    for (const [i, token] of tokens.entries()) {
      if (token.type === "table_open") headings = [];
      if (token.type === "tr_open") column = 0;
      if (token.type === "th_open") headings.push(tokens[i + 1]?.content.replace(/[`*]|\]\(.*?\)|\[/g, "") ?? "");
      if (token.type === "td_open") token.attrSet("data-column", headings[column++] ?? "");
    }
  });
}
