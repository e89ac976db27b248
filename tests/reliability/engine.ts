import { globalAgent } from "node:http";
import { isDeepStrictEqual } from "node:util";
import type { Account } from "../../provider/src/api/account";
import { MeteredClient } from "../../provider/src/api/client";
import { Transport } from "../../provider/src/api/transport";
import { check } from "../../provider/src/core/check";
import { diff } from "../../provider/src/core/diff";
import { MeteredError, NotAsDeclared } from "../../provider/src/core/errors";
import type { RoomType } from "../../provider/src/core/field";
import { type Context, create, deleteRoom, read, update } from "../../provider/src/core/lifecycle";
import type { Bag } from "../../provider/src/core/state";
import { rememberRename } from "../../provider/src/runtime/roomProvider";
import { PROVIDER_TEXT } from "../support/rooms";
import type { SkippingTime } from "./skippingTime";

/** What the engine's state holds of one room. */
export interface Resource {
  readonly id: string;
  readonly inputs: Bag;
  readonly outputs: Bag;
  readonly initErrors: readonly string[];
}

type Step = "create" | "update" | "delete" | "replace" | "read";

/** What one run of the engine did, and how it ended. */
export interface Outcome {
  readonly steps: readonly Step[];
  readonly error: MeteredError | undefined;
  /** What the user read: the error's message (of an init failure the reasons), and all Info lines. */
  readonly text: string;
}

export interface RunOptions {
  readonly adoptExisting?: boolean;
  /** `pulumi up --replace`, or a tainted room: the provider's diff is not asked. */
  readonly replace?: boolean;
  /** The option of that name, for every setting. */
  readonly replaceOnChanges?: boolean;
}

/** The inputs are not valid: a mistake in the test. */
class CheckFailed extends Error {}

/**
 * Plays the engine for one room: every run is a process of its own, with a new client and a new memory; state is kept
 * as the engine keeps it (measured on the real one).
 */
export class Engine {
  resource: Resource | undefined;
  /** Rooms that were replaced create-first and could not be deleted yet. */
  replaced: Resource[] = [];
  account: Account;

  constructor(
    readonly type: RoomType,
    account: Account,
    private readonly time: SkippingTime,
  ) {
    this.account = account;
  }

  /** `pulumi up` with a program that declares the room so. */
  up(program: Bag, options: RunOptions = {}): Promise<Outcome> {
    return this.run(options, async (context, steps) => {
      const old = this.resource;
      const inputs = this.check(old?.inputs ?? {}, program);
      const step = old ? this.decide(context, old, inputs, options) : "create";
      if (step !== "same") steps.push(step);
      if (old && step === "update") await this.update(context, old, inputs);
      else if (old && step === "replace" && program.__createFirst !== true) await this.replace(context, old, program);
      else if (step !== "same") {
        if (old) this.replaced.push(old);
        await this.createKeeping(context, this.check({}, program), old);
      }
      await this.deleteReplaced(context);
    });
  }

  /** What `up` would do, without doing it. */
  plan(program: Bag): "create" | "same" | "update" | "replace" {
    if (!this.resource) return "create";
    const context = this.context({}, []);
    return this.decide(context, this.resource, this.check(this.resource.inputs, program));
  }

  refresh(): Promise<Outcome> {
    return this.run({}, async (context, steps) => {
      const old = this.resource;
      if (!old) return;
      steps.push("read");
      const { id, props, inputs } = await read(context, old.id, old.outputs);
      const text = { __provider: old.outputs.__provider };
      this.resource =
        id === ""
          ? undefined
          : plain({ id, inputs: { ...inputs, ...text }, outputs: { ...props, ...text }, initErrors: [] });
    });
  }

  /** `MeetingRoom.get`. */
  lookUp(id: string): Promise<Outcome> {
    return this.run({}, async (context, steps) => {
      steps.push("read");
      const text = { __provider: PROVIDER_TEXT };
      const { props } = await read(context, id, text);
      this.resource = plain({ id, inputs: text, outputs: { ...props, ...text }, initErrors: [] });
    });
  }

  destroy(): Promise<Outcome> {
    return this.run({}, async (context, steps) => {
      await this.deleteReplaced(context);
      if (!this.resource) return;
      steps.push("delete");
      await deleteRoom(context, this.resource.id, this.resource.outputs);
      this.resource = undefined;
    });
  }

  /** `pulumi state delete`. */
  forget(): void {
    this.resource = undefined;
  }

  private decide(context: Context, old: Resource, inputs: Bag, options: RunOptions = {}) {
    if (options.replace) return "replace";
    const found = diff(this.type, old.id, old.outputs, inputs, this.account.appName, context.now() / 1000);
    const replaces = found.replaces ?? [];
    rememberRename(context.session, old.outputs, inputs, replaces);
    const isChanged = found.changes !== false && !isDeepStrictEqual(old.inputs, inputs);
    if (isChanged && (replaces.length > 0 || options.replaceOnChanges)) return "replace";
    return isChanged || old.initErrors.length > 0 ? "update" : "same";
  }

  private check(olds: Bag, program: Bag): Bag {
    const { inputs, failures } = check(this.type, olds, program, this.time.now() / 1000);
    if (failures.length > 0) throw new CheckFailed(JSON.stringify(failures));
    return plain(inputs);
  }

  private async update(context: Context, old: Resource, inputs: Bag): Promise<void> {
    try {
      const { outs } = await update(context, old.id, old.outputs, inputs);
      this.resource = stored(old.id, inputs, outs);
    } catch (error) {
      // After a failed update the engine keeps the old inputs, so that the change shows again.
      if (error instanceof NotAsDeclared) this.resource = failed(error, old.inputs);
      throw error;
    }
  }

  private async replace(context: Context, old: Resource, program: Bag): Promise<void> {
    await deleteRoom(context, old.id, old.outputs);
    this.resource = undefined;
    await this.createKeeping(context, this.check({}, program), undefined);
  }

  private async createKeeping(context: Context, inputs: Bag, old: Resource | undefined): Promise<void> {
    try {
      const { id, outs } = await create(context, inputs);
      this.resource = stored(id, inputs, outs);
    } catch (error) {
      if (error instanceof NotAsDeclared) this.resource = failed(error, inputs);
      else this.replaced = this.replaced.filter((replaced) => replaced !== old);
      throw error;
    }
  }

  private async deleteReplaced(context: Context): Promise<void> {
    for (const old of this.replaced) {
      await deleteRoom(context, old.id, old.outputs);
      this.replaced = this.replaced.filter((replaced) => replaced !== old);
    }
  }

  private async run(options: RunOptions, work: (context: Context, steps: Step[]) => Promise<void>): Promise<Outcome> {
    // A new process has no connections yet.
    globalAgent.destroy();
    const [notes, steps]: [string[], Step[]] = [[], []];
    const context = this.context(options, notes);
    try {
      await this.time.during(() => work(context, steps));
      return { steps, error: undefined, text: notes.join("\n") };
    } catch (error) {
      if (!(error instanceof MeteredError)) throw error;
      const said = error instanceof NotAsDeclared ? error.reasons.join(" ") : error.message;
      return { steps, error, text: [said, ...notes].join("\n") };
    }
  }

  private context({ adoptExisting = false }: RunOptions, notes: string[]): Context {
    const client = new MeteredClient(this.account, new Transport(this.account, this.time));
    return {
      type: this.type,
      api: client.rooms(this.type),
      session: { made: new Set(), renames: new Map() },
      adoptExisting,
      now: this.time.now,
      note: (line) => notes.push(line),
    };
  }
}

function stored(id: string, inputs: Bag, outs: Bag): Resource {
  return plain({ id, inputs, outputs: { ...outs, __provider: inputs.__provider }, initErrors: [] });
}

function failed({ id, properties, reasons }: NotAsDeclared, inputs: Bag): Resource {
  return plain({ id, inputs, outputs: properties, initErrors: reasons });
}

/** Pulumi's wire carries plain JSON only: `undefined` breaks or even hangs it. */
function plain<T>(value: T): T {
  const copy = JSON.parse(JSON.stringify(value)) as T;
  if (!isDeepStrictEqual(copy, value)) throw new Error(`not fit for the wire: ${JSON.stringify(value)}`);
  return copy;
}
