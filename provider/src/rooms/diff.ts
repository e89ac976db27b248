import { type Action, MeteredError } from "../errors";
import { UNKNOWN } from "../schema/kinds";
import { isFinished } from "./expiry";
import { isRename } from "./name";
import { callAbout, type Place } from "./place";
import { type KnownRoom, settingsOf, type WantedRoom } from "./room";

/** The input that is a room's identity. */
const NAME = "roomName";

/** What a change of the program means for a room. */
export interface Difference {
  /** Names of the inputs that differ: changed, added, removed or not known yet. */
  readonly changed: readonly string[];
  /** Those of them for which the room has to be replaced. */
  readonly replaces: readonly string[];
  /** Whether the state has to be rewritten, although the room itself stays as it is. */
  readonly isRewritten: boolean;
  /** Whether the old room has to go before its replacement comes: both have one name. */
  readonly deleteBeforeReplace: boolean;
}

/**
 * Compares what the program declares with what the state says of the room, without any call.
 *
 * @throws MeteredError `AppChanged` when the state belongs to another app than the configured one, `ForeignRoom` when
 * another provider wrote it about another room
 */
export function diff(
  place: Pick<Place, "type" | "api">,
  known: KnownRoom,
  wanted: WantedRoom,
  now: number,
): Difference {
  const { type } = place;
  refuseOtherApp(place, known, "update");
  const isRenamed = isRename(known.name, wanted.name);
  if (known.origin === "foreign" && isRenamed && wanted.name.wanted !== UNKNOWN) {
    const call = callAbout(place, "update", known.name.actual);
    throw new MeteredError({ cause: "ForeignRoom", declared: wanted.name.wanted, ...call });
  }
  const isChanged = ([name]: [string, unknown]) => known.settings[name] !== wanted.settings[name];
  const settings = settingsOf(type).filter(isChanged);
  const changed = [...(isRenamed ? [NAME] : []), ...settings.map(([name]) => name)];
  // A room that is over can't be changed any more; what the program now declares is a new one.
  const isOver = isFinished(known.settings, now);
  const replaces = changed.filter((name) => isOver || type.fields[name]?.replaces);
  const { wanted: name, isGenerated } = known.name;
  return {
    changed,
    // What another provider says of settings is in its own words, so it is never a reason to replace.
    replaces: known.origin === "foreign" ? [] : replaces,
    isRewritten: known.origin === "foreign" || name !== wanted.name.wanted || isGenerated !== wanted.name.isGenerated,
    deleteBeforeReplace: !isRenamed,
  };
}

/**
 * Notes what the comparison means for the claims of this run.
 *
 * @throws MeteredError `NameUsedTwice` when another resource of the program has the room, too
 */
export function claimBy(place: Place, known: KnownRoom, wanted: WantedRoom, found: Difference): void {
  const { type, claims, owner } = place;
  const { roomId, name, origin } = known;
  if (roomId === undefined || origin === "lookup") return;
  // After a refresh Pulumi compares rooms, too, also those that the program doesn't have: of those no inputs were checked.
  const names = [name.wanted, name.actual];
  if (!names.some((each) => claims.isDeclared(type, each))) return;
  for (const each of names) claims.locate(type, each, owner, roomId);
  const claim = claims.claimOf(roomId);
  const isOthers = claim !== undefined && (owner === undefined || claim.owner !== owner);
  // Where nobody knows resources, one that is compared again looks like two.
  const isShared = isOthers && (claim.how === "adopted" || (owner !== undefined && claim.owner !== undefined));
  const isRenamed = found.replaces.includes(NAME) && wanted.name.wanted !== UNKNOWN;
  // Two resources of the state may share a room after a failed adoption: this one has nothing to give up.
  if (isOthers && isRenamed) return;
  if (isShared) {
    const call = callAbout(place, "update", name.actual);
    throw new MeteredError({ cause: "NameUsedTwice", how: "kept", holder: claim.owner, ...call });
  }
  if (isRenamed) claims.depart({ type, roomId, name: name.actual, owner, newName: wanted.name.wanted });
  else if (found.replaces.length > 0) claims.claim(roomId, { owner, how: "replaces" });
  else claims.claim(roomId, { owner, how: found.changed.length > 0 ? "changes" : "keeps" });
}

/** No operation touches a room of another app: the same name there is another room. */
export function refuseOtherApp(place: Pick<Place, "type" | "api">, known: KnownRoom, action: Action): void {
  const { appName: owner, name } = known;
  if (owner === undefined || owner === place.api.appName) return;
  throw new MeteredError({ cause: "AppChanged", owner, ...callAbout(place, action, name.actual) });
}
