import * as metered from "pulumi-metered";

const standup = new metered.MeetingRoom("standup", { privacy: "private", maxParticipants: 12 });

export const join = standup.url;
