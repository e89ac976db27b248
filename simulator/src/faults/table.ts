import type { Operation, RequestKind } from "../requests";

interface FaultDefinition {
  readonly doc: string;
  /** Whether the request is carried out first, unless `afterCommit` says otherwise. */
  readonly commits: boolean;
  /** Set where `afterCommit` has no say. */
  readonly fixed?: true;
}

/** Everything that can go wrong on demand. */
export const faults = {
  cutBefore: { doc: "closes the connection without carrying out the request", commits: false, fixed: true },
  cutAfterCommit: {
    doc: "carries out the request, then closes the connection without a response",
    commits: true,
    fixed: true,
  },
  cutMidReply: { doc: "closes the connection in the middle of the response", commits: true },
  delay: { doc: "waits `ms` before carrying out the request (afterCommit: before responding)", commits: false },
  hang: { doc: "never responds", commits: false },
  status: {
    doc: "responds with `status`, `body` (JSON or a string) and `retryAfter` (seconds or any string)",
    commits: false,
  },
  html: { doc: "responds with an HTML page, `status` 200 unless given", commits: false },
  emptyBody: { doc: "responds with an empty body, `status` 200 unless given", commits: false },
  truncatedJson: { doc: "sends a complete response whose JSON ends in the middle", commits: true },
  wrongTypes: { doc: "changes the type of every value in the response", commits: true },
  enormousJson: { doc: "pads the response to `bytes` (32 MiB unless given)", commits: true },
  redirect: { doc: "redirects to `location`, `status` 302 unless given", commits: false },
  otherRoom: { doc: "responds with another room", commits: true },
} as const satisfies Record<string, FaultDefinition>;

export type FaultName = keyof typeof faults;

/** Which requests meet the fault: all that match every given condition. */
export interface FaultConditions {
  readonly method?: string;
  /** A regular expression for the path (without the query). */
  readonly path?: string;
  readonly kind?: RequestKind;
  readonly operation?: Operation;
  readonly roomName?: string;
  /** So many matching requests pass first. Default: 0. */
  readonly skip?: number;
  /** So many matching requests meet it. Default: 1. */
  readonly times?: number | "always";
}

export interface Fault extends FaultConditions {
  readonly fault: FaultName;
  /** Whether the request is carried out before the fault fires. */
  readonly afterCommit?: boolean;
  readonly ms?: number;
  readonly status?: number;
  readonly body?: unknown;
  /** Seconds, or the text of the header: an HTTP date, nonsense. */
  readonly retryAfter?: number | string;
  readonly location?: string;
  readonly bytes?: number;
}

export function commits({ fault, afterCommit }: Fault): boolean {
  const definition: FaultDefinition = faults[fault];
  return definition.fixed ? definition.commits : (afterCommit ?? definition.commits);
}
