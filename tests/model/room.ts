import assert from "node:assert/strict";
import axios from "axios";
import type { Simulator, StoredRoom } from "metered-simulator";
import type { Bag } from "../../provider/src/pulumi/state";
import type { RoomType } from "../../provider/src/rooms/roomType";
import type { Value } from "../../provider/src/schema/field";
import type { Engine, RunOptions } from "../reliability/engine";
import type { Resource } from "../reliability/resource";
import { Circumstances, type Excuse, USED_TWICE } from "./excuses";

interface Kept {
  readonly resource: Resource | undefined;
  readonly replaced: readonly Resource[];
}

/** One room of the stack: what the program declares, what the state holds, and what the user cannot know. */
export class Room {
  /** Nothing, where the program does not declare the room. */
  program: Bag | undefined;
  /** What it declared when an `up` last succeeded. */
  applied: Bag | undefined;
  /** Its outputs show every setting that the room has, until an update or a refresh writes them anew. */
  isImported = false;
  /** The option `deleteBeforeReplace: true`. */
  deletesFirst = false;
  /** Settings that may be otherwise on the server than the state says, unseen. */
  readonly drift = new Set<string>();
  /** Settings that colleagues have had a hand in. */
  readonly theirs = new Set<string>();
  private readonly circumstances: Circumstances;

  constructor(
    readonly number: number,
    readonly type: RoomType,
    readonly engine: Engine,
    private readonly simulator: Simulator,
  ) {
    this.circumstances = new Circumstances(simulator, type);
  }

  get kind() {
    return this.type.name === "MeetingRoom" ? "meeting" : "live";
  }

  /** What an `up` is told of it. */
  optionsFor(replaced: Room | undefined): RunOptions {
    const isForced = replaced === this;
    return { replace: isForced, ...(this.deletesFirst ? { deleteBeforeReplace: true } : {}) };
  }

  /** An `up` has come to it, and has not failed. */
  wasApplied(options: RunOptions, before: Resource | undefined, there: readonly string[]): void {
    if (before && options.replace && before.outputs.roomId === this.living?._id) this.addUnsent(before);
    else this.forgetDrift(before, !this.isOneOf(there));
    if (this.isOneOf(there) && before?.outputs.roomId !== this.living?._id) this.addUndeclared();
    this.applied = this.program;
  }

  preview(): Promise<string> {
    return this.engine.plan(this.program ?? {});
  }

  keep(): Kept {
    return { resource: this.engine.resource, replaced: [...this.engine.replaced] };
  }

  /** The state as it was: what was done since is unknown to it. */
  putBack({ resource, replaced }: Kept): void {
    this.engine.resource = resource;
    this.engine.replaced = [...replaced];
    this.addUnsent(resource);
  }

  /** What the state and the program do not agree about may be as in either of them. */
  private addUnsent(state: Resource | undefined): void {
    for (const name of Object.keys(this.type.fields)) {
      if (state?.outputs[name] !== this.program?.[name]) this.drift.add(name);
    }
  }

  private isOneOf(there: readonly string[]): boolean {
    return there.some((_id) => _id === this.living?._id);
  }

  /** A room that was taken over keeps what its last owner had set and this program doesn't declare. */
  private addUndeclared(): void {
    for (const name of this.settings) if (this.program?.[name] === undefined) this.drift.add(name);
  }

  /** The living room that the state is about. */
  get living(): StoredRoom | undefined {
    return this.engine.resource && this.circumstances.ours(this.engine.resource);
  }

  /** What cannot be told is looked up in the dashboard, and what is gone is taken out of the state. */
  forgetGone(): void {
    const { engine, circumstances } = this;
    if (engine.resource && !this.living) engine.forget();
    engine.replaced = engine.replaced.filter((old) => circumstances.ours(old));
  }

  /** Living rooms, not ours, under the names that ours has or is to have. */
  inTheWay(): StoredRoom[] {
    const names = [this.program?.roomName, this.engine.resource?.id].filter((name) => typeof name === "string");
    const ours = this.living?._id;
    return names
      .flatMap((name) => this.circumstances.living(name))
      .filter(({ _id }, i, all) => _id !== ours && all.findIndex((other) => other._id === _id) === i);
  }

  /** Whether the program gives it the name that another one has or is to have. */
  wants({ program, engine }: Room): boolean {
    const names = [program?.roomName, engine.resource?.id, ...engine.replaced.map(({ id }) => id)];
    const name = this.program && String(this.program.roomName).toLowerCase();
    return names.some((other) => String(other).toLowerCase() === name);
  }

  /** Whether the program gives both the same name. */
  isCalledAs({ program }: Room): boolean {
    const name = this.program && String(this.program.roomName).toLowerCase();
    return name !== undefined && String(program?.roomName).toLowerCase() === name;
  }

  /** @param others rooms that have, or are to have, the name: it may have to be taken from one of them */
  excusesForUp(mayAdopt: boolean, isForced: boolean, others: readonly Room[]): Excuse[] {
    const { circumstances, program = {} } = this;
    const { resource, replaced } = this.engine;
    const left = others.flatMap(({ engine }) => (engine.resource ? circumstances.ofDelete(engine.resource) : []));
    // What has no claim is adopted or met; a room of the stack is claimed, or is to be deleted in this very run.
    const mayMeet = others.length > 0 ? [...circumstances.ofCreate(program, false), ...circumstances.ofHandOver()] : [];
    const waiting = [...left, ...mayMeet, ...replaced.flatMap((old) => circumstances.ofDelete(old))];
    if (others.length > 0) waiting.push(USED_TWICE);
    waiting.push(...this.excusesForTwice());
    if (!resource) return [...waiting, ...circumstances.ofCreate(program, mayAdopt)];
    if (!isForced && !this.isRenamed) return [...waiting, ...circumstances.ofUpdate(resource, mayAdopt)];
    const first = this.deletesFirst ? resource : undefined;
    return [...waiting, ...circumstances.ofDelete(resource), ...circumstances.ofCreate(program, mayAdopt, first)];
  }

  excusesBesideOtherKind(): Excuse[] {
    return this.circumstances.besideOtherKind();
  }

  excusesForLook(): Excuse[] {
    return this.engine.resource ? this.circumstances.ofLook(this.engine.resource) : [];
  }

  excusesForDelete(): Excuse[] {
    const deletes = this.states.flatMap((state) => this.circumstances.ofDelete(state));
    return [...deletes, ...this.excusesForTwice()];
  }

  /** Of a room that the state has twice: one that was taken over by what was to replace it, in a run that was cut off. */
  private excusesForTwice(): Excuse[] {
    const ids = this.states.map(({ outputs }) => outputs.roomId);
    return new Set(ids).size < ids.length ? this.circumstances.ofSecondDelete() : [];
  }

  private get states(): readonly Resource[] {
    const { resource, replaced } = this.engine;
    return resource ? [resource, ...replaced] : replaced;
  }

  /** After an `up` without an error: the server has what the program declares, and the state says so. */
  async assertApplied(): Promise<void> {
    const { program } = this;
    const { resource } = this.engine;
    if (!program) assert.equal(resource, undefined, "what is not declared is not in the state");
    if (!program) return;
    assert.ok(resource, `nothing in the state of ${program.roomName}`);
    assert.deepEqual(resource.initErrors, []);
    const room = this.living;
    // What was never sent is shown with the value that it has all the same.
    const shown = room ? await this.shown(room) : {};
    for (const name of this.settings) {
      const isShownOnly = program[name] === undefined && this.isImported;
      if (!isShownOnly) assert.equal(resource.outputs[name], program[name], `${name} of ${resource.id} in the state`);
      if (!room || program[name] === undefined || this.drift.has(name)) continue;
      assert.equal(room.settings[name] ?? shown[name], program[name], `${name} of ${resource.id} on the server`);
    }
    if (room) this.assertNothingLeft(program, room);
  }

  /** What is no longer declared, and can be switched off, is off. */
  private assertNothingLeft(program: Bag, { settings }: StoredRoom): void {
    for (const name of this.settings) {
      const whenRemoved = this.type.fields[name]?.whenRemoved;
      const isTheirs = this.theirs.has(name) || this.drift.has(name);
      if (program[name] !== undefined || whenRemoved === "kept" || isTheirs || settings[name] === undefined) continue;
      if (name === "enableComposition" && this.simulator.switches.composition === "auto") continue;
      assert.equal(settings[name], whenRemoved, `${name}, which is not declared any more`);
    }
  }

  /** After a refresh: what the API shows to be otherwise than declared is to be put back; of the rest, nothing. */
  async assertDriftIsSeen(preview: string, before: string | undefined): Promise<void> {
    const { program, living } = this;
    const { resource } = this.engine;
    if (!program || !resource || !living) return;
    const shown = await this.shown(living);
    const seen = this.settings.filter((name) => {
      const declared = program[name];
      return declared !== undefined && shown[name] !== undefined && shown[name] !== declared;
    });
    if (seen.length > 0) assert.notEqual(preview, "same", `${seen.join(", ")} of ${resource.id} changed, unseen`);
    else if (before === "same") assert.equal(preview, "same", `nothing of ${resource.id} changed`);
  }

  /** What of the state is not encrypted: all but the secret settings, and addresses that the program gives in clear. */
  inClear(): string {
    const { resource } = this.engine;
    const hidden = this.settings.filter((name) => {
      const field = this.type.fields[name];
      return field?.secret || field?.kind === "url";
    });
    return JSON.stringify(resource ?? {}, (key, value: unknown) => (hidden.includes(key) ? "hidden" : value));
  }

  /** No way that Metered documents leads to its end. */
  get isUndeletable(): boolean {
    return !this.type.canDelete && this.simulator.switches.liveDelete !== "archives";
  }

  get settings(): string[] {
    return Object.keys(this.type.fields).filter((name) => name !== "roomName");
  }

  private get isRenamed(): boolean {
    const { program, engine } = this;
    const isMade = program?.__auto === program?.roomName;
    const names = [engine.resource?.id, engine.resource?.outputs.roomName].map((name) => String(name).toLowerCase());
    return !isMade && !names.includes(String(program?.roomName).toLowerCase());
  }

  /** What the run has sent is known again. A room that was taken over keeps what is not declared. */
  private forgetDrift(before: Resource | undefined, isNew: boolean): void {
    if (isNew) this.drift.clear();
    for (const name of this.drift) {
      if (before?.outputs[name] !== this.program?.[name]) this.drift.delete(name);
    }
  }

  private async shown({ roomName }: StoredRoom): Promise<Readonly<Record<string, Value>>> {
    const path = this.kind === "meeting" ? "room" : "realtimelivestreaming/room";
    const { url, secretKey } = this.simulator;
    const reply = await axios.get(`${url}/api/v1/${path}/${roomName}`, { params: { secretKey }, proxy: false });
    return reply.data as Readonly<Record<string, Value>>;
  }
}
