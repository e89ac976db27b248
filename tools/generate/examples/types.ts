import { homeOf, SHAPES } from "./elsewhere";

/** The types of the schema, as far as the writers of examples have to know them. */

interface Property {
  readonly type?: string;
  readonly $ref?: string;
  readonly items?: Property;
  readonly additionalProperties?: Property;
}
type Properties = Readonly<Record<string, Property>>;

/** The parts of the schema that examples need. */
export interface ExampleSchema {
  readonly types: Readonly<Record<string, { readonly enum?: readonly EnumValue[]; readonly properties?: Properties }>>;
  readonly resources: Readonly<
    Record<string, { readonly inputProperties: Properties; readonly properties: Properties }>
  >;
  readonly functions: Readonly<
    Record<
      string,
      { readonly inputs: { readonly properties: Properties }; readonly outputs: { readonly properties: Properties } }
    >
  >;
  readonly provider: { readonly inputProperties: Properties };
}

interface EnumValue {
  readonly name: string;
  readonly value: string;
}

export type Type =
  | { readonly kind: "string" | "boolean" | "integer" | "number" }
  | { readonly kind: "choice"; readonly name: string; readonly values: readonly EnumValue[] }
  | { readonly kind: "list" | "map"; readonly item: Type }
  | { readonly kind: "object"; readonly name: string; readonly properties: Readonly<Record<string, Type>> };

export type Shape = Readonly<Record<string, Type>>;

export class Types {
  constructor(private readonly schema: ExampleSchema) {}

  inputsOf(resource: string): Shape {
    if (resource === "Provider") return this.shape(this.schema.provider.inputProperties);
    if (homeOf(resource)) return SHAPES[resource] ?? {};
    return this.shape(found(this.schema.resources, resource).inputProperties);
  }

  outputsOf(resource: string): Shape {
    if (resource === "Provider" || homeOf(resource)) return {};
    return { id: { kind: "string" }, ...this.shape(found(this.schema.resources, resource).properties) };
  }

  argumentsOf(lookup: string): Shape {
    return this.shape(found(this.schema.functions, lookup).inputs.properties);
  }

  resultOf(lookup: string): Shape {
    return this.shape(found(this.schema.functions, lookup).outputs.properties);
  }

  private shape(properties: Properties): Shape {
    return Object.fromEntries(Object.entries(properties).map(([name, property]) => [name, this.typeOf(property)]));
  }

  private typeOf({ type, $ref, items, additionalProperties }: Property): Type {
    if ($ref !== undefined) return this.named($ref.slice($ref.lastIndexOf(":") + 1));
    if (items) return { kind: "list", item: this.typeOf(items) };
    if (additionalProperties) return { kind: "map", item: this.typeOf(additionalProperties) };
    return { kind: type as "string" };
  }

  private named(name: string): Type {
    const { enum: values, properties } = found(this.schema.types, name);
    if (values) return { kind: "choice", name, values };
    return { kind: "object", name, properties: this.shape(properties ?? {}) };
  }
}

/** A member of the schema by the last part of its token. */
function found<T>(members: Readonly<Record<string, T>>, name: string): T {
  const member = members[`metered:index:${name}`];
  if (!member) throw new Error(`The schema has no ${name}.`);
  return member;
}

/** The type of a member of an object, or of a map's values. */
export function memberOf(type: Type, name: string): Type {
  if (type.kind === "map") return type.item;
  const member = type.kind === "object" ? type.properties[name] : undefined;
  if (!member) throw new Error(`No ${name} in ${type.kind === "object" ? type.name : type.kind}.`);
  return member;
}

/** The name of a choice's value in the schema, which the SDKs make their constants of. */
export function choiceName(type: Type & { readonly kind: "choice" }, value: string): string {
  const choice = type.values.find((each) => each.value === value);
  if (!choice) throw new Error(`${type.name} can't be ${value}.`);
  return choice.name;
}
