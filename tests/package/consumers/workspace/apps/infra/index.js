const metered = require("pulumi-metered");
const { maxParticipants } = require("settings");

const standup = new metered.MeetingRoom("standup", { privacy: "private", maxParticipants });

exports.join = standup.url;
