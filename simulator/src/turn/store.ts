import type { Clock } from "../clock";
import type { Keeper } from "../storage/keeper";
import { isExpired, makeCredential, makeProject, type NewCredential } from "./make";
import type { ProjectSettings, StoredCredential, StoredProject, UsageEntry } from "./types";

/** The TURN side of an account: credentials, projects, and what was relayed. */
export class TurnStore {
  readonly #credentials = new Map<string, StoredCredential>();
  readonly #byApiKey = new Map<string, StoredCredential>();
  readonly #projects = new Map<string, StoredProject>();
  readonly #usage: UsageEntry[];

  constructor(
    private readonly keeper: Keeper,
    private readonly clock: Clock,
  ) {
    for (const credential of keeper.initial.credentials) this.#put(credential);
    for (const project of keeper.initial.projects) this.#projects.set(project._id, project);
    this.#usage = [...keeper.initial.usage];
  }

  get credentials(): readonly StoredCredential[] {
    return [...this.#credentials.values()];
  }

  get projects(): readonly StoredProject[] {
    return [...this.#projects.values()];
  }

  get usage(): readonly UsageEntry[] {
    return this.#usage;
  }

  isExpired(credential: StoredCredential): boolean {
    return isExpired(credential, this.clock.now());
  }

  find(username: string): StoredCredential | undefined {
    return this.#credentials.get(username);
  }

  findByApiKey(apiKey: string): StoredCredential | undefined {
    return this.#byApiKey.get(apiKey);
  }

  create(wish: NewCredential = {}): StoredCredential {
    return this.#keep(makeCredential(wish, this.clock.now()));
  }

  setDisabled(credential: StoredCredential, disabled: boolean): StoredCredential {
    return this.#keep({ ...credential, disabled });
  }

  remove(credential: StoredCredential): void {
    this.#credentials.delete(credential.username);
    this.#byApiKey.delete(credential.apiKey);
    this.keeper.removed("credentials", credential);
  }

  findProject(id: string): StoredProject | undefined {
    return this.#projects.get(id);
  }

  createProject(settings: ProjectSettings): StoredProject {
    return this.#keepProject(makeProject(settings, this.clock.now()));
  }

  changeProject(project: StoredProject, changes: Partial<ProjectSettings>): StoredProject {
    return this.#keepProject({ ...project, ...changes });
  }

  /** Its credentials go with it. */
  removeProject(project: StoredProject): void {
    for (const credential of this.credentials) if (credential.project === project._id) this.remove(credential);
    this.#projects.delete(project._id);
    this.keeper.removed("projects", project);
  }

  /** Counts what a credential relayed, today unless a date is given. */
  addUsage(username: string, bytes: number, date = this.today()): UsageEntry {
    const { label, project } = this.find(username) ?? {};
    const entry: UsageEntry = { date, username, bytes, ...(label && { label }), ...(project && { project }) };
    this.#usage.push(entry);
    this.keeper.keep("usage", entry);
    return entry;
  }

  /** The server's date, `YYYY-MM-DD`. */
  today(): string {
    return new Date(this.clock.now()).toISOString().slice(0, 10);
  }

  #keep(credential: StoredCredential): StoredCredential {
    this.#put(credential);
    this.keeper.keep("credentials", credential);
    return credential;
  }

  #put(credential: StoredCredential): void {
    this.#credentials.set(credential.username, credential);
    this.#byApiKey.set(credential.apiKey, credential);
  }

  #keepProject(project: StoredProject): StoredProject {
    this.#projects.set(project._id, project);
    this.keeper.keep("projects", project);
    return project;
  }
}
