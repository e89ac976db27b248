import * as pulumi from "@pulumi/pulumi";
import * as metered from "pulumi-metered";

/** What the timetable says of a course; times are ISO 8601. */
export interface CourseArgs {
  readonly seats: number;
  /** Each group meets in a room of its own. */
  readonly groups: readonly string[];
  readonly exam?: { readonly starts: string; readonly ends: string };
}

/** The rooms of one course. */
export class Course extends pulumi.ComponentResource {
  /** Where each group meets, and where the exam takes place. */
  readonly links: pulumi.Output<Record<string, string>>;

  constructor(name: string, args: CourseArgs, termEnds: string, opts?: pulumi.ComponentResourceOptions) {
    super("timetable:index:Course", name, {}, opts);
    const { seats, groups, exam } = args;
    const links: Record<string, pulumi.Output<string>> = {};

    for (const group of groups) {
      // No roomName: Metered's name for the room is made from the course and the group, so it is the same on every run
      // and does not depend on the order in the timetable.
      const room = new metered.MeetingRoom(
        `${name}-${group}`,
        {
          privacy: "private",
          maxParticipants: seats,
          expireUnixSec: unixSeconds(termEnds),
          ejectAtRoomExp: true,
          // Closed when the term is over, but not deleted: a later end of term opens the same room again, at the same
          // address. Rooms go when their course or group leaves the timetable.
          deleteOnExp: false,
        },
        { parent: this },
      );
      links[group] = room.url;
    }

    if (exam) {
      const room = new metered.MeetingRoom(
        `${name}-exam`,
        {
          privacy: "private",
          maxParticipants: seats,
          notBeforeUnixSec: unixSeconds(exam.starts),
          expireUnixSec: unixSeconds(exam.ends),
          ejectAtRoomExp: true,
          // Used once: Metered deletes it when the exam is over, and Pulumi does not take that for a change.
          deleteOnExp: true,
        },
        { parent: this },
      );
      links.exam = room.url;
    }

    this.links = pulumi.output(links);
    this.registerOutputs({ links: this.links });
  }
}

function unixSeconds(time: string): number {
  const milliseconds = Date.parse(time);
  if (Number.isNaN(milliseconds)) throw new pulumi.RunError(`"${time}" in the timetable is not a time.`);
  return milliseconds / 1000;
}
