import type { RoomKind } from "metered-simulator";
import { type Answer, describe, roomsIn, verdict } from "../account/answer";
import type { Gate } from "../account/gate";
import type { Body } from "../account/requests";
import { Services } from "../account/services";
import type { TurnAccount } from "../account/turn";
import { NoReply } from "../account/wire";
import { Notebook } from "./notebook";
import { CannotAsk } from "./probe";

/** A room that several probes look at. */
export interface Sample {
  readonly name: string;
  /** Metered's `_id`. */
  readonly id: string;
  /** What it was made with. */
  readonly settings: Body;
  /** The reply to its create. */
  readonly created: Answer;
}

/** What a room that is sent nothing else must say. */
const leastSettings = { privacy: "public" };

/** What probes work with: the API for the rooms of this run, sample rooms, the notebook. */
export class Lab {
  readonly notes = new Notebook();
  readonly services: Services;
  /** Known once a TURN credential could be created and deleted again. */
  mayMakeCredentials = false;
  private readonly samples = new Map<string, Sample>();

  constructor(
    readonly gate: Gate,
    /** With which the names of all rooms begin. */
    readonly prefix: string,
    readonly turn: TurnAccount,
  ) {
    this.services = new Services(gate, turn.ledger);
  }

  nameOf(stem: string): string {
    return this.prefix + stem;
  }

  /** Makes a meeting room, public unless the settings say otherwise; undefined leaves a setting out. */
  create(stem: string, settings: Body = {}): Promise<Answer> {
    return this.gate.send({
      operation: "create",
      kind: "meeting",
      body: { roomName: this.nameOf(stem), ...leastSettings, ...settings },
    });
  }

  createLive(stem: string): Promise<Answer> {
    return this.gate.send({ operation: "create", kind: "live", body: { roomName: this.nameOf(stem) } });
  }

  get(name: string, kind: RoomKind = "meeting"): Promise<Answer> {
    return this.gate.send({ operation: "get", kind, name });
  }

  /** Changes a room; with privacy for meeting rooms, which Metered may demand. */
  update(name: string, settings: Body, kind: RoomKind = "meeting"): Promise<Answer> {
    const body = kind === "meeting" ? { ...leastSettings, ...settings } : settings;
    return this.gate.send({ operation: "update", kind, name, body });
  }

  /** Changes the privacy of a meeting room by a form, as some clients send one. */
  updateByForm(name: string, privacy: "public" | "private"): Promise<Answer> {
    return this.gate.send({ operation: "update", kind: "meeting", name, body: { privacy }, asForm: true });
  }

  remove(name: string, kind: RoomKind = "meeting"): Promise<Answer> {
    return this.gate.send({ operation: "delete", kind, name });
  }

  /** The list's entry of a room. */
  async listed(id: string): Promise<Body | undefined> {
    const rooms = roomsIn(await this.gate.send({ operation: "list" }));
    if (rooms === undefined) throw new CannotAsk("there is no list of rooms");
    return rooms.find(({ _id }) => _id === id);
  }

  /** A room with nothing but a name and its privacy. */
  plain(): Promise<Sample> {
    return this.sample("plain", {});
  }

  /** A room with settings of several kinds, among them the opposite of a shown default. */
  async furnished(): Promise<Sample> {
    const { created } = await this.plain();
    const switched = switchable.find((name) => typeof created.body[name] === "boolean");
    const opposite = switched === undefined ? {} : { [switched]: created.body[switched] !== true };
    const hook = "https://example.com/pulumi-metered-check";
    return this.sample("furnished", { maxParticipants: 5, meetingJoinWebhook: hook, ...opposite });
  }

  /** Makes a room that later probes look at too, once. */
  private async sample(stem: string, settings: Body): Promise<Sample> {
    const known = this.samples.get(stem) ?? (await this.make(stem, settings));
    this.samples.set(stem, known);
    return known;
  }

  private async make(stem: string, settings: Body): Promise<Sample> {
    const created = await this.create(stem, settings).catch((error: unknown) => {
      // It may be there nevertheless, and a second one cannot be.
      if (error instanceof NoReply) return this.get(this.nameOf(stem));
      throw error;
    });
    if (created.room === undefined) throw new CannotAsk(`no room could be made for it: ${describe(created)}`);
    return { name: created.room.roomName, id: created.room._id, settings, created };
  }

  /** Deletes the rooms that a probe made and no other one needs. */
  async tidy(): Promise<void> {
    const kept = new Set([...this.samples.values()].map(({ name }) => name));
    for (const { kind, name } of this.gate.ledger.alive) {
      if (kind === "meeting" && !kept.has(name)) await this.remove(name);
    }
  }
}

/** Settings that do nothing in a room that nobody enters; the first that is shown serves. */
const switchable = ["autoJoin", "enableChat", "enableScreenSharing", "joinVideoOn", "joinAudioOn"];

/** Whether settings were taken or refused. @throws CannotAsk when the answer is neither */
export function taken(answer: Answer): boolean {
  const found = verdict(answer);
  if (found === undefined) throw new CannotAsk(`the answer says neither yes nor no: ${describe(answer)}`);
  return found === "taken";
}
