import { type ObjectType, rotatesBeforeTheEnd } from "../objects/objectType";
import type { FieldTable } from "../schema/field";

const fields = {
  projectId: {
    kind: "objectId",
    replaces: true,
    whenRemoved: "kept",
    doc: "The `id` of the TURN project that the credential belongs to. If not set, it belongs to the app.",
  },
  label: {
    kind: "label",
    replaces: true,
    whenRemoved: "kept",
    doc: "The credential's name in Metered's dashboard and in usage reports: 1 to 99 characters. It doesn't have to be unique.",
  },
  expiryInSeconds: {
    kind: "duration",
    replaces: true,
    whenRemoved: "kept",
    doc: "How long the credential works, in seconds, counted from its creation. If not set, it never expires.",
  },
  rotateBeforeSeconds: {
    kind: "duration",
    local: true,
    whenRemoved: "kept",
    doc: "How long before its expiry `pulumi up` replaces the credential, in seconds. Must be less than `expiryInSeconds`, and should be more than the time between two scheduled runs. If not set, the credential is replaced after it has expired.",
  },
  triggers: {
    kind: "texts",
    local: true,
    replaces: true,
    whenRemoved: "kept",
    doc: "Strings of your choice: changing one of them replaces the credential, to rotate it on demand.",
  },
  region: {
    kind: "choice",
    local: true,
    values: [
      ...["global", "north_america", "europe", "eu", "asia", "oceania", "us_west", "us_central", "us_east"],
      ...["canada_central", "canada_east", "europe_west", "europe_central", "asia_west", "asia_east", "canada"],
      ...["usa", "uk", "singapore", "india", "australia", "standard"],
    ],
    whenRemoved: "kept",
    source: "Metered TURN REST API, Get Credential",
    doc: "The region whose servers `iceServers` lists. If not set, Metered chooses.",
  },
} as const satisfies FieldTable;

export const turnCredential: ObjectType = {
  name: "TurnCredential",
  label: "TURN credential",
  source: "Metered TURN REST API, Create Credential",
  fields,
  rules: [
    rotatesBeforeTheEnd,
    {
      level: "error",
      field: "rotateBeforeSeconds",
      needs: "expiryInSeconds",
      why: "a credential that never expires doesn't need rotation",
    },
  ],
  outputs: {
    username: { kind: "text", secret: true, doc: "The username for the TURN servers." },
    password: { kind: "text", secret: true, doc: "The password for the TURN servers." },
    apiKey: {
      kind: "text",
      secret: true,
      doc: "A key that a web page can use to fetch the ICE servers. It gives access only to this credential.",
    },
    iceServers: {
      kind: "iceServers",
      secret: true,
      optional: true,
      doc: "The list that a browser's `RTCPeerConnection` takes as `iceServers`, with username and password.",
    },
    expiresAt: {
      kind: "unixSeconds",
      optional: true,
      doc: "Time at which the credential stops working, in Unix seconds by Metered's clock. Not set for a credential that never expires, nor for an imported one of the app, because Metered shows the creation time only of a project's credentials.",
    },
    createdAt: {
      kind: "unixSeconds",
      optional: true,
      doc: "Time at which the credential was created, in Unix seconds by Metered's clock.",
    },
  },
  id: "A fingerprint of the username, 16 hex digits. The username itself is a secret, which an id can't be.",
  foundBy: "its username on Metered, or `PROJECT_ID/USERNAME` for a project's credential",
  replaced: "Metered can't change a credential. The new one is created before the old one is deleted.",
  nameOf: ({ label }) => (typeof label === "string" ? label : "(without a label)"),
};
