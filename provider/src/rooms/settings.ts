import type { Settings, Value } from "../schema/field";
import type { KnownSettings } from "./room";

/** The settings whose value is known. */
export function certain(settings: KnownSettings): Settings {
  return Object.fromEntries(Object.entries(settings).filter((entry): entry is [string, Value] => entry[1] !== null));
}

export function pick(settings: Settings, isWanted: (name: string, value: Value) => boolean): Settings {
  return Object.fromEntries(Object.entries(settings).filter(([name, value]) => isWanted(name, value)));
}

export function mapValues<T>(
  settings: Settings,
  change: (name: string, value: Value) => T,
): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, change(name, value)]));
}
