import type { InvokeOptions, InvokeOutputOptions } from "@pulumi/pulumi/invoke";
import type { Input, Output } from "@pulumi/pulumi/output";
import type { GetMeetingRoomResult } from "./getMeetingRoom";
import { type Lookup, lookUp, lookUpOutput } from "./lookup";

export interface GetMeetingRoomsArgs {
  /** Return only rooms whose names, as Metered stores them, start with this prefix. */
  namePrefix?: string | undefined;
  /** Return only rooms that Metered shows as public, or as private. */
  privacy?: "public" | "private" | undefined;
  /** Also return deleted (archived) rooms, if Metered lists them. Default: false. */
  includeArchived?: boolean | undefined;
}

export interface GetMeetingRoomsOutputArgs {
  /** Return only rooms whose names, as Metered stores them, start with this prefix. */
  namePrefix?: Input<string | undefined>;
  /** Return only rooms that Metered shows as public, or as private. */
  privacy?: Input<"public" | "private" | undefined>;
  /** Also return deleted (archived) rooms, if Metered lists them. Default: false. */
  includeArchived?: Input<boolean | undefined>;
}

export interface GetMeetingRoomsResult {
  /** Metered app that the rooms belong to. */
  readonly appName: string;
  /** The rooms, sorted by name. */
  readonly rooms: GetMeetingRoomResult[];
}

const lookup: Lookup<GetMeetingRoomsArgs, GetMeetingRoomsResult> = {
  name: "getMeetingRooms",
  // The type of a room and its value are made from the same table.
  ask: (lookups, args, from) => lookups.meetingRooms(args, from) as Promise<object> as Promise<GetMeetingRoomsResult>,
};

/**
 * Lists the meeting rooms of the app, also in previews: all of them, or those that match the filters. This is one
 * request, even if a program calls the function several times. If Metered's list doesn't show a room's privacy, a filter on
 * `privacy` fetches that room. Metered has no list of live-streaming rooms.
 *
 * Account, options and errors are those of {@link getMeetingRoom}.
 *
 * @example
 * ```ts
 * import * as metered from "pulumi-metered";
 *
 * const course = metered.getMeetingRooms({ namePrefix: "course-", privacy: "private" });
 * export const links = course.then(({ rooms }) => rooms.map(({ url }) => url));
 * ```
 */
export function getMeetingRooms(
  args: GetMeetingRoomsArgs = {},
  opts: InvokeOptions = {},
): Promise<GetMeetingRoomsResult> {
  return lookUp(lookup, args, opts);
}

/**
 * Like {@link getMeetingRooms}, but takes and returns Outputs. The result is secret if a filter is, and unknown in a
 * preview until all filters are known.
 *
 * @example
 * ```ts
 * import * as metered from "pulumi-metered";
 *
 * const course = new metered.MeetingRoom("course-1", { privacy: "private" });
 * export const all = metered.getMeetingRoomsOutput({ namePrefix: "course-" }, { dependsOn: course }).rooms;
 * ```
 */
export function getMeetingRoomsOutput(
  args: GetMeetingRoomsOutputArgs = {},
  opts: InvokeOutputOptions = {},
): Output<GetMeetingRoomsResult> {
  return lookUpOutput(lookup, args, opts);
}
