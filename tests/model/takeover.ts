import { isDeepStrictEqual } from "node:util";
import type { StoredRoom } from "metered-simulator";
import type { Outcome } from "../reliability/engine";
import type { Ownership } from "../reliability/ownership";
import type { Room } from "./room";

/** Colleagues' rooms that an `up` with the flag may take over. */
export class Takeover {
  private readonly theirs: readonly StoredRoom[];

  /** @param rooms those of the program that may take others over */
  constructor(
    private readonly ownership: Ownership,
    rooms: readonly Room[],
  ) {
    this.theirs = rooms.flatMap((room) => this.inTheWayOf(room));
  }

  /** What was not taken over after all is theirs, as it was. */
  settle({ error }: Outcome, rooms: readonly Room[], onServer: readonly StoredRoom[]): void {
    const inState = rooms.map(({ engine }) => engine.resource?.outputs.roomId);
    for (const room of this.theirs) {
      const now = onServer.find(({ _id }) => _id === room._id);
      const isTouched = inState.includes(room._id) || (error && !isDeepStrictEqual(now, room));
      if (!isTouched) this.ownership.isTheirs(room);
    }
  }

  private inTheWayOf(room: Room): StoredRoom[] {
    const theirs = room.inTheWay().filter((each) => !this.ownership.own.some(({ _id }) => _id === each._id));
    for (const each of theirs) this.ownership.isOurs(each);
    this.ownership.mayLose(theirs);
    return theirs;
  }
}
