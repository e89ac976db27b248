/** Sets whose rooms are a secret in the state: with the plugin, one secret among a set's inputs hides all of its rooms. */
import { isMarkedAsSecret } from "../pulumi/secrets";
import { isBag } from "../pulumi/setState";
import type { Bag } from "../pulumi/state";
import { setTypeOf } from "../pulumi/types";
import { listed, quoted } from "../pulumi/words/sentence";
import { CommandError } from "./exit";
import type { StackResource, StackState } from "./stackState";

/** The sets of which the state, as it was read, doesn't tell what their rooms are called. */
export function setsWithSecretRooms({ resources, pending }: StackState): StackResource[] {
  const sets = (all: readonly StackResource[]) => all.filter(({ type, isExternal }) => setTypeOf(type) && !isExternal);
  const finished = sets(resources).filter(({ outputs }) => hidesNames(outputs) || hasNameApart(outputs));
  const begun = sets(pending.map(({ resource }) => resource)).filter(({ inputs }) => hidesNames(inputs));
  return [...finished, ...begun];
}

function hidesNames({ rooms }: Bag): boolean {
  return (
    isMarkedAsSecret(rooms) || roomsIn(rooms).some((room) => isMarkedAsSecret(room) || isMarkedAsSecret(room.roomName))
  );
}

/** Whether a room's name is among the secret settings: outputs have it in one place or the other. */
function hasNameApart({ rooms, secretSettings }: Bag): boolean {
  return isMarkedAsSecret(secretSettings) && roomsIn(rooms).some(({ roomName }) => roomName === undefined);
}

function roomsIn(rooms: unknown): Bag[] {
  return isBag(rooms) ? Object.values(rooms).filter(isBag) : [];
}

/** Without an answer, the rooms would pass for rooms that the stack doesn't manage. */
export function secretRooms(sets: readonly StackResource[], { message }: CommandError): CommandError {
  const names = [...new Set(sets.map(({ name }) => quoted(name)))];
  const [which, have] = names.length === 1 ? ["set", "has"] : ["sets", "have"];
  return new CommandError(
    `Can't read which rooms ${which} ${listed(names)} ${have}: they're a secret in the state, which Pulumi didn't decrypt. ` +
      `Nothing was changed. Set PULUMI_CONFIG_PASSPHRASE, or log in to the stack's secrets provider, then run the command again.\n${message}`,
  );
}
