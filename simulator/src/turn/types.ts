/** A credential of the app or, with `project`, of a project. */
export interface StoredCredential {
  readonly _id: string;
  readonly username: string;
  readonly password: string;
  readonly apiKey: string;
  readonly label?: string;
  readonly expiryInSeconds?: number;
  /** In milliseconds, by the server's clock. */
  readonly created: number;
  readonly disabled: boolean;
  /** The `_id` of its project. */
  readonly project?: string;
}

export const quotaExceededActions = ["notify", "none", "disable"] as const;
export type QuotaExceededAction = (typeof quotaExceededActions)[number];

export interface StoredProject {
  readonly _id: string;
  readonly apiKey: string;
  /** ISO-8601 UTC with milliseconds. */
  readonly created: string;
  readonly projectName: string;
  /** 0: no quota. */
  readonly quotaInBytes: number;
  readonly webhookUrl: string | null;
  readonly notificationEmails: readonly string[];
  readonly quotaExceededAction: QuotaExceededAction;
}

export type ProjectSettings = Omit<StoredProject, "_id" | "apiKey" | "created">;

/** What a credential relayed on one day. */
export interface UsageEntry {
  /** `YYYY-MM-DD`, UTC. */
  readonly date: string;
  readonly username: string;
  readonly bytes: number;
  readonly label?: string;
  readonly project?: string;
}
