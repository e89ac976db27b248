import { days, interpolated, noted, type Program, type Resource, ref, unixSeconds } from "./program";

type Programs = Readonly<Record<string, Program>>;

const RECEPTION: Resource = {
  resource: "MeetingRoom",
  as: "reception",
  inputs: { roomName: "reception", privacy: "public" },
};

/** Recipes in which something else uses what a room or a credential has. */
export const PASSED_ON: Programs = {
  "web-app": {
    steps: [
      { resource: "MeetingRoom", as: "sales", inputs: { privacy: "public" } },
      { resource: "MeetingRoom", as: "care", inputs: { privacy: "public" } },
    ],
    outputs: { salesRoom: ref("sales", "url"), careRoom: ref("care", "url") },
  },
  "other-stack": {
    steps: [{ stack: "acme/rooms/prod", as: "rooms" }],
    outputs: { salesRoom: ref("rooms", "salesRoom") },
  },
  address: {
    steps: [
      { config: "baseUrl" },
      { resource: "MeetingRoom", as: "help", inputs: { roomName: "help", privacy: "public" } },
    ],
    outputs: { address: interpolated(ref("baseUrl"), "/", ref("help", "roomName")) },
  },
  "config-map": {
    steps: [
      { resource: "MeetingRoom", as: "sales", inputs: { privacy: "public" } },
      {
        resource: "kubernetes:core/v1:ConfigMap",
        as: "rooms",
        inputs: { metadata: { name: "rooms" }, data: { SALES_URL: ref("sales", "url") } },
      },
    ],
  },
  redirect: {
    steps: [
      RECEPTION,
      {
        resource: "kubernetes:networking/v1:Ingress",
        as: "meet",
        inputs: {
          metadata: {
            name: "meet",
            annotations: { "nginx.ingress.kubernetes.io/temporal-redirect": ref("reception", "url") },
          },
          spec: { ingressClassName: "nginx", rules: [{ host: "meet.example.com" }] },
        },
      },
      {
        resource: "aws:route53:Record",
        as: "record",
        name: "meet",
        inputs: {
          zoneId: "Z0000000000000",
          name: "meet.example.com",
          type: "CNAME",
          ttl: 300,
          records: ["ingress.example.com"],
        },
      },
    ],
  },
  "turn-secret": {
    steps: [
      { resource: "TurnCredential", as: "web", inputs: { label: "web", expiryInSeconds: days(30) } },
      {
        resource: "kubernetes:core/v1:Secret",
        as: "turn",
        inputs: {
          metadata: { name: "turn" },
          stringData: { TURN_USERNAME: ref("web", "username"), TURN_PASSWORD: ref("web", "password") },
        },
      },
    ],
  },
};

const OFFICE: Resource = {
  resource: "MeetingRoom",
  as: "office",
  name: "office-hours",
  inputs: { privacy: "private", maxParticipants: 10 },
};

/** What the page of the plugin shows in all languages. */
export const IN_EACH_LANGUAGE: Program = {
  steps: [
    { resource: "MeetingRoom", as: "standup", inputs: { privacy: "private", maxParticipants: 12 } },
    {
      resource: "LiveStreamingRoom",
      as: "townHall",
      name: "town-hall",
      inputs: { roomName: "town-hall", enableRecording: true },
      options: { retainOnDelete: true },
      comment: "Metered documents no way to delete such a room.",
    },
    {
      lookup: "getMeetingRoom",
      as: "found",
      inputs: { roomName: "lobby" },
      comment: "Created outside Pulumi, only looked up.",
    },
  ],
  outputs: {
    join: ref("standup", "url"),
    watch: ref("townHall", "viewerURL"),
    broadcast: ref("townHall", "broadcastManager"),
    lobby: ref("found", "url"),
  },
};

const FRIDAY = "2030-06-28T17:00:00+02:00";

const WORKSHOP: Resource = {
  resource: "MeetingRoom",
  as: "workshop",
  inputs: {
    privacy: "private",
    maxParticipants: 10,
    expireUnixSec: unixSeconds(FRIDAY),
    ejectAtRoomExp: noted(true, "everyone has to leave then"),
  },
};

function guest(name: string): Resource {
  return {
    resource: "AccessToken",
    as: name.toLowerCase(),
    inputs: { roomName: ref("workshop", "roomName"), name, expireUnixSec: unixSeconds(FRIDAY) },
  };
}

const GUESTS = ["Ann", "Ben", "Chloe"].map(guest);

/** Recipes with tokens and credentials, and that of a room that was created outside the program. */
export const TOKENS: Programs = {
  "guest-list": {
    steps: [WORKSHOP, ...GUESTS],
    outputs: Object.fromEntries(
      GUESTS.map(({ as }, index) => {
        const link = interpolated(ref("workshop", "url"), "?token=", ref(as, "token"));
        return [`${as}Link`, index === 0 ? noted(link, "each link is a secret, as its token is") : link];
      }),
    ),
  },
  "host-token": {
    steps: [
      OFFICE,
      {
        resource: "AccessToken",
        as: "host",
        inputs: {
          roomName: ref("office", "roomName"),
          isAdmin: true,
          name: "Dr. Lee",
          expireUnixSec: unixSeconds(FRIDAY),
        },
      },
    ],
    outputs: {
      hostLink: noted(interpolated(ref("office", "url"), "?token=", ref("host", "token")), "a secret, as the token is"),
    },
  },
  "turn-rotation": {
    steps: [
      {
        resource: "TurnProject",
        as: "calls",
        inputs: { projectName: "calls", quotaInBytes: noted(100_000_000_000, "100 GB") },
      },
      {
        resource: "TurnCredential",
        as: "web",
        inputs: {
          projectId: ref("calls", "id"),
          label: "web",
          expiryInSeconds: days(30),
          rotateBeforeSeconds: days(10),
        },
      },
    ],
    outputs: { iceServers: noted(ref("web", "iceServers"), "a secret"), expiresAt: ref("web", "expiresAt") },
  },
  imported: {
    steps: [
      {
        resource: "MeetingRoom",
        as: "lobby",
        inputs: { roomName: "lobby", privacy: "public" },
        options: { import: "lobby" },
        comment: "Remove the option after the first pulumi up.",
      },
    ],
  },
};
