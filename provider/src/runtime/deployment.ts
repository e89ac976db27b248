import { MeteredClient } from "../api/client";
import type { Limits } from "../api/patience";
import { BadConfiguration } from "../core/errors";
import type { RoomType } from "../core/field";
import type { Context } from "../core/lifecycle";
import { Session } from "../core/session";
import { type Configuration, type Reader, readConfiguration } from "./configuration";

/** What all rooms of a provider process share: one account, one client with its pace, one memory of the run. */
export class Deployment {
  readonly session = new Session();
  private reader: Reader | undefined;
  private configuration: Configuration | { readonly problems: string[] } | undefined;
  private made: MeteredClient | undefined;

  /** Only remembers, the first time: what is wrong with it is told to whoever needs it. Answers whether it was the first. */
  configure(reader: Reader): boolean {
    if (this.reader) return false;
    this.reader = reader;
    return true;
  }

  /** What is wrong with the configuration, and how to mend it. */
  get problems(): readonly string[] {
    const { configured } = this;
    return "problems" in configured ? configured.problems : [];
  }

  /** @throws BadConfiguration */
  get client(): MeteredClient {
    this.made ??= new MeteredClient(this.valid.account);
    return this.made;
  }

  /**
   * @param note shows a line to the user, as Info
   * @throws BadConfiguration
   */
  context(type: RoomType, note: (line: string) => void, limits: Limits = {}): Context {
    const { adoptExisting } = this.valid;
    return { type, api: this.client.rooms(type, limits), session: this.session, adoptExisting, now: Date.now, note };
  }

  private get valid(): Configuration {
    const { configured } = this;
    if ("problems" in configured) throw new BadConfiguration(configured.problems.join(" "));
    return configured;
  }

  private get configured() {
    this.configuration ??= readConfiguration(this.reader ?? (() => undefined), process.env);
    return this.configuration;
  }
}
