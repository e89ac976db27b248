import axios from "axios";
import type { Call } from "./requests";

/** A reply as it came. */
export interface Reply {
  readonly status: number;
  readonly text: string;
  /** By their names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** From the request's first byte to the reply's last, in milliseconds. */
  readonly ms: number;
}

/** Nothing came back, or not all of it. Holds nothing of the request: its address has the key in it. */
export class NoReply extends Error {}

const TIMEOUT_MS = 30_000;
/** More than the longest list of rooms. */
const LARGEST_REPLY = 64 * 1024 * 1024;

/** One request, not repeated, no redirect followed. @throws NoReply */
export async function exchange(origin: string, call: Call, keys: Readonly<Record<string, string>>): Promise<Reply> {
  const began = performance.now();
  try {
    const { status, data, headers } = await axios.request<string>({
      baseURL: `${origin}/api`,
      method: call.method,
      url: call.path,
      params: { ...call.query, ...keys },
      data: call.asForm ? new URLSearchParams(call.body as Record<string, string>) : call.body,
      headers: { Accept: "application/json", "User-Agent": "pulumi-metered-check" },
      maxRedirects: 0,
      maxContentLength: LARGEST_REPLY,
      responseType: "text",
      transformResponse: (text: unknown) => text,
      validateStatus: () => true,
      signal: AbortSignal.timeout(TIMEOUT_MS),
      // As the provider does it: a proxy would read the key in a request that is not encrypted.
      ...(origin.startsWith("http:") ? { proxy: false as const } : {}),
    });
    const named = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]);
    return { status, text: data ?? "", headers: Object.fromEntries(named), ms: performance.now() - began };
  } catch (error) {
    const code = axios.isAxiosError(error) ? (error.code ?? "no code") : "the request could not be made";
    throw new NoReply(code === "ERR_CANCELED" ? `no reply within ${TIMEOUT_MS / 1000} s` : `no reply (${code})`);
  }
}
