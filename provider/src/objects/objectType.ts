import type { Subject } from "../errors";
import type { Given } from "../schema/check";
import type { Field, ResourceType, Rule } from "../schema/field";

/** What an object has beside its inputs: the server makes it, or the provider works it out. */
export interface OutputField {
  readonly kind: "text" | "unixSeconds" | "iceServers";
  /** What it is, in one or two sentences. */
  readonly doc: string;
  /** A credential, or a part of one: encrypted in state, never quoted in a message. */
  readonly secret?: true;
  /** Not every object has it. */
  readonly optional?: true;
}

/** A kind of object that isn't a room. */
export interface ObjectType extends ResourceType {
  readonly name: "TurnProject" | "TurnCredential" | "AccessToken";
  readonly outputs: Readonly<Record<string, OutputField>>;
  /** What the resource's Pulumi id is, in a sentence. */
  readonly id: string;
  /** What an import and `get` take to find one that exists; absent where Metered keeps nothing that could be found. */
  readonly foundBy?: string;
  /** What becomes of the object where one of its inputs that replaces it changes, in a sentence. */
  readonly replaced: string;
  /** What a message calls the object. */
  nameOf(settings: Given): string;
}

/** Of what expires, and is replaced before that. */
export const rotatesBeforeTheEnd: Rule = {
  level: "error",
  field: "rotateBeforeSeconds",
  smallerThan: "expiryInSeconds",
  why: "otherwise every run would replace it",
};

/** What an error says it is about. */
export function objectSubject(type: ObjectType, settings: Given): Subject {
  return { label: type.label, name: type.nameOf(settings), resource: type.name };
}

/** The settings that Metered knows, without those that only decide when Pulumi does something. */
export function sentFields(type: ResourceType): [string, Field][] {
  return Object.entries(type.fields).filter(([, field]) => !field.local);
}

/** Names of the outputs that are secrets whatever the program says. */
export function secretOutputs({ outputs }: ObjectType): string[] {
  return Object.keys(outputs).filter((name) => outputs[name]?.secret);
}
