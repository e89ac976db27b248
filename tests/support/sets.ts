import { MeteredError } from "../../provider/src/errors";
import { roomOf } from "../../provider/src/metered/rooms";
import { KeptInState } from "../../provider/src/pulumi/operations";
import {
  checkSet,
  compareSet,
  createSet,
  deleteSet,
  refreshSet,
  updateSet,
} from "../../provider/src/pulumi/setOperations";
import type { Bag } from "../../provider/src/pulumi/state";
import { saySomeRoomsFailed } from "../../provider/src/pulumi/words/sets";
import { meetingRoom } from "../../provider/src/rooms/meetingRoom";
import { SomeRoomsFailed } from "../../provider/src/rooms/set/failures";
import type { SetPlace } from "../../provider/src/rooms/set/setPlace";
import { liveStreamingRoomSet, meetingRoomSet } from "../../provider/src/rooms/set/setType";
import { FakeApi, type PlaceOptions } from "./fakeApi";

/** What the set in most stories is called, as Pulumi has it: a name generated from its URN. */
export const SET = "courses-1a2b3c4d";

export interface SetOptions extends PlaceOptions {
  /** Whether there is a list of rooms; by default where Metered has one. */
  readonly list?: boolean;
  /** What the list shows of a room; all of it by default. */
  readonly shows?: (body: Record<string, unknown>) => Record<string, unknown>;
  readonly width?: number;
  readonly signal?: AbortSignal;
  readonly progress?: (done: number, total: number) => void;
  readonly name?: string;
}

/** What the operations on a set work with, on a server in memory. */
export function setPlace(api: FakeApi, options: SetOptions = {}): SetPlace {
  const set = api.type === meetingRoom ? meetingRoomSet : liveStreamingRoomSet;
  const { list = set === meetingRoomSet, shows = (body) => body, width = 4, signal, progress, name = SET } = options;
  const rooms = async () => {
    api.calls.push({ action: "proveAccount", name: "" });
    return api.rooms.flatMap((body) => roomOf(shows({ ...body }), undefined) ?? []);
  };
  return {
    ...api.place({ owner: name, ...options }),
    set,
    setName: name,
    list: list ? rooms : undefined,
    width,
    signal,
    progress,
  };
}

/** A set on a server in memory, as one stack after the other sees it. */
export class SetStory {
  outputs: Bag = {};
  inputs: Bag = {};

  constructor(
    readonly api: FakeApi = new FakeApi(meetingRoom),
    private readonly options: SetOptions = {},
  ) {}

  place(more: SetOptions = {}): SetPlace {
    return setPlace(this.api, { ...this.options, ...more });
  }

  /** What Pulumi does for a program that declares these rooms: check, then create or, if anything differs, update. */
  async up(rooms: Bag, more: Bag = {}, options: SetOptions = {}): Promise<KeptInState | undefined> {
    const place = this.place(options);
    const news = { rooms, ...more, __auto: place.setName };
    const { inputs, problems } = checkSet(place, this.inputs, news);
    if (problems.length > 0) throw new Error(problems.join("\n"));
    this.api.calls.length = 0;
    const isNew = Object.keys(this.outputs).length === 0;
    if (!isNew && !compareSet(place, this.outputs, inputs).isChanged) return undefined;
    try {
      const { outputs } = isNew ? await createSet(place, inputs) : await updateSet(place, this.outputs, inputs);
      [this.outputs, this.inputs] = [outputs, inputs];
      return undefined;
    } catch (error) {
      if (!(error instanceof KeptInState)) throw error;
      this.outputs = error.outputs;
      if (isNew) this.inputs = inputs;
      return error;
    }
  }

  async refresh(options: SetOptions = {}): Promise<void> {
    this.api.calls.length = 0;
    const { outputs, inputs } = await refreshSet(this.place(options), this.outputs);
    [this.outputs, this.inputs] = [outputs, inputs];
  }

  async destroy(): Promise<void> {
    this.api.calls.length = 0;
    await deleteSet(this.place(), this.outputs);
  }

  /** The rooms in the state. */
  get rooms(): Record<string, Bag> {
    return this.outputs.rooms as Record<string, Bag>;
  }

  get keys(): string[] {
    return Object.keys(this.rooms).sort();
  }

  /** What was asked of the server, in alphabetical order: rooms are worked on side by side. */
  get asked(): string[] {
    return [...this.api.story].sort();
  }
}

/** So many rooms with the same settings. */
export function manyRooms(count: number, settings: Bag = { privacy: "public" }): Record<string, Bag> {
  return Object.fromEntries(Array.from({ length: count }, (_, i) => [`room-${i}`, settings]));
}

/** What the user reads of rooms that failed. */
export function said(error: unknown): string {
  const failed = error instanceof KeptInState ? error.rooms : error;
  if (failed instanceof SomeRoomsFailed) {
    return saySomeRoomsFailed(failed, { face: "dynamic", account: { kind: "stack" } }).join("\n");
  }
  return failed instanceof MeteredError ? failed.facts.cause : String(error);
}
