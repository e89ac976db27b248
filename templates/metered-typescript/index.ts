import * as metered from "pulumi-metered";

/** The teams, each with how many people its room takes. A new line is a new room. */
const teams = {
  design: 8,
  engineering: 16,
};

/** Where each team joins. */
export const join = Object.fromEntries(
  Object.entries(teams).map(([team, maxParticipants]) => {
    const room = new metered.MeetingRoom(team, { privacy: "private", maxParticipants, enableChat: true });
    return [team, room.url];
  }),
);
