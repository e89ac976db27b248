import type { Bag } from "../core/state";
import { tokenOf } from "../core/token";
import type { PlannedRoom } from "./plan";
import { asSecret } from "./stackState";

/**
 * The file for `pulumi import --file`. With inputs and outputs Pulumi reads nothing and takes the rooms as they are
 * given; secret settings are marked as secrets, so that the state holds them encrypted. The file holds them in clear.
 */
export function importFileText(rooms: readonly PlannedRoom[], providerUrn: string | undefined): string {
  const resources = rooms.map((room) => ({
    type: tokenOf(room.type),
    name: room.resource,
    id: room.state.id,
    // A table of names is what the file refers to; a URN is a name that no room has.
    ...(providerUrn === undefined ? {} : { provider: providerUrn }),
    inputs: withSecrets(room, room.state.inputs),
    outputs: withSecrets(room, room.state.outputs),
  }));
  const nameTable = providerUrn === undefined ? {} : { nameTable: { [providerUrn]: providerUrn } };
  return `${JSON.stringify({ ...nameTable, resources }, undefined, 2)}\n`;
}

function withSecrets({ secrets }: PlannedRoom, bag: Bag): Bag {
  return { ...bag, ...Object.fromEntries(secrets.map(({ setting, value }) => [setting, asSecret(value)])) };
}
