const pulumi = require("@pulumi/pulumi");
const metered = require("pulumi-metered");

exports.TeamRoom = class extends pulumi.ComponentResource {
  constructor(name, opts) {
    super("team-rooms:index:TeamRoom", name, {}, opts);
    const settings = { privacy: "private", maxParticipants: 12 };
    this.url = new metered.MeetingRoom(name, settings, { parent: this }).url;
    this.registerOutputs({ url: this.url });
  }
};
