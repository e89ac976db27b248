/** A room as a program declares it, before anything is done about it. */
export interface Room {
  readonly urn: string;
  readonly kind: "MeetingRoom" | "LiveStreamingRoom";
  readonly settings: Readonly<Record<string, unknown>>;
}

/** What the types of rooms begin with: those of the Node.js package, and those of the plugin for every language. */
const PREFIXES = ["pulumi-nodejs:dynamic/metered:", "metered:index:"];

/** The room that Pulumi is about to create or change; undefined if it is something else. */
export function asRoom(type: string, urn: string, settings: Readonly<Record<string, unknown>>): Room | undefined {
  const prefix = PREFIXES.find((known) => type.startsWith(known));
  const kind = prefix === undefined ? "" : type.slice(prefix.length);
  return kind === "MeetingRoom" || kind === "LiveStreamingRoom" ? { urn, kind, settings } : undefined;
}

/** The name of the Pulumi project that declares it. */
export function projectOf({ urn }: Room): string {
  return urn.split("::")[1] ?? "";
}

/** Whether a name fits one of some patterns, in which `*` stands for anything. */
export function fits(name: unknown, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => {
    const words = pattern.split("*").map((word) => word.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
    return new RegExp(`^${words.join(".*")}$`).test(String(name));
  });
}

/** What there is to be said against the address of somebody's server; undefined if nothing. */
export function objectionTo(
  address: unknown,
  schemes: readonly string[],
  hosts: readonly string[],
): string | undefined {
  const url = parse(address);
  // The address itself may hold a token, so it is in no message.
  if (!url) return "is not an address";
  if (!schemes.includes(url.protocol)) return `begins with ${url.protocol}// instead of ${schemes.join("// or ")}//`;
  if (!fits(url.hostname, hosts)) return `goes to ${url.hostname}, which is not among the allowed hosts`;
  return undefined;
}

function parse(address: unknown): URL | undefined {
  try {
    return new URL(String(address));
  } catch {
    return undefined;
  }
}
