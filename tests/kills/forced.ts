import type { EngineWorld, Rooms } from "../support/engineWorld";

/** The ways to have a room replaced that has not changed in a way that needs it. */
export const forces = ["--replace", "taint", "replaceOnChanges"] as const;

/** A room that is to be replaced by force. */
export interface Forced {
  /** Its name in the program. */
  readonly key: string;
  readonly force: (typeof forces)[number];
  /** What the program says of `deleteBeforeReplace`. */
  readonly option: "true" | "false" | "undefined";
  /** Whether somebody deletes the old room before. */
  readonly old: "present" | "gone";
  readonly name: "given" | "generated";
}

/**
 * Whether the new room comes before the old one goes. The option has the last word. Without it, Pulumi asks the provider
 * only where a setting changes.
 */
export function isBesideOld({ option, force }: Pick<Forced, "option" | "force">): boolean {
  return option === "false" || (option === "undefined" && force !== "replaceOnChanges");
}

/** Creates the rooms and whatever else has them replaced by an `up` with the arguments that it answers. */
export async function prepare(world: EngineWorld, rooms: readonly Forced[]): Promise<string[]> {
  const { stack, simulator } = world;
  world.program(programOf(rooms, "before"));
  await stack.pulumi("up");
  for (const { key, old } of rooms) if (old === "gone") simulator.archiveRoom("meeting", stack.room(key).id);
  const urns = (force: Forced["force"]) =>
    rooms.filter((room) => room.force === force).map(({ key }) => stack.room(key).urn);
  const tainted = urns("taint");
  if (tainted.length > 0) await stack.pulumi("state", "taint", ...tainted, "--yes");
  world.program(programOf(rooms, "after"));
  return urns("--replace").flatMap((urn) => ["--replace", urn]);
}

/** @param nameOf what a given name is; a generated one is left to the provider where that is the key itself */
export function programOf(rooms: readonly Forced[], when: "before" | "after", nameOf = (key: string) => key): Rooms {
  return Object.fromEntries(
    rooms.map(({ key, option, name, force }) => {
      const maxParticipants = force === "replaceOnChanges" && when === "after" ? 6 : 5;
      const roomName = name === "given" || nameOf(key) !== key ? nameOf(key) : undefined;
      const options = `{ replaceOnChanges: ["maxParticipants"], deleteBeforeReplace: ${option} }`;
      return [key, { args: { maxParticipants, roomName }, options }];
    }),
  );
}
