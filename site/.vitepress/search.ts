import type { MarkdownEnv, MarkdownRenderer } from "vitepress";

/** Pages for maintainers, which compete with those for users. */
const UNSEARCHED = [
  ...["benchmarks.md", "decisions.md", "licenses.md", "live-check.md", "releasing.md", "survivors.md"],
  "measurements.md",
];

/** Words that readers type for what a page is about, and that its own text doesn't have. */
const KEYWORDS: Readonly<Record<string, string>> = {
  "index.md": "getting started tutorial quickstart first room install setup npm",
  "plugin.md": "c# .net golang typescript pulumi package add sdk languages python go dotnet java yaml install",
  "configuration.md":
    "credentials authentication login api key secret key settings options environment variables timeout retry proxy endpoint adoptExisting METERED_SECRET_KEY METERED_APP_NAME esc certificate",
  "concepts.md": "auto naming autonaming delete a room remove replace rename a room state",
  "errors.md": "troubleshooting help error",
  "interrupted.md":
    "lost room lost rooms orphaned room orphan crash stack is locked lock killed run crash kill pending operations ctrl-c cancel recover",
  "drift.md": "refresh detect changes outside dashboard",
  "performance.md": "slow fast speed benchmarks",
  "changelog.md": "changelog releases release notes history",
  "compatibility.md": "upgrade versions node version pulumi version",
  "reference/functions.md": "data source data sources lookup",
  "reference/meeting-room.md": "webhook webhooks privacy maxParticipants expireUnixSec settings",
  "reference/live-streaming-room.md": "live streaming broadcast rtmp hls",
  "reference/access-token.md": "token join private room",
  "reference/turn-credential.md": "turn credentials stun iceServers iceServers webrtc credentials",
  "import.md": "import room import existing room doctor",
  "choosing-a-shape.md": "scale thousands of rooms",
  "reference/meeting-room-set.md": "room set thousands of rooms many rooms bulk",
  "recipes/key-rotation.md": "rotate key rotation new secret key rotate",
  "recipes/move.md": "move room move rooms state move",
  "recipes/private-rooms.md": "private room private rooms expire expiry close issue token jwt",
  "recipes/protect.md": "prevent deletion",
  "recipes/testing.md": "unit test mocks",
  "recipes/timetable.md": "csv json data file",
  "recipes/turn.md": "rotate turn coturn",
  "recipes/web-app.md": "stack output stack reference",
  "recipes/webhooks.md": "webhook webhooks",
  "recipes/webinar.md": "rtmp broadcast youtube stream",
};

/** What of a page the search may find. */
function searchable(source: string, env: MarkdownEnv, md: MarkdownRenderer): string {
  // One language of each program is enough: the others would only say the same words again.
  const html = md.render(source.replace(/<!-- languages: \S+ -->\n/g, ""), env);
  if (UNSEARCHED.includes(env.relativePath)) return "";
  return html.replace("</h1>", `</h1>\n<p>${KEYWORDS[env.relativePath] ?? ""}</p>`);
}

/** The parts of names are words, too: `webhook` finds `meetingJoinWebhook`. Runs in the browser, where no other function is. */
export function tokenize(text: string): string[] {
  const words = text
    .replace(/['\u2019]/g, "")
    .replace(/\bc#/gi, "csharp ")
    .split(/[\n\r\p{Z}\p{P}=+<>|$]+/u)
    .filter(Boolean);
  return words.flatMap((word) => {
    const parts = word.split(/(?<=[a-z0-9])(?=[A-Z])/);
    return parts.length > 1 ? [word, ...parts] : [word];
  });
}

/** Words that every page has say nothing of what one looks for. Runs in the browser. */
export function processTerm(term: string): string | null {
  const common =
    " a an and any are as at be but by can cant do doesnt for from has have how i if in is isnt it its my no not of on or ";
  const more =
    " so such than that the then there these this to up was what when where which with you your was nothing changed pulumi ";
  const word = term.toLowerCase();
  return (common + more).includes(` ${word} `) ? null : word;
}

/** Words that many pages have, and that most readers type for one of them. Runs in the browser. */
export function boostDocument(id: string, term: string): number {
  const meant: Readonly<Record<string, string>> = {
    adoptexisting: "/configuration.html#configuration",
    already: "/errors.html#nametaken",
    authentication: "/configuration.html#configuration",
    credentials: "/configuration.html#configuration",
    expire: "/recipes/private-rooms.html",
    expireunixsec: "/reference/meeting-room.html#schedule",
    iceservers: "/reference/turn-credential.html",
    key: "/configuration.html#configuration",
    killed: "/interrupted.html",
    list: "/reference/functions.html",
    locked: "/interrupted.html",
    lost: "/interrupted.html",
    maxparticipants: "/reference/meeting-room.html#access",
    mock: "/#without-an-account",
    privacy: "/reference/meeting-room.html#access",
    project: "/reference/turn-project.html",
    protect: "/recipes/protect.html",
    rename: "/concepts.html",
    rotate: "/recipes/key-rotation.html",
    secret: "/configuration.html#configuration",
    set: "/reference/meeting-room-set.html",
    simulator: "/#without-an-account",
    timeout: "/configuration.html#configuration",
    turn: "/reference/turn-credential.html",
    webhook: "/reference/meeting-room.html#webhooks",
    webhooks: "/recipes/webhooks.html",
    youtube: "/recipes/webinar.html",
  };
  const page = meant[term];
  if (page !== undefined && id.startsWith(page)) return 6;
  return /reference\/(?:python|go|dotnet|java|yaml)\b/.test(id) ? 0.4 : 1;
}

export const searchOptions = {
  fuzzy: 0.2,
  prefix: true,
  boost: { title: 4, text: 2, titles: 1 },
  boostDocument,
};

export const search = {
  provider: "local" as const,
  options: { _render: searchable, miniSearch: { options: { tokenize, processTerm }, searchOptions } },
};
