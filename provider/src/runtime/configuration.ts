import type { Account } from "../api/account";

/** Reads one value of the stack's configuration, or of an explicit provider's inputs. */
export type Reader = (key: string) => string | undefined;

/** Whether Pulumi made a provider of this name by itself: it has the stack's configuration, and is called `default_0_1_0`. */
export function isDefaultProvider(name: string): boolean {
  return /^default(_|$)/.test(name);
}

/** What the provider is configured to do. */
export interface Configuration {
  readonly account: Account;
  readonly adoptExisting: boolean;
}

const DEFAULT_TIMEOUT_SECONDS = 30;
const DEFAULT_RETRY_SECONDS = 120;
const DEFAULT_CONCURRENT_REQUESTS = 16;

/** The configuration, or everything that is wrong with it and how to mend it. */
export function readConfiguration(
  config: Reader,
  env: NodeJS.ProcessEnv,
): Configuration | { readonly problems: string[] } {
  const problems: string[] = [];
  const read = (key: string) => config(`metered:${key}`)?.trim() || undefined;
  // Of an explicit provider both halves come from it: half a pair from elsewhere would be another account's.
  const explicit = read("provider");
  const fallback = (name: string) => (explicit === undefined ? env[name]?.trim() || undefined : undefined);
  const appName = read("appName") ?? fallback("METERED_APP_NAME");
  const secretKey = read("secretKey") ?? fallback("METERED_SECRET_KEY");
  if (appName === undefined) problems.push(missing("appName", explicit));
  else problems.push(...appNameProblems(appName));
  if (secretKey === undefined) problems.push(missing("secretKey", explicit));
  const number = (key: string, byDefault: number) => positive(key, read(key), byDefault, problems);
  const timeoutSeconds = number("timeoutSeconds", DEFAULT_TIMEOUT_SECONDS);
  const retrySeconds = number("retrySeconds", DEFAULT_RETRY_SECONDS);
  const maxConcurrentRequests = Math.ceil(number("maxConcurrentRequests", DEFAULT_CONCURRENT_REQUESTS));
  const adoptExisting = yesOrNo("adoptExisting", read("adoptExisting"), problems);
  const endpoint = read("endpoint");
  if (endpoint !== undefined) problems.push(...endpointProblems(endpoint));
  if (env.NODE_TLS_REJECT_UNAUTHORIZED === "0" && !endpoint?.startsWith("http:")) problems.push(UNCHECKED);
  if (problems.length > 0 || appName === undefined || secretKey === undefined) return { problems };
  return {
    adoptExisting,
    account: {
      appName,
      secretKey,
      origin: endpoint === undefined ? `https://${appName}.metered.live` : endpoint.replace(/\/+$/, ""),
      timeoutMs: timeoutSeconds * 1000,
      patienceMs: retrySeconds * 1000,
      maxConcurrentRequests,
    },
  };
}

/** Every call carries the key, so it goes to nobody whose certificate is not checked. */
const UNCHECKED =
  "NODE_TLS_REJECT_UNAUTHORIZED=0 switches certificate checks off, and every call carries the secret key: unset it. " +
  "A certificate authority of your own belongs into NODE_EXTRA_CA_CERTS.";

function missing(key: "appName" | "secretKey", explicit: string | undefined): string {
  if (explicit !== undefined) {
    return `The metered.Provider "${explicit}" has no ${key}: give it both appName and secretKey.`;
  }
  return key === "appName"
    ? "The Metered app is not configured: run pulumi config set metered:appName NAME, or set METERED_APP_NAME. NAME is the first part of the app's address, NAME.metered.live."
    : "The Metered secret key is not configured: run pulumi config set --secret metered:secretKey, or set METERED_SECRET_KEY. The key stands in Metered's dashboard under Developers.";
}

function appNameProblems(appName: string): string[] {
  if (/^[a-z0-9][a-z0-9-]{0,62}$/.test(appName)) return [];
  const meant = /^(?:https?:\/\/)?([a-z0-9][a-z0-9-]{0,62})(?:\.metered\.(?:live|ca))?(?:[/:?#].*)?$/i.exec(
    appName,
  )?.[1];
  const right = 'must be the app\'s name alone: lower-case letters, digits and "-", at most 63';
  // A key that was pasted here by mistake is long and has no dot: it is not repeated.
  if (appName.length > 30 && !appName.includes(".")) return [`metered:appName ${right}.`];
  const wrong = `metered:appName is ${JSON.stringify(appName.slice(0, 100))}, but ${right}`;
  return [meant ? `${wrong}. Run: pulumi config set metered:appName ${meant.toLowerCase()}` : `${wrong}.`];
}

/** Never quotes the endpoint: an address may carry a login. */
function endpointProblems(endpoint: string): string[] {
  const right = "metered:endpoint must be the address of a server, like http://127.0.0.1:8080";
  if (!URL.canParse(endpoint)) return [`${right}; what is configured is no URL.`];
  const { protocol, hostname, username, password, search, hash } = new URL(endpoint);
  if (protocol !== "https:" && protocol !== "http:") return [`${right}, not one with ${protocol}`];
  if (username || password || search || hash) return [`${right}, without a login, "?" or "#".`];
  if (protocol === "http:" && !isLoopback(hostname)) {
    return [
      "metered:endpoint must start with https:// (plain http only to this machine), since every call carries the secret key.",
    ];
  }
  return [];
}

function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}

function positive(key: string, text: string | undefined, byDefault: number, problems: string[]): number {
  if (text === undefined) return byDefault;
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  problems.push(
    `metered:${key} must be a number above 0, not ${JSON.stringify(text.slice(0, 40))} (default: ${byDefault}).`,
  );
  return byDefault;
}

function yesOrNo(key: string, text: string | undefined, problems: string[]): boolean {
  if (text === undefined || text === "false") return false;
  if (text === "true") return true;
  problems.push(`metered:${key} must be true or false, not ${JSON.stringify(text.slice(0, 40))}.`);
  return false;
}
