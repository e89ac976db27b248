import { type Home, homeOf } from "./elsewhere";
import {
  type Config,
  Interpolated,
  type Lookup,
  Noted,
  type Program,
  Reference,
  type Resource,
  type StackOutputs,
  type Step,
  type Value,
} from "./program";
import { memberOf, type Shape, type Type, type Types } from "./types";

export function isResource(step: Step): step is Resource {
  return "resource" in step;
}

export function isLookup(step: Step): step is Lookup {
  return "lookup" in step;
}

export function isStack(step: Step): step is StackOutputs {
  return "stack" in step;
}

/** The variable that a step declares. */
export function variableOf(step: Step): string {
  return "config" in step ? step.config : step.as;
}

/** What the names of a program stand for. */
export class Scope {
  private readonly steps: ReadonlyMap<string, Step>;
  private readonly used: ReadonlySet<string>;

  constructor(
    readonly program: Program,
    private readonly types: Types,
  ) {
    this.steps = new Map(program.steps.map((step) => [variableOf(step), step]));
    const twice = Object.keys(program.outputs ?? {}).find((name) => this.steps.has(name));
    if (twice !== undefined) throw new Error(`${twice} is a variable and an output: TypeScript has one name for both.`);
    this.used = new Set(valuesOf(program).flatMap(referencesIn));
  }

  /** The types of what a step is given. */
  shapeOf(step: Resource | Lookup): Shape {
    const shape = isResource(step) ? this.types.inputsOf(step.resource) : this.types.argumentsOf(step.lookup);
    const unknown = Object.keys(step.inputs ?? {}).find((name) => !(name in shape));
    if (unknown !== undefined) throw new Error(`${step.as} has no ${unknown}.`);
    return shape;
  }

  step({ to }: Reference): Step {
    const step = this.steps.get(to);
    if (!step) throw new Error(`No ${to} is declared.`);
    return step;
  }

  /** The types of the parts of a reference's path, in order. */
  typesOn(reference: Reference): readonly Type[] {
    const step = this.step(reference);
    if ("config" in step || isStack(step)) return [];
    const [first, ...rest] = reference.path;
    if (first === undefined) return [];
    const shape = isResource(step) ? this.types.outputsOf(step.resource) : this.types.resultOf(step.lookup);
    const type = shape[first];
    if (!type) throw new Error(`${reference.to} has no ${first}.`);
    const types = [type];
    for (const name of rest) types.push(memberOf(types.at(-1) as Type, name));
    return types;
  }

  /** Whether the program refers to what a step declares. */
  isUsed(step: Step): boolean {
    return this.used.has(variableOf(step));
  }

  get configs(): readonly Config[] {
    return this.program.steps.filter((step) => "config" in step);
  }

  /** The packages besides ours and Pulumi's own, in the order of their names. */
  get elsewhere(): readonly Home["package"][] {
    const homes = this.program.steps.filter(isResource).map(({ resource }) => homeOf(resource)?.package);
    const packages = [...new Set(homes)].filter((each) => each !== undefined);
    return packages.sort((a, b) => (a.alias < b.alias ? -1 : 1));
  }
}

function valuesOf({ steps, outputs = {} }: Program): readonly Value[] {
  const given = steps.flatMap((step) => (isResource(step) || isLookup(step) ? Object.values(step.inputs ?? {}) : []));
  const options = steps
    .filter(isResource)
    .flatMap(({ options: { provider, dependsOn = [] } = {} }) => [...(provider ? [provider] : []), ...dependsOn]);
  return [...given, ...options, ...Object.values(outputs)];
}

function referencesIn(value: Value): string[] {
  if (value instanceof Reference) return [value.to];
  if (value instanceof Noted) return referencesIn(value.value);
  if (value instanceof Interpolated) return value.parts.flatMap((part) => (typeof part === "string" ? [] : [part.to]));
  return typeof value === "object" ? Object.values(value).flatMap(referencesIn) : [];
}
