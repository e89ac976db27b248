/** A room as a program declares it, before anything is done about it. */
export interface Room {
  readonly urn: string;
  readonly kind: "MeetingRoom" | "LiveStreamingRoom";
  readonly settings: Readonly<Record<string, unknown>>;
  /** Its key in a set; undefined for a room that is a resource of its own. */
  readonly key?: string;
}

/** What the types of resources begin with: those of the Node.js package, and those of the plugin for every language. */
const PREFIXES = ["pulumi-nodejs:dynamic/metered:", "metered:index:"];

/** The name of a Metered resource's class, whichever way it is used; undefined for other resources. */
export function kindOf(type: string): string | undefined {
  const prefix = PREFIXES.find((known) => type.startsWith(known));
  return prefix === undefined ? undefined : type.slice(prefix.length);
}

/** The room that Pulumi is about to create or change; undefined if it is something else. */
export function asRoom(type: string, urn: string, settings: Readonly<Record<string, unknown>>): Room | undefined {
  const kind = kindOf(type);
  return kind === "MeetingRoom" || kind === "LiveStreamingRoom" ? { urn, kind, settings } : undefined;
}

/** The rooms that a resource declares: one, or all of a set. */
export function roomsIn(type: string, urn: string, settings: Readonly<Record<string, unknown>>): readonly Room[] {
  const single = asRoom(type, urn, settings);
  if (single) return [single];
  const kind = type.endsWith("Set") ? asRoom(type.slice(0, -"Set".length), urn, {})?.kind : undefined;
  if (kind === undefined) return [];
  const { rooms, secretSettings } = settings as Readonly<Record<string, Readonly<Record<string, object>> | undefined>>;
  return Object.entries(rooms ?? {}).map(([key, room]) => {
    const secrets = Object.entries(secretSettings?.[key] ?? {}).filter(([, value]) => isGiven(value));
    const given: Readonly<Record<string, unknown>> = { ...room, ...Object.fromEntries(secrets) };
    // A room without a name of its own goes by its key, which its generated name begins with.
    return { urn, kind, key, settings: { ...given, roomName: given.roomName ?? key } };
  });
}

/** The name of the Pulumi project that declares it. */
export function projectOf({ urn }: Room): string {
  return urn.split("::")[1] ?? "";
}

/** Whether a setting is there: some languages give null for one that isn't. */
export function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** Whether a setting limits anything: Metered may take 0 for no limit. */
export function isLimit(value: unknown): value is number {
  return typeof value === "number" && value >= 1;
}

/** Whether a name fits one of some patterns, in which `*` stands for anything. */
export function fits(name: unknown, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => {
    const words = pattern.split("*").map((word) => word.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
    return new RegExp(`^${words.join(".*")}$`).test(String(name ?? ""));
  });
}

/** What is wrong with the URL of a server; undefined if nothing. */
export function objectionTo(
  address: unknown,
  schemes: readonly string[],
  hosts: readonly string[],
): string | undefined {
  const url = parse(address);
  // The URL may contain a token, so it is in no message.
  if (!url) return "isn't a URL";
  if (!schemes.includes(url.protocol)) return `starts with ${url.protocol}// instead of ${schemes.join("// or ")}//`;
  if (!fits(url.hostname, hosts)) return `goes to ${url.hostname}, which isn't an allowed host`;
  return undefined;
}

function parse(address: unknown): URL | undefined {
  try {
    return new URL(String(address));
  } catch {
    return undefined;
  }
}
