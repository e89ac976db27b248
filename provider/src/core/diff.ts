import { AppChanged } from "./errors";
import { describeRoom, type RoomType } from "./field";
import { INTERNAL } from "./internal";
import { askedName, type Bag, declaredIn, isFinished, textIn } from "./state";

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
 * @throws AppChanged when the state belongs to another Metered app than the configured one.
 */
export function diff(type: RoomType, id: string, olds: Bag, news: Bag, appName: string, nowSeconds: number): Diff {
  refuseOtherApp(type, id, olds, appName);
  const changed = changedSettings(type, olds, news);
  if (changed.length > 0) {
    // A room that is over cannot be changed any more; what the program now declares is a new one.
    const replaces = isFinished(olds, nowSeconds) ? changed : changed.filter((name) => type.fields[name]?.replaces);
    return replaces.length > 0 ? { replaces } : {};
  }
  const isOurs = olds[INTERNAL.provider] === news[INTERNAL.provider] && olds[INTERNAL.otherRoomId] === undefined;
  return isOurs ? { changes: false } : {};
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

/** No operation touches a room of another app: the same name there is another room. */
export function refuseOtherApp(type: RoomType, id: string, olds: Bag, appName: string): void {
  const owner = textIn(olds, "appName");
  if (owner !== undefined && owner !== appName) throw new AppChanged(describeRoom(type, id), owner, appName);
}
