import { AppChanged, ForeignRoom } from "./errors";
import { describeRoom, type RoomType } from "./field";
import { INTERNAL } from "./internal";
import { UNKNOWN } from "./kinds";
import { sameName } from "./names";
import { askedName, type Bag, declaredIn, isFinished, isForeign, isOfOtherText, textIn, unsettledIn } from "./state";

/**
 * What a change of the program means for a room. `changes: false`: nothing to do. Otherwise `changes` stays open, so
 * that the engine makes the property diff from the inputs itself (and honours `replaceOnChanges`, `ignoreChanges`).
 */
export interface Diff {
  readonly changes?: false;
  readonly replaces?: string[];
}

/**
 * Compares the declared settings with what the state says of the room, without any call. `olds` are outputs of any
 * age, `news` are inputs, not always checked ones.
 *
 * @throws AppChanged when the state belongs to another Metered app than the configured one, ForeignRoom when another
 * provider wrote it about another room
 */
export function diff(type: RoomType, id: string, olds: Bag, news: Bag, appName: string, nowSeconds: number): Diff {
  refuseOtherApp(type, id, olds, appName);
  if (isForeign(olds, news)) return takeOver(type, id, news);
  const changed = changedSettings(type, { roomName: id, ...olds }, news);
  if (changed.length > 0) {
    // A room that is over cannot be changed any more; what the program now declares is a new one.
    const replaces = isFinished(olds, nowSeconds) ? changed : changed.filter((name) => type.fields[name]?.replaces);
    return replaces.length > 0 ? { replaces } : {};
  }
  // A numbered name that the program now gives by itself is no longer that of another asked one.
  const isNamedAsAsked = olds[INTERNAL.askedName] === undefined || news[INTERNAL.isAutoNamed] === true;
  const isSettled = olds[INTERNAL.otherRoomId] === undefined && unsettledIn(olds).length === 0 && isNamedAsAsked;
  return isSettled && !isOfOtherText(olds, news) ? { changes: false } : {};
}

/** State of another provider: what it says of settings and names is in its own words, so it is never a reason to replace. */
function takeOver(type: RoomType, id: string, { roomName }: Bag): Diff {
  if (typeof roomName === "string" && roomName !== UNKNOWN && !sameName(roomName, id)) {
    throw new ForeignRoom(describeRoom(type, id), id, roomName);
  }
  return {};
}

/** Names of the settings that the program declares differently from the state: changed, added, removed or unknown. */
export function changedSettings(type: RoomType, olds: Bag, news: Bag): string[] {
  const before = declaredIn(type, olds);
  const after = declaredIn(type, news);
  return Object.keys(type.fields).filter((name) =>
    name === "roomName" ? isRenamed(olds, news) : before[name] !== after[name],
  );
}

/** A made name may be the asked one or the one that the room had to take; a given one must be the room's. */
function isRenamed(olds: Bag, news: Bag): boolean {
  const name = news.roomName;
  if (name === undefined || name === olds.roomName) return false;
  return news[INTERNAL.isAutoNamed] !== true || name !== askedName(olds);
}

/** No operation touches a room of another app: the same name there is another room. A lookup means whatever has the name. */
export function refuseOtherApp(type: RoomType, id: string, olds: Bag, appName: string): void {
  const owner = olds[INTERNAL.isLookup] === true ? undefined : textIn(olds, "appName");
  if (owner !== undefined && owner !== appName) throw new AppChanged(describeRoom(type, id), owner, appName);
}
