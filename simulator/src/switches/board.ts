import { type Switches, switches, switchNames } from "./table";

/** The sentence that a person reads when a switch or its value does not exist. */
export class SwitchError extends Error {}

/** Checks values that come from a program, a file, the command line or a control request. */
export function parseSwitches(input: unknown): Partial<Switches> {
  if (typeof input !== "object" || input === null || Array.isArray(input)) {
    throw new SwitchError("Switches must be an object of names and values.");
  }
  const given = Object.entries(input).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given.map(([name, value]) => [name, parseValue(name, value)]));
}

// Compared as text, because the command line has nothing else: 404 and "404" are the same value.
function parseValue(name: string, value: unknown): string | number {
  const known = switchNames.find((candidate) => candidate === name);
  if (known === undefined) {
    throw new SwitchError(`There is no switch "${name}". The switches are: ${switchNames.join(", ")}.`);
  }
  const { values } = switches[known];
  const found = values.find((candidate) => String(candidate) === String(value));
  if (found === undefined) {
    throw new SwitchError(`Switch ${name} cannot be "${String(value)}". Its values are: ${values.join(" | ")}.`);
  }
  return found;
}

/** The position of every switch, changeable while the server runs. */
export class SwitchBoard {
  #current: Switches;

  constructor(...layers: Partial<Switches>[]) {
    const defaults = Object.fromEntries(switchNames.map((name) => [name, switches[name].default]));
    this.#current = Object.assign(defaults, ...layers.map(parseSwitches)) as Switches;
  }

  get current(): Readonly<Switches> {
    return this.#current;
  }

  set(changes: unknown): void {
    this.#current = { ...this.#current, ...parseSwitches(changes) };
  }
}
