import { fits, isLimit, kindOf } from "./room";

/** What lets people in, or lets traffic through: an access token, or a TURN credential. */
interface Credential {
  readonly kind: "AccessToken" | "TurnCredential";
  /** The stack that declares it. */
  readonly stack: string;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** The credential that Pulumi is about to create or change; undefined if it is something else. */
export function asCredential(
  type: string,
  urn: string,
  settings: Readonly<Record<string, unknown>>,
): Credential | undefined {
  const kind = kindOf(type);
  // `urn:pulumi:STACK::PROJECT::TYPE::NAME`
  const [stack = ""] = urn.replace(/^urn:pulumi:/, "").split("::");
  return kind === "AccessToken" || kind === "TurnCredential" ? { kind, stack, settings } : undefined;
}

/** What a company may demand of credentials. */
export interface CredentialRule<Settings> {
  readonly name: string;
  readonly description: string;
  readonly settings: object;
  /** @param nowSeconds the time at which Pulumi asks, in unix seconds */
  check(credential: Credential, settings: Settings, nowSeconds: number): readonly string[];
}

interface ExpiringCredentials {
  /** Whether every credential and token has an end. */
  readonly requireExpiry: boolean;
  /** The longest time until the end, in days; 0 for no limit. */
  readonly maxDays: number;
}

const DAY = 86_400;

/** A credential that never expires works for whoever has copied it, until someone notices. */
export const expiringCredentials: CredentialRule<ExpiringCredentials> = {
  name: "expiring-credentials",
  description: "TURN credentials and access tokens must expire, and can't live longer than allowed.",
  settings: {
    requireExpiry: { type: "boolean", default: true },
    maxDays: { type: "integer", minimum: 0, default: 0 },
  },
  check({ kind, settings }, { requireExpiry, maxDays }, nowSeconds) {
    const { expiryInSeconds } = settings;
    const end = kind === "AccessToken" ? settings.expireUnixSec : undefined;
    if (requireExpiry && !isLimit(expiryInSeconds) && !isLimit(end)) {
      return ["It never expires: set expiryInSeconds."];
    }
    if (maxDays === 0) return [];
    const most = maxDays * DAY;
    const isLonger = (lifetime: unknown) => typeof lifetime === "number" && lifetime > most;
    if (isLonger(expiryInSeconds)) {
      return [`It lives longer than ${maxDays} days: set expiryInSeconds to ${most} or less.`];
    }
    // When a token began isn't among its inputs, so what counts is how long it has left.
    if (typeof end === "number" && isLonger(end - nowSeconds)) {
      return [
        `It lives for more than ${maxDays} days from now: set an earlier expireUnixSec, or expiryInSeconds to ${most} or less.`,
      ];
    }
    return [];
  },
};

interface GlobalAdminTokens {
  /** Names of stacks that may have them; `*` matches anything. */
  readonly stacks: readonly string[];
}

/** Whoever has one is an admin in every room of the app. */
export const globalAdminTokens: CredentialRule<GlobalAdminTokens> = {
  name: "global-admin-tokens",
  description: "Only the listed stacks can have access tokens for an admin in every room of the app.",
  settings: { stacks: { type: "array", items: { type: "string" }, default: [] } },
  check({ kind, stack, settings }, { stacks }) {
    const isGlobalAdmin = kind === "AccessToken" && settings.globalToken === true && settings.isAdmin === true;
    if (!isGlobalAdmin || fits(stack, stacks)) return [];
    return [
      `It makes its bearer an admin in every room, which isn't allowed in stack ${stack}: set roomName, or remove isAdmin.`,
    ];
  },
};
