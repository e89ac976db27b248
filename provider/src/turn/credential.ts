import { type ObjectType, rotatesBeforeTheEnd } from "../objects/objectType";
import type { FieldTable } from "../schema/field";

const fields = {
  projectId: {
    kind: "objectId",
    replaces: true,
    whenRemoved: "kept",
    doc: "The `id` of the TURN project that the credential belongs to. Not set: it belongs to the app.",
  },
  label: {
    kind: "label",
    replaces: true,
    whenRemoved: "kept",
    doc: "What the credential is called in Metered's dashboard and in usage reports: 1 to 99 characters. It need not be unique.",
  },
  expiryInSeconds: {
    kind: "duration",
    replaces: true,
    whenRemoved: "kept",
    doc: "How long the credential works, in seconds, counted from its creation. Not set: it never expires.",
  },
  rotateBeforeSeconds: {
    kind: "duration",
    local: true,
    whenRemoved: "kept",
    doc: "The first `pulumi up` that finds less than this left of the credential's life replaces it, in seconds. Less than `expiryInSeconds`. Choose more than the time between two scheduled runs. Not set: it's replaced once it has expired.",
  },
  triggers: {
    kind: "texts",
    local: true,
    replaces: true,
    whenRemoved: "kept",
    doc: "Any strings. A change to any of them replaces the credential, for a rotation on demand.",
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
    doc: "The region whose servers `iceServers` lists. Not set: Metered chooses.",
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
      why: "what never expires needs no rotation",
    },
  ],
  outputs: {
    username: { kind: "text", secret: true, doc: "The username for the TURN servers." },
    password: { kind: "text", secret: true, doc: "The password for the TURN servers." },
    apiKey: {
      kind: "text",
      secret: true,
      doc: "A key with which a web page can fetch the ICE servers itself. It gives access to this credential only.",
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
      doc: "When the credential stops working, in Unix seconds by Metered's clock. Not set for one that never expires. Not set either for an imported one of the app, because Metered tells only of a project's credentials when they were created.",
    },
    createdAt: {
      kind: "unixSeconds",
      optional: true,
      doc: "When the credential was created, in Unix seconds by Metered's clock.",
    },
  },
  id: "A fingerprint of the username, 16 hex digits. The username itself is a secret, which an id can't be.",
  foundBy: "its username on Metered, or for one of a project `PROJECT_ID/USERNAME`",
  replaced: "Metered can't change a credential. The new one is created before the old one is deleted.",
  nameOf: ({ label }) => (typeof label === "string" ? label : "(without a label)"),
};
