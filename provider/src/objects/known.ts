import { type Action, type Call, MeteredError } from "../errors";
import type { Shortfall } from "../notes";
import type { AnyValue } from "../schema/field";
import { objectSubject } from "./objectType";
import type { ObjectPlace } from "./place";

/** What a program declares of an object. */
export type WantedObject = Readonly<Record<string, AnyValue>>;

/** An object as the state knows it. */
export interface KnownObject {
  /** The Pulumi id. */
  readonly id: string;
  /** The app that the object belongs to. */
  readonly appName: string | undefined;
  /** `null`: declared, and what Metered has isn't certain, since the response to an update was lost. */
  readonly settings: Readonly<Record<string, AnyValue | null>>;
  /** Outputs that no program declares, by name. */
  readonly facts: Readonly<Record<string, unknown>>;
  /** How far the server's clock was ahead of the machine's that last saw both, in seconds; 0 where they agree. */
  readonly clockOffset: number;
  /** Exists, but was switched off outside Pulumi, so that it's of no use any more. */
  readonly isDisabled: boolean;
  /** `lookup`: the program looks the object up and doesn't manage it. */
  readonly origin: "ours" | "lookup";
}

/** The end of an operation that reached the server: from here on the object is in the state, whatever else happened. */
export interface DoneObject {
  readonly known: KnownObject;
  /** Why the object isn't as declared; empty when it is. */
  readonly shortfalls: readonly Shortfall[];
  /** What failed after the object was there, so that the engine has to come back to it. */
  readonly lost?: MeteredError | undefined;
}

/** What can be done with the objects of one kind. */
export interface Lifecycle {
  /** Never leaves an object behind without saying so. */
  create(place: ObjectPlace, wanted: WantedObject): Promise<DoneObject>;
  /** The object as it is; undefined when it's certain that it's gone. */
  read(place: ObjectPlace, known: KnownObject): Promise<KnownObject | undefined>;
  update(place: ObjectPlace, known: KnownObject, wanted: WantedObject): Promise<DoneObject>;
  /** Gone already is success. */
  remove(place: ObjectPlace, known: KnownObject): Promise<void>;
  /** One that exists, with every setting that Metered shows. Absent where Metered keeps nothing. */
  lookUp?(place: ObjectPlace, id: string): Promise<KnownObject>;
}

/** A call about an object of these settings. */
export function callOf({ type, api }: ObjectPlace, action: Action, settings: Readonly<Record<string, unknown>>): Call {
  return { action, subject: objectSubject(type, settings), app: api.appName };
}

/** No operation touches an object of another app. */
export function refuseOtherApp(place: ObjectPlace, { appName: owner, settings }: KnownObject, action: Action): void {
  if (owner === undefined || owner === place.api.appName) return;
  throw new MeteredError({ cause: "AppChanged", owner, ...callOf(place, action, settings) });
}

/** A text among the facts. */
export function factIn({ facts }: KnownObject, name: string): string {
  const value = facts[name];
  return typeof value === "string" ? value : "";
}

/** A setting that is a text; undefined where it is none, or may be another by now. */
export function textIn(settings: KnownObject["settings"], name: string): string | undefined {
  const value = settings[name];
  return typeof value === "string" ? value : undefined;
}

/** The project that a credential belongs to; undefined for one of the app. */
export function projectOf(settings: KnownObject["settings"]): string | undefined {
  return textIn(settings, "projectId");
}
