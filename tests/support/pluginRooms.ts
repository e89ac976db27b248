import { isSecret, PluginClient, revealed, secret, urnOf } from "./pluginClient";
import { type Bag, type RoomCode, type RoomsClient, textOf, type WireError } from "./providerClient";

/**
 * The plugin, spoken to in the words of the dynamic provider, so that one definition of a test serves both: plain
 * values, and in every bag the line of code that the state of a dynamic resource has.
 */
export class PluginRooms implements RoomsClient {
  private readonly plugin: PluginClient;
  private readonly urn: string;
  private readonly text: Bag;

  /** @param name of the resource */
  constructor(port: number, code: RoomCode, name = "room") {
    const kind = `${code.charAt(0).toUpperCase()}${code.slice(1)}` as Capitalize<RoomCode>;
    this.plugin = new PluginClient(port);
    this.urn = urnOf(kind, name);
    this.text = { __provider: textOf(code) };
  }

  async configure({ secretKey, provider, ...config }: Readonly<Record<string, string>>): Promise<void> {
    const settings = secretKey === undefined ? config : { ...config, secretKey: secret(secretKey) };
    await this.plugin.configure(settings, provider);
  }

  /** A name that the class of the dynamic resource has generated is one that the engine proposes. */
  async check(olds: Bag, { __auto: mark, ...news }: Bag) {
    const { roomName, ...nameless } = news;
    const isGenerated = mark !== undefined && mark === roomName;
    const { inputs, failures } = await this.plugin.check(
      this.urn,
      withoutText(olds),
      withoutText(isGenerated ? nameless : news),
      isGenerated ? { proposedName: String(roomName) } : undefined,
    );
    return { inputs: { ...revealed(inputs), ...this.text }, failures };
  }

  async diff(id: string, olds: Bag, news: Bag, oldInputs?: Bag) {
    const { changes, replaces, deleteBeforeReplace } = await this.plugin.diff(
      this.urn,
      id,
      withoutText(olds),
      withoutText(news),
      oldInputs && withoutText(oldInputs),
    );
    return { changes: changes as string, replaces, deleteBeforeReplace };
  }

  async create(inputs: Bag) {
    const { id, outs } = await this.told(this.plugin.create(this.urn, withoutText(inputs)));
    return { id, outs: revealed(outs) };
  }

  async read(id: string, olds: Bag = {}, oldInputs?: Bag) {
    const known = oldInputs && withoutText(oldInputs);
    const { id: now, props, inputs } = await this.plugin.read(this.urn, id, withoutText(olds), known);
    if (now === "") return { id: now, props, inputs: undefined };
    return { id: now, props: { ...revealed(props), ...this.text }, inputs: { ...revealed(inputs), ...this.text } };
  }

  async import(id: string) {
    const { props, inputs } = await this.plugin.read(this.urn, id);
    return { id, props: { ...revealed(props), ...this.text }, inputs: { ...revealed(inputs), ...this.text } };
  }

  async update(id: string, olds: Bag, news: Bag, oldInputs?: Bag) {
    const known = oldInputs ? { oldInputs: withoutText(oldInputs) } : {};
    const { outs } = await this.told(this.plugin.update(this.urn, id, withoutText(olds), withoutText(news), known));
    return { outs: revealed(outs) };
  }

  delete(id: string, olds: Bag): Promise<void> {
    return this.plugin.delete(this.urn, id, withoutText(olds));
  }

  close(): void {
    this.plugin.close();
  }

  /** An init failure carries outputs, too. */
  private told<T>(call: Promise<T>): Promise<T> {
    return call.catch((error: WireError) => {
      const { message, initFailure } = error;
      if (!initFailure) throw error;
      const properties = { ...revealed(initFailure.properties), ...this.text };
      throw Object.assign(new Error(message), { initFailure: { ...initFailure, properties } });
    });
  }
}

/** Every value that the table calls a secret goes over the wire as one. */
function withoutText({ __provider: _, ...bag }: Bag): Bag {
  const { rtmpOutURL } = bag;
  return rtmpOutURL === undefined || isSecret(rtmpOutURL) ? bag : { ...bag, rtmpOutURL: secret(rtmpOutURL) };
}
