import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";
import { type DefaultTheme, defineConfig, type MarkdownEnv, type MarkdownRenderer } from "vitepress";
import { home } from "./home";
import { linksOutside } from "./linksOutside";

const root = join(import.meta.dirname, "..", "..");
const { repository } = JSON.parse(readFileSync(join(root, "provider", "package.json"), "utf8")) as {
  repository?: { url: string };
};

/** The pages are outside of this folder, from where Vue would not be found when they are rendered. */
const vueOfThisFolder: Plugin = {
  name: "vue-of-this-folder",
  enforce: "pre",
  resolveId: (id, _importer, { ssr }) => (ssr && /^vue(\/|$)/.test(id) ? { id, external: true } : undefined),
};

export default defineConfig({
  title: "pulumi-metered",
  description: "Manage Metered video rooms with Pulumi",
  lang: "en",
  srcDir: "../docs",
  // They are written for the Pulumi Registry, which has a frame of its own for them.
  srcExclude: ["_index.md", "installation-configuration.md"],
  transformPageData: ({ relativePath, frontmatter }) =>
    relativePath === "index.md" ? { frontmatter: { ...frontmatter, ...home } } : {},
  vite: { plugins: [vueOfThisFolder] },
  markdown: {
    // As in the repository, so that links between pages hold in both places.
    anchor: { slugify },
    config: (md) => md.use(linksOutside, repository?.url),
  },
  themeConfig: {
    search: {
      provider: "local",
      options: { _render: searchable, miniSearch: { options: { tokenize }, searchOptions: { boostDocument } } },
    },
    outline: { level: [2, 3] },
    nav: [
      { text: "Get started", link: "/" },
      { text: "Recipes", link: "/recipes/" },
      { text: "Reference", link: "/reference/meeting-room" },
      { text: "Troubleshooting", link: "/errors" },
    ],
    sidebar: [
      group("Get started", [
        ["Get started", "index"],
        ["Concepts", "concepts"],
        ["Configuration", "configuration"],
        ["Other languages: the plugin", "plugin"],
        ["Limits", "limits"],
        ["Compatibility and upgrades", "compatibility"],
      ]),
      group("Guides", [
        ["Import existing rooms", "import"],
        ["Migrate from other tools", "moving-over"],
        ["All recipes", "recipes/index"],
        ["Private rooms that expire", "recipes/private-rooms"],
        ["A private room, end to end", "recipes/private-room-token"],
        ["A timetable from a data file", "recipes/timetable"],
        ["A webinar", "recipes/webinar"],
        ["Webhooks", "recipes/webhooks"],
        ["Several accounts", "recipes/accounts"],
        ["Pass URLs to a web app", "recipes/web-app"],
        ["DNS and Kubernetes", "recipes/dns-kubernetes"],
        ["Test your program", "recipes/testing"],
      ]),
      group("Reference", [
        ["MeetingRoom", "reference/meeting-room"],
        ["LiveStreamingRoom", "reference/live-streaming-room"],
        ["MeetingRoomSet", "reference/meeting-room-set"],
        ["LiveStreamingRoomSet", "reference/live-streaming-room-set"],
        ["AccessToken", "reference/access-token"],
        ["TurnCredential", "reference/turn-credential"],
        ["TurnProject", "reference/turn-project"],
        ["Functions", "reference/functions"],
        ["Provider", "reference/provider"],
        ["YAML", "reference/yaml"],
        ["Python", "reference/python"],
        ["Go", "reference/go"],
        [".NET", "reference/dotnet"],
        ["Java", "reference/java"],
      ]),
      group("Operations", [
        ["Drift", "drift"],
        ["CI/CD and GitOps", "gitops"],
        ["Scaling", "choosing-a-shape"],
        ["Rotate the secret key", "recipes/key-rotation"],
        ["Protect production rooms", "recipes/protect"],
        ["Move rooms between stacks", "recipes/move"],
        ["Reliability", "reliability"],
      ]),
      group("Troubleshooting", [
        ["Errors and symptoms", "errors"],
        ["Recover from an interrupted update", "interrupted"],
      ]),
      {
        ...group("Project", [
          ["Decisions", "decisions"],
          ["Benchmarks", "benchmarks"],
          ["Surviving mutants", "survivors"],
          ["Check against the live service", "live-check"],
          ["Licences", "licences"],
          ["Releases", "releasing"],
        ]),
        collapsed: true,
      },
    ],
    ...(repository ? { socialLinks: [{ icon: "github" as const, link: linkOf(repository.url) }] } : {}),
    footer: { message: "Apache-2.0. Not made by Metered or Pulumi." },
  },
});

function group(text: string, pages: readonly (readonly [string, string])[]): DefaultTheme.SidebarItem {
  const there = pages.filter(([, page]) => existsSync(join(root, "docs", `${page}.md`)));
  return {
    text,
    items: there.map(([title, page]) => ({ text: title, link: `/${page.replace(/(^|\/)index$/, "$1")}` })),
  };
}

/** Pages for maintainers, which compete with those for users. */
const UNSEARCHED = ["benchmarks.md", "decisions.md", "licences.md", "live-check.md", "releasing.md", "survivors.md"];

function searchable(source: string, env: MarkdownEnv, md: MarkdownRenderer): string {
  const html = md.render(source, env);
  return UNSEARCHED.includes(env.relativePath) ? "" : html;
}

/** The parts of names are words, too: `webhook` finds `meetingJoinWebhook`. */
function tokenize(text: string): string[] {
  const words = text.split(/[\n\r\p{Z}\p{P}]+/u).filter(Boolean);
  return words.flatMap((word) => {
    const parts = word.split(/(?<=[a-z0-9])(?=[A-Z])/);
    return parts.length > 1 ? [word, ...parts] : [word];
  });
}

function boostDocument(id: string): number {
  return id.includes("/errors") ? 1.5 : 1;
}

function slugify(title: string): string {
  return title
    .toLowerCase()
    .trim()
    .replace(/[^\p{L}\p{N} _-]/gu, "")
    .replaceAll(" ", "-");
}

function linkOf(url: string): string {
  return url.replace(/^git\+/, "").replace(/\.git$/, "");
}
