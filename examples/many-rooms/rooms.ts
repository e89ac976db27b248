import { RunError } from "@pulumi/pulumi";
import type { MeetingRoomArgs } from "pulumi-metered";

/** What the timetable says; times are ISO 8601. */
export interface Timetable {
  readonly termEnds: string;
  readonly courses: Readonly<Record<string, Course>>;
}

interface Course {
  readonly seats: number;
  /** Each group meets in a room of its own. */
  readonly groups: readonly string[];
  readonly exam?: { readonly starts: string; readonly ends: string };
}

/**
 * The rooms of a term by their keys: `anatomy-mon-09`, `statistics-exam`. The key is what a room is recognized by, so the
 * order in the timetable doesn't matter.
 */
export function roomsOf({ termEnds, courses }: Timetable): Record<string, MeetingRoomArgs> {
  const rooms: Record<string, MeetingRoomArgs> = {};
  for (const [course, { seats, groups, exam }] of Object.entries(courses)) {
    for (const group of groups) {
      rooms[keyOf(course, group)] = {
        privacy: "private",
        maxParticipants: seats,
        expireUnixSec: unixSeconds(termEnds),
        ejectAtRoomExp: true,
        // Closed when the term is over, but not deleted: a later end of term opens the same room again, at the same
        // address.
        deleteOnExp: false,
      };
    }
    if (exam) {
      rooms[keyOf(course, "exam")] = {
        privacy: "private",
        maxParticipants: seats,
        notBeforeUnixSec: unixSeconds(exam.starts),
        expireUnixSec: unixSeconds(exam.ends),
        ejectAtRoomExp: true,
        // Used once: Metered deletes it after the exam, and Pulumi doesn't report that as drift.
        deleteOnExp: true,
      };
    }
  }
  return rooms;
}

/** Where people meet, course by course and group by group. */
export function linksOf({ courses }: Timetable, urlOf: (key: string) => string | undefined) {
  return Object.fromEntries(
    Object.entries(courses).map(([course, { groups, exam }]) => [
      course,
      Object.fromEntries([...groups, ...(exam ? ["exam"] : [])].map((group) => [group, urlOf(keyOf(course, group))])),
    ]),
  );
}

function keyOf(course: string, group: string): string {
  return `${course}-${group}`;
}

function unixSeconds(time: string): number {
  const milliseconds = Date.parse(time);
  if (Number.isNaN(milliseconds)) throw new RunError(`"${time}" in the timetable is not a time.`);
  return milliseconds / 1000;
}
