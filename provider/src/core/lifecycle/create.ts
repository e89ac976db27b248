import { callAbout } from "../callAbout";
import { MeteredError, NameTaken, NameUsedTwice, PerhapsTaken, TAKE_OVER } from "../errors";
import { describeRoom, type RoomType, type Settings } from "../field";
import { INTERNAL } from "../internal";
import { moment, sameValue } from "../kinds";
import { numberedName } from "../names";
import { namesOf, outputsOf } from "../outputs";
import type { RoomReply } from "../roomApi";
import { askedName, type Bag, declaredIn, shownIn } from "../state";
import { type Context, type Found, findAsked, isBareRefusal, settle } from "./context";

/** How many names an auto-named room tries, when Metered says of each that it is taken. */
const NAMES_TRIED = 100;
/** The same, when Metered gives no reason, so that the name may not be what it objects to. */
const NAMES_TRIED_BLINDLY = 3;

export interface Created {
  readonly id: string;
  readonly outs: Record<string, unknown>;
}

/**
 * Why a name could not be had: a living room has it, which may be ours or is another resource's (`held`), or Metered
 * keeps it, or may keep it, for an archived one.
 */
type Obstacle = { readonly kind: "living" | "held" | "reserved" | "unexplained"; readonly error: MeteredError };
/** Whether a room is, or may be, the one that the new one is to replace while it still lives. */
type IsOld = (room: RoomReply) => boolean;

/**
 * Creates the room: one POST in the good case. Never takes over a room that exists, with two exceptions: its own, when
 * the reply was lost within this very call, and any, when the user said so with `metered:adoptExisting`.
 *
 * @param predecessor the `_id` of the room that it replaces, where that lives on until this one is there; it is not known
 * of a program that asks for this order by itself
 * @throws NameTaken, NameUsedTwice, NotAsDeclared, and every error of the API
 */
export async function create(context: Context, inputs: Bag, predecessor?: string): Promise<Created> {
  const { roomName: _, ...settings } = declaredIn(context.type, inputs);
  const asked = askedName(inputs) ?? "";
  const isOld = ({ roomId }: RoomReply) => inputs[INTERNAL.createFirst] === true || roomId === predecessor;
  const { name, room } = await obtain(context, asked, settings, inputs[INTERNAL.isAutoNamed] === true, isOld);
  context.session.made.add(room.roomId);
  const outputs = outputsOf(context.type, context.api, room, settings, namesOf(asked, name, room), inputs);
  return settle(context, room, settings, outputs, inputs);
}

/** The room under its asked name or, for an auto-named one, under the first numbered name that is free. */
async function obtain(context: Context, asked: string, settings: Settings, isAutoNamed: boolean, isOld: IsOld) {
  let first: MeteredError | undefined;
  for (let number = 1; ; number++) {
    const name = number === 1 ? asked : numberedName(asked, number);
    const outcome = await post(context, name, settings, isOld);
    if (!("error" in outcome)) return { name, room: outcome };
    first ??= outcome.error;
    // A living room under our own name may be what an interrupted run left behind: going on would orphan it.
    const mayTakeNext = isAutoNamed && outcome.kind !== "living";
    const isBlind = outcome.kind === "unexplained";
    if (mayTakeNext && number < (isBlind ? NAMES_TRIED_BLINDLY : NAMES_TRIED)) continue;
    // Blind tries that all fail were not about the name: then the first refusal is the truth.
    throw isBlind ? first : outcome.error;
  }
}

/** Posts until it is certain whether the room exists. */
async function post(context: Context, name: string, settings: Settings, isOld: IsOld): Promise<RoomReply | Obstacle> {
  const { api } = context;
  const began = context.now();
  const tries = api.tries();
  let lost: MeteredError | undefined;
  for (;;) {
    try {
      return await api.create(name, settings, tries);
    } catch (error) {
      if (!(error instanceof MeteredError)) throw error;
      const isAboutName = error instanceof NameTaken || isBareRefusal(error);
      if (!error.mayHaveHappened && !isAboutName) throw error;
      if (error.mayHaveHappened) lost = error;
      const { room, isNamedSo = false } = (await look(context, name, lost ?? error)) ?? {};
      if (room && lost && isFromThisCall(context, room, began, settings)) return room;
      // One that only its lower case leads to is in the way where the server says so: it may keep the two apart.
      if (room && (isNamedSo || error instanceof NameTaken)) return meet(context, room, settings, isOld);
      // What has the name may be the room of the lost call, though it does not show: another name would make a second.
      if (isAboutName && lost) throw lost;
      if (isAboutName) return notFree(context, name, error, room);
      if (!(await tries.again())) throw error;
    }
  }
}

/** Looks whether the room is there. When not even that succeeds, the story to tell is that of the first error. */
async function look(context: Context, name: string, story: MeteredError): Promise<Found | undefined> {
  try {
    return await findAsked(context.api, name);
  } catch {
    throw story instanceof NameTaken ? unseen(context, name) : story;
  }
}

/**
 * Whether a room was made by this very call: created since it began, by the server's own clock, and in no setting that
 * the reply shows other than declared.
 */
function isFromThisCall(context: Context, room: RoomReply, began: number, settings: Settings): boolean {
  if (context.session.isTaken(room.roomId)) return false;
  if (room.createdAt === undefined || room.answeredAt === undefined) return false;
  const beganByServer = room.answeredAt - (context.now() - began);
  if (room.createdAt < beganByServer) return false;
  const shown = shownIn(context.type, room.body);
  return Object.entries(settings).every(([name, value]) => {
    const [field, now] = [context.type.fields[name], shown[name]];
    return !field || now === undefined || (now !== null && sameValue(field, value, now));
  });
}

/** What comes of a create that meets a room: it is taken over where the user said so, and it is nobody else's. */
async function meet(
  context: Context,
  room: RoomReply,
  settings: Settings,
  isOld: IsOld,
): Promise<RoomReply | Obstacle> {
  const { type, api, session, note } = context;
  if (session.isTaken(room.roomId)) return { kind: "held", error: usedTwice(type, room) };
  if (isOld(room)) return { kind: "held", error: besideOld(context, room) };
  if (!context.adoptExisting) return { kind: "living", error: taken(context, room) };
  const adopted = await api.update(room.roomName, settings);
  note(`Took over the existing ${describeRoom(type, room.roomName)} (metered:adoptExisting).`);
  return adopted;
}

function taken({ type, api }: Context, room: RoomReply): NameTaken {
  return new NameTaken(
    `Cannot create the ${describeRoom(type, room.roomName)}: a room of that name exists in the Metered app "${api.appName}"${since(room)}; it was left as it is. ` +
      `If that room is meant, take it over: ${TAKE_OVER}; ` +
      `or import it as it is: npx pulumi-metered import ${type.canDelete ? "" : "--live "}${room.roomName}. Otherwise give this room another roomName.`,
  );
}

function besideOld({ type, api }: Context, room: RoomReply): NameTaken {
  return new NameTaken(
    `Cannot create the ${describeRoom(type, room.roomName)}: a room of that name exists in the Metered app "${api.appName}"${since(room)}; it was left as it is. ` +
      "With the option deleteBeforeReplace: false no room is taken over, since it may be the very one that is to be replaced: " +
      "leave the option out, or give this room another roomName.",
  );
}

function since({ createdAt }: RoomReply): string {
  return createdAt === undefined ? "" : ` since ${moment(Math.floor(createdAt / 1000))}`;
}

function usedTwice(type: RoomType, { roomName }: RoomReply): NameUsedTwice {
  return new NameUsedTwice(
    `Cannot create the ${describeRoom(type, roomName)}: another resource of this program has the room of that name. ` +
      "Give one of the two another roomName.",
  );
}

function unseen({ type, api }: Context, name: string): NameTaken {
  return new NameTaken(
    `Cannot create the ${describeRoom(type, name)}: Metered says that the name exists in the app "${api.appName}", and a look at the room of that name failed. ` +
      "Nothing was changed; run pulumi up again, or give this room another roomName.",
  );
}

/** @param other the room in another spelling */
function notFree({ type, api }: Context, name: string, error: MeteredError, other?: RoomReply): Obstacle {
  if (!(error instanceof NameTaken)) {
    if (!other) return { kind: "unexplained", error };
    const call = callAbout("create", type, name, api.appName);
    return { kind: "unexplained", error: new PerhapsTaken(call, other.roomName) };
  }
  const reserved = new NameTaken(
    `Cannot create the ${describeRoom(type, name)}: Metered says that the name exists in the app "${api.appName}", yet shows no room of that name. ` +
      "Most likely it keeps the name of a deleted (archived) room, or a room of another kind has it. Give this room another roomName, or leave roomName out.",
  );
  return { kind: "reserved", error: reserved };
}
