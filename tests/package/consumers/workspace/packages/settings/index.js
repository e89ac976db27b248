exports.maxParticipants = 12;
