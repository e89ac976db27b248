/** One Metered app and how to talk to it. */
export interface Account {
  readonly appName: string;
  readonly secretKey: string;
  /** Where the app answers, without a trailing slash: `https://<app>.metered.live`, or another server. */
  readonly origin: string;
  /** How long one attempt may take, in milliseconds. */
  readonly timeoutMs: number;
  /** How long an operation goes on trying, in milliseconds since its first attempt, waiting for the limiter excluded. */
  readonly patienceMs: number;
  /** How many requests may be under way at once. */
  readonly maxConcurrentRequests: number;
}
