import { globalAgent } from "node:http";
import type { Account } from "../../provider/src/api/account";
import { MeteredClient } from "../../provider/src/api/client";
import { Transport } from "../../provider/src/api/transport";
import { check } from "../../provider/src/core/check";
import { diff } from "../../provider/src/core/diff";
import type { RoomType } from "../../provider/src/core/field";
import { create, deleteRoom, read, update } from "../../provider/src/core/lifecycle";
import { Session } from "../../provider/src/core/session";
import type { Bag } from "../../provider/src/core/state";
import { Addresses, type AddressTrouble } from "../support/addresses";
import type { Face } from "../support/providerHost";
import type { SkippingTime } from "../support/skippingTime";

/** What the engine asks of a provider process for the rooms of one kind. Errors are MeteredErrors. */
export interface Provider {
  check(olds: Bag, news: Bag): Promise<{ inputs: Bag; failures: readonly object[] }>;
  diff(id: string, olds: Bag, news: Bag): Promise<Difference>;
  create(inputs: Bag): Promise<{ id: string; outs: Bag }>;
  read(id: string, olds: Bag): Promise<{ id: string; props: Bag; inputs?: Bag }>;
  /** Only where the face has it: what it finds of a room of which no more than the id is known. */
  import?(id: string): Promise<{ id: string; props: Bag; inputs: Bag }>;
  update(id: string, olds: Bag, news: Bag): Promise<{ outs: Bag }>;
  delete(id: string, olds: Bag): Promise<void>;
}

interface Difference {
  /** Unset: the engine compares the inputs itself. */
  readonly changes?: boolean;
  readonly replaces?: readonly string[];
  readonly deleteBeforeReplace?: boolean;
}

export interface Configured {
  readonly type: RoomType;
  /** Of the resource in the program. */
  readonly name: string;
  readonly account: Account;
  readonly adoptExisting: boolean;
}

/** Where the provider runs: in this process, or in one that is spoken to over gRPC. */
export interface Providers {
  readonly face: Face;
  /** The provider's time, in unix milliseconds. */
  now(): number;
  /** Lets time pass. */
  skip(ms: number): Promise<void>;
  /** What is done inside of it has a provider process of its own: new connections, and a new memory. */
  run<T>(configured: Configured, notes: string[], work: (provider: Provider) => Promise<T>): Promise<T>;
  /** Has the provider's next connections to the simulator fail so, and all others `always`. */
  strike(next: readonly AddressTrouble[], always?: AddressTrouble): Promise<void>;
}

/** The lifecycle in this process: the source code, without Pulumi's wire. */
export class ProvidersHere implements Providers {
  readonly face = "dynamic";
  private readonly addresses = new Addresses();

  constructor(private readonly time: SkippingTime) {}

  now(): number {
    return this.time.now();
  }

  async skip(ms: number): Promise<void> {
    this.time.skip(ms);
  }

  async run<T>(configured: Configured, notes: string[], work: (provider: Provider) => Promise<T>): Promise<T> {
    // A new process has no connections yet.
    globalAgent.destroy();
    this.addresses.install();
    try {
      return await this.time.during(() => work(this.provider(configured, notes)));
    } finally {
      this.addresses.uninstall();
    }
  }

  async strike(next: readonly AddressTrouble[], always?: AddressTrouble): Promise<void> {
    this.addresses.strike(next, always);
  }

  private provider({ type, account, adoptExisting }: Configured, notes: string[]): Provider {
    const { now } = this.time;
    const client = new MeteredClient(account, new Transport(account, this.time));
    const session = new Session();
    const note = (line: string) => notes.push(line);
    const context = { type, api: client.rooms(type), session, adoptExisting, now, note };
    return {
      check: async (olds, news) => {
        const checked = check(type, olds, news, now() / 1000);
        session.checked(olds, checked.inputs);
        return checked;
      },
      diff: async (id, olds, news) => {
        const found = diff(type, id, olds, news, account.appName, now() / 1000);
        session.compared(olds, news, found);
        return found;
      },
      create: (inputs) => create(context, inputs),
      read: (id, olds) => read(context, id, olds),
      update: (id, olds, news) => update(context, id, olds, news),
      delete: (id, olds) => deleteRoom(context, id, olds),
    };
  }
}
