import * as pulumi from "@pulumi/pulumi";
import * as metered from "pulumi-metered";

// The same program for every stack. Pulumi.STACK.yaml contains what differs.
const seats = new pulumi.Config().requireNumber("seats");

const teams = ["board", "sales", "support"];

/** The URL of each team's room. */
export const links: Record<string, pulumi.Output<string>> = {};

for (const team of teams) {
  // A room has the same name in every app, so the link shows which team it belongs to.
  const room = new metered.MeetingRoom(team, { roomName: team, privacy: "private", maxParticipants: seats });
  links[team] = room.url;
}
