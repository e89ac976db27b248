import DefaultTheme from "vitepress/theme-without-fonts";
import { h } from "vue";
import "./style.css";

/** VitePress hides the footer of pages with a sidebar, but every page should say this. */
const disclaimer = () => h("p", { class: "disclaimer" }, "Apache-2.0. Not made by Metered or Pulumi.");

export default {
  extends: DefaultTheme,
  Layout: () => h(DefaultTheme.Layout, null, { "doc-footer-before": disclaimer }),
};
