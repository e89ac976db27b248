import { type FactsOf, isCause, MeteredError } from "../errors";
import type { RoomReply } from "./api";
import type { Unmoved } from "./claims";
import type { Departure } from "./departures";
import { diff } from "./diff";
import { judged } from "./judge";
import { numberedName } from "./name";
import type { Owner } from "./owner";
import { callAbout, nowSeconds, type Place } from "./place";
import { bring, post } from "./reconcile";
import { giveUpName } from "./remove";
import type { WantedRoom } from "./room";
import { subjectOf } from "./roomType";
import { type Settled, settled } from "./settled";
import { updateInOrder } from "./update";

/** How many names a room with a generated name tries, when Metered says of each that it is taken. */
const NAMES_TRIED = 100;
/** The same, when Metered gives no reason, so that the name may not be what it objects to. */
const NAMES_TRIED_BLINDLY = 3;

/** What came of one name: a room, or why this name can't be had. */
type Attempt =
  | Settled
  /** `mayTakeNext`: whether another name may be tried, if the program gives none. */
  | { readonly error: MeteredError; readonly mayTakeNext: boolean; readonly isBlind: boolean };

/**
 * Creates the room: one POST in the good case. Never adopts a room that exists, with two exceptions: its own, when the
 * response was lost within this very call, and any that no other resource claims, when the user said so with
 * `metered:adoptExisting`.
 *
 * @throws MeteredError `NameTaken`, `NameUsedTwice`, and every error of the API
 */
export async function create(place: Place, wanted: WantedRoom): Promise<Settled> {
  const { claims, type, owner } = place;
  const { wanted: name } = wanted.name;
  try {
    return await claims.arriving(type, name, owner, () => underSomeName(place, wanted));
  } catch (error) {
    throw withReleased(error, claims.releasedFor(type, name));
  }
}

/** An error that also says which rooms were deleted for nothing. */
function withReleased(error: unknown, released: readonly string[]): unknown {
  const isAboutCall = error instanceof MeteredError && error.facts.cause !== "InvalidConfiguration";
  return isAboutCall && released.length > 0 ? new MeteredError({ ...error.facts, released }) : error;
}

/** The room under its wanted name or, if that is generated, under the first numbered name that is free. */
async function underSomeName(place: Place, wanted: WantedRoom): Promise<Settled> {
  const { type, claims } = place;
  let first: MeteredError | undefined;
  for (let number = 1; ; number++) {
    const name = numberedName(wanted.name.wanted, number);
    const attempt = await claims.inOrder(type, name, () => underName(place, name, wanted));
    if (!("error" in attempt)) return attempt;
    first ??= attempt.error;
    const limit = attempt.isBlind ? NAMES_TRIED_BLINDLY : NAMES_TRIED;
    if (wanted.name.isGenerated && attempt.mayTakeNext && number < limit) continue;
    // Blind attempts that all fail were not about the name: then the first refusal is the truth.
    throw attempt.isBlind ? first : attempt.error;
  }
}

async function underName(place: Place, name: string, wanted: WantedRoom): Promise<Attempt> {
  const { type, claims } = place;
  const rival = claims.rivalFor(type, name, place.owner);
  if (rival !== undefined) return { error: wantedTwice(place, name, rival), mayTakeNext: true, isBlind: false };
  const taken = await takeOver(place, name, wanted);
  if (taken) return taken;
  await awaitName(place, name);
  const posted = await post(place, name, wanted.settings);
  switch (posted.outcome) {
    case "created":
      claims.claim(posted.room.roomId, { owner: place.owner, how: "created" });
      return settled(place, wanted.name, judged(place, wanted.settings, wanted.settings, posted.room));
    case "reserved":
      return { error: posted.error, mayTakeNext: true, isBlind: false };
    case "unexplained":
      return { error: posted.error, mayTakeNext: true, isBlind: true };
    case "met": {
      // The resource that has the room may be one that Pulumi is about to tell of.
      await claims.told(type, name, posted.room.roomId, place.owner);
      const departure = claims.departureOf(type, name);
      if (departure?.roomId !== posted.room.roomId || departure.isHandedOver)
        return meet(place, name, posted.room, wanted);
      return underName(place, name, wanted);
    }
  }
}

/** What comes of a create that meets a living room: it is adopted if the user said so, and no resource claims it. */
async function meet(place: Place, name: string, room: RoomReply, wanted: WantedRoom): Promise<Attempt> {
  const { type, claims, adoptExisting } = place;
  const call = callAbout(place, "create", name);
  const claim = claims.claimOf(room.roomId);
  const isOwn = claim !== undefined && claim.owner !== undefined && claim.owner === place.owner;
  // Where nobody knows resources, a change that is known may be the replacement whose new room this is (`replaceOnChanges`).
  const mayBeReplaced = claim?.how === "replaces" || (claim?.how === "changes" && claim.owner === undefined);
  if (claim && !isOwn && !mayBeReplaced) {
    const error = new MeteredError({ cause: "NameUsedTwice", how: "kept", holder: claim.owner, ...call });
    return { error, mayTakeNext: true, isBlind: false };
  }
  const other = claims.departureOf(type, name) ? undefined : claims.declaredByOther(type, name, place.owner);
  if (!claim && other !== undefined) {
    return { error: wantedTwice(place, name, other), mayTakeNext: true, isBlind: false };
  }
  // The state has the name for this very resource, which Pulumi replaces, or for whichever it is. One that gives the name up
  // has another room.
  const isInState = claims.isDeclared(type, name) && claims.departureOf(type, name) === undefined;
  if (claim || (isInState && !claims.hadAnotherRoom(type, name, place.owner, room.roomId))) {
    const error = new MeteredError({ cause: "NameTaken", how: "replaced", since: sinceOf(room), ...call });
    return { error, mayTakeNext: true, isBlind: false };
  }
  if (!adoptExisting) {
    const how = wanted.name.isGenerated ? "generated exists" : "exists";
    const { isRenaming } = claims;
    const [since, isRecent] = [sinceOf(room), isRecentIn(room)];
    const error = new MeteredError({ cause: "NameTaken", how, since, isRecent, isRenaming, ...call });
    // Under our own generated name it may be what an interrupted run left: going on would orphan it.
    return { error, mayTakeNext: false, isBlind: false };
  }
  // One of two resources that are to have the name may own this very room: of a forced replacement Pulumi doesn't tell.
  const rival = claims.wanted.rivalOf(type, name, place.owner);
  if (rival) return { error: wantedTwice(place, name, rival.owner), mayTakeNext: true, isBlind: false };
  claims.claim(room.roomId, { owner: place.owner, how: "adopted" });
  const brought = await bring(place, room, {}, wanted.settings);
  if (brought.lost) throw brought.lost;
  place.tell({ note: "adopted", subject: subjectOf(type, room.roomName) });
  return settled(place, wanted.name, brought);
}

/**
 * The room that a set of this program no longer declares, and that has this very name: it is handed on as it is, with no
 * request where nothing about it changes.
 */
async function takeOver(place: Place, name: string, wanted: WantedRoom): Promise<Settled | undefined> {
  const { type, claims, owner } = place;
  const departure = claims.departureOf(type, name);
  if (!departure?.removed || departure.state !== "announced" || wanted.name.isGenerated) return undefined;
  const known = departure.removed;
  const { changed, replaces } = diff(place, known, wanted, nowSeconds(place));
  if (replaces.length > 0) return undefined;
  claims.claim(departure.roomId, { owner, how: "adopted" });
  if (changed.length === 0) return { known: { ...known, name: { ...known.name, ...wanted.name } }, shortfalls: [] };
  try {
    return await updateInOrder(place, known, wanted);
  } catch (error) {
    claims.depart(departure);
    if (isCause(error, "RoomNotFound")) return undefined;
    throw error;
  }
}

/** Waits until the resource that gives this name up has its next room, and deletes the one that it leaves. */
async function awaitName(place: Place, name: string): Promise<void> {
  const { type, claims } = place;
  const departure = claims.departureOf(type, name);
  if (!departure || departure.isHandedOver) return;
  const unmoved = await claims.departed(type, name, departure, place.owner);
  if (unmoved === "rival") throw wantedTwice(place, name, claims.rivalFor(type, name, place.owner));
  if (unmoved) throw notHandedOn(place, name, departure, unmoved);
  await giveUpName(place, departure);
}

function wantedTwice(place: Place, name: string, holder: Owner): MeteredError {
  return new MeteredError({ cause: "NameUsedTwice", how: "wanted", holder, ...callAbout(place, "create", name) });
}

type NotHandedOn = Exclude<Unmoved, "rival">;

function notHandedOn(place: Place, name: string, departure: Departure, unmoved: NotHandedOn): MeteredError {
  const facts: FactsOf<"NameUsedTwice"> = {
    cause: "NameUsedTwice",
    how:
      departure.newName === undefined
        ? "removal not begun"
        : unmoved === "failed"
          ? "rename failed"
          : "rename not begun",
    holder: departure.owner,
    newName: departure.newName,
    ...callAbout(place, "create", name),
  };
  return new MeteredError(facts);
}

/** So old is what an interrupted run has left when somebody runs it again, in milliseconds. */
const RECENT_MS = 60 * 60 * 1000;

/** By the server's own clock. */
function isRecentIn({ createdAt = 0, answeredAt = Number.POSITIVE_INFINITY }: RoomReply): boolean {
  return answeredAt - createdAt < RECENT_MS;
}

function sinceOf({ createdAt }: RoomReply): number | undefined {
  return createdAt === undefined ? undefined : Math.floor(createdAt / 1000);
}
