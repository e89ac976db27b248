import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as metered from "pulumi-metered";
import { linksOf, roomsOf, type Timetable } from "./rooms";

const timetable = JSON.parse(readFileSync(join(__dirname, "timetable.json"), "utf8")) as Timetable;

const term = new metered.MeetingRoomSet("term", { rooms: roomsOf(timetable) });

/** The URL of each room, by course and group. */
export const links = term.rooms.apply((rooms) => linksOf(timetable, (key) => rooms[key]?.url));
