import { type Switches, type SwitchName, switches } from "metered-simulator";
import { redact } from "../../../provider/src/metered/redact";
import type { Leftovers } from "../account/cleanUp";
import type { Latency, Observations } from "../account/observations";
import type { TurnLeftovers } from "../account/turnCleanUp";
import type { Step } from "../lifecycle/story";
import type { Fact, Notebook, OpenQuestion } from "../probes/notebook";
import { neverAsked } from "./questions";

const { version } = require("../../../provider/package.json") as { version: string };

interface Difference {
  readonly switch: SwitchName;
  readonly assumed: string | number;
  /** A value of the switch, or what was seen where no value describes it. */
  readonly found: string | number;
  readonly isNew?: true;
}

/** What a run found out. No key, no address and no value of a reply's field is in it but those listed here. */
export interface Report {
  readonly about: string;
  /** Of this form; a change that breaks readers raises it. */
  readonly form: 1;
  readonly date: string;
  readonly provider: string;
  readonly server: "Metered" | "another server";
  /** `to its end`, or why not. */
  readonly ran: string;
  /** Values that describe the server, to be handed to `metered-simulator --profile`. */
  readonly switches: Partial<Switches>;
  readonly asAssumed: readonly SwitchName[];
  readonly differs: readonly Difference[];
  readonly notFoundOut: readonly OpenQuestion[];
  readonly facts: readonly Fact[];
  readonly unknownFields: Readonly<Record<string, readonly string[]>>;
  readonly fieldsShown: Readonly<Record<string, readonly string[]>>;
  readonly rateLimit: { readonly headers: Readonly<Record<string, string>>; readonly tooManyRequests: number };
  readonly dateHeaders: string;
  readonly latencyMs: Latency;
  readonly lifecycle: readonly Step[];
  readonly rooms: { readonly made: number; readonly left: Leftovers };
  /** TURN credentials and projects that could not be deleted. */
  readonly turnLeft: TurnLeftovers;
}

export interface Course {
  readonly startedAt: number;
  readonly isMetered: boolean;
  readonly ran: string;
  readonly notes: Notebook;
  readonly observations: Observations;
  readonly lifecycle: readonly Step[];
  readonly made: number;
  readonly left: { readonly rooms: Leftovers; readonly turn: TurnLeftovers };
}

export function reportOf(course: Course): Report {
  const { notes, observations } = course;
  const found = notes.all.flatMap(([name, finding]) =>
    finding.kind === "found" ? [[name, finding.value] as const] : [],
  );
  const untold = notes.all.flatMap(([name, finding]) =>
    finding.kind === "untold" ? [{ question: `switch ${name}: ${switches[name].doc}`, why: finding.why }] : [],
  );
  return {
    about: "What npm run test:live of pulumi-metered found out. Send it to the project: it contains no key.",
    form: 1,
    date: new Date(course.startedAt).toISOString(),
    provider: version,
    server: course.isMetered ? "Metered" : "another server",
    ran: course.ran,
    switches: Object.fromEntries(found) as Partial<Switches>,
    asAssumed: found.filter(([name, value]) => value === switches[name].default).map(([name]) => name),
    differs: differences(notes),
    notFoundOut: [...untold, ...notes.unanswered, ...neverAsked],
    facts: notes.facts,
    unknownFields: observations.unknownFields,
    fieldsShown: observations.fieldsShown,
    rateLimit: { headers: observations.rateLimitHeaders, tooManyRequests: observations.tooManyRequests },
    dateHeaders: observations.dateHeaders,
    latencyMs: observations.latency,
    lifecycle: course.lifecycle,
    rooms: { made: course.made, left: course.left.rooms },
    turnLeft: course.left.turn,
  };
}

function differences(notes: Notebook): Difference[] {
  return notes.all.flatMap(([name, finding]): Difference[] => {
    const assumed = switches[name].default;
    if (finding.kind === "odd") return [{ switch: name, assumed, found: finding.seen, isNew: true }];
    return finding.kind === "found" && finding.value !== assumed
      ? [{ switch: name, assumed, found: finding.value }]
      : [];
  });
}

/** The same without the keys, however they are written, and without the app's address. */
export function withoutSecrets(report: Report, secrets: readonly string[], appName: string): Report {
  // The values come from the simulator's own table: they cannot hold anything of the account.
  const { switches: values, ...rest } = report;
  const scrubbed = scrub(rest, (text) => redact(text.replaceAll(`${appName}.metered`, "APP.metered"), secrets));
  return { ...(scrubbed as Omit<Report, "switches">), switches: values };
}

function scrub(value: unknown, clean: (text: string) => string): unknown {
  if (typeof value === "string") return clean(value);
  if (Array.isArray(value)) return value.map((item) => scrub(item, clean));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, scrub(item, clean)]));
}
