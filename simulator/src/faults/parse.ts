import { operations, requestKinds } from "../requests";
import { type Fault, faults } from "./table";

/** The sentence that a person reads when a fault makes no sense. */
export class FaultError extends Error {}

interface Kind {
  readonly is: (value: unknown) => boolean;
  readonly what: string;
}

const text: Kind = { is: (value) => typeof value === "string", what: "a text" };
const count: Kind = { is: (value) => Number.isInteger(value) && Number(value) >= 0, what: "an integer, 0 or more" };
const oneOf = (...values: string[]): Kind => ({
  is: (value) => typeof value === "string" && values.includes(value),
  what: `one of ${values.join(", ")}`,
});

const properties: Record<keyof Fault, Kind> = {
  fault: oneOf(...Object.keys(faults)),
  method: text,
  path: { is: isPattern, what: "a regular expression" },
  kind: oneOf(...requestKinds),
  operation: oneOf(...operations),
  roomName: text,
  skip: count,
  times: { is: (value) => value === "always" || count.is(value), what: `${count.what}, or "always"` },
  afterCommit: { is: (value) => typeof value === "boolean", what: "a boolean" },
  ms: count,
  status: {
    is: (value) => count.is(value) && Number(value) >= 200 && Number(value) < 600,
    what: "a status, 200 to 599",
  },
  body: { is: () => true, what: "JSON" },
  retryAfter: { is: (value) => typeof value === "string" || count.is(value), what: "seconds or a string" },
  location: text,
  bytes: count,
};

/** What a fault cannot do without. */
const needed: Partial<Record<Fault["fault"], keyof Fault>> = { delay: "ms", status: "status", redirect: "location" };

/** Checks a fault that comes from a program or a control request. */
export function parseFault(input: unknown): Fault {
  if (typeof input !== "object" || input === null || Array.isArray(input)) {
    throw new FaultError('A fault is an object such as { "fault": "cutBefore", "operation": "create" }.');
  }
  const given: object = { fault: undefined, ...input };
  assertProperties(given);
  const missing = needed[given.fault];
  if (missing !== undefined && given[missing] === undefined) {
    throw new FaultError(`The fault ${given.fault} needs ${missing}.`);
  }
  return given;
}

function assertProperties(given: object): asserts given is Fault {
  for (const [name, value] of Object.entries(given)) {
    if (!Object.hasOwn(properties, name)) {
      throw new FaultError(`A fault has no property "${name}". It can have: ${Object.keys(properties).join(", ")}.`);
    }
    const { is, what } = properties[name as keyof Fault];
    const optional = name !== "fault" && value === undefined;
    if (!optional && !is(value)) throw new FaultError(`The fault's ${name} must be ${what}.`);
  }
}

function isPattern(value: unknown): boolean {
  if (typeof value !== "string") return false;
  try {
    new RegExp(value);
    return true;
  } catch {
    return false;
  }
}
