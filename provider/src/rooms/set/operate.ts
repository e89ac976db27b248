import type { Action } from "../../errors";
import { create } from "../create";
import { read } from "../read";
import { remove } from "../remove";
import type { KnownRoom, WantedRoom } from "../room";
import { subjectOf } from "../roomType";
import type { Settled } from "../settled";
import { update } from "../update";
import { SomeRoomsFailed } from "./failures";
import { FanOut, withFewNotes } from "./fanOut";
import { observe, type PlaceFor } from "./observed";
import { isOthers, type KnownRooms, type Step } from "./plan";
import type { SetPlace } from "./setPlace";
import { setSubject } from "./setType";

/** A set after an operation. */
export interface SetAfter {
  /** The rooms that exist, by key: of those that failed, what the state had. */
  readonly rooms: KnownRooms;
  /** Rooms that were replaced by others of another name, and could not be deleted yet. */
  readonly leaving: readonly KnownRoom[];
  readonly failed: SomeRoomsFailed | undefined;
}

type Work = Exclude<Step, { readonly step: "delete" }>;

/**
 * Carries out a plan: creates and changes rooms, then deletes those that are left. Every room goes through the very flow
 * of a single one; a set only adds that they go side by side, and that one request shows what they all are.
 *
 * @param retain whether rooms that leave the set stay on Metered
 * @throws MeteredError where nothing at all could be done
 */
export async function carryOut(
  given: SetPlace,
  action: "create" | "update",
  steps: readonly Step[],
  { leaving = [], retain }: { readonly leaving?: readonly KnownRoom[]; readonly retain: boolean },
): Promise<SetAfter> {
  const { place, tellRest } = withFewNotes(given);
  const works = steps.filter((step): step is Work => step.step !== "delete");
  const removed = steps.flatMap((step) => (step.step === "delete" ? [step] : []));
  // Under the key of a removed room there may be another one by now, which has moved there.
  const keys = new Set(works.map(({ key }) => key));
  const deletes = removed.filter(({ key }) => !keys.has(key));
  const left = new Set([...leaving, ...removed.filter(({ key }) => keys.has(key)).map(({ known }) => known)]);
  const active = works.filter(({ step }) => step !== "keep");
  const looks = active.filter(({ step }) => step !== "create").length;
  const gone = retain ? 0 : deletes.length + left.size;
  // What is only to be deleted may be handed on until then, without a look.
  const placeFor = await observe(place, looks > 0 ? looks + gone : 0);
  const rooms = new Map(
    [...works, ...deletes].flatMap((step): [string, KnownRoom][] => ("known" in step ? [[step.key, step.known]] : [])),
  );
  for (const step of works) if (step.step === "keep") rooms.set(step.key, renamed(step.known, step.wanted));
  // Each leaves an old room, to be deleted as well.
  const renames = retain ? 0 : active.filter(({ step }) => step === "rename").length;
  const fan = new FanOut(place, active.length + renames + gone);
  const accept = (key: string, settled: Settled) => {
    rooms.set(key, settled.known);
    return settled;
  };
  await fan.run(active, nameOf, async (step) => {
    if (step.step === "create") return accept(step.key, await create(place, step.wanted));
    if (step.step === "recreate") {
      // Its end has to be seen: it may have got more time.
      await remove(placeFor(step.known, "settings"), step.known);
      rooms.delete(step.key);
    }
    if (step.step !== "rename" && step.step !== "recreate") {
      return accept(step.key, await update(placeFor(step.known, "settings"), step.known, step.wanted));
    }
    const settled = accept(step.key, await create(place, step.wanted));
    if (step.step === "rename") left.add(step.known);
    return settled;
  });
  if (retain) {
    for (const { key } of deletes) rooms.delete(key);
    left.clear();
  } else {
    // Whoever is to have one of these rooms has time to say so.
    if (removed.length > 0 && !fan.isStopped) await place.claims.quiet();
    await removeLeft(place, looks > 0 ? placeFor : undefined, fan, rooms, left, deletes);
  }
  tellRest();
  // Nothing was done, and every room would say the same.
  if (fan.isInVain) throw fan.stoppedBy;
  return { rooms, leaving: [...left], failed: failedIn(place, action, fan) };
}

/** The second half: what is left, and nobody else's by now. */
async function removeLeft(
  place: SetPlace,
  observed: PlaceFor | undefined,
  fan: FanOut,
  rooms: Map<string, KnownRoom>,
  left: Set<KnownRoom>,
  deletes: readonly { readonly key: string; readonly known: KnownRoom }[],
): Promise<void> {
  const { type, claims } = place;
  const all = [
    ...[...left].map((known) => ({ key: known.name.actual, known, isReplaced: true })),
    ...deletes.map((step) => ({ ...step, isReplaced: false })),
  ];
  const looks = all.filter(({ known }) => !isOthers(place, known)).length;
  // By now there is something to keep: where the list fails, each room tells for itself.
  const placeFor = observed ?? (await observe(place, looks).catch((): PlaceFor => () => place));
  const removed = async (known: KnownRoom) => {
    if (isOthers(place, known)) return place.tell({ note: "handed over", subject: subjectOf(type, known.name.actual) });
    claims.letGo(type, known.name.actual, known.roomId);
    await remove(placeFor(known, "identity"), known);
  };
  await fan.run(
    all,
    ({ known }) => known.name.actual,
    async ({ key, known, isReplaced }) => {
      await removed(known);
      if (isReplaced) left.delete(known);
      else rooms.delete(key);
      return undefined;
    },
  );
}

/**
 * The rooms as they are, for a refresh: one request for all that Metered lists. Those that are gone are left out.
 *
 * @throws SomeRoomsFailed where of any it can't be told
 */
export async function readRooms(given: SetPlace, known: KnownRooms): Promise<KnownRooms> {
  const { place, tellRest } = withFewNotes(given);
  const rooms = new Map<string, KnownRoom>();
  await overAll(place, "read", known, "settings", async (at, key, room) => {
    const now = await read(at, room);
    if (now) rooms.set(key, now);
  });
  tellRest();
  // In the order of the state.
  return new Map([...known.keys()].flatMap((key) => (rooms.has(key) ? [[key, rooms.get(key) as KnownRoom]] : [])));
}

/** @throws SomeRoomsFailed where any is left */
export async function removeRooms(given: SetPlace, known: KnownRooms): Promise<void> {
  const { place, tellRest } = withFewNotes(given);
  await overAll(place, "delete", known, "identity", (at, _key, room) => remove(at, room));
  tellRest();
}

async function overAll(
  place: SetPlace,
  action: Action,
  known: KnownRooms,
  needs: "settings" | "identity",
  work: (at: ReturnType<PlaceFor>, key: string, room: KnownRoom) => Promise<void>,
): Promise<void> {
  const placeFor = await observe(place, known.size);
  const fan = new FanOut(place, known.size);
  const items = [...known].map(([key, room]) => ({ key, room }));
  await fan.run(
    items,
    ({ room }) => room.name.actual,
    async ({ key, room }) => {
      await work(placeFor(room, needs), key, room);
      return undefined;
    },
  );
  if (fan.isInVain) throw fan.stoppedBy;
  const failed = failedIn(place, action, fan);
  if (failed) throw failed;
}

function failedIn(place: SetPlace, action: Action, fan: FanOut): SomeRoomsFailed | undefined {
  if (!fan.hasFailed) return undefined;
  return new SomeRoomsFailed(action, setSubject(place.set, place.setName), fan.total, fan.failures, fan.notBegun);
}

function nameOf(step: Work): string {
  return step.step === "update" ? step.known.name.actual : step.wanted.name.wanted;
}

function renamed(known: KnownRoom, { name }: WantedRoom): KnownRoom {
  return { ...known, name: { ...known.name, ...name } };
}
