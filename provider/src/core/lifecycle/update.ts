import { callAbout } from "../callAbout";
import { changedSettings, refuseOtherApp } from "../diff";
import { InvalidSetting, MeteredError, RoomNotFound, RoomReplacedOutside, TAKE_OVER } from "../errors";
import { describeRoom, type RoomType, type Settings, type Value } from "../field";
import { LostUpdate } from "../initFailures";
import { INTERNAL } from "../internal";
import { sameValue } from "../kinds";
import { internalsOf, mismatches, namesIn, outputsOf } from "../outputs";
import type { RoomReply } from "../roomApi";
import { type Bag, compact, declaredIn, isFinished, isForeign, roomIdIn, shownIn, unsettledIn } from "../state";
import { type Context, isBareRefusal, settle } from "./context";
import { findOrTell } from "./read";

export interface Updated {
  readonly outs: Record<string, unknown>;
}

/**
 * Changes the room to what the program declares: a GET, then a PUT of the changed settings together with the current
 * values of the other declared ones, so that it is right whether Metered's PUT merges or replaces.
 *
 * @throws RoomNotFound, RoomReplacedOutside, NotAsDeclared, LostUpdate, and every error of the API
 */
export async function update(context: Context, id: string, olds: Bag, news: Bag): Promise<Updated> {
  const { type, api } = context;
  refuseOtherApp(type, id, olds, api.appName);
  const room = await findOrTell(context, id, olds);
  const isOurs = room !== undefined && (roomIdIn(olds) === undefined || room.roomId === roomIdIn(olds));
  if (!room || (!isOurs && isOver(context, olds))) return unlessOver(context, id, olds, news);
  const isFree = context.adoptExisting && !context.session.isTaken(room.roomId);
  if (!isOurs && !isFree) throw replacedOutside(context, id, olds, room);
  context.session.held.add(room.roomId);

  const { roomName: _, ...declared } = declaredIn(type, news);
  const unsettled = isOurs ? unsettledIn(olds) : [];
  const before = isOurs ? settledIn(type, olds) : {};
  const isHandedOver = isOurs && isForeign(olds, news);
  const [wanted, removed] = isHandedOver
    ? [notShown(context, room, before, declared), {}]
    : [changed(before, declared), whenRemoved(context, id, [...Object.keys(before), ...unsettled], declared)];
  const changes = { ...wanted, ...removed };
  const body = { ...unchanged(context, room, declared), ...changes };
  const { now, lost } =
    Object.keys(changes).length > 0
      ? await put(context, room, body, changes).catch(keepUnsettled(context, id, olds, news, changes))
      : { now: room, lost: [] };
  if (!isOurs) {
    context.session.made.add(now.roomId);
    context.note(`Took over the ${describeRoom(type, id)} that was made outside Pulumi (metered:adoptExisting).`);
  }
  // What the program no longer declares is no reason to fail, now or on every run to come.
  for (const line of mismatches(type, removed, now).failed) context.note(`The ${describeRoom(type, id)}: ${line}`);
  // What is not there any more must not be in the state, or the next run would see nothing to do.
  const { expireUnixSec: _expiry, ...others } = declared;
  const there = lost.length > 0 ? others : declared;
  const isGivenName = isHandedOver || news[INTERNAL.isAutoNamed] !== true;
  const names = isGivenName ? { roomName: news.roomName } : namesIn({ roomName: id, ...olds });
  const outputs = outputsOf(type, api, now, there, names, news);
  return settle(context, now, wanted, outputs, news, lost);
}

/**
 * The PUT. Whether Metered takes a room's own expiry back once it has passed is not documented: where it objects to
 * the call, it is tried without, and what that did to the expiry is looked at.
 */
async function put(
  context: Context,
  room: RoomReply,
  body: Settings,
  changes: Settings,
): Promise<{ now: RoomReply; lost: string[] }> {
  const { api, now } = context;
  try {
    return { now: await api.update(room.roomName, body), lost: [] };
  } catch (error) {
    const { expireUnixSec: expiry, ...rest } = body;
    const isPast = typeof expiry === "number" && expiry <= now() / 1000 && changes.expireUnixSec === undefined;
    if (!isPast || !(error instanceof InvalidSetting || isBareRefusal(error))) throw error;
    const updated = await api.update(room.roomName, rest);
    return { now: updated, lost: lostExpiry(context, room, updated) };
  }
}

/** Where a PUT may have been done all the same, the state holds what it was about until another one is answered. */
function keepUnsettled({ type }: Context, id: string, olds: Bag, news: Bag, changes: Settings) {
  return (error: unknown): never => {
    if (!(error instanceof MeteredError) || !error.mayHaveHappened) throw error;
    const { provider, unsettled } = INTERNAL;
    // Pulumi encrypts what is a secret among the inputs: one that the program no longer declares would be in clear.
    const kept = Object.entries(olds).filter(([name]) => !(name in type.fields) || news[name] !== undefined);
    const names = new Set([...unsettledIn(olds), ...Object.keys(changes)]);
    const properties = { [provider]: news[provider], ...Object.fromEntries(kept), [unsettled]: [...names] };
    throw new LostUpdate(id, properties, error);
  };
}

/** An expiry that the room had before the update and does not have after it: a room that was over is open again. */
function lostExpiry({ type }: Context, before: RoomReply, after: RoomReply): string[] {
  const [had, has] = [before, after].map((room) => shownIn(type, room.body).expireUnixSec ?? undefined);
  if (had === undefined || has !== undefined) return [];
  return ["expireUnixSec is no longer set on Metered, which did not take it along: people may be able to join again."];
}

/** The declared settings of the state, but for those that a lost update left unsettled. */
function settledIn(type: RoomType, olds: Bag): Settings {
  const unsettled = unsettledIn(olds);
  return Object.fromEntries(Object.entries(declaredIn(type, olds)).filter(([name]) => !unsettled.includes(name)));
}

function changed(before: Settings, declared: Settings): Settings {
  return Object.fromEntries(Object.entries(declared).filter(([name, value]) => before[name] !== value));
}

/**
 * What is to be set in a room that another provider managed. Its state may hold whatever that wrote into it: the room
 * itself tells, and the state only where the room says nothing.
 */
function notShown({ type }: Context, room: RoomReply, before: Settings, declared: Settings): Settings {
  const shown = shownIn(type, room.body);
  const isThere = ([name, value]: [string, Value]) => {
    const [field, now] = [type.fields[name], shown[name]];
    if (!field || now === undefined) return before[name] === value;
    return now !== null && sameValue(field, value, now);
  };
  return Object.fromEntries(Object.entries(declared).filter((setting) => !isThere(setting)));
}

/** Every declared setting, as it now is where the reply shows it: what was changed outside is not undone here. */
function unchanged({ type }: Context, room: RoomReply, declared: Settings): Settings {
  const shown = shownIn(type, room.body);
  return Object.fromEntries(Object.entries(declared).map(([name, value]) => [name, shown[name] ?? value]));
}

function whenRemoved({ type, note }: Context, id: string, before: readonly string[], declared: Settings): Settings {
  const sent: Record<string, Value> = {};
  const kept: string[] = [];
  for (const [name, field] of Object.entries(type.fields)) {
    if (field.kind === "roomName" || !before.includes(name) || declared[name] !== undefined) continue;
    if (field.whenRemoved === "kept") kept.push(name);
    else sent[name] = field.whenRemoved;
  }
  if (kept.length > 0) {
    const verb = kept.length === 1 ? "is" : "are";
    note(
      `The ${describeRoom(type, id)}: ${kept.join(", ")} ${verb} no longer declared. Metered documents no way to clear ` +
        `${kept.length === 1 ? "it" : "them"}, so the room keeps the value it has.`,
    );
  }
  return sent;
}

function isOver({ now }: Context, olds: Bag): boolean {
  return isFinished(olds, now() / 1000);
}

/**
 * A room that has deleted itself as declared has nothing left to change, and nothing is wrong with it: an update that
 * changes no setting (Pulumi asks for one when the text of the provider is another) leaves it as it was.
 */
function unlessOver(context: Context, id: string, olds: Bag, news: Bag): Updated {
  const { type, api } = context;
  if (isOver(context, olds) && changedSettings(type, { roomName: id, ...olds }, news).length === 0) {
    const { provider, otherRoomId, unsettled } = INTERNAL;
    const { [provider]: _provider, [otherRoomId]: _other, [unsettled]: _unsettled, ...outs } = olds;
    return { outs: compact({ ...outs, ...internalsOf(news) }) };
  }
  throw new RoomNotFound(callAbout("update", type, id, api.appName), true, isOver(context, olds));
}

function replacedOutside({ type, api }: Context, id: string, olds: Bag, room: RoomReply): Error {
  return new RoomReplacedOutside(
    `Cannot update the ${describeRoom(type, id)}: somebody made another room of that name in the Metered app "${api.appName}" ` +
      `(${room.roomId}; the one of this stack was ${roomIdIn(olds)}). It was left as it is. To take it over, ${TAKE_OVER}. ` +
      "To leave it alone, give this room another roomName.",
  );
}
