import { RunError } from "@pulumi/pulumi";
import type { MeetingRoomArgs } from "pulumi-metered";

/** The timetable. Times are in ISO 8601. */
export interface Timetable {
  readonly termEnds: string;
  readonly courses: readonly Course[];
}

interface Course {
  readonly name: string;
  readonly seats: number;
  /** Each group meets in a room of its own. */
  readonly groups: readonly string[];
  readonly exam?: { readonly starts: string; readonly ends: string };
}

/**
 * The rooms of a term by their keys: `anatomy-mon-09`, `statistics-exam`. The key is what a room is recognized by, so the
 * order in the timetable doesn't matter.
 *
 * @throws if two courses have one name, or two rooms one key: the second would silently replace the first
 */
export function roomsOf({ termEnds, courses }: Timetable): Record<string, MeetingRoomArgs> {
  const names = courses.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new RunError(`The timetable has the course "${twice}" twice.`);

  const rooms: Record<string, MeetingRoomArgs> = {};
  const add = (key: string, room: MeetingRoomArgs) => {
    if (key in rooms) throw new RunError(`The timetable has "${key}" twice. Give one of the two another name.`);
    rooms[key] = room;
  };
  for (const { name, seats, groups, exam } of courses) {
    for (const group of groups) {
      add(keyOf(name, group), {
        privacy: "private",
        maxParticipants: seats,
        expireUnixSec: unixSeconds(termEnds),
        ejectAtRoomExp: true,
        // Closed when the term is over, but not deleted: a later end of term opens the same room again, at the same
        // address.
        deleteOnExp: false,
      });
    }
    if (exam) {
      add(keyOf(name, "exam"), {
        privacy: "private",
        maxParticipants: seats,
        notBeforeUnixSec: unixSeconds(exam.starts),
        expireUnixSec: unixSeconds(exam.ends),
        ejectAtRoomExp: true,
        // Used once: Metered deletes it after the exam, and Pulumi doesn't report that as drift.
        deleteOnExp: true,
      });
    }
  }
  return rooms;
}

/** The URL of each room, by course and group. */
export function linksOf({ courses }: Timetable, urlOf: (key: string) => string | undefined) {
  return Object.fromEntries(
    courses.map(({ name, groups, exam }) => [
      name,
      Object.fromEntries([...groups, ...(exam ? ["exam"] : [])].map((group) => [group, urlOf(keyOf(name, group))])),
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
