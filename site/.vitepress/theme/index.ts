import DefaultTheme from "vitepress/theme-without-fonts";
import { defineComponent, h } from "vue";
import { rememberLanguage } from "./languages";
import "./style.css";

/** VitePress hides the footer of pages with a sidebar, but every page should say this. */
const disclaimer = () => h("p", { class: "disclaimer" }, "Apache-2.0. Not made by Metered or Pulumi.");

const PLACES = [
  ["Get started", "/"],
  ["Recipes", "/recipes/"],
  ["MeetingRoom reference", "/reference/meeting-room"],
  ["Configuration", "/configuration"],
  ["Troubleshooting", "/errors"],
] as const;

/** Where a reader with an old or mistyped address can go on. */
const notFound = () =>
  h("div", { class: "not-found vp-doc" }, [
    h("h1", "Page not found"),
    h(
      "p",
      "This address leads nowhere. Search for what you need (press Ctrl K or /), or start from one of these pages:",
    ),
    h(
      "ul",
      PLACES.map(([title, link]) => h("li", h("a", { href: link }, title))),
    ),
  ]);

const Layout = defineComponent({
  setup() {
    rememberLanguage();
    return () => h(DefaultTheme.Layout, null, { "doc-footer-before": disclaimer, "not-found": notFound });
  },
});

export default { extends: DefaultTheme, Layout };
