import { type Switches, type SwitchName, switches } from "metered-simulator";

/** What is known of one switch. */
export type Finding =
  | { readonly kind: "found"; readonly value: string | number }
  /** Nobody outside can tell, or this run was not allowed to look. */
  | { readonly kind: "untold"; readonly why: string }
  /** An answer that no value of the switch describes. */
  | { readonly kind: "odd"; readonly seen: string };

/** The answer to a question that no switch stands for. */
export interface Fact {
  readonly question: string;
  readonly answer: string;
}

/** A question that stays open. */
export interface OpenQuestion {
  readonly question: string;
  readonly why: string;
}

/** What the probes write down. */
export class Notebook {
  private readonly findings = new Map<SwitchName, Finding>();
  readonly facts: Fact[] = [];
  /** Questions that no switch stands for, and that were not answered. */
  readonly unanswered: OpenQuestion[] = [];

  found<N extends SwitchName>(name: N, value: Switches[N]): void {
    this.findings.set(name, { kind: "found", value });
  }

  untold(name: SwitchName, why: string): void {
    this.findings.set(name, { kind: "untold", why });
  }

  odd(name: SwitchName, seen: string): void {
    this.findings.set(name, { kind: "odd", seen });
  }

  fact(question: string, answer: string): void {
    this.facts.push({ question, answer });
  }

  /** The value of a switch, where it was found. */
  value<N extends SwitchName>(name: N): Switches[N] | undefined {
    const finding = this.findings.get(name);
    return finding?.kind === "found" ? (finding.value as Switches[N]) : undefined;
  }

  finding(name: SwitchName): Finding | undefined {
    return this.findings.get(name);
  }

  /** Every switch, in the order of the simulator's table. */
  get all(): readonly (readonly [SwitchName, Finding])[] {
    const names = Object.keys(switches) as SwitchName[];
    return names.map((name) => [name, this.findings.get(name) ?? { kind: "untold", why: "it was not asked" }]);
  }
}
