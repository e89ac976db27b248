import type { Subject } from "../errors";
import type { Tries } from "../rooms/api";

/** What a browser's `RTCPeerConnection` takes as one of its `iceServers`. */
export interface IceServer {
  /** Where the server is reached: `turn:standard.relay.metered.ca:80`. */
  readonly urls: string;
  /** Not set for a STUN server. */
  readonly username?: string;
  /** The password. Not set for a STUN server. */
  readonly credential?: string;
}

/** A TURN credential as the server shows it. */
export interface CredentialReply {
  readonly username: string;
  readonly password: string;
  readonly apiKey: string;
  readonly label: string | undefined;
  /** Seconds; undefined for one that never expires. */
  readonly expiryInSeconds: number | undefined;
  readonly isExpired: boolean;
  /** Where the response says so, which none is documented to. */
  readonly isDisabled: boolean;
  /** Unix seconds, where the response tells. */
  readonly createdAt: number | undefined;
  /** When the server answered, in unix milliseconds by its clock. */
  readonly answeredAt: number | undefined;
}

/** The same in a list, which may leave out what it takes to use the credential. */
export interface ListedCredential extends Omit<CredentialReply, "password" | "apiKey"> {
  readonly password: string | undefined;
  readonly apiKey: string | undefined;
}

export function isWhole(entry: ListedCredential): entry is CredentialReply {
  return entry.password !== undefined && entry.apiKey !== undefined;
}

/** A TURN project as the server shows it. */
export interface ProjectReply {
  readonly projectId: string;
  readonly projectName: string;
  /** In the response to the create only. */
  readonly apiKey: string | undefined;
  /** Unix seconds, where the response tells. */
  readonly createdAt: number | undefined;
  /** The response as it came. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** What to list of an app's or a project's credentials. */
export interface CredentialFilter {
  readonly projectId?: string | undefined;
  readonly label?: string | undefined;
  /** Expired ones as well. */
  readonly all?: boolean | undefined;
}

/** A body, or a part of one. */
export type Body = Readonly<Record<string, unknown>>;

/**
 * The endpoints for TURN. Every function is about one object of a program, which its errors name, or looks something up;
 * it throws a `MeteredError` by cause.
 */
export interface TurnApi {
  tries(): Tries;
  /** Never repeated once it may have reached the server. */
  createCredential(subject: Subject, projectId: string | undefined, body: Body): Promise<CredentialReply>;
  /** All pages. */
  credentials(subject: Subject | undefined, filter: CredentialFilter): Promise<ListedCredential[]>;
  deleteCredential(subject: Subject, projectId: string | undefined, username: string): Promise<void>;
  /**
   * Needs no secret key.
   *
   * @returns undefined where Metered doesn't accept the `apiKey`: the credential is deleted, expired, disabled, or so new
   * that it isn't known everywhere
   */
  iceServers(
    subject: Subject | undefined,
    apiKey: string,
    region?: string,
    tries?: Tries,
  ): Promise<IceServer[] | undefined>;
  /** Never repeated once it may have reached the server. */
  createProject(subject: Subject, body: Body): Promise<ProjectReply>;
  projects(subject?: Subject): Promise<ProjectReply[]>;
  /** Undefined where Metered confirms the update without showing the project. */
  updateProject(subject: Subject, projectId: string, body: Body): Promise<ProjectReply | undefined>;
  deleteProject(subject: Subject, projectId: string): Promise<void>;
}
