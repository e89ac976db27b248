const metered = require("pulumi-metered");

const standup = new metered.MeetingRoom("standup", { privacy: "private", maxParticipants: 12 });

exports.join = standup.url;
