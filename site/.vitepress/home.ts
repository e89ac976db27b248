/**
 * What the home page shows above its text. It isn't in the page itself, because the linter's formatter breaks the nested
 * lists of a front matter.
 */
export const home = {
  layout: "home",
  hero: {
    name: "pulumi-metered",
    text: "Metered video rooms in your Pulumi program",
    tagline:
      "Manage meeting rooms and live-streaming rooms alongside the rest of your infrastructure, in TypeScript, Python, Go, .NET, Java or YAML.",
    image: { src: "/terminal.svg", alt: "pulumi up creates a room, and pulumi preview shows a change to it" },
    actions: [
      { theme: "brand", text: "Get started", link: "#create-your-first-room" },
      { theme: "alt", text: "Recipes", link: "/recipes/" },
    ],
  },
  features: [
    feature(
      "Accurate previews",
      "Invalid inputs are reported before anything changes, all those of a room at once.",
      "/concepts#what-a-preview-knows",
    ),
    feature(
      "Idempotent updates",
      "A second pulumi up changes nothing, on all 90 variants of the mock server.",
      "/reliability",
    ),
    feature("Drift detection", "pulumi refresh shows rooms that were changed or deleted in the dashboard.", "/drift"),
    feature(
      "No lost rooms",
      "A failed or killed run never loses track of a room, and every error tells you what to do next.",
      "/errors",
    ),
    feature("Import", "One command imports existing rooms as they are. No room is ever adopted silently.", "/import"),
    feature(
      "Secrets stay secret",
      "The secret key and stream keys are encrypted in state and never appear in messages.",
      "/concepts#secrets",
    ),
  ],
};

function feature(title: string, details: string, link: string) {
  return { title, details, link };
}
