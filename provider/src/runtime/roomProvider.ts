import type { dynamic } from "@pulumi/pulumi";
import { MeteredClient } from "../api/client";
import { check } from "../core/check";
import { diff } from "../core/diff";
import { BadConfiguration } from "../core/errors";
import type { RoomType } from "../core/field";
import { type Context, create, deleteRoom, read, type Session, update } from "../core/lifecycle";
import { type Bag, nameOf, textIn } from "../core/state";
import { type Configuration, type Reader, readConfiguration } from "./configuration";
import { endWithEngine } from "./endWithEngine";

/** What all rooms of a provider process share: one account, one client with its pace, one memory of the run. */
class Shared {
  readonly session: Session = { made: new Set(), renames: new Map() };
  private reader: Reader | undefined;
  private configuration: Configuration | { readonly problems: string[] } | undefined;
  private client: MeteredClient | undefined;

  /**
   * Only remembers: Pulumi does not wait for it, and an error here would be lost. It is called once per kind of room,
   * each time with the same configuration.
   */
  configure(reader: Reader): void {
    if (this.reader) return;
    this.reader = reader;
    endWithEngine();
  }

  get configured() {
    this.configuration ??= readConfiguration(this.reader ?? (() => undefined), process.env);
    return this.configuration;
  }

  /** @throws BadConfiguration */
  context(type: RoomType): Context {
    const { configured } = this;
    if ("problems" in configured) throw new BadConfiguration(configured.problems.join(" "));
    this.client ??= new MeteredClient(configured.account);
    return {
      type,
      api: this.client.rooms(type),
      session: this.session,
      adoptExisting: configured.adoptExisting,
      now: Date.now,
      // Pulumi shows what a dynamic provider prints as Info lines of the stack.
      note: (line) => console.log(line),
    };
  }
}

/**
 * The dynamic provider of one kind of room, as Pulumi's provider process calls it. Thin: it brings configuration,
 * client and clock together and hands over to the lifecycle.
 */
export function roomProvider(type: RoomType, shared: Shared): dynamic.ResourceProvider<Bag, Bag> {
  return {
    configure: async ({ config }) => shared.configure((key) => config.get(key)),
    check: async (olds, news) => {
      const { inputs, failures } = check(type, olds, news, Date.now() / 1000);
      const { configured } = shared;
      const problems = "problems" in configured ? configured.problems : [];
      return { inputs, failures: [...problems.map((reason) => ({ property: "", reason })), ...failures] };
    },
    diff: async (id, olds, news) => {
      const { api, session, now } = shared.context(type);
      const result = diff(type, nameOf(id, olds), olds, news, api.appName, now() / 1000);
      rememberRename(session, olds, news, result.replaces);
      return result;
    },
    create: (inputs) => create(shared.context(type), inputs),
    read: (id, olds = {}) => read(shared.context(type), nameOf(id, olds), olds),
    update: (id, olds, news) => update(shared.context(type), nameOf(id, olds), olds, news),
    delete: (id, olds) => deleteRoom(shared.context(type), nameOf(id, olds), olds),
  };
}

/** Pulumi does not tell `delete` what comes after it; the diff before it knows. */
export function rememberRename({ renames }: Session, olds: Bag, news: Bag, replaces: readonly string[] = []): void {
  const roomId = textIn(olds, "roomId");
  const name = textIn(news, "roomName");
  if (roomId === undefined) return;
  if (replaces.includes("roomName") && name !== undefined) renames.set(roomId, name);
  else renames.delete(roomId);
}

export const shared = new Shared();
