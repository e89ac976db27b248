import * as metered from "pulumi-metered";
import { MeetingRoom } from "pulumi-metered";

if (metered.MeetingRoom !== MeetingRoom) throw new Error("two copies of one class");
const standup = new MeetingRoom("standup", { privacy: "private", maxParticipants: 12 });

export const join = standup.url;
