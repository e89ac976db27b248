import * as pulumi from "@pulumi/pulumi";
import * as metered from "pulumi-metered";

const config = new pulumi.Config();

// One Metered app for European customers, one for American ones. A provider uses only its own inputs, not
// `metered:appName` and `metered:secretKey`.
function account(name: "eu" | "us"): metered.Provider {
  return new metered.Provider(name, {
    appName: config.require(`${name}AppName`),
    secretKey: config.requireSecret(`${name}SecretKey`),
    endpoint: config.get(`${name}Endpoint`),
  });
}

// The same name twice: names are unique within an app, so both apps can have it.
function supportDesk(name: "eu" | "us"): metered.MeetingRoom {
  return new metered.MeetingRoom(
    `support-${name}`,
    { roomName: "support", privacy: "private", enableRequestToJoin: true },
    { provider: account(name) },
  );
}

export const eu = supportDesk("eu").url;
export const us = supportDesk("us").url;
