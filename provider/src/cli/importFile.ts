import { type Bag, KEY } from "../pulumi/state";
import { packageTokenOf, tokenOf } from "../pulumi/types";
import type { Planned } from "./plan";
import { asSecret } from "./stackState";

/**
 * The file for `pulumi import --file`. With inputs and outputs Pulumi reads nothing and takes the rooms as they are
 * given; what may contain a credential is marked as a secret, so that the state holds it encrypted. The file itself holds
 * it in plaintext.
 */
export function importFileText(rooms: readonly Planned[], providerUrn: string | undefined): string {
  const resources = rooms.map((room) => ({ ...entry(room, tokenOf(room.type), providerUrn), ...stateIn(room) }));
  return fileText(resources, providerUrn);
}

/** The same for the plugin, which reads rooms itself. Of a set there is nothing to read: Metered knows none. */
export function pluginImportFileText(rooms: readonly Planned[], providerUrn: string | undefined): string {
  const resources = rooms.map((room) => {
    const own = entry(room, packageTokenOf(room.type), providerUrn);
    if (!room.members) return { ...own, id: room.importId };
    const { inputs, outputs } = stateIn(room);
    return { ...own, inputs: withoutText(inputs), outputs: withoutText(outputs) };
  });
  return fileText(resources, providerUrn);
}

function stateIn(room: Planned): { readonly inputs: Bag; readonly outputs: Bag } {
  const { inputs, outputs } = room.state;
  return {
    inputs: withSecrets(room, inputs),
    outputs: withSecrets(room, { ...outputs, ...secretOutputsOf(room) }),
  };
}

/** Only a dynamic resource says where its code is. */
function withoutText({ [KEY.text]: _text, ...bag }: Bag): Bag {
  return bag;
}

function entry({ resource, state }: Planned, type: string, provider: string | undefined) {
  return { type, name: resource, id: state.id, ...(provider === undefined ? {} : { provider }) };
}

function fileText(resources: readonly object[], providerUrn: string | undefined): string {
  // The file refers to a table of names; a URN is a name that no room has.
  const nameTable = providerUrn === undefined ? {} : { nameTable: { [providerUrn]: providerUrn } };
  return `${JSON.stringify({ ...nameTable, resources }, undefined, 2)}\n`;
}

function withSecrets({ secrets, members }: Planned, bag: Bag): Bag {
  if (members) return bag.secretSettings === undefined ? bag : { ...bag, secretSettings: asSecret(bag.secretSettings) };
  return { ...bag, ...Object.fromEntries(secrets.map(({ setting, value }) => [setting, asSecret(value)])) };
}

function secretOutputsOf({ secretOutputs, state }: Planned): Bag {
  return Object.fromEntries(secretOutputs.map((name) => [name, asSecret(state.outputs[name])]));
}
