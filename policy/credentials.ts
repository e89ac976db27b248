/** What lets people in, or lets traffic through: an access token, or a TURN credential. */
interface Credential {
  readonly kind: "AccessToken" | "TurnCredential";
  readonly settings: Readonly<Record<string, unknown>>;
}

const PREFIXES = ["pulumi-nodejs:dynamic/metered:", "metered:index:"];

/** The credential that Pulumi is about to create or change; undefined if it is something else. */
export function asCredential(type: string, settings: Readonly<Record<string, unknown>>): Credential | undefined {
  const prefix = PREFIXES.find((known) => type.startsWith(known));
  const kind = prefix === undefined ? "" : type.slice(prefix.length);
  return kind === "AccessToken" || kind === "TurnCredential" ? { kind, settings } : undefined;
}

interface ExpiringCredentials {
  /** Whether every credential and token has an end. */
  readonly requireExpiry: boolean;
  /** The longest life of one with `expiryInSeconds`, in days; 0 for no limit. */
  readonly maxDays: number;
}

/** A credential that never expires works for whoever has copied it, until somebody notices. */
export const expiringCredentials = {
  name: "expiring-credentials",
  description: "TURN credentials and access tokens expire, and don't live longer than is allowed.",
  settings: {
    requireExpiry: { type: "boolean", default: true },
    maxDays: { type: "integer", minimum: 0, default: 0 },
  },
  check({ kind, settings }: Credential, { requireExpiry, maxDays }: ExpiringCredentials): readonly string[] {
    const { expiryInSeconds, expireUnixSec } = settings;
    const hasEnd = expiryInSeconds !== undefined || (kind === "AccessToken" && expireUnixSec !== undefined);
    if (requireExpiry && !hasEnd) return ["It never expires: set expiryInSeconds."];
    if (maxDays > 0 && typeof expiryInSeconds === "number" && expiryInSeconds > maxDays * 86_400) {
      return [`It lives longer than ${maxDays} days: set expiryInSeconds to ${maxDays * 86_400} or less.`];
    }
    return [];
  },
} as const;
