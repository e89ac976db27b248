import type { ObjectType } from "../objects/objectType";
import type { FieldTable } from "../schema/field";

const fields = {
  projectName: {
    kind: "label",
    required: true,
    whenRemoved: "kept",
    doc: "The project's name, unique within the Metered app: 1 to 99 characters.",
  },
  quotaInBytes: {
    kind: "quota",
    default: 0,
    whenRemoved: 0,
    doc: "How much data the project's credentials may relay in a billing period: 0 for no quota, otherwise 1,048,576 (1 MiB) or more.",
  },
  quotaExceededAction: {
    kind: "choice",
    values: ["disable", "notify", "none"],
    // The pages disagree on the words that responses use.
    spellings: { notify_only: "notify" },
    default: "disable",
    whenRemoved: "disable",
    doc: "What happens when the quota is used up: the credentials stop working (`disable`), Metered calls the webhook and sends the emails (`notify`), or nothing (`none`).",
  },
  webhookUrl: {
    kind: "httpsUrl",
    whenRemoved: "kept",
    doc: "URL that Metered calls when the quota is used up, starting with `https://`.",
  },
  notificationEmails: {
    kind: "emails",
    whenRemoved: "emptied",
    doc: "Email addresses that are notified when the quota is used up, ten at most.",
  },
  forceDestroy: {
    kind: "boolean",
    local: true,
    default: false,
    whenRemoved: false,
    doc: "Delete the project even if it has credentials that this program doesn't manage. They stop working, and Metered can't restore them.",
  },
} as const satisfies FieldTable;

export const turnProject: ObjectType = {
  name: "TurnProject",
  label: "TURN project",
  source: "Metered TURN REST API, Create Project",
  fields,
  rules: [
    {
      level: "warning",
      field: "quotaExceededAction",
      needs: "quotaInBytes",
      why: "without a quota nothing can be used up",
    },
  ],
  outputs: {
    apiKey: {
      kind: "text",
      secret: true,
      optional: true,
      doc: "The project's API key, which lets your server manage only the credentials of this project. Metered shows it only once, when the project is created, so an imported project has none.",
    },
    created: { kind: "text", optional: true, doc: "Time at which the project was created, in ISO 8601 format (UTC)." },
  },
  id: "The project's id on Metered (`_id`), 24 hex digits.",
  foundBy: "the project's id on Metered (`_id`)",
  replaced: "A project is never replaced: every input can be changed in place.",
  nameOf: ({ projectName }) => (typeof projectName === "string" ? projectName : ""),
};
