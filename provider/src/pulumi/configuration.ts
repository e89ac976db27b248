import type { ConfigurationProblem } from "../errors";
import type { Account } from "../metered/account";

/** Reads one value of the stack's configuration, or of an explicit provider's inputs. */
export type Reader = (key: string) => string | undefined;

/**
 * Whether Pulumi made a provider of this name by itself: it has the stack's configuration, and is called `default`, with
 * the version (`default_0_1_0`) or the address that the plugin is downloaded from.
 */
export function isDefaultProvider(name: string): boolean {
  return /^default(_(\d+_\d+_\d+|https?_|github_|gitlab_|s3_|gs_|azblob_|file_).*)?$/.test(name);
}

/** What the provider is configured to do. */
export interface Configuration {
  readonly account: Account;
  readonly adoptExisting: boolean;
}

/** The name of the explicit `metered.Provider` that the configuration is from; undefined for the stack's own. */
export function explicitProvider(config: Reader): string | undefined {
  return config("metered:provider")?.trim() || undefined;
}

const DEFAULT_TIMEOUT_SECONDS = 30;
const DEFAULT_RETRY_SECONDS = 120;
const DEFAULT_CONCURRENT_REQUESTS = 16;
/** Longer than anybody waits, and as long as a timer of Node.js can run: 24 days. */
const LONGEST_SECONDS = 2_147_483;

/** The configuration, or everything that is wrong with it and how to mend it. */
export function readConfiguration(
  config: Reader,
  env: NodeJS.ProcessEnv,
): Configuration | { readonly problems: readonly ConfigurationProblem[] } {
  const problems: ConfigurationProblem[] = [];
  const read = (key: string) => config(`metered:${key}`)?.trim() || undefined;
  // Of an explicit provider both halves come from it: half a pair from elsewhere would be another account's.
  const explicit = explicitProvider(config);
  const fallback = (name: string) => (explicit === undefined ? env[name]?.trim() || undefined : undefined);
  const appName = read("appName") ?? fallback("METERED_APP_NAME");
  const secretKey = read("secretKey") ?? fallback("METERED_SECRET_KEY");
  if (appName === undefined) problems.push({ problem: "missing", key: "appName" });
  else problems.push(...appNameProblems(appName));
  if (secretKey === undefined) problems.push({ problem: "missing", key: "secretKey" });
  const number = (key: string, byDefault: number) => positive(key, read(key), byDefault, problems);
  const milliseconds = (key: string, byDefault: number) => Math.min(number(key, byDefault), LONGEST_SECONDS) * 1000;
  const timeoutMs = milliseconds("timeoutSeconds", DEFAULT_TIMEOUT_SECONDS);
  const patienceMs = milliseconds("retrySeconds", DEFAULT_RETRY_SECONDS);
  const maxConcurrentRequests = Math.ceil(number("maxConcurrentRequests", DEFAULT_CONCURRENT_REQUESTS));
  const adoptExisting = yesOrNo("adoptExisting", read("adoptExisting"), problems);
  const endpoint = read("endpoint");
  if (endpoint !== undefined) problems.push(...endpointProblems(endpoint));
  const origin = endpoint === undefined ? `https://${appName}.metered.live` : addressOf(endpoint);
  if (env.NODE_TLS_REJECT_UNAUTHORIZED === "0" && !origin.startsWith("http:")) {
    // Every call carries the key, so it goes to nobody whose certificate is not checked.
    problems.push({ problem: "certificates unchecked" });
  }
  if (problems.length > 0 || appName === undefined || secretKey === undefined) return { problems };
  return {
    adoptExisting,
    account: {
      appName,
      secretKey,
      origin,
      timeoutMs,
      patienceMs,
      maxConcurrentRequests,
    },
  };
}

function appNameProblems(appName: string): ConfigurationProblem[] {
  if (/^[a-z0-9][a-z0-9-]{0,62}$/.test(appName)) return [];
  // Nothing else of it is repeated: it may be a key that was pasted here by mistake.
  const meant = /^(?:https?:\/\/)?([a-z0-9][a-z0-9-]{0,62})\.metered\.(?:live|ca)(?:[/:?#].*)?$/i.exec(appName)?.[1];
  return [{ problem: "app name", meant: meant?.toLowerCase() }];
}

/** The endpoint in one spelling, whatever the program's: that of its scheme decides what a proxy sees. */
function addressOf(endpoint: string): string {
  if (!URL.canParse(endpoint)) return endpoint;
  const { origin, pathname } = new URL(endpoint);
  return `${origin}${pathname}`.replace(/\/+$/, "");
}

/** Never quotes the endpoint: an address may carry a login. */
function endpointProblems(endpoint: string): ConfigurationProblem[] {
  if (!URL.canParse(endpoint)) return [{ problem: "endpoint", flaw: "no URL" }];
  const { protocol, hostname, username, password, search, hash } = new URL(endpoint);
  if (protocol !== "https:" && protocol !== "http:") return [{ problem: "endpoint", flaw: "scheme", given: protocol }];
  if (username || password || search || hash) return [{ problem: "endpoint", flaw: "login" }];
  if (protocol === "http:" && !isLoopback(hostname)) return [{ problem: "endpoint", flaw: "plain http" }];
  return [];
}

function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}

function positive(key: string, text: string | undefined, byDefault: number, problems: ConfigurationProblem[]): number {
  if (text === undefined) return byDefault;
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  problems.push({ problem: "number", key, byDefault });
  return byDefault;
}

function yesOrNo(key: string, text: string | undefined, problems: ConfigurationProblem[]): boolean {
  if (text === undefined || text === "false") return false;
  if (text === "true") return true;
  problems.push({ problem: "true or false", key });
  return false;
}
