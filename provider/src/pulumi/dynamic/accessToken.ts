// Generated from ../../tokens/accessToken.ts by `npm run generate`. A test fails when it's stale.
import type { Input, Output } from "@pulumi/pulumi/output";
import { CustomResource, type CustomResourceOptions } from "@pulumi/pulumi/resource";
import { accessToken } from "../../tokens/accessToken";
import { objectOptions, objectProperties, tokenOf, warnAbout } from "./objectRegistration";
import { readUndeclared } from "./registration";

/** The inputs of a {@link AccessToken}. Source: Metered REST API, Generate Access Token. */
export interface AccessTokenArgs {
  /**
   * The room that the token lets people into. Set either this or `globalToken: true`.
   *
   * Changing it replaces the access token.
   */
  roomName?: Input<string | undefined>;
  /**
   * The token lets people into every room of the app.
   *
   * Changing it replaces the access token.
   */
  globalToken?: Input<boolean | undefined>;
  /**
   * The bearer is an admin in the meeting.
   *
   * Changing it replaces the access token.
   */
  isAdmin?: Input<boolean | undefined>;
  /**
   * The bearer's name in the meeting.
   *
   * Changing it replaces the access token.
   */
  name?: Input<string | undefined>;
  /**
   * The bearer's email address.
   *
   * Changing it replaces the access token.
   */
  email?: Input<string | undefined>;
  /**
   * The bearer's id in your own system. Metered passes it to your webhooks.
   *
   * Changing it replaces the access token.
   */
  externalUserId?: Input<string | undefined>;
  /**
   * Additional data, as any string, such as JSON. Metered passes it to your webhooks.
   *
   * Changing it replaces the access token.
   */
  meta?: Input<string | undefined>;
  /**
   * Time after which nobody can join with the token, in Unix seconds (not milliseconds). Must be in the future when first set. To have the token replaced before it expires, set `expiryInSeconds` instead.
   *
   * Changing it replaces the access token.
   */
  expireUnixSec?: Input<number | undefined>;
  /**
   * Time before which nobody can join with the token, in Unix seconds. Must be earlier than `expireUnixSec`.
   *
   * Changing it replaces the access token.
   */
  notBeforeUnixSec?: Input<number | undefined>;
  /**
   * How long the token is accepted, in seconds, counted from its creation. The provider computes `expireUnixSec` from it, by Metered's clock.
   *
   * Changing it replaces the access token.
   */
  expiryInSeconds?: Input<number | undefined>;
  /**
   * How long before its expiry `pulumi up` replaces the token, in seconds. Must be less than `expiryInSeconds`, and should be more than the time between two scheduled runs. If not set, the token is replaced after it has expired.
   */
  rotateBeforeSeconds?: Input<number | undefined>;
  /**
   * Strings of your choice: changing one of them replaces the token. The old one is still accepted until it expires.
   *
   * Changing it replaces the access token.
   */
  triggers?: Input<Input<string>[] | undefined>;
  /**
   * How long the bearer can stay in the meeting, in seconds.
   *
   * Changing it replaces the access token.
   */
  ejectAfterElapsedTimeInSec?: Input<number | undefined>;
  /**
   * The bearer joins with the camera on. Embedded (iframe) rooms only.
   *
   * Changing it replaces the access token.
   */
  joinVideoOn?: Input<boolean | undefined>;
  /**
   * The bearer joins with the microphone on. Embedded (iframe) rooms only.
   *
   * Changing it replaces the access token.
   */
  joinAudioOn?: Input<boolean | undefined>;
  /**
   * The bearer can't share a camera. Embedded (iframe) rooms only.
   *
   * Changing it replaces the access token.
   */
  disableVideo?: Input<boolean | undefined>;
  /**
   * The bearer can't share a microphone. Embedded (iframe) rooms only.
   *
   * Changing it replaces the access token.
   */
  disableAudio?: Input<boolean | undefined>;
  /**
   * The bearer can't share a screen. Embedded (iframe) rooms only.
   *
   * Changing it replaces the access token.
   */
  disableScreenSharing?: Input<boolean | undefined>;
}

/**
 * A Metered access token.
 *
 * Metered can't change or revoke a token, so the old one is accepted until it expires.
 *
 * Errors name the access token, the cause and the way out.
 */
export class AccessToken extends CustomResource {
  /** The access token, a JSON Web Token. A secret. */
  declare readonly token: Output<string>;
  /** Time from which the token is no longer accepted, in Unix seconds by Metered's clock. Not set for a token that never expires. */
  declare readonly expiresAt: Output<number | undefined>;
  /** The Metered app that the access token belongs to. */
  declare readonly appName: Output<string>;
  /** The room that the token lets people into. */
  declare readonly roomName: Output<string | undefined>;
  /** The token lets people into every room of the app. */
  declare readonly globalToken: Output<boolean | undefined>;
  /** The bearer is an admin in the meeting. */
  declare readonly isAdmin: Output<boolean | undefined>;
  /** The bearer's name in the meeting. */
  declare readonly name: Output<string | undefined>;
  /** The bearer's email address. */
  declare readonly email: Output<string | undefined>;
  /** The bearer's id in your own system. */
  declare readonly externalUserId: Output<string | undefined>;
  /** Additional data, as any string, such as JSON. */
  declare readonly meta: Output<string | undefined>;
  /** Time after which nobody can join with the token, in Unix seconds (not milliseconds). */
  declare readonly expireUnixSec: Output<number | undefined>;
  /** Time before which nobody can join with the token, in Unix seconds. */
  declare readonly notBeforeUnixSec: Output<number | undefined>;
  /** How long the token is accepted, in seconds, counted from its creation. */
  declare readonly expiryInSeconds: Output<number | undefined>;
  /** How long before its expiry `pulumi up` replaces the token, in seconds. */
  declare readonly rotateBeforeSeconds: Output<number | undefined>;
  /** Strings of your choice: changing one of them replaces the token. */
  declare readonly triggers: Output<string[] | undefined>;
  /** How long the bearer can stay in the meeting, in seconds. */
  declare readonly ejectAfterElapsedTimeInSec: Output<number | undefined>;
  /** The bearer joins with the camera on. */
  declare readonly joinVideoOn: Output<boolean | undefined>;
  /** The bearer joins with the microphone on. */
  declare readonly joinAudioOn: Output<boolean | undefined>;
  /** The bearer can't share a camera. */
  declare readonly disableVideo: Output<boolean | undefined>;
  /** The bearer can't share a microphone. */
  declare readonly disableAudio: Output<boolean | undefined>;
  /** The bearer can't share a screen. */
  declare readonly disableScreenSharing: Output<boolean | undefined>;

  /**
   * Creates an access token. Its `id`: A fingerprint of the token, 16 hex digits. Metered's tokens have no id.
   *
   * @param name the resource's name in the program, unique among the stack's access tokens
   * @param opts Pulumi's resource options; `import` is refused (pulumi/pulumi#3550), `customTimeouts` have no effect
   */
  constructor(name: string, args: AccessTokenArgs = {}, opts: CustomResourceOptions = {}) {
    super(
      tokenOf(accessToken),
      name,
      objectProperties(accessToken, name, args, opts),
      objectOptions(accessToken, opts),
    );
    warnAbout(this, accessToken, args, opts);
  }

  static {
    readUndeclared(AccessToken, accessToken);
  }
}
