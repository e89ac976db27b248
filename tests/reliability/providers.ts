import assert from "node:assert/strict";
import { globalAgent } from "node:http";
import { MeteredError } from "../../provider/src/errors";
import type { Account } from "../../provider/src/metered/account";
import { MeteredClient } from "../../provider/src/metered/client";
import type { Note } from "../../provider/src/notes";
import type { ObjectType } from "../../provider/src/objects/objectType";
import { objectDiff, roomDiff } from "../../provider/src/pulumi/dynamic/diffs";
import {
  checkObject,
  compareObject,
  createObject,
  deleteObject,
  lookUpObject,
  refreshObject,
  updateObject,
} from "../../provider/src/pulumi/objectOperations";
import { isFirstObjectRead } from "../../provider/src/pulumi/objectState";
import {
  checkInputs,
  compareRoom,
  createRoom,
  deleteRoom,
  KeptInState,
  lookUpRoom,
  refreshRoom,
  updateRoom,
} from "../../provider/src/pulumi/operations";
import { type Bag, isFirstRead, registered } from "../../provider/src/pulumi/state";
import { sayError } from "../../provider/src/pulumi/words/errors";
import { sayKept } from "../../provider/src/pulumi/words/kept";
import { sayNote } from "../../provider/src/pulumi/words/notes";
import type { Viewpoint } from "../../provider/src/pulumi/words/viewpoint";
import { Claims } from "../../provider/src/rooms/claims";
import type { Place } from "../../provider/src/rooms/place";
import type { RoomType } from "../../provider/src/rooms/roomType";
import { Addresses, type AddressTrouble } from "../support/addresses";
import { objectPlace } from "../support/objects";
import type { Face } from "../support/providerHost";
import type { SkippingTime } from "../support/skippingTime";
import { Told } from "./told";

const HERE: Viewpoint = { face: "dynamic", account: { kind: "stack" } };

export function isRoomType(type: RoomType | ObjectType): type is RoomType {
  return "links" in type;
}

/** What the engine asks of a provider process for the resources of one kind. Errors are `Told`s. */
export interface Provider {
  check(olds: Bag, news: Bag): Promise<{ inputs: Bag; failures: readonly object[] }>;
  diff(id: string, olds: Bag, news: Bag, oldInputs: Bag): Promise<Difference>;
  create(inputs: Bag): Promise<{ id: string; outs: Bag }>;
  read(id: string, olds: Bag, oldInputs?: Bag): Promise<{ id: string; props: Bag; inputs?: Bag }>;
  /** Only where the face has it: what it finds of a room of which no more than the id is known. */
  import?(id: string): Promise<{ id: string; props: Bag; inputs: Bag }>;
  update(id: string, olds: Bag, news: Bag, oldInputs: Bag): Promise<{ outs: Bag }>;
  delete(id: string, olds: Bag): Promise<void>;
}

interface Difference {
  /** Unset: the engine compares the inputs itself. */
  readonly changes?: boolean;
  readonly replaces?: readonly string[];
  readonly deleteBeforeReplace?: boolean;
}

export interface Configured {
  readonly type: RoomType | ObjectType;
  /** Of the resource in the program. */
  readonly name: string;
  readonly account: Account;
  readonly adoptExisting: boolean;
  /** The name of an explicit provider; else the account is the stack's. */
  readonly provider?: string | undefined;
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
      const { type } = configured;
      const provider = isRoomType(type) ? this.rooms(type, configured, notes) : this.objects(type, configured, notes);
      return await this.time.during(() => work(provider));
    } finally {
      this.addresses.uninstall();
    }
  }

  async strike(next: readonly AddressTrouble[], always?: AddressTrouble): Promise<void> {
    this.addresses.strike(next, always);
  }

  private objects(type: ObjectType, { account }: Configured, notes: string[]): Provider {
    const { time } = this;
    const tell = (note: Note) => void notes.push(sayNote(note, HERE));
    const place = objectPlace(type, new MeteredClient(account, time), { tell, now: time.now });
    const text = registered(type);
    return {
      check: async (olds, news) => {
        const { inputs, problems } = checkObject(place, olds, news);
        return { inputs, failures: problems.map((reason) => ({ property: "", reason })) };
      },
      diff: (id, olds, news) => told(async () => objectDiff(type, olds, compareObject(place, id, olds, news))),
      create: (inputs) =>
        told(async () => {
          const { id, outputs } = await createObject(place, inputs);
          return { id, outs: outputs };
        }, text),
      read: (id, olds) =>
        told(async () => {
          const isFirst = isFirstObjectRead(type, olds);
          const state = await (isFirst ? lookUpObject(place, id) : refreshObject(place, id, olds));
          return state ? { id: state.id, props: state.outputs, inputs: state.inputs } : { id: "", props: {} };
        }),
      update: (id, olds, news) =>
        told(async () => ({ outs: (await updateObject(place, id, olds, news)).outputs }), text),
      delete: (id, olds) => told(() => deleteObject(place, id, olds)),
    };
  }

  private rooms(type: RoomType, { account, adoptExisting }: Configured, notes: string[]): Provider {
    const { time } = this;
    const claims = new Claims(time);
    const client = new MeteredClient(account, time);
    const tell = (note: Note) => void notes.push(sayNote(note, HERE));
    const api = client.rooms(type, { tell });
    const text = registered(type);
    const place: Place = { type, api, claims, owner: undefined, adoptExisting, now: time.now, tell };
    return {
      check: async (olds, news) => {
        const { inputs, problems } = checkInputs(place, olds, news);
        return { inputs, failures: problems.map((reason) => ({ property: "", reason })) };
      },
      diff: (id, olds, news) =>
        told(async () => {
          return roomDiff(type, olds, compareRoom(place, id, olds, news));
        }),
      create: (inputs) =>
        told(async () => {
          const { id, outputs } = await createRoom(place, inputs);
          return { id, outs: outputs };
        }, text),
      read: (id, olds) =>
        told(async () => {
          const state = isFirstRead(type, olds) ? await lookUpRoom(place, id) : await refreshRoom(place, id, olds);
          return state ? { id: state.id, props: state.outputs, inputs: state.inputs } : { id: "", props: {} };
        }),
      update: (id, olds, news) => told(async () => ({ outs: (await updateRoom(place, id, olds, news)).outputs }), text),
      delete: (id, olds) => told(() => deleteRoom(place, id, olds)),
    };
  }
}

/** Errors as their reader gets them; what they say must be what they are. */
async function told<T>(work: () => Promise<T>, text: Bag = {}): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof KeptInState) {
      const { id, outputs } = error;
      const failure = new Told("", { id, properties: { ...outputs, ...text }, reasons: sayKept(error, HERE) });
      assert.equal(failure.name, error.name, failure.message);
      throw failure;
    }
    if (!(error instanceof MeteredError)) throw error;
    const failure = new Told(sayError(error.facts, HERE));
    assert.deepEqual([failure.name, failure.mayHaveHappened], [error.name, mayHaveChanged(error)], failure.message);
    throw failure;
  }
}

/** Of what only looks, nothing is said to have happened. */
function mayHaveChanged({ facts, mayHaveHappened }: MeteredError): boolean {
  const action = "action" in facts ? facts.action : undefined;
  const isLook = action === "read" || action === "look up" || action === "list";
  const isStill = facts.cause === "RateLimited" && !facts.isUnchanged;
  return !isLook && (mayHaveHappened || isStill);
}
