import { butIs, choiceProblem, nearest } from "../schema/given";
import type { Bag } from "./state";

/**
 * What the value of an argument must be: one of these words, or of this kind. `prefix`: a string that may be empty.
 * `needed`: a string, of which the lookup itself tells that it's missing.
 */
type Kind = readonly string[] | "needed" | "string" | "prefix" | "boolean";

const ROOM: Readonly<Record<string, Kind>> = { roomName: "needed" };

/** The arguments of every lookup, by the function's name in a program. */
const ARGUMENTS: Readonly<Record<string, Readonly<Record<string, Kind>>>> = {
  getMeetingRoom: ROOM,
  getLiveStreamingRoom: ROOM,
  getMeetingRooms: { namePrefix: "prefix", privacy: ["public", "private"], includeArchived: "boolean" },
  getIceServers: { apiKey: "needed", region: "string" },
  getTurnCredentials: { projectId: "string", label: "string", includeExpired: "boolean" },
  getTurnProjects: {},
  getTurnUsage: { projectId: "string", username: "string", byUser: "boolean" },
  validateAccessToken: { token: "needed" },
};

/**
 * The first thing that is wrong with the arguments of a lookup, with what would be right: a filter that is misspelled, or
 * of another type, would find what nobody has asked for. Names no value, which may be a credential.
 */
export function argumentProblem(lookup: string, args: Bag): string | undefined {
  const known = ARGUMENTS[lookup] ?? {};
  for (const [name, value] of Object.entries(args)) {
    if (value === undefined || value === null) continue;
    const kind = Object.hasOwn(known, name) ? known[name] : undefined;
    const problem = kind === undefined ? unknownArgument(name, Object.keys(known)) : mismatch(name, kind, value);
    if (problem !== undefined) return `${lookup}: ${problem}`;
  }
  return undefined;
}

function unknownArgument(name: string, known: readonly string[]): string {
  if (known.length === 0) return `${name} is not an argument: it takes none`;
  const meant = nearest(name, known);
  return `${name} is not an argument: ${meant ? `did you mean ${meant}?` : `it takes ${known.join(", ")}`}`;
}

function mismatch(name: string, kind: Kind, value: unknown): string | undefined {
  if (kind === "needed") return undefined;
  if (typeof kind === "object") {
    const problem = choiceProblem(value, kind);
    return problem && `${name} ${problem}`;
  }
  if (kind === "boolean")
    return typeof value === "boolean" ? undefined : `${name} must be true or false${butIs(value)}`;
  if (typeof value !== "string") return `${name} must be a string${butIs(value)}`;
  return value === "" && kind === "string" ? `${name} must not be empty: leave it out instead` : undefined;
}
