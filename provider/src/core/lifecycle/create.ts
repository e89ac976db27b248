import { MeteredError, NameTaken, NameUsedTwice, TAKE_OVER } from "../errors";
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

/** Why a name could not be had: a living room has it, or Metered keeps it, or may keep it, for an archived one. */
type Obstacle = { readonly kind: "living" | "reserved" | "unexplained"; readonly error: MeteredError };

/**
 * Creates the room: one POST in the good case. Never takes over a room that exists, with two exceptions: its own, when
 * the reply was lost within this very call, and any, when the user said so with `metered:adoptExisting`.
 *
 * @throws NameTaken, NameUsedTwice, NotAsDeclared, and every error of the API
 */
export async function create(context: Context, inputs: Bag): Promise<Created> {
  const { roomName: _, ...settings } = declaredIn(context.type, inputs);
  const asked = askedName(inputs) ?? "";
  const { name, room } = await obtain(context, asked, settings, inputs);
  context.session.made.add(room.roomId);
  const outputs = outputsOf(context.type, context.api, room, settings, namesOf(asked, name, room), inputs);
  return settle(context, room, settings, outputs, inputs);
}

/** The room under its asked name or, for an auto-named one, under the first numbered name that is free. */
async function obtain(context: Context, asked: string, settings: Settings, inputs: Bag) {
  const isAutoNamed = inputs[INTERNAL.isAutoNamed] === true;
  const isBesideOld = inputs[INTERNAL.createFirst] === true;
  let first: MeteredError | undefined;
  for (let number = 1; ; number++) {
    const name = number === 1 ? asked : numberedName(asked, number);
    const outcome = await post(context, name, settings, !isBesideOld);
    if (!("error" in outcome)) return { name, room: outcome };
    first ??= outcome.error;
    // A living room under our own name may be what an interrupted run left behind: going on would orphan it.
    const mayTakeNext = isAutoNamed && (outcome.kind !== "living" || isBesideOld);
    const isBlind = outcome.kind === "unexplained";
    if (mayTakeNext && number < (isBlind ? NAMES_TRIED_BLINDLY : NAMES_TRIED)) continue;
    // Blind tries that all fail were not about the name: then the first refusal is the truth.
    throw isBlind ? first : outcome.error;
  }
}

/** Posts until it is certain whether the room exists. */
async function post(
  context: Context,
  name: string,
  settings: Settings,
  mayAdopt: boolean,
): Promise<RoomReply | Obstacle> {
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
      if (room && (isNamedSo || error instanceof NameTaken))
        return mayAdopt ? adopt(context, room, settings) : taken(context, room);
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
  if (context.session.made.has(room.roomId)) return false;
  if (room.createdAt === undefined || room.answeredAt === undefined) return false;
  const beganByServer = room.answeredAt - (context.now() - began);
  if (room.createdAt < beganByServer) return false;
  const shown = shownIn(context.type, room.body);
  return Object.entries(settings).every(([name, value]) => {
    const [field, now] = [context.type.fields[name], shown[name]];
    return !field || now === undefined || (now !== null && sameValue(field, value, now));
  });
}

/** Takes over a room that exists, where the user said so, and it is not that of another resource. */
async function adopt(context: Context, room: RoomReply, settings: Settings): Promise<RoomReply | Obstacle> {
  if (!context.adoptExisting || context.session.made.has(room.roomId)) return taken(context, room);
  const adopted = await context.api.update(room.roomName, settings);
  context.note(`Took over the existing ${describeRoom(context.type, room.roomName)} (metered:adoptExisting).`);
  return adopted;
}

function taken({ type, api, session }: Context, room: RoomReply): Obstacle {
  if (session.made.has(room.roomId)) return { kind: "living", error: usedTwice(type, room) };
  const since = room.createdAt === undefined ? "" : ` since ${moment(Math.floor(room.createdAt / 1000))}`;
  const error = new NameTaken(
    `Cannot create the ${describeRoom(type, room.roomName)}: a room of that name exists in the Metered app "${api.appName}"${since}; it was left as it is. ` +
      `If that room is meant, take it over: ${TAKE_OVER}; ` +
      `or import it as it is: npx pulumi-metered import ${type.canDelete ? "" : "--live "}${room.roomName}. Otherwise give this room another roomName.`,
  );
  return { kind: "living", error };
}

function usedTwice(type: RoomType, { roomName }: RoomReply): NameUsedTwice {
  return new NameUsedTwice(
    `Cannot create the ${describeRoom(type, roomName)}: another resource of this program has made the room of that name, or taken it over, ` +
      "in this very run. Give one of the two another roomName.",
  );
}

function unseen({ type, api }: Context, name: string): NameTaken {
  return new NameTaken(
    `Cannot create the ${describeRoom(type, name)}: Metered says that the name exists in the app "${api.appName}", and a look at the room of that name failed. ` +
      "Nothing was changed; run pulumi up again, or give this room another roomName.",
  );
}

/** @param other the room in another spelling: it may be what Metered objects to, and may have nothing to do with it */
function notFree({ type, api }: Context, name: string, error: MeteredError, other?: RoomReply): Obstacle {
  if (!(error instanceof NameTaken)) {
    if (other) error.message += ` A room "${other.roomName}" exists; if that one is meant, declare its very name.`;
    return { kind: "unexplained", error };
  }
  const reserved = new NameTaken(
    `Cannot create the ${describeRoom(type, name)}: Metered says that the name exists in the app "${api.appName}", yet shows no room of that name. ` +
      "Most likely it keeps the name of a deleted (archived) room, or a room of another kind has it. Give this room another roomName, or leave roomName out.",
  );
  return { kind: "reserved", error: reserved };
}
