import assert from "node:assert/strict";
import { type Simulator, startSimulator } from "metered-simulator";
import type { Account } from "../../provider/src/metered/account";
import { fingerprint } from "../../provider/src/objects/fingerprint";
import type { ObjectType } from "../../provider/src/objects/objectType";
import type { Bag } from "../../provider/src/pulumi/state";
import { assertNoneOf, assertNoSecrets, canaryKey } from "../support/canary";
import type { ProviderHost } from "../support/providerHost";
import { SkippingTime } from "../support/skippingTime";
import { turnSecretsOf } from "../support/turnSecrets";
import { Engine, type Outcome, type RunOptions } from "./engine";
import { type Providers, ProvidersHere } from "./providers";
import { ProvidersOverGrpc } from "./providersOverGrpc";
import type { Told } from "./told";

const PATIENCE_MS = 3000;

/** An object on the server, whatever its kind. */
export interface Living {
  readonly id: string;
  readonly name: string | undefined;
}

/** One simulator and, one after another, stacks with one TURN project, TURN credential or access token each. */
export class ObjectWorld {
  engine: Engine;
  account: Account;
  /** What is on the server, and a run has said that it may have left. */
  private readonly admitted = new Set<string>();
  private readonly others = new Set<string>();
  private names = 0;
  /** Every secret that there ever was. */
  private readonly secrets = new Set<string>();

  private constructor(
    readonly simulator: Simulator,
    readonly type: ObjectType,
    readonly providers: Providers,
    private readonly server: { ahead: number },
  ) {
    const { app: appName, secretKey, url: origin } = simulator;
    this.account = { ...{ appName, secretKey, origin }, ...LIMITS };
    this.engine = new Engine(type, this.account, providers);
  }

  static async start(type: ObjectType, switches: object = {}, host?: ProviderHost): Promise<ObjectWorld> {
    const simulator = await startSimulator({ secretKey: canaryKey, switches });
    const server = { ahead: 0 };
    const onSkip = (now: number) => simulator.setClock(now + server.ahead);
    if (host) host.onSkip = onSkip;
    const providers = host ? new ProvidersOverGrpc(host) : new ProvidersHere(new SkippingTime(onSkip));
    return new ObjectWorld(simulator, type, providers, server);
  }

  close(): Promise<void> {
    return this.simulator.close();
  }

  /** Another stack, with nothing in its state; whatever there is on the server is none of its business. */
  newStack(): void {
    this.engine = new Engine(this.type, this.account, this.providers);
    for (const { id } of this.living) this.others.add(id);
    this.simulator.requests.clear();
  }

  newName(): string {
    return `object-${++this.names}`;
  }

  /** The server's clock is so many milliseconds ahead of the machine's. */
  setServerAhead(ms: number): void {
    this.server.ahead = ms;
    this.simulator.setClock(this.providers.now() + ms);
  }

  /** The machine's clock is wrong from now on, ahead or behind. The server's goes on; to be behind, it does so alone. */
  async setMachineAhead(ms: number): Promise<void> {
    if (ms > 0) await this.providers.skip(ms);
    this.setServerAhead(this.server.ahead - ms);
  }

  /** The user does what an error says, where running again isn't all of it. */
  async obey(error: Told, text: string): Promise<void> {
    if (error.name === "NameTaken") {
      assert.match(text, /delete it in Metered's dashboard, then run pulumi up again/);
      await this.deleteAdmitted();
    } else assert.equal(error.name, undefined, text);
  }

  async up(program: Bag, options: RunOptions = {}): Promise<Outcome> {
    return this.looked(await this.engine.up(program, options));
  }

  async refresh(): Promise<Outcome> {
    return this.looked(await this.engine.refresh());
  }

  async destroy(): Promise<Outcome> {
    return this.looked(await this.engine.destroy());
  }

  /** What this stack has on the server and is in force; Metered keeps no tokens, so of them there is never any. */
  get own(): Living[] {
    return this.living.filter(({ id }) => !this.others.has(id));
  }

  /** Those that no state knows of, and whose loss no run has admitted. */
  get lost(): Living[] {
    const known = [this.engine.resource, ...this.engine.replaced].map((kept) => kept?.id);
    return this.own.filter(({ id }) => !known.includes(id) && !this.admitted.has(id));
  }

  /** A colleague removes it in the dashboard, unseen by the list of requests. */
  async deleteOutside(): Promise<void> {
    const { turnCredentials, turnProjects } = this.simulator;
    const credential = turnCredentials.find(({ username }) => fingerprint(username) === this.engine.resource?.id);
    if (credential) await this.call("DELETE", "v1/turn/credential", { username: credential.username });
    const project = turnProjects.find(({ _id }) => _id === this.engine.resource?.id);
    if (project) await this.call("DELETE", `v2/turn/project/${project._id}`);
  }

  /** The user looks for what an error has said to look for, and deletes it. */
  async deleteAdmitted(): Promise<void> {
    for (const id of this.admitted) {
      const credential = this.simulator.turnCredentials.find(({ username }) => fingerprint(username) === id);
      if (credential) await this.call("DELETE", "v1/turn/credential", { username: credential.username });
      if (this.simulator.turnProjects.some(({ _id }) => _id === id)) await this.call("DELETE", `v2/turn/project/${id}`);
    }
    this.admitted.clear();
  }

  /** A colleague switches it off in the dashboard, if it's there and on. */
  async disableOutside(): Promise<void> {
    const { turnCredentials } = this.simulator;
    const credential = turnCredentials.find(({ username }) => fingerprint(username) === this.engine.resource?.id);
    if (!credential || credential.disabled || !this.own.some(({ id }) => id === this.engine.resource?.id)) return;
    await this.call("POST", "v1/turn/credential/disable", { username: credential.username });
  }

  /** Nothing to do: not now, and not after a look at the server. */
  async assertQuiet(program: Bag): Promise<void> {
    assert.equal(await this.engine.plan(program), "same", "after apply");
    const before = this.engine.resource;
    const refreshed = await this.refresh();
    assert.equal(refreshed.error, undefined, refreshed.text);
    assert.deepEqual(visible(this.engine.resource), visible(before), "a refresh changes nothing");
    assert.equal(await this.engine.plan(program), "same", "after refresh");
    this.simulator.requests.clear();
    const { steps, error } = await this.up(program);
    const writes = this.simulator.requests.filter(({ method }) => method !== "GET");
    assert.deepEqual([steps, error, writes], [[], undefined, []]);
    this.assertAsDeclared(program);
  }

  /** The server has what the program declares, once; and the state has all that a program may hand on. */
  assertAsDeclared(program: Bag): void {
    const { outputs, id } = this.engine.resource ?? assert.fail("nothing in the state");
    for (const name of Object.keys(this.type.fields)) {
      assert.deepEqual(outputs[name] ?? undefined, program[name], `${name} in the state`);
    }
    for (const [name, { secret, optional }] of Object.entries(this.type.outputs)) {
      if (secret || !optional) assert.notEqual(outputs[name], undefined, `${name} in the state`);
    }
    if (this.type.name === "AccessToken") {
      assert.ok(this.simulator.tokens.some(({ token }) => token === outputs.token));
      return;
    }
    assert.ok(
      this.own.some((each) => each.id === id),
      "what is in the state is on the server",
    );
    assert.deepEqual(this.lost, []);
  }

  private get living(): Living[] {
    const { simulator } = this;
    if (this.type.name === "TurnProject") {
      return simulator.turnProjects.map(({ _id: id, projectName: name }) => ({ id, name }));
    }
    if (this.type.name === "AccessToken") return [];
    const now = simulator.now();
    // A disabled one that Metered no longer lists is gone, as far as anyone can tell.
    const isHidden = simulator.switches.turnDisabledInList === "hidden";
    return simulator.turnCredentials
      .filter(({ disabled }) => !(disabled && isHidden))
      .filter(({ created, expiryInSeconds = Number.POSITIVE_INFINITY }) => created + expiryInSeconds * 1000 > now)
      .map(({ username, label: name }) => ({ id: fingerprint(username), name }));
  }

  /** What holds after every run: nothing is lost without a word, and no secret is told. */
  private looked(outcome: Outcome): Outcome {
    const { error, text } = outcome;
    for (const secret of turnSecretsOf(this.simulator)) this.secrets.add(secret);
    assertNoneOf([...this.secrets], "what was told", text);
    assertNoSecrets("what was told", text);
    if (error && /may have been created\./.test(text)) for (const { id } of this.lost) this.admitted.add(id);
    assert.deepEqual(this.lost, [], `objects that nobody knows of; the run said: ${text}`);
    return outcome;
  }

  private async call(method: string, path: string, body?: object): Promise<void> {
    const { url, secretKey, requests } = this.simulator;
    const response = await fetch(`${url}/api/${path}?secretKey=${encodeURIComponent(secretKey)}`, {
      method,
      headers: { "Content-Type": "application/json" },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    assert.equal(response.status, 200, await response.text());
    requests.clear();
  }
}

const LIMITS = { timeoutMs: 10_000, patienceMs: PATIENCE_MS, maxConcurrentRequests: 4 };

/** What Pulumi shows of the state. Of the provider's own inputs the next `up` puts back what a refresh loses. */
function visible(resource: Engine["resource"]): object | undefined {
  if (!resource) return undefined;
  const shown = Object.entries(resource.inputs).filter(([name]) => !name.startsWith("__"));
  return { ...resource, inputs: Object.fromEntries(shown) };
}
