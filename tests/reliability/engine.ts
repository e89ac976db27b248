import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import type { Account } from "../../provider/src/metered/account";
import { MeteredClient } from "../../provider/src/metered/client";
import type { ObjectType } from "../../provider/src/objects/objectType";
import { stateOf } from "../../provider/src/pulumi/operations";
import type { Bag } from "../../provider/src/pulumi/state";
import { declarationOf } from "../../provider/src/rooms/declaration";
import { knownRoom } from "../../provider/src/rooms/room";
import type { RoomType } from "../../provider/src/rooms/roomType";
import { codeOf, textOf } from "../support/providerClient";
import type { Face } from "../support/providerHost";
import { differences } from "./differences";
import { type Configured, isRoomType, type Provider, type Providers } from "./providers";
import { failed, plain, type Resource, stored } from "./resource";
import { Told } from "./told";

type Step = "create" | "update" | "delete" | "replace" | "read";
interface Decision {
  readonly step: Exclude<Step, "delete" | "read"> | "same";
  /** Whether the provider's diff wants the old room to go first. */
  readonly isAsked?: boolean;
}
const CREATE: Decision = { step: "create" };

/** What one run of the engine did, and how it ended. */
export interface Outcome {
  readonly steps: readonly Step[];
  readonly error: Told | undefined;
  /** What the user read: the error's message (of an init failure the reasons), and all Info lines. */
  readonly text: string;
}

export interface RunOptions {
  readonly adoptExisting?: boolean;
  /** `pulumi up --replace`, or a tainted room: the provider's diff is not asked. */
  readonly replace?: boolean;
  /** The option of that name, where the program gives it: it counts more than what the provider's diff wants. */
  readonly deleteBeforeReplace?: boolean;
  /** The option of that name, for every setting. */
  readonly replaceOnChanges?: boolean;
}

/** The inputs are not valid: a mistake in the test. */
class CheckFailed extends Error {}

/**
 * Plays the engine for one resource: every run has a provider process of its own; state is kept as the engine keeps it
 * (measured on the real one).
 */
export class Engine {
  resource: Resource | undefined;
  /** Rooms that were replaced create-first and could not be deleted yet. */
  replaced: Resource[] = [];
  account: Account;

  constructor(
    readonly type: RoomType | ObjectType,
    account: Account,
    private readonly providers: Providers,
    readonly name = "room",
    private readonly provider?: string,
  ) {
    this.account = account;
  }

  /** `pulumi up` with a program that declares the room so. */
  up(program: Bag, options: RunOptions = {}): Promise<Outcome> {
    return this.run(options, async (provider, steps) => {
      await (await this.prepare(provider, steps, program, options))();
      await this.deleteReplaced(provider);
    });
  }

  /**
   * The first half of an `up`, for which the engine asks one resource after the other: what is to be done.
   *
   * @returns the second half, of which it has several under way; deletes come when all are through
   */
  async prepare(provider: Provider, steps: Step[], program: Bag, options: RunOptions): Promise<() => Promise<void>> {
    const old = this.resource;
    const inputs = await check(provider, old && !options.replace ? old.inputs : {}, program);
    const { step, isAsked = false } = old ? await decide(provider, old, inputs, options) : CREATE;
    if (step !== "same") steps.push(step);
    if (!old) return () => this.createKeeping(provider, inputs, undefined);
    if (step === "update") return () => this.update(provider, old, inputs);
    if (step === "replace") {
      // A replacement that was asked for on the command line was checked so already.
      const anew = options.replace ? inputs : await check(provider, {}, program);
      return () => this.replace(provider, old, anew, options.deleteBeforeReplace ?? isAsked);
    }
    this.resource = { ...old, inputs };
    return async () => {};
  }

  /** What `up` would do, without doing it. */
  async plan(program: Bag): Promise<Decision["step"]> {
    const old = this.resource;
    if (!old) return "create";
    return this.providers.run(this.configured(false), [], async (provider) => {
      const { step } = await decide(provider, old, await check(provider, old.inputs, program));
      return step;
    });
  }

  refresh(): Promise<Outcome> {
    return this.run({}, async (provider, steps) => {
      const old = this.resource;
      if (!old) return;
      steps.push("read");
      const { id, props, inputs } = await provider.read(old.id, old.outputs, old.inputs);
      const text = { __provider: old.outputs.__provider };
      this.resource =
        id === ""
          ? undefined
          : plain({ id, inputs: { ...inputs, ...text }, outputs: { ...props, ...text }, initErrors: [] });
    });
  }

  /** `MeetingRoom.get`. */
  lookUp(id: string): Promise<Outcome> {
    return this.run({}, async (provider, steps) => {
      steps.push("read");
      const text = { __provider: textOf(codeOf(this.type)) };
      const { props } = await provider.read(id, text);
      this.resource = plain({ id, inputs: text, outputs: { ...props, ...text }, initErrors: [] });
    });
  }

  /**
   * `pulumi import` or, where the face has none, what our own command puts into the state.
   *
   * @returns what the program has to declare
   */
  async import(id: string): Promise<Bag> {
    const { type } = this;
    if (isRoomType(type) && !differences.readsToImport[this.face]) {
      const api = new MeteredClient(this.account).rooms(type);
      const room = await api.get(id);
      const { settings } = declarationOf(type, room, this.providers.now() / 1000);
      const name = { wanted: room.roomName, isGenerated: false };
      const { inputs, outputs } = stateOf(knownRoom(type, api, room, name, settings));
      const text = { __provider: textOf(codeOf(type)) };
      this.resource = plain({ id, inputs: { ...inputs, ...text }, outputs: { ...outputs, ...text }, initErrors: [] });
      return this.resource.inputs;
    }
    const { error, text } = await this.run({}, async (provider) => {
      const found = (await provider.import?.(id)) ?? assert.fail("it cannot import");
      this.resource = plain({ id, inputs: found.inputs, outputs: found.props, initErrors: [] });
    });
    assert.equal(error, undefined, text);
    return this.resource?.inputs ?? assert.fail("nothing was imported");
  }

  destroy(): Promise<Outcome> {
    return this.run({}, (provider, steps) => this.remove(provider, steps));
  }

  /** Deletes whatever there is. */
  async remove(provider: Provider, steps: Step[] = []): Promise<void> {
    await this.deleteReplaced(provider);
    if (!this.resource) return;
    steps.push("delete");
    await provider.delete(this.resource.id, this.resource.outputs);
    this.resource = undefined;
  }

  /** `pulumi state delete`. */
  forget(): void {
    this.resource = undefined;
  }

  private async update(provider: Provider, old: Resource, inputs: Bag): Promise<void> {
    try {
      const { outs } = await provider.update(old.id, old.outputs, inputs, old.inputs);
      this.resource = stored(old.id, inputs, outs);
    } catch (error) {
      // After a failed update the engine keeps the old inputs, so that the change shows again.
      if (error instanceof Told && error.kept) this.resource = failed(error.kept, old.inputs);
      throw error;
    }
  }

  private async replace(provider: Provider, old: Resource, inputs: Bag, deletesFirst: boolean): Promise<void> {
    if (deletesFirst) {
      await provider.delete(old.id, old.outputs);
      this.resource = undefined;
    } else this.replaced.push(old);
    await this.createKeeping(provider, inputs, old);
  }

  get face(): Face {
    return this.providers.face;
  }

  configured(adoptExisting: boolean): Configured {
    return { type: this.type, name: this.name, account: this.account, adoptExisting, provider: this.provider };
  }

  private async createKeeping(provider: Provider, inputs: Bag, old: Resource | undefined): Promise<void> {
    try {
      const { id, outs } = await provider.create(inputs);
      this.resource = stored(id, inputs, outs);
    } catch (error) {
      if (error instanceof Told && error.kept) this.resource = failed(error.kept, inputs);
      else this.replaced = this.replaced.filter((replaced) => replaced !== old);
      throw error;
    }
  }

  /** What was replaced is deleted at the end of a run without failures. */
  async deleteReplaced(provider: Provider): Promise<void> {
    for (const old of this.replaced) {
      await provider.delete(old.id, old.outputs);
      this.replaced = this.replaced.filter((replaced) => replaced !== old);
    }
  }

  private async run(
    { adoptExisting = false }: RunOptions,
    work: (provider: Provider, steps: Step[]) => Promise<void>,
  ): Promise<Outcome> {
    const [notes, steps]: [string[], Step[]] = [[], []];
    try {
      await this.providers.run(this.configured(adoptExisting), notes, (provider) => work(provider, steps));
      return { steps, error: undefined, text: notes.join("\n") };
    } catch (error) {
      if (!(error instanceof Told)) throw error;
      return { steps, error, text: [error.message, ...notes].join("\n") };
    }
  }
}

async function check(provider: Provider, olds: Bag, program: Bag): Promise<Bag> {
  const { inputs, failures } = await provider.check(olds, program);
  if (failures.length > 0) throw new CheckFailed(JSON.stringify(failures));
  return plain(inputs);
}

async function decide(provider: Provider, old: Resource, inputs: Bag, options: RunOptions = {}): Promise<Decision> {
  if (options.replace) return { step: "replace" };
  const { changes, replaces = [], deleteBeforeReplace } = await provider.diff(old.id, old.outputs, inputs, old.inputs);
  const isChanged = changes ?? !isDeepStrictEqual(old.inputs, inputs);
  if (isChanged && (replaces.length > 0 || options.replaceOnChanges)) {
    return { step: "replace", ...(deleteBeforeReplace === undefined ? {} : { isAsked: deleteBeforeReplace }) };
  }
  return { step: isChanged || old.initErrors.length > 0 ? "update" : "same" };
}
