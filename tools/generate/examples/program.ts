/**
 * A program in no language: what it declares, in order. `render` writes it in every language that Pulumi has, so that all
 * examples of the documentation and of the schema have one source.
 */
export interface Program {
  readonly steps: readonly Step[];
  /** What the program exports, by name. */
  readonly outputs?: Inputs;
}

export type Step = Config | StackOutputs | Resource | Lookup;

/** A value of the stack's configuration: `pulumi config set NAME …`. */
export interface Config {
  readonly config: string;
  readonly secret?: boolean;
  readonly comment?: string;
}

/** The outputs of another stack: `ref(AS, OUTPUT)` is one of them. */
export interface StackOutputs {
  readonly stack: string;
  readonly as: string;
  readonly comment?: string;
}

export interface Resource {
  /** Its type in the schema, such as `MeetingRoom`; `Provider` for a provider. In another package, its token. */
  readonly resource: string;
  /** The variable that holds it, in camelCase. */
  readonly as: string;
  /** Its name in the program, where that isn't the variable's. */
  readonly name?: string;
  readonly inputs?: Inputs;
  readonly options?: Options;
  /** One line above it. */
  readonly comment?: string;
}

export interface Lookup {
  /** The function's name in the schema, such as `getMeetingRoom`. */
  readonly lookup: string;
  readonly as: string;
  readonly inputs?: Inputs;
  readonly comment?: string;
}

/** The resource options that examples use. */
export interface Options {
  readonly provider?: Reference;
  readonly dependsOn?: readonly Reference[];
  readonly protect?: boolean;
  readonly retainOnDelete?: boolean;
  readonly deleteBeforeReplace?: boolean;
  readonly ignoreChanges?: readonly string[];
  readonly import?: string;
}

export interface Inputs {
  readonly [name: string]: Value;
}
export type Value = string | number | boolean | readonly Value[] | Inputs | Reference | Noted | Interpolated;

/** Something that was declared before, or a part of it. */
export class Reference {
  constructor(
    readonly to: string,
    readonly path: readonly string[],
  ) {}
}

/** A value with a comment of one line above it. */
export class Noted {
  constructor(
    readonly value: Value,
    readonly comment: string,
  ) {}
}

/** A string with references in it. */
export class Interpolated {
  constructor(readonly parts: readonly (string | Reference)[]) {}
}

/** `ref("standup", "roomName")`; of a configuration value or a provider, just the name. */
export function ref(to: string, ...path: string[]): Reference {
  return new Reference(to, path);
}

export function noted(value: Value, comment: string): Noted {
  return new Noted(value, comment);
}

export function interpolated(...parts: (string | Reference)[]): Interpolated {
  return new Interpolated(parts);
}

/** A moment in Unix seconds, with a comment that a person can read. */
export function unixSeconds(timestamp: string): Noted {
  return noted(Date.parse(timestamp) / 1000, timestamp);
}

/** A span of time in seconds, with a comment in days. */
export function days(count: number): Noted {
  return noted(count * 86_400, count === 1 ? "1 day" : `${count} days`);
}
