import * as pulumi from "@pulumi/pulumi";
import * as metered from "pulumi-metered";

const day = 86_400;

// The link alone isn't enough to join.
const consulting = new metered.MeetingRoom("consulting", {
  privacy: "private",
  maxParticipants: 4,
});

// The host's token is replaced before it expires: in the last 10 days, `pulumi up` issues a new one.
const host = new metered.AccessToken("host", {
  roomName: consulting.roomName,
  isAdmin: true,
  name: "Dr. Lee",
  expiryInSeconds: 30 * day,
  rotateBeforeSeconds: 10 * day,
});

// The guests' token expires at a fixed time, and isn't replaced.
const guest = new metered.AccessToken("guest", {
  roomName: consulting.roomName,
  expireUnixSec: Date.parse(new pulumi.Config().get("guestsUntil") ?? "2099-12-31T17:00:00Z") / 1000,
});

// Both links are secrets, because the tokens are.
export const hostLink = pulumi.interpolate`${consulting.url}?token=${host.token}`;
export const guestLink = pulumi.interpolate`${consulting.url}?token=${guest.token}`;
