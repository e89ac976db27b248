import { BudgetUsedUp } from "./ledger";

/** TURN credentials and projects that one run may create. */
export const MOST_CREDENTIALS = 12;
export const MOST_PROJECTS = 2;

/** A credential that this run created, or may have created. */
export interface CredentialEntry {
  readonly label: string;
  /** The `_id` of its project. */
  readonly project: string | undefined;
  /** Unknown until the reply to the create is there. */
  username?: string;
  alive: boolean;
}

/** A project that this run created, or may have created. */
export interface ProjectEntry {
  readonly name: string;
  id?: string;
  alive: boolean;
}

/** Every TURN credential and project of this run, written down before it is asked for. */
export class TurnLedger {
  readonly credentials: CredentialEntry[] = [];
  readonly projects: ProjectEntry[] = [];
  /** Passwords, keys and tokens of the run's own: no report may repeat them. */
  readonly secrets = new Set<string>();

  constructor(private readonly most = { credentials: MOST_CREDENTIALS, projects: MOST_PROJECTS }) {}

  /** @throws BudgetUsedUp */
  reserveCredential(label: string, project: string | undefined): CredentialEntry {
    const { credentials } = this.most;
    if (this.credentials.length >= credentials) throw new BudgetUsedUp(credentials, "TURN credentials");
    const entry: CredentialEntry = { label, project, alive: true };
    this.credentials.push(entry);
    return entry;
  }

  /** @throws BudgetUsedUp */
  reserveProject(name: string): ProjectEntry {
    if (this.projects.length >= this.most.projects) throw new BudgetUsedUp(this.most.projects, "TURN projects");
    const entry: ProjectEntry = { name, alive: true };
    this.projects.push(entry);
    return entry;
  }

  /** It is certain that nothing was created. */
  release(entry: CredentialEntry | ProjectEntry): void {
    if ("label" in entry) this.credentials.splice(this.credentials.indexOf(entry), 1);
    else this.projects.splice(this.projects.indexOf(entry), 1);
  }

  /** A credential of this run was seen in a list: one whose create was never answered, perhaps. */
  sawCredential(username: string, label: string, project: string | undefined): void {
    if (this.credential(username) !== undefined) return;
    const unknown = this.credentials.find((entry) => entry.username === undefined && entry.project === project);
    if (unknown !== undefined) unknown.username = username;
    else this.credentials.push({ label, project, username, alive: true });
  }

  sawProject(id: string, name: string): void {
    if (this.project(id) !== undefined) return;
    const unknown = this.projects.find((entry) => entry.id === undefined && entry.name === name);
    if (unknown !== undefined) unknown.id = id;
    else this.projects.push({ id, name, alive: true });
  }

  credential(username: string): CredentialEntry | undefined {
    return this.credentials.find((entry) => entry.username === username);
  }

  project(id: string): ProjectEntry | undefined {
    return this.projects.find((entry) => entry.id === id);
  }

  /** Its credentials went with it. */
  projectDeleted(id: string): void {
    for (const entry of this.projects) if (entry.id === id) entry.alive = false;
    for (const entry of this.credentials) if (entry.project === id) entry.alive = false;
  }
}
