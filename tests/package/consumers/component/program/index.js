const { TeamRoom } = require("team-rooms");

exports.join = new TeamRoom("standup").url;
