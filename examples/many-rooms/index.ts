import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Output } from "@pulumi/pulumi";
import { Course, type CourseArgs } from "./course";

interface Timetable {
  readonly termEnds: string;
  readonly courses: Readonly<Record<string, CourseArgs>>;
}

const timetable = JSON.parse(readFileSync(join(__dirname, "timetable.json"), "utf8")) as Timetable;

/** Course by course and group by group, where people meet. */
export const links: Record<string, Output<Record<string, string>>> = {};

for (const [name, course] of Object.entries(timetable.courses)) {
  links[name] = new Course(name, course, timetable.termEnds).links;
}
