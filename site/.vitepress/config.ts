import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";
import { type DefaultTheme, defineConfig } from "vitepress";
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
  description: "Metered video rooms in a Pulumi program",
  lang: "en",
  srcDir: "../docs",
  // They are written for the Pulumi Registry, which has a frame of its own for them.
  srcExclude: ["_index.md", "installation-configuration.md"],
  vite: { plugins: [vueOfThisFolder] },
  markdown: {
    // As in the repository, so that links between pages hold in both places.
    anchor: { slugify },
    config: (md) => md.use(linksOutside, repository?.url),
  },
  themeConfig: {
    search: { provider: "local" },
    outline: { level: [2, 3] },
    nav: [
      { text: "Start here", link: "/" },
      { text: "Recipes", link: "/recipes/" },
      { text: "Reference", link: "/reference/meeting-room" },
      { text: "When things go wrong", link: "/errors" },
    ],
    sidebar: [
      group("Begin", [
        ["Start here", "index"],
        ["Concepts", "concepts"],
        ["Configuration", "configuration"],
        ["Limits", "limits"],
      ]),
      group("Recipes", [
        ["All recipes", "recipes/index"],
        ["Private rooms that expire", "recipes/private-rooms"],
        ["A timetable from a data file", "recipes/timetable"],
        ["A webinar", "recipes/webinar"],
        ["Several accounts", "recipes/accounts"],
        ["A new key", "recipes/key-rotation"],
        ["Protect production rooms", "recipes/protect"],
        ["Hand addresses to a web app", "recipes/web-app"],
        ["DNS and Kubernetes", "recipes/dns-kubernetes"],
        ["Move rooms between stacks", "recipes/move"],
      ]),
      group("Reference", [
        ["MeetingRoom", "reference/meeting-room"],
        ["LiveStreamingRoom", "reference/live-streaming-room"],
        ["MeetingRoomSet", "reference/meeting-room-set"],
        ["LiveStreamingRoomSet", "reference/live-streaming-room-set"],
        ["Functions", "reference/functions"],
        ["Provider", "reference/provider"],
      ]),
      group("Other languages", [
        ["The plugin", "plugin"],
        ["YAML", "reference/yaml"],
        ["Python", "reference/python"],
        ["Go", "reference/go"],
        [".NET", "reference/dotnet"],
        ["Java", "reference/java"],
      ]),
      group("Day to day", [
        ["When things go wrong", "errors"],
        ["Drift", "drift"],
        ["Pipelines and operators", "gitops"],
        ["When a run was cut off", "interrupted"],
        ["One stack or many", "choosing-a-shape"],
        ["Bring existing rooms in", "import"],
        ["Moving over from another tool", "moving-over"],
      ]),
      group("Can I rely on it?", [
        ["Reliability", "reliability"],
        ["Mutants that survive", "survivors"],
        ["Benchmarks", "benchmarks"],
        ["A check of the real service", "live-check"],
        ["Decisions", "decisions"],
        ["Licences", "licences"],
        ["Releases", "releasing"],
      ]),
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
