export interface StoredRecording {
  readonly _id: string;
  readonly roomName: string;
  /** `audio`, `video+audio`, … */
  readonly type: string;
  /** A participant, or `composer` for the composed file. */
  readonly participantUsername: string;
  /** ISO-8601 UTC with milliseconds. */
  readonly created: string;
  /** In milliseconds by the server's clock: a while after the meeting, a recording is listed. */
  readonly readyAt: number;
}

/** A meeting that goes on. */
export interface Session {
  readonly _id: string;
  readonly roomName: string;
  readonly started: string;
}

export interface NewRecording {
  /** Default: `video+audio`. */
  readonly type?: string;
  /** Default: `composer`. */
  readonly participantUsername?: string;
  /** In milliseconds. Default: at once. */
  readonly readyAt?: number;
}
