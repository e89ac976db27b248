import { declarationOf, stateOf } from "../existing";
import { describeRoom } from "../field";
import { INTERNAL } from "../internal";
import type { Bag } from "../state";
import type { Context } from "./context";
import { lookUpLiving, type ReadRoom } from "./read";

/**
 * A room that exists, as the state of one that a program declares: one GET. What of it no program can declare is told
 * as an Info line.
 *
 * @throws RoomNotFound, CannotTell, and every error of the API
 */
export async function importRoom(context: Context, name: string): Promise<ReadRoom> {
  const { type, api, now, note } = context;
  const room = await lookUpLiving(context, name);
  const { settings, left, problems } = declarationOf(type, room, now() / 1000);
  for (const line of [...left, ...problems]) note(`The ${describeRoom(type, room.roomName)}: ${line}`);
  const { id, inputs, outputs } = stateOf(type, api, room, settings);
  return { id, props: withoutText(outputs), inputs: withoutText(inputs) };
}

/** Only a dynamic resource says where its code is. */
function withoutText({ [INTERNAL.provider]: _, ...bag }: Bag): Record<string, unknown> {
  return bag;
}
