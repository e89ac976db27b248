/**
 * The ways out that depend on who reads: how an input of the configuration is set there, how a room is imported, what is
 * to be run again. Sentences ask for them, so that each sentence exists once.
 */
import type { Action, Subject } from "../../errors";
import { partsOf } from "../urn";
import { isLive, quoted } from "./sentence";
import type { AccountSource, Viewpoint } from "./viewpoint";

/** How the account at hand is configured. */
interface AccountWays {
  /** What an input of the configuration is called: `metered:appName`. */
  input(key: string): string;
  /** The beginning of "… now configured for app": `this stack is`. */
  readonly configured: string;
  setAppName(name: string): string;
  setKey(): string;
  /** Sets an input to a value that is no secret; undefined where there is no place for it. */
  set(key: string, value: string): string | undefined;
  /** Adoption of existing rooms, for one run. */
  adopt(): string;
  /** Where objects of another app can be managed beside those of this one. */
  otherApp(): string;
}

/** What the reader can run. */
interface FaceWays {
  /** Whether the room is one of a set, so that no way that concerns a resource as a whole is one for it. */
  readonly isOfSet: boolean;
  /** Whether Pulumi deletes a set before it replaces it, unless the program forbids that. */
  readonly deletesSetFirst: boolean;
  importRoom(subject: Subject): string;
  /** Repeats what failed, in the middle of a sentence. */
  rerun(action: Action): string;
  /** Makes a changed configuration count, in the middle of a sentence. */
  apply(): string;
  /** Gives the operation more time, in the middle of a sentence. */
  moreTime(): string;
  /** Takes the object out of the state, and leaves it alone on Metered. */
  forget(): string;
}

export type Ways = AccountWays & FaceWays;

export function waysFor(from: Viewpoint): Ways {
  return { ...accountWays(from.account), ...faceWays(from), ...(from.isOfSet ? OF_SET : {}) };
}

const OF_SET: Pick<FaceWays, "isOfSet" | "forget"> = {
  isOfSet: true,
  forget: () => "set retainRemoved to true on the set, remove the room from it, then run pulumi up",
};

function accountWays(account: AccountSource): AccountWays {
  switch (account.kind) {
    case "stack":
      return STACK;
    case "environment":
      return account.isAlone ? OUTSIDE : ENVIRONMENT;
    case "provider":
      return providerWays(account.name);
  }
}

const STACK: AccountWays = {
  configured: "this stack is",
  input: (key) => `metered:${key}`,
  setAppName: (name) => `pulumi config set metered:appName ${shellWord(name)}`,
  setKey: () => "pulumi config set --secret metered:secretKey",
  set: (key, value) => `pulumi config set metered:${key} ${shellWord(value)}`,
  adopt: () => "set metered:adoptExisting to true for one pulumi up",
  otherApp: () => "use a separate stack",
};

/** Only the app's name and its key can come from the environment; the stack's configuration holds the rest. */
const VARIABLES: Readonly<Record<string, string>> = {
  appName: "METERED_APP_NAME",
  secretKey: "METERED_SECRET_KEY",
};

const ENVIRONMENT: AccountWays = {
  ...STACK,
  configured: "the environment is",
  input: (key) => VARIABLES[key] ?? STACK.input(key),
  setAppName: (name) => `set METERED_APP_NAME to ${name}`,
  setKey: () => "set METERED_SECRET_KEY",
};

/** Outside a project, a command is told where the server is, and nothing else. */
const OUTSIDE: AccountWays = {
  ...ENVIRONMENT,
  input: (key) => (key === "endpoint" ? "--endpoint or METERED_ENDPOINT" : ENVIRONMENT.input(key)),
  set: () => undefined,
};

/** The stack's configuration has no effect on an explicit provider: its arguments are in the program. */
function providerWays(name: string): AccountWays {
  const provider = `metered.Provider ${quoted(name)}`;
  return {
    configured: `${provider} is`,
    input: (key) => `${key} of ${provider}`,
    setAppName: (app) => `set appName of ${provider} to ${quoted(app)}`,
    setKey: () => `set secretKey of ${provider}`,
    set: (key, value) => `set ${key} of ${provider} to ${value}`,
    adopt: () => `set adoptExisting of ${provider} to true for one pulumi up`,
    otherApp: () => "use a separate stack, or another metered.Provider and new resource names",
  };
}

function faceWays(from: Viewpoint): FaceWays {
  const ofState = stateWays(from.resource?.urn);
  const { input } = accountWays(from.account);
  const retryLonger = { moreTime: () => `raise ${input("retrySeconds")}` };
  switch (from.face) {
    case "dynamic":
      return {
        ...ofState,
        ...IN_PULUMI,
        ...retryLonger,
        deletesSetFirst: true,
        importRoom: (subject) => commandImport(subject, from.account),
      };
    case "plugin":
      return {
        ...ofState,
        ...IN_PULUMI,
        // Dynamic providers never get to know this option.
        moreTime: () => "raise the resource option customTimeouts",
        importRoom: (subject) => pluginImport(subject, from),
      };
    case "command":
      return {
        ...ofState,
        ...retryLonger,
        importRoom: (subject) => commandImport(subject, from.account),
        rerun: () => "run the command again",
        apply: () => commandApply(from.account),
      };
  }
}

/** Reads and deletes belong to refreshes and destroys as well, where another `pulumi up` could create rooms. */
const IN_PULUMI: Pick<FaceWays, "rerun" | "apply"> = {
  rerun: (action) =>
    action === "create" || action === "update" ? "run pulumi up again" : "run the same command again",
  // A refresh or a destroy uses the configuration of the last update.
  apply: () => "run pulumi up",
};

/** The commands know an explicit provider from the state, so its new arguments have to get there first. */
function commandApply(account: AccountSource): string {
  return account.kind === "provider" ? "run pulumi up and this command again" : "run the command again";
}

function stateWays(urn: string | undefined): Pick<FaceWays, "forget" | "isOfSet" | "deletesSetFirst"> {
  const which = urn === undefined ? "URN, with its URN from pulumi stack --show-urns" : shellQuoted(urn);
  return { isOfSet: false, deletesSetFirst: false, forget: () => `pulumi state delete ${which}` };
}

function commandImport(subject: Subject, account: AccountSource): string {
  const room = `${isLive(subject) ? "--live " : ""}${shellWord(subject.name)}`;
  const provider = account.kind === "provider" ? ` --provider ${shellWord(account.name)}` : "";
  return `npx pulumi-metered import ${room}${provider}`;
}

/**
 * Pulumi's own import. It must be told the URNs of an explicit provider and of a parent; where they are unknown, the
 * resource option does the same from within the program.
 */
function pluginImport(subject: Subject, { account, resource }: Viewpoint): string {
  if (hasParent(resource?.urn) || (account.kind === "provider" && account.urn === undefined)) {
    return `set its resource option import to ${quoted(subject.name)} for one pulumi up`;
  }
  const names = `${shellWord(resource?.name ?? subject.name)} ${shellWord(subject.name)}`;
  const provider =
    account.kind === "provider" ? ` --provider ${shellQuoted(`${account.name}=${account.urn ?? ""}`)}` : "";
  return `pulumi import metered:index:${subject.resource} ${names}${provider}`;
}

function hasParent(urn: string | undefined): boolean {
  return urn !== undefined && partsOf(urn).parentTypes !== "";
}

const PLAIN = new Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-/:@%+,");

/** A word of a command line, quoted where the shell would read something into it. */
export function shellWord(text: string): string {
  return text !== "" && [...text].every((character) => PLAIN.has(character)) ? text : shellQuoted(text);
}

export function shellQuoted(text: string): string {
  return `'${text.split("'").join("'\\''")}'`;
}
