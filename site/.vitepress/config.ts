import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";
import { type DefaultTheme, defineConfig } from "vitepress";
import { home } from "./home";
import { languageTabs } from "./languageTabs";
import { linksOutside } from "./linksOutside";
import { search } from "./search";
import { tableColumns } from "./tableColumns";

const root = join(import.meta.dirname, "..", "..");
const { repository } = JSON.parse(readFileSync(join(root, "provider", "package.json"), "utf8")) as {
  repository?: { url: string };
};
/** Where the site is to be published. A sitemap names pages by their whole address, so without this there is none. */
const address = process.env.SITE_URL;

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
  head: [
    ["link", { rel: "icon", type: "image/svg+xml", href: "/favicon.svg" }],
    ["meta", { property: "og:title", content: "pulumi-metered" }],
    ["meta", { property: "og:description", content: "Manage Metered video rooms with Pulumi" }],
  ],
  ...(address ? { sitemap: { hostname: address } } : {}),
  srcDir: "../docs",
  // They are written for the Pulumi Registry, which has a frame of its own for them.
  srcExclude: ["_index.md", "installation-configuration.md"],
  transformPageData: ({ relativePath, frontmatter }) =>
    relativePath === "index.md" ? { frontmatter: { ...frontmatter, ...home } } : {},
  vite: { plugins: [vueOfThisFolder] },
  markdown: {
    // As in the repository, so that links between pages hold in both places.
    anchor: { slugify },
    config: (md) => md.use(linksOutside, repository?.url).use(tableColumns).use(languageTabs),
  },
  themeConfig: {
    search,
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
        ["First room in Python", "first-room-python"],
        ["Concepts", "concepts"],
        ["Configuration", "configuration"],
        ["Other languages: the plugin", "plugin"],
        ["Limits", "limits"],
        ["Compatibility and upgrades", "compatibility"],
        ["Changelog", "changelog"],
      ]),
      group("Guides", [
        ["Import existing rooms", "import"],
        ["Migrate from other tools", "moving-over"],
        ["All recipes", "recipes/index"],
        ["Private rooms", "recipes/private-rooms"],
        ["A timetable from a data file", "recipes/timetable"],
        ["A webinar", "recipes/webinar"],
        ["Webhooks", "recipes/webhooks"],
        ["TURN credentials", "recipes/turn"],
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
        ["Performance", "performance"],
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
          ["Benchmarks in full", "benchmarks"],
          ["Reliability tests in full", "measurements"],
          ["Surviving mutants", "survivors"],
          ["Check against the live service", "live-check"],
          ["Licenses", "licenses"],
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
