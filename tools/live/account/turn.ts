import { type Answer, isObject } from "./answer";
import { type Gate, type Key, NotOurs } from "./gate";
import type { Body, Call } from "./requests";
import { type CredentialEntry, type ProjectEntry, TurnLedger } from "./turnLedger";

interface Where {
  /** The `_id` of a project; without, the app. */
  readonly project?: string | undefined;
  readonly key?: Key;
}

interface ListWish extends Where {
  readonly label?: string;
  /** Expired ones, too. */
  readonly all?: boolean;
  readonly page?: number;
}

/** The TURN side of the account: nothing but the run's own credentials and projects is changed, used or deleted. */
export class TurnAccount {
  constructor(
    private readonly gate: Gate,
    readonly ledger = new TurnLedger(),
  ) {}

  /** @throws NotOurs, BudgetUsedUp */
  async createCredential(body: Body & { readonly label: string }, { project, key }: Where = {}): Promise<Answer> {
    if (!this.gate.isOurs(body.label)) throw new NotOurs();
    const path = this.base(project, "/v1/turn/credential");
    const entry = this.ledger.reserveCredential(body.label, project);
    const answer = await this.create(entry, { method: "POST", path, body, label: labelOf("POST", path) }, key);
    if (typeof answer.body.username === "string") entry.username = answer.body.username;
    return answer;
  }

  /** Entries of others are in the answer, too, if the server ignores the label: nobody may keep them. */
  async listCredentials({ project, key, label, all, page }: ListWish = {}): Promise<Answer> {
    const path = project === undefined ? "/v2/turn/credentials" : this.base(project, "/credentials");
    const query = {
      ...(label === undefined ? {} : { label }),
      ...(all ? { all: "true" } : {}),
      ...(page === undefined ? {} : { page: String(page) }),
    };
    const answer = await this.gate.exchange({ method: "GET", path, query, label: labelOf("GET", path) }, key);
    for (const entry of this.own(answer)) {
      this.ledger.sawCredential(String(entry.username), String(entry.label), projectOf(entry) ?? project);
      this.keep(entry);
    }
    return answer;
  }

  /** The run's own entries of a list. */
  own({ json, body }: Answer): Body[] {
    const list: unknown = Array.isArray(json) ? json : body.data;
    if (!Array.isArray(list)) return [];
    return list.filter(
      (item): item is Body => isObject(item) && this.gate.isOurs(item.label) && typeof item.username === "string",
    );
  }

  async deleteCredential(username: string, { project, key }: Where = {}): Promise<Answer> {
    this.mustKnow(username);
    const path = this.base(project, "/v1/turn/credential");
    const call: Call = { method: "DELETE", path, body: { username }, label: labelOf("DELETE", path) };
    const answer = await this.gate.exchange(call, key);
    const entry = this.ledger.credential(username);
    // Gone with its label, perhaps.
    const isGone = answer.status < 300 || (answer.status < 500 && /not found/i.test(answer.message));
    if (entry !== undefined && isGone) entry.alive = false;
    return answer;
  }

  /** The label stands in the query for the app, and in the body for a project. */
  deleteByLabel(label: string, { project, key }: Where = {}): Promise<Answer> {
    if (!this.gate.isOurs(label)) throw new NotOurs();
    const path = project === undefined ? "/v2/turn/credential/by_label" : this.base(project, "/credential/by_label");
    const where = project === undefined ? { query: { label } } : { body: { label } };
    return this.gate.exchange({ method: "DELETE", path, label: labelOf("DELETE", path), ...where }, key);
  }

  async turnOnOrOff(operation: "enable" | "disable", username: string): Promise<Answer> {
    this.mustKnow(username);
    const path = `/v1/turn/credential/${operation}`;
    return this.gate.exchange({ method: "POST", path, body: { username }, label: labelOf("POST", path) });
  }

  /** @param apiKey of a credential of the run's own, or one that opens nothing */
  async iceServers(apiKey: string | undefined, region?: string): Promise<Answer> {
    const path = "/v1/turn/credentials";
    const call: Call = { method: "GET", path, label: labelOf("GET", path) };
    const key = apiKey === undefined ? "none" : { apiKey };
    return this.gate.exchange(region === undefined ? call : { ...call, query: { region } }, key);
  }

  async createProject(body: Body & { readonly projectName: string }): Promise<Answer> {
    if (!this.gate.isOurs(body.projectName)) throw new NotOurs();
    const path = "/v2/turn/project";
    const entry = this.ledger.reserveProject(body.projectName);
    const answer = await this.create(entry, { method: "POST", path, body, label: labelOf("POST", path) });
    if (typeof answer.body._id === "string") entry.id = answer.body._id;
    return answer;
  }

  /** @returns the answer, and the run's own projects in it */
  async listProjects(): Promise<{ readonly answer: Answer; readonly own: Body[] }> {
    const path = "/v2/turn/projects";
    const answer = await this.gate.exchange({ method: "GET", path, label: labelOf("GET", path) });
    const list: unknown[] = Array.isArray(answer.json) ? answer.json : [];
    const own = list.filter((item): item is Body => isObject(item) && this.gate.isOurs(item.projectName));
    for (const project of own) {
      this.ledger.sawProject(String(project._id), String(project.projectName));
      this.keep(project);
    }
    return { answer, own };
  }

  updateProject(id: string, body: Body): Promise<Answer> {
    const isRenamed = body.projectName !== undefined && !this.gate.isOurs(body.projectName);
    if (isRenamed || this.ledger.project(id) === undefined) throw new NotOurs();
    return this.gate.exchange({ method: "PUT", path: this.base(id), body, label: "PUT /turn/project/ID" });
  }

  async deleteProject(id: string): Promise<Answer> {
    if (this.ledger.project(id) === undefined) throw new NotOurs();
    const call: Call = { method: "DELETE", path: this.base(id), label: "DELETE /turn/project/ID" };
    const answer = await this.gate.exchange(call);
    if (answer.status < 300) this.ledger.projectDeleted(id);
    return answer;
  }

  /** A reading of usage, of which nothing but names of fields is looked at. */
  usage(path: string, query: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return this.gate.exchange({ method: "GET", path, query, label: labelOf("GET", path) });
  }

  private async create(entry: CredentialEntry | ProjectEntry, call: Call, key?: Key): Promise<Answer> {
    const answer = await this.gate.exchange(call, key);
    this.keep(answer.body);
    // Only an answer that refuses says that there is nothing; anything else leaves that open.
    if (answer.status >= 400 && answer.status < 500) this.ledger.release(entry);
    return answer;
  }

  private keep({ password, apiKey }: Body): void {
    for (const secret of [password, apiKey]) if (typeof secret === "string") this.ledger.secrets.add(secret);
  }

  private mustKnow(username: string): void {
    if (this.ledger.credential(username) === undefined) throw new NotOurs();
  }

  private base(project: string | undefined, below = ""): string {
    if (project === undefined) return below;
    if (this.ledger.project(project) === undefined) throw new NotOurs();
    return `/v2/turn/project/${project}${below.replace("/v1/turn", "")}`;
  }
}

function projectOf({ project }: Body): string | undefined {
  return typeof project === "string" ? project : undefined;
}

/** For people, without versions that say nothing and without ids. */
function labelOf(method: string, path: string): string {
  const short = path.replace(/^\/v2\/turn\/project\/[^/]+/, "/turn/project/ID").replace(/^\/v1/, "");
  return `${method} ${short}`;
}
