import { type Switches, type SwitchName, switches, switchNames } from "./table";

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

/** Positions to start from. */
export interface Profile {
  readonly name: string;
  /** Switches that differ from their defaults. */
  readonly switches: Partial<Switches>;
}

/** The position of every switch, changeable while the server runs. */
export class SwitchBoard {
  #profile: Profile;
  #current: Switches;

  constructor(
    readonly startProfile: Profile,
    changes: Partial<Switches>,
  ) {
    this.#profile = startProfile;
    this.#current = { ...positionsOf(startProfile), ...parseSwitches(changes) };
  }

  get current(): Readonly<Switches> {
    return this.#current;
  }

  get profile(): Profile {
    return this.#profile;
  }

  /** The switches that have left their profile's positions. */
  get changed(): SwitchName[] {
    const original = positionsOf(this.#profile);
    return switchNames.filter((name) => this.#current[name] !== original[name]);
  }

  set(changes: unknown): void {
    this.#current = { ...this.#current, ...parseSwitches(changes) };
  }

  /** Puts every switch where the profile has it. */
  turnTo(profile: Profile): void {
    this.#profile = profile;
    this.#current = positionsOf(profile);
  }
}

function positionsOf(profile: Profile): Switches {
  const defaults = Object.fromEntries(switchNames.map((name) => [name, switches[name].default])) as Switches;
  return { ...defaults, ...profile.switches };
}
