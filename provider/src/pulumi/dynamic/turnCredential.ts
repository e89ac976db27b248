// Generated from ../../turn/credential.ts by `npm run generate`. A test fails when it's stale.
import type { Input, Output } from "@pulumi/pulumi/output";
import { CustomResource, type CustomResourceOptions, type ID } from "@pulumi/pulumi/resource";
import type { IceServer } from "../../turn/api";
import { turnCredential } from "../../turn/credential";
import { lookupOptions, objectOptions, objectProperties, tokenOf, warnAbout } from "./objectRegistration";
import { readUndeclared } from "./registration";

/** The inputs of a {@link TurnCredential}. Source: Metered TURN REST API, Create Credential. */
export interface TurnCredentialArgs {
  /**
   * The `id` of the TURN project that the credential belongs to. If not set, it belongs to the app.
   *
   * Changing it replaces the TURN credential.
   */
  projectId?: Input<string | undefined>;
  /**
   * The credential's name in Metered's dashboard and in usage reports: 1 to 99 characters. It doesn't have to be unique.
   *
   * Changing it replaces the TURN credential.
   */
  label?: Input<string | undefined>;
  /**
   * How long the credential works, in seconds, counted from its creation. If not set, it never expires.
   *
   * Changing it replaces the TURN credential.
   */
  expiryInSeconds?: Input<number | undefined>;
  /**
   * How long before its expiry `pulumi up` replaces the credential, in seconds. Must be less than `expiryInSeconds`, and should be more than the time between two scheduled runs. If not set, the credential is replaced after it has expired.
   */
  rotateBeforeSeconds?: Input<number | undefined>;
  /**
   * Strings of your choice: changing one of them replaces the credential, to rotate it on demand.
   *
   * Changing it replaces the TURN credential.
   */
  triggers?: Input<Input<string>[] | undefined>;
  /**
   * The region whose servers `iceServers` lists. If not set, Metered chooses.
   *
   * @see Metered TURN REST API, Get Credential
   */
  region?: Input<
    | "global"
    | "north_america"
    | "europe"
    | "eu"
    | "asia"
    | "oceania"
    | "us_west"
    | "us_central"
    | "us_east"
    | "canada_central"
    | "canada_east"
    | "europe_west"
    | "europe_central"
    | "asia_west"
    | "asia_east"
    | "canada"
    | "usa"
    | "uk"
    | "singapore"
    | "india"
    | "australia"
    | "standard"
    | undefined
  >;
}

/**
 * A Metered TURN credential.
 *
 * Metered can't change a credential. The new one is created before the old one is deleted.
 *
 * Errors name the TURN credential, the cause and the way out.
 */
export class TurnCredential extends CustomResource {
  /** The username for the TURN servers. A secret. */
  declare readonly username: Output<string>;
  /** The password for the TURN servers. A secret. */
  declare readonly password: Output<string>;
  /** A key that a web page can use to fetch the ICE servers. It gives access only to this credential. A secret. */
  declare readonly apiKey: Output<string>;
  /** The list that a browser's `RTCPeerConnection` takes as `iceServers`, with username and password. A secret. */
  declare readonly iceServers: Output<IceServer[] | undefined>;
  /** Time at which the credential stops working, in Unix seconds by Metered's clock. Not set for a credential that never expires, nor for an imported one of the app, because Metered shows the creation time only of a project's credentials. */
  declare readonly expiresAt: Output<number | undefined>;
  /** Time at which the credential was created, in Unix seconds by Metered's clock. */
  declare readonly createdAt: Output<number | undefined>;
  /** The Metered app that the TURN credential belongs to. */
  declare readonly appName: Output<string>;
  /** The `id` of the TURN project that the credential belongs to. */
  declare readonly projectId: Output<string | undefined>;
  /** The credential's name in Metered's dashboard and in usage reports: 1 to 99 characters. */
  declare readonly label: Output<string | undefined>;
  /** How long the credential works, in seconds, counted from its creation. */
  declare readonly expiryInSeconds: Output<number | undefined>;
  /** How long before its expiry `pulumi up` replaces the credential, in seconds. */
  declare readonly rotateBeforeSeconds: Output<number | undefined>;
  /** Strings of your choice: changing one of them replaces the credential, to rotate it on demand. */
  declare readonly triggers: Output<string[] | undefined>;
  /** The region whose servers `iceServers` lists. */
  declare readonly region: Output<
    | "global"
    | "north_america"
    | "europe"
    | "eu"
    | "asia"
    | "oceania"
    | "us_west"
    | "us_central"
    | "us_east"
    | "canada_central"
    | "canada_east"
    | "europe_west"
    | "europe_central"
    | "asia_west"
    | "asia_east"
    | "canada"
    | "usa"
    | "uk"
    | "singapore"
    | "india"
    | "australia"
    | "standard"
    | undefined
  >;

  /**
   * An existing TURN credential. It's read on every run, and never changed or deleted.
   *
   * @param name the resource's name in the program
   * @param id its username on Metered, or `PROJECT_ID/USERNAME` for a project's credential
   * @throws as an error of the resource, if there is no such TURN credential
   */
  static get(name: string, id: Input<ID>, opts?: CustomResourceOptions): TurnCredential {
    return new TurnCredential(name, {}, lookupOptions(turnCredential, name, id, opts));
  }

  /**
   * Creates a TURN credential. Its `id`: A fingerprint of the username, 16 hex digits. The username itself is a secret, which an id can't be.
   *
   * @param name the resource's name in the program, unique among the stack's TURN credentials
   * @param opts Pulumi's resource options; `import` is refused (pulumi/pulumi#3550), `customTimeouts` have no effect
   */
  constructor(name: string, args: TurnCredentialArgs = {}, opts: CustomResourceOptions = {}) {
    super(
      tokenOf(turnCredential),
      name,
      objectProperties(turnCredential, name, args, opts),
      objectOptions(turnCredential, opts),
    );
    warnAbout(this, turnCredential, args, opts);
  }

  static {
    readUndeclared(TurnCredential, turnCredential);
  }
}
