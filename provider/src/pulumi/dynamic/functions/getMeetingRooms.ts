import type { InvokeOptions, InvokeOutputOptions } from "@pulumi/pulumi/invoke";
import type { Input, Output } from "@pulumi/pulumi/output";
import type { GetMeetingRoomResult } from "./getMeetingRoom";
import { type Lookup, lookUp, lookUpOutput } from "./lookup";

export interface GetMeetingRoomsArgs {
  /** Only rooms whose names, in Metered's spelling, begin so. */
  namePrefix?: string | undefined;
  /** Only rooms of which Metered shows that they are so. */
  privacy?: "public" | "private" | undefined;
  /** Deleted rooms as well, where Metered lists them. Default: false. */
  includeArchived?: boolean | undefined;
}

export interface GetMeetingRoomsOutputArgs {
  /** Only rooms whose names, in Metered's spelling, begin so. */
  namePrefix?: Input<string | undefined>;
  /** Only rooms of which Metered shows that they are so. */
  privacy?: Input<"public" | "private" | undefined>;
  /** Deleted rooms as well, where Metered lists them. Default: false. */
  includeArchived?: Input<boolean | undefined>;
}

export interface GetMeetingRoomsResult {
  /** The Metered app that was asked. */
  readonly appName: string;
  /** In the order of their names. */
  readonly rooms: GetMeetingRoomResult[];
}

const lookup: Lookup<GetMeetingRoomsArgs, GetMeetingRoomsResult> = {
  name: "getMeetingRooms",
  // The type of a room and its value are made from the same table.
  ask: (lookups, args, from) => lookups.meetingRooms(args, from) as Promise<object> as Promise<GetMeetingRoomsResult>,
};

/**
 * Looks up the meeting rooms of the app, in previews too: all of them, or those that the filters leave. One call, however
 * often it is asked for. Metered has no such list of live-streaming rooms. Account, options and errors are those of
 * {@link getMeetingRoom}.
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
 * The same with Outputs: secret when a filter is, unknown as long as one is, see {@link getMeetingRoomOutput}.
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
