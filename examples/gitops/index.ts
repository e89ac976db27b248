import * as pulumi from "@pulumi/pulumi";
import * as metered from "pulumi-metered";

// The same program for every stack. What differs between them stands in Pulumi.STACK.yaml.
const seats = new pulumi.Config().requireNumber("seats");

const teams = ["board", "sales", "support"];

/** Team by team, where its people meet. */
export const links: Record<string, pulumi.Output<string>> = {};

for (const team of teams) {
  // A room has the same name in every app, so that a link says which team it belongs to.
  const room = new metered.MeetingRoom(team, { roomName: team, privacy: "private", maxParticipants: seats });
  links[team] = room.url;
}
