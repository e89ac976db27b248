import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import * as metered from "pulumi-metered";
import { Invitation } from "./invitation";

const config = new pulumi.Config();
const backend = config.get("backend") ?? "https://clinic.example.com";

// A name that people can say on the phone, such as "clinic-trusty-osprey". It is generated once, and kept in the state.
const name = new random.RandomPet("clinic", { prefix: "clinic" });

// The backend recognizes Metered's calls by this token. `result` is a secret, and so is every string that uses it.
const token = new random.RandomPassword("webhook-token", { length: 32, special: false });

const clinic = new metered.MeetingRoom("clinic", {
  roomName: name.id,
  privacy: "private",
  meetingStartedWebhook: pulumi.interpolate`${backend}/metered/started?token=${token.result}`,
  meetingEndedWebhook: pulumi.interpolate`${backend}/metered/ended?token=${token.result}`,
});

export const join = clinic.url;
export const invitation = new Invitation("invitation", clinic, backend).text;
export const webhookToken = token.result;
