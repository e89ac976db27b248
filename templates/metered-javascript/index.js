const metered = require("pulumi-metered");

/** The teams, and how many people can join each one's room. A new line is a new room. */
const teams = {
  design: 8,
  engineering: 16,
};

/** The URL of each team's room. */
exports.join = Object.fromEntries(
  Object.entries(teams).map(([team, maxParticipants]) => {
    const room = new metered.MeetingRoom(team, { privacy: "private", maxParticipants, enableChat: true });
    return [team, room.url];
  }),
);
