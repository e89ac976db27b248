import { setInputsOf, setOutputsOf } from "../pulumi/setState";
import { knownIn, registered } from "../pulumi/state";
import { SET_TYPES, setTypeOf, tokenOf } from "../pulumi/types";
import { generatedNameOf, partsOf, urnOf } from "../pulumi/urn";
import { quoted } from "../pulumi/words/sentence";
import type { RoomType } from "../rooms/roomType";
import { type SetType, setSubject } from "../rooms/set/setType";
import { isSensitive } from "../schema/kinds";
import type { Stack } from "./account";
import { CommandError } from "./exit";
import { variablesFor } from "./identifiers";
import type { ImportPlan, Planned, Skipped } from "./plan";

/**
 * The same import with one set for all rooms of a kind, instead of a resource for each. What isn't a room stays as it is.
 *
 * @param setName the sets' name in the program
 * @throws CommandError where the stack has a set of that name
 */
export async function gatherInSets(
  plan: ImportPlan,
  setName: string,
  appName: string,
  stack: Stack,
): Promise<ImportPlan> {
  const groups = SET_TYPES.map((set) => ({ set, rooms: plan.rooms.filter(({ type }) => type.name === set.room.name) }));
  const others = plan.rooms.filter(({ type }) => SET_TYPES.every(({ room }) => room.name !== type.name));
  const filled = groups.filter(({ rooms }) => rooms.length > 0);
  refuseTaken(
    filled.map(({ set }) => set),
    setName,
    stack,
  );
  const variables = variablesFor(
    filled.map(() => setName),
    others.map(({ variable }) => variable),
  );
  const skipped: Skipped[] = [];
  const stackName = await stackNameOf(stack);
  const sets = filled.map(({ set, rooms }, i): Planned => {
    const { kept, left } = withoutNamesakes(set.room, rooms);
    skipped.push(...left);
    const urn = urnOf({ stack: stackName, project: stack.project.name, type: tokenOf(set), name: setName });
    const id = generatedNameOf(urn, set);
    return plannedSet(set, keyed(kept), { id, resource: setName, variable: variables[i] ?? "", appName });
  });
  return { rooms: [...sets, ...others], skipped: [...plan.skipped, ...skipped] };
}

/** A set can only be imported whole: there is no way to add rooms to one that is in the state. */
function refuseTaken(sets: readonly SetType[], setName: string, { state }: Stack): void {
  const isTaken = state.resources.some(
    ({ type, name }) => name === setName && sets.some((set) => setTypeOf(type) === set),
  );
  if (!isTaken) return;
  throw new CommandError(
    `The stack already has a set ${quoted(setName)}, and an import can't add rooms to it. Either choose another name, or ` +
      "add the rooms to its rooms in the program, each with its roomName, and set metered:adoptExisting to true for one pulumi up.",
  );
}

/** From a URN of the stack where there is one: it spares a run of Pulumi. */
async function stackNameOf({ state, pulumi }: Stack): Promise<string> {
  const [first] = state.resources;
  if (first) return partsOf(first.urn).stack;
  const { stdout } = await pulumi.expectOnStack(["stack", "--show-name"]);
  // On Pulumi Cloud, with the organization before it.
  return stdout.trim().split("/").at(-1) ?? "";
}

/** A set holds no two rooms whose names differ in case alone, since they may be one to Metered. */
function withoutNamesakes(type: RoomType, rooms: readonly Planned[]): { kept: Planned[]; left: Skipped[] } {
  const first = new Map<string, Planned>();
  for (const room of rooms) if (!first.has(room.name.toLowerCase())) first.set(room.name.toLowerCase(), room);
  const kept = [...first.values()];
  const left = rooms
    .filter((room) => !kept.includes(room))
    .map(({ subject, name }): Skipped => ({ type, subject, name, reason: "namesake in the set" }));
  return { kept, left };
}

/** Under its name, without what Pulumi takes for its own. Where that is taken, with a number. */
function keyed(rooms: readonly Planned[]): Map<string, Planned> {
  const keys = new Map<string, Planned>();
  const names = new Set(rooms.map(({ name }) => name));
  for (const room of rooms) {
    const plain = room.name.replace(/^__+/, "") || "room";
    let key = plain;
    for (let number = 2; keys.has(key) || (key !== room.name && names.has(key)); number++) key = `${plain}-${number}`;
    keys.set(key, room);
  }
  return keys;
}

interface Identity {
  readonly id: string;
  readonly resource: string;
  readonly variable: string;
  readonly appName: string;
}

/** The state is the same as if the program had created the set, so that nothing is left to do. */
function plannedSet(
  set: SetType,
  members: ReadonlyMap<string, Planned>,
  { id, resource, variable, appName }: Identity,
): Planned {
  const { fields } = set.room;
  const known = {
    name: id,
    appName,
    rooms: new Map([...members].map(([key, { state }]) => [key, knownIn(set.room, state.id, state.outputs)])),
    leaving: [],
    retainRemoved: false,
    isSecret: (_key: string, setting: string) => fields[setting] !== undefined && isSensitive(fields[setting]),
  };
  return {
    type: set,
    subject: setSubject(set, resource),
    name: resource,
    importId: id,
    settings: {},
    state: {
      id,
      inputs: { ...setInputsOf(known), ...registered(set) },
      outputs: { ...setOutputsOf(known), ...registered(set) },
    },
    secretOutputs: [],
    left: [],
    resource,
    variable,
    secrets: [...members.values()].flatMap(({ secrets }) => secrets),
    remarks: [],
    members,
  };
}
