import { isCause, MeteredError } from "../errors";
import type { Account } from "../metered/account";
import type { Options } from "../metered/caller";
import { MeteredClient } from "../metered/client";
import type { RoomApi, RoomReply } from "../rooms/api";
import { lookUp } from "../rooms/look";
import { meetingRoom } from "../rooms/meetingRoom";
import { lookupResult, shownIn } from "../rooms/room";
import type { RoomType } from "../rooms/roomType";
import { type Reader, readConfiguration } from "./configuration";
import type { Bag } from "./state";

/** From where a lookup is made. */
export interface Standpoint {
  /** The stack's configuration, or an explicit provider's inputs. */
  readonly configuration: Reader;
  /** What must have been done before. */
  readonly after: readonly string[];
  /** Who is told that a lookup waits, and what ends it. */
  readonly options?: Options;
}

export interface MeetingRoomsFilter {
  readonly namePrefix?: string;
  readonly privacy?: string;
  readonly includeArchived?: boolean;
}

/**
 * The lookups of one run of a program. They are made in the program's own process, because Pulumi's process for dynamic
 * providers serves resources only. What was found once is not asked for again, and a failure is not kept.
 */
export class Lookups {
  private readonly clients = new Map<string, MeteredClient>();
  private readonly asked = new Map<string, Promise<unknown>>();

  /** @param clientOf where a process has a client already, that one: rooms and lookups have one pace */
  constructor(private readonly clientOf = (account: Account) => new MeteredClient(account)) {}

  /** @throws MeteredError `InvalidConfiguration`, `RoomNotFound`, `RoomStatusUnknown`, and every error of the API */
  async room(type: RoomType, name: string, from: Standpoint): Promise<Bag> {
    const api = this.account(from).client.rooms(type);
    return lookupResult(type, api, await this.oneRoom(type, name, from));
  }

  private oneRoom(type: RoomType, name: string, from: Standpoint): Promise<RoomReply> {
    const { client, key } = this.account(from);
    const api = client.rooms(type, from.options);
    return this.once([key, type.name, name], () => lookUp({ type, api }, name, { archived: true }));
  }

  /** @throws MeteredError `InvalidConfiguration`, and every error of the API */
  async meetingRooms(filter: MeetingRoomsFilter, from: Standpoint): Promise<{ appName: string; rooms: Bag[] }> {
    const { client, key } = this.account(from);
    const listed = await this.once([key], () => client.meetingRooms(from.options));
    const { namePrefix = "", privacy, includeArchived = false } = filter;
    const named = listed.filter(
      ({ roomName, archived }) => roomName.startsWith(namePrefix) && (includeArchived || !archived),
    );
    const rooms = privacy === undefined ? named : await this.withPrivacy(named, from);
    return selected(rooms, privacy, client.rooms(meetingRoom));
  }

  /** The list may show no more than names: what it shows no privacy of is got, unless it's gone by now. */
  private async withPrivacy(rooms: readonly RoomReply[], from: Standpoint): Promise<RoomReply[]> {
    const whole = rooms.map(async (room) => {
      if (shownIn(meetingRoom, room).privacy !== undefined) return [room];
      try {
        return [await this.oneRoom(meetingRoom, room.roomName, from)];
      } catch (error) {
        if (isCause(error, "RoomNotFound")) return [];
        throw error;
      }
    });
    return (await Promise.all(whole)).flat();
  }

  /** Any other lookup: the same question is asked once. */
  async ask<T>(
    question: readonly unknown[],
    from: Standpoint,
    work: (client: MeteredClient) => Promise<T>,
  ): Promise<T> {
    const { client, key } = this.account(from);
    return this.once([key, JSON.stringify(question)], () => work(client));
  }

  private account({ configuration, after }: Standpoint): { client: MeteredClient; key: string } {
    const configured = readConfiguration(configuration, process.env);
    if ("problems" in configured) {
      throw new MeteredError({ cause: "InvalidConfiguration", problems: configured.problems });
    }
    const account = JSON.stringify(configured.account);
    const client = this.clients.get(account) ?? this.clientOf(configured.account);
    this.clients.set(account, client);
    // What was found before other resources were done may not be true after them.
    return { client, key: JSON.stringify([account, ...after]) };
  }

  private async once<T>(question: readonly string[], ask: () => Promise<T>): Promise<T> {
    const key = JSON.stringify(question);
    const answer = (this.asked.get(key) as Promise<T> | undefined) ?? ask();
    this.asked.set(key, answer);
    try {
      return await answer;
    } catch (error) {
      if (this.asked.get(key) === answer) this.asked.delete(key);
      throw error;
    }
  }
}

function selected(rooms: readonly RoomReply[], privacy: string | undefined, api: RoomApi) {
  const results = [...rooms]
    .sort((a, b) => compare(a.roomName, b.roomName) || compare(a.roomId, b.roomId))
    .map((room) => lookupResult(meetingRoom, api, room))
    .filter((result) => privacy === undefined || result.privacy === privacy);
  return { appName: api.appName, rooms: results };
}

/** The same order on every machine. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
