// Generated from ../../turn/project.ts by `npm run generate`. A test fails when it's stale.
import type { Input, Output } from "@pulumi/pulumi/output";
import { CustomResource, type CustomResourceOptions, type ID } from "@pulumi/pulumi/resource";
import { turnProject } from "../../turn/project";
import { lookupOptions, objectOptions, objectProperties, tokenOf, warnAbout } from "./objectRegistration";
import { readUndeclared } from "./registration";

/** The inputs of a {@link TurnProject}. Source: Metered TURN REST API, Create Project. */
export interface TurnProjectArgs {
  /**
   * The project's name, unique within the Metered app: 1 to 99 characters.
   *
   * If you remove it, it keeps its value, because Metered documents no way to clear it.
   */
  projectName: Input<string>;
  /**
   * How much data the project's credentials may relay in a billing period: 0 for no quota, otherwise 1,048,576 (1 MiB) or more.
   *
   * @default 0
   */
  quotaInBytes?: Input<number | undefined>;
  /**
   * What happens when the quota is used up: the credentials stop working (`disable`), Metered calls the webhook and sends the emails (`notify`), or nothing (`none`).
   *
   * @default "disable"
   */
  quotaExceededAction?: Input<"disable" | "notify" | "none" | undefined>;
  /**
   * URL that Metered calls when the quota is used up, starting with `https://`.
   *
   * If you remove it, it keeps its value, because Metered documents no way to clear it.
   */
  webhookUrl?: Input<string | undefined>;
  /**
   * Email addresses that are notified when the quota is used up, ten at most.
   *
   * If you remove it, the list is cleared.
   */
  notificationEmails?: Input<Input<string>[] | undefined>;
  /**
   * Delete the project even if it has credentials that this program doesn't manage. They stop working, and Metered can't restore them.
   *
   * @default false
   */
  forceDestroy?: Input<boolean | undefined>;
}

/**
 * A Metered TURN project.
 *
 * A project is never replaced: every input can be changed in place.
 *
 * Errors name the TURN project, the cause and the way out.
 */
export class TurnProject extends CustomResource {
  /** The project's API key, which lets your server manage only the credentials of this project. Metered shows it only once, when the project is created, so an imported project has none. A secret. */
  declare readonly apiKey: Output<string | undefined>;
  /** Time at which the project was created, in ISO 8601 format (UTC). */
  declare readonly created: Output<string | undefined>;
  /** The Metered app that the TURN project belongs to. */
  declare readonly appName: Output<string>;
  /** The project's name, unique within the Metered app: 1 to 99 characters. */
  declare readonly projectName: Output<string>;
  /** How much data the project's credentials may relay in a billing period: 0 for no quota, otherwise 1,048,576 (1 MiB) or more. */
  declare readonly quotaInBytes: Output<number | undefined>;
  /** What happens when the quota is used up: the credentials stop working (`disable`), Metered calls the webhook and sends the emails (`notify`), or nothing (`none`). */
  declare readonly quotaExceededAction: Output<"disable" | "notify" | "none" | undefined>;
  /** URL that Metered calls when the quota is used up, starting with `https://`. */
  declare readonly webhookUrl: Output<string | undefined>;
  /** Email addresses that are notified when the quota is used up, ten at most. */
  declare readonly notificationEmails: Output<string[] | undefined>;
  /** Delete the project even if it has credentials that this program doesn't manage. */
  declare readonly forceDestroy: Output<boolean | undefined>;

  /**
   * An existing TURN project. It's read on every run, and never changed or deleted.
   *
   * @param name the resource's name in the program
   * @param id the project's id on Metered (`_id`)
   * @throws as an error of the resource, if there is no such TURN project
   */
  static get(name: string, id: Input<ID>, opts?: CustomResourceOptions): TurnProject {
    return new TurnProject(name, {} as TurnProjectArgs, lookupOptions(turnProject, name, id, opts));
  }

  /**
   * Creates a TURN project. Its `id`: The project's id on Metered (`_id`), 24 hex digits.
   *
   * @param name the resource's name in the program, unique among the stack's TURN projects
   * @param opts Pulumi's resource options; `import` is refused (pulumi/pulumi#3550), `customTimeouts` have no effect
   */
  constructor(name: string, args: TurnProjectArgs, opts: CustomResourceOptions = {}) {
    super(
      tokenOf(turnProject),
      name,
      objectProperties(turnProject, name, args, opts),
      objectOptions(turnProject, opts),
    );
    warnAbout(this, turnProject, args, opts);
  }

  static {
    readUndeclared(TurnProject, turnProject);
  }
}
