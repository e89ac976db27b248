import type { AxiosError, AxiosInstance, AxiosStatic } from "axios";
import type { Advice, Attempts as Spent } from "../errors";
import type { Account } from "./account";
import { Attempts, type Limits, realTime, type Time } from "./attempts";
import { Limiter } from "./limiter";

export interface Request {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Path below `/api`, its parts already encoded: `/v1/rooms`. */
  readonly path: string;
  /** The call needs no secret key, so it gets none. */
  readonly keyless?: true;
  /** A POST that leaves nothing behind, so that it can be repeated. */
  readonly isSafe?: true;
  /** Beside the secret key. */
  readonly query?: Readonly<Record<string, string | number>>;
  readonly body?: Readonly<Record<string, unknown>>;
}

/** A complete response. */
export interface Reply {
  readonly status: number;
  readonly text: string;
  /** When the server answered, in unix milliseconds by its clock (`Date` header). */
  readonly date: number | undefined;
  /** How long the server asks everybody to wait, in milliseconds: with a 429, or a 503 that says so. */
  readonly pauseMs: number;
}

/** Why there is no response, or not all of it. Holds nothing of the request. */
export interface NoReply {
  /** `connection refused`, without the host. */
  readonly problem: string;
  readonly advice?: Advice;
  /** Whether it is certain that the request never reached the server. */
  readonly neverSent: boolean;
  readonly isWorthRepeating: boolean;
}

/** What a request came to, with its last attempt. */
export interface Outcome extends Spent {
  readonly last: Reply | NoReply;
  /** Whether an attempt before the last one may have reached the server. */
  readonly earlierMayHaveArrived: boolean;
}

/** More than the list of 10,000 rooms with every field. What is larger doesn't come from Metered. */
const LARGEST_REPLY = 64 * 1024 * 1024;
/** The pause after a 429 that doesn't say how long to wait, in milliseconds. */
const PAUSE_AFTER_429 = 1000;

const CANCELLED: NoReply = { problem: "cancelled", advice: "cancelled", neverSent: true, isWorthRepeating: false };
const NOT_MADE: NoReply = { problem: "the request could not be made", neverSent: true, isWorthRepeating: false };
const TOO_LATE: NoReply = { problem: "no time left", advice: "time", neverSent: true, isWorthRepeating: false };

/** Loaded with the first request: a run that changes nothing makes none, and would wait for it. */
function axios(): AxiosStatic {
  return require("axios") as AxiosStatic;
}

/** Sends requests to one app. Paces, repeats and times them out, and leaves the meaning of responses to others. */
export class Http {
  /** Where the app answers: `demo.metered.live`, `127.0.0.1:9`. */
  readonly host: string;
  private readonly limiter: Limiter;
  private client: AxiosInstance | undefined;

  constructor(
    private readonly account: Account,
    private readonly time: Time = realTime,
  ) {
    this.host = new URL(account.origin).host;
    this.limiter = new Limiter(account.maxConcurrentRequests, time);
  }

  private get instance(): AxiosInstance {
    this.client ??= this.create();
    return this.client;
  }

  private create(): AxiosInstance {
    const { origin } = this.account;
    return axios().create({
      adapter: "http",
      baseURL: `${origin}/api`,
      headers: { Accept: "application/json", "User-Agent": "pulumi-metered" },
      maxRedirects: 0,
      maxContentLength: LARGEST_REPLY,
      responseType: "text",
      transformResponse: (data: unknown) => data,
      validateStatus: () => true,
      // A forward proxy could read the key in an unencrypted request. https goes through the proxy in a tunnel.
      ...(origin.startsWith("http:") ? { proxy: false as const } : {}),
    });
  }

  attempts(limits?: Limits): Attempts {
    return new Attempts(this.account.patienceMs, this.time, limits);
  }

  /** Repeats a request for as long as that is safe and may help. Never throws for anything that the network does. */
  async send(request: Request, attempts: Attempts): Promise<Outcome> {
    let earlierMayHaveArrived = false;
    for (;;) {
      const last = await this.attempt(request, attempts);
      attempts.end(problemOf(last));
      const delay = isRepeatable(request, last) ? attempts.nextDelay(pauseAfter(last)) : undefined;
      if (delay === undefined) return { last, earlierMayHaveArrived, ...attempts.spent };
      earlierMayHaveArrived ||= mayHaveArrived(last);
      await attempts.wait(delay);
    }
  }

  /** One attempt: first its place in the queue, then its own timeout from the first byte sent to the last received. */
  private async attempt(request: Request, attempts: Attempts): Promise<Reply | NoReply> {
    const queuedAt = this.time.now();
    return this.limiter.run(async () => {
      if (attempts.signal?.aborted) return CANCELLED;
      if (attempts.timeLeft <= 0) return TOO_LATE;
      attempts.begin(this.time.now() - queuedAt);
      const last = await this.exchange(request, attempts.timeLeft);
      // The pause holds back all requests, also the next in the queue, so it starts before the place is handed on.
      if (pauseAfter(last) <= this.account.patienceMs) this.limiter.slowDown(pauseAfter(last));
      return last;
    }, attempts.signal);
  }

  private async exchange(
    { method, path, query, body, keyless }: Request,
    timeLeftMs: number,
  ): Promise<Reply | NoReply> {
    const { timeoutMs, secretKey } = this.account;
    const limitMs = Math.min(timeoutMs, timeLeftMs);
    try {
      const {
        status,
        data: text,
        headers,
      } = await this.instance.request<string>({
        method,
        url: path,
        params: keyless ? query : { secretKey, ...query },
        data: body,
        signal: AbortSignal.timeout(Math.ceil(limitMs)),
      });
      return { status, text, date: dateOf(headers.date), pauseMs: this.pause(status, headers["retry-after"]) };
    } catch (error) {
      // An axios error holds the URL with the key, so it ends here.
      if (!axios().isAxiosError<unknown>(error)) return NOT_MADE;
      if (error.code !== "ERR_CANCELED") return noReply(error);
      const isCustom = timeLeftMs < timeoutMs;
      const problem = isCustom ? "no response in the time allowed" : `no response within ${limitMs / 1000} s`;
      return { problem, advice: isCustom ? "time" : "network", neverSent: false, isWorthRepeating: true };
    }
  }

  private pause(status: number, header: unknown): number {
    if (status !== 429 && status !== 503) return 0;
    return retryAfter(header, this.time.now()) ?? (status === 429 ? PAUSE_AFTER_429 : 0);
  }
}

export function isReply(last: Reply | NoReply): last is Reply {
  return "status" in last;
}

/** What an attempt came to, for a user who waits for the next. */
function problemOf(last: Reply | NoReply): string {
  if (!isReply(last)) return last.problem;
  if (last.status === 429) return "too many requests (HTTP 429)";
  return last.status >= 400 ? `HTTP ${last.status}` : "unexpected response";
}

function pauseAfter(last: Reply | NoReply): number {
  return isReply(last) ? last.pauseMs : 0;
}

/** Any method after 429 or where nothing was sent. After other failures what may be done twice: all but POST. */
function isRepeatable({ method, isSafe: leavesNothing }: Request, last: Reply | NoReply): boolean {
  const isSafe = method !== "POST" || leavesNothing === true;
  if (!isReply(last)) return last.isWorthRepeating && (last.neverSent || isSafe);
  return last.status === 429 || ((last.status >= 500 || last.status === 408 || last.status === 499) && isSafe);
}

/** Whether the server may have done what was asked, as far as this one attempt goes. */
function mayHaveArrived(last: Reply | NoReply): boolean {
  return isReply(last) ? last.status !== 429 : !last.neverSent;
}

/** `Retry-After` in milliseconds: seconds or an HTTP date. Nonsense counts as absent. */
export function retryAfter(header: unknown, now: number): number | undefined {
  if (typeof header !== "string" || header.trim() === "") return undefined;
  const seconds = Number(header);
  const ms = Number.isNaN(seconds) ? Date.parse(header) - now : seconds * 1000;
  return Number.isFinite(ms) && ms >= 0 ? ms : undefined;
}

/** Codes of a connection that was never made. */
const NEVER_CONNECTED: Readonly<Record<string, string>> = {
  ECONNREFUSED: "connection refused",
  ENOTFOUND: "host name not found",
  EAI_AGAIN: "host name lookup failed",
  EHOSTUNREACH: "host unreachable",
  ENETUNREACH: "network unreachable",
};

const LOST = "connection lost before the response was complete";
const PROBLEMS: Readonly<Record<string, string>> = {
  ...NEVER_CONNECTED,
  EPIPE: LOST,
  ERR_BAD_RESPONSE: LOST,
  ECONNRESET: LOST,
  ETIMEDOUT: "connection timed out",
};

function noReply(error: AxiosError<unknown>): NoReply {
  const code = error.code ?? "";
  // ERR_SSL_… says nothing about the certificate: it may come long after the request was sent.
  if (/CERT|SIGNATURE|ISSUER/.test(code) && !code.startsWith("ERR_SSL_")) {
    const problem = `its certificate can't be trusted, ${code}`;
    return { problem, advice: "certificate", neverSent: true, isWorthRepeating: false };
  }
  if (error.message.includes("maxContentLength")) {
    return { problem: "the response is larger than 64 MiB", advice: "size", neverSent: false, isWorthRepeating: false };
  }
  const neverSent = code in NEVER_CONNECTED || ["connect", "getaddrinfo"].includes(syscallOf(error));
  return { problem: PROBLEMS[code] ?? "connection failed", advice: "network", neverSent, isWorthRepeating: true };
}

function syscallOf({ cause }: AxiosError<unknown>): string {
  return typeof cause === "object" && cause !== null && "syscall" in cause ? String(cause.syscall) : "";
}

function dateOf(header: unknown): number | undefined {
  const date = typeof header === "string" ? Date.parse(header) : Number.NaN;
  return Number.isNaN(date) ? undefined : date;
}
