import type { Answer } from "./answer";
import { fieldNames, isKnown } from "./fieldNames";

/** Where the fields of replies that are no success are listed. */
const ERRORS = "replies that are no success";

/** How long requests took, in milliseconds. */
export interface Latency {
  readonly requests: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly longest: number;
}

type Names = Readonly<Record<string, readonly string[]>>;

/** What is seen of every reply beside what a probe asks for. */
export class Observations {
  private readonly fields = new Map<string, Set<string>>();
  private readonly latencies: number[] = [];
  private readonly limits = new Map<string, string>();
  private dated = 0;
  private tooMany = 0;

  /** @param label the endpoint, as people write it */
  add(label: string, answer: Answer): void {
    this.latencies.push(answer.ms);
    if (!Number.isNaN(Date.parse(answer.headers.date ?? ""))) this.dated++;
    if (answer.status === 429) this.tooMany++;
    for (const [name, value] of Object.entries(answer.headers)) {
      if (/rate-?limit|retry-after|quota/i.test(name))
        this.limits.set(name, isHarmless(value) ? value : "(not a number)");
    }
    const place = answer.status < 300 ? label : ERRORS;
    const names = this.fields.get(place) ?? new Set();
    for (const name of fieldNames(answer)) names.add(name);
    this.fields.set(place, names);
  }

  /** Fields that neither a field table nor a page of Metered's knows, by endpoint. */
  get unknownFields(): Names {
    return this.names((place, name) => !isKnown(place, name));
  }

  /** The known ones that were shown at least once. */
  get fieldsShown(): Names {
    return this.names((place, name) => place !== ERRORS && isKnown(place, name));
  }

  /** With the last value seen, where that is a number or a list of them. */
  get rateLimitHeaders(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.limits);
  }

  get dateHeaders(): "every reply" | "some replies" | "no reply" {
    if (this.dated === 0) return "no reply";
    return this.dated === this.latencies.length ? "every reply" : "some replies";
  }

  get tooManyRequests(): number {
    return this.tooMany;
  }

  get latency(): Latency {
    const sorted = [...this.latencies].sort((a, b) => a - b);
    const at = (share: number) => Math.round(sorted[Math.ceil(sorted.length * share) - 1] ?? 0);
    return { requests: sorted.length, p50: at(0.5), p90: at(0.9), p99: at(0.99), longest: at(1) };
  }

  private names(isWanted: (place: string, name: string) => boolean): Names {
    const found = [...this.fields].map(
      ([place, names]) => [place, [...names].filter((name) => isWanted(place, name)).sort()] as const,
    );
    return Object.fromEntries(found.filter(([, names]) => names.length > 0));
  }
}

function isHarmless(value: string): boolean {
  return /^[\d\s,;=.wq-]{1,60}$/.test(value);
}
