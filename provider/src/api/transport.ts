import axios, { type AxiosAdapter, type AxiosError, type AxiosInstance } from "axios";
import axiosRetry from "axios-retry";
import type { Account } from "./account";
import { Limiter } from "./limiter";
import { type Limits, Patience, realTime, type Time } from "./patience";

export interface Request {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Path below `/api/v1`, its parts already encoded. */
  readonly path: string;
  readonly body?: Readonly<Record<string, unknown>>;
}

/** What came back. */
export interface Reply {
  readonly status: number;
  readonly text: string;
  /** The server's clock, in unix milliseconds (`Date` header). */
  readonly date: number | undefined;
}

/** Why nothing came back, or not all of it. Holds nothing of the request. */
export class Broken extends Error {
  constructor(
    /** What to tell the user: `the connection was refused`. */
    readonly problem: string,
    /** Whether it is certain that the server never got the request. */
    readonly neverSent: boolean,
    readonly isWorthRepeating: boolean,
  ) {
    super(problem);
  }
}

/** More than the list of 10,000 rooms with every field; what is larger is not a reply of Metered. */
const LARGEST_REPLY = 64 * 1024 * 1024;
/** A pause when Metered answers 429 and does not say how long to wait, in milliseconds. */
const PAUSE_AFTER_429 = 1000;

/** Sends requests to one app. Retries, pace and time-outs are its business, the meaning of replies is not. */
export class Transport {
  private readonly limiter: Limiter;
  private readonly http: AxiosInstance;

  constructor(
    private readonly account: Account,
    private readonly time: Time = realTime,
  ) {
    this.limiter = new Limiter(account.maxConcurrentRequests, time.now);
    this.http = axios.create({
      baseURL: `${account.origin}/api/v1`,
      headers: { Accept: "application/json", "User-Agent": "pulumi-metered" },
      maxRedirects: 0,
      maxContentLength: LARGEST_REPLY,
      responseType: "text",
      transformResponse: (data: unknown) => data,
      // A forward proxy would read the key in a request that is not encrypted; https goes through it in a tunnel.
      ...(account.origin.startsWith("http:") ? { proxy: false as const } : {}),
    });
    axiosRetry(this.http, { retries: Number.POSITIVE_INFINITY, shouldResetTimeout: true });
  }

  patience(limits?: Limits): Patience {
    return new Patience(this.account.patienceMs, this.time, limits);
  }

  /** @throws Broken when there is no reply after the last try */
  async send(request: Request, patience: Patience): Promise<Reply> {
    let delay: number | undefined;
    let hasArrived = false;
    let begun = patience.count;
    let isCancelled = false;
    try {
      const { status, data, headers } = await this.http.request<string>({
        method: request.method,
        url: request.path,
        params: { secretKey: this.account.secretKey },
        data: request.body,
        adapter: (config) => this.paced(axios.getAdapter("http"), config, patience),
        "axios-retry": {
          retryCondition: (error) => {
            // Called off while it waited: this is no word on any try.
            isCancelled = patience.signal?.aborted === true && patience.count === begun;
            begun = patience.count;
            hasArrived ||= !isCancelled && mayHaveArrived(error);
            delay = isRepeatable(request, error) ? patience.nextDelay(this.pause(error)) : undefined;
            return delay !== undefined;
          },
          retryDelay: () => delay ?? 0,
          // The next try brings its own time-out; with this one's, when it is over, axios would not even begin.
          onRetry: (_count, _error, config) => {
            config.signal = patience.signal;
          },
        },
      });
      return { status, text: textOf(data), date: dateOf(headers.date) };
    } catch (error) {
      // An axios error holds the URL with the key: it ends here.
      if (isCancelled) throw new Broken(CANCELLED, !hasArrived, false);
      if (error instanceof Broken) throw new Broken(error.problem, error.neverSent && !hasArrived, false);
      if (!axios.isAxiosError<unknown>(error)) throw new Broken("the request could not be made", true, false);
      if (!isWholeReply(error)) throw brokenBy(error, this.account, hasArrived, patience);
      const { status, data, headers } = error.response;
      return { status, text: textOf(data), date: dateOf(headers.date) };
    }
  }

  /** One try: its place in the queue, then its own time-out from the first byte sent to the last one received. */
  private async paced(adapter: AxiosAdapter, config: Parameters<AxiosAdapter>[0], patience: Patience) {
    const queuedAt = this.time.now();
    return this.limiter.run(async () => {
      if (patience.signal?.aborted) throw new Broken(CANCELLED, true, false);
      if (patience.timeLeft <= 0) throw new Broken(TOO_LATE, true, false);
      patience.begin(this.time.now() - queuedAt);
      const timeoutMs = Math.ceil(Math.min(this.account.timeoutMs, patience.timeLeft));
      try {
        return await adapter({ ...config, signal: AbortSignal.timeout(timeoutMs) });
      } catch (error) {
        // It holds back all requests, the next in the queue too: so before the place is handed on.
        const pause = axios.isAxiosError<unknown>(error) ? this.pause(error) : 0;
        if (pause <= this.account.patienceMs) this.limiter.slowDown(pause);
        throw error;
      }
    }, patience.signal);
  }

  /** How long the server asks to wait, in milliseconds: with a 429, or a 503 that says so. */
  private pause({ response }: AxiosError<unknown>): number {
    if (response?.status !== 429 && response?.status !== 503) return 0;
    const asked = retryAfter(response.headers["retry-after"], this.time.now());
    return asked ?? (response.status === 429 ? PAUSE_AFTER_429 : 0);
  }
}

function isWholeReply(error: AxiosError<unknown>): error is WholeReply {
  return error.response !== undefined && error.code !== "ERR_CANCELED" && typeof error.response.data === "string";
}

type WholeReply = AxiosError<unknown> & Required<Pick<AxiosError<unknown>, "response">>;

/** Any method after 429 or where nothing was sent; after other failures only what may be done twice: all but POST. */
function isRepeatable(request: Request, error: AxiosError<unknown>): boolean {
  if (isWholeReply(error)) {
    const { status } = error.response;
    return status === 429 || (status >= 500 && request.method !== "POST");
  }
  const broken = brokenBy(error);
  return broken.isWorthRepeating && (broken.neverSent || request.method !== "POST");
}

/** Whether the server may have done what was asked, as far as this one try goes. */
function mayHaveArrived(error: AxiosError<unknown>): boolean {
  return isWholeReply(error) ? error.response.status !== 429 : !brokenBy(error).neverSent;
}

/** `Retry-After` in milliseconds: seconds or an HTTP date; nonsense counts as absent. */
export function retryAfter(header: unknown, now: number): number | undefined {
  if (typeof header !== "string" || header.trim() === "") return undefined;
  const seconds = Number(header);
  const ms = Number.isNaN(seconds) ? Date.parse(header) - now : seconds * 1000;
  return Number.isFinite(ms) && ms >= 0 ? ms : undefined;
}

const UNREACHABLE: Readonly<Record<string, string>> = {
  ECONNREFUSED: "the connection was refused",
  ENOTFOUND: "the host name was not found",
  EAI_AGAIN: "the host name could not be looked up",
  EHOSTUNREACH: "the host cannot be reached",
  ENETUNREACH: "the network cannot be reached",
  EPIPE: "the connection broke before the reply was complete",
  ERR_BAD_RESPONSE: "the connection broke before the reply was complete",
  ECONNRESET: "the connection broke before the reply was complete",
  ETIMEDOUT: "the connection timed out",
};

const CANCELLED = "the run was cancelled";
const TOO_LATE = "the time that customTimeouts gives was over";

const NEVER_CONNECTED = ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"];

/** @param hasArrived whether a try before this one may have reached the server */
function brokenBy(error: AxiosError<unknown>, account?: Account, hasArrived = false, patience?: Patience): Broken {
  const code = error.code ?? "";
  if (code === "ERR_CANCELED") return new Broken(noReply(account, patience), false, true);
  // ERR_SSL_… is no word on the certificate: it may come when the request has long been sent.
  if (/CERT|SIGNATURE|ISSUER/.test(code) && !code.startsWith("ERR_SSL_")) {
    return new Broken(`the server's certificate cannot be trusted (${code})`, !hasArrived, false);
  }
  if (code === "ERR_BAD_RESPONSE" && error.message.includes("maxContentLength")) {
    return new Broken("the reply is too large to be one of Metered's", false, false);
  }
  const isUnreachable = NEVER_CONNECTED.includes(code) || ["connect", "getaddrinfo"].includes(syscallOf(error));
  const host = account && isUnreachable ? ` (${new URL(account.origin).host})` : "";
  return new Broken((UNREACHABLE[code] ?? "the connection failed") + host, isUnreachable && !hasArrived, true);
}

function noReply(account: Account | undefined, patience: Patience | undefined): string {
  if (patience && patience.timeLeft <= 0) return "no reply came within the time that customTimeouts gives";
  return `no reply came within ${(account?.timeoutMs ?? 0) / 1000} s (metered:timeoutSeconds)`;
}

function syscallOf(error: AxiosError<unknown>): string {
  const cause: unknown = error.cause;
  return typeof cause === "object" && cause !== null && "syscall" in cause ? String(cause.syscall) : "";
}

function textOf(data: unknown): string {
  return typeof data === "string" ? data : "";
}

function dateOf(header: unknown): number | undefined {
  const date = typeof header === "string" ? Date.parse(header) : Number.NaN;
  return Number.isNaN(date) ? undefined : date;
}
