import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";
import { grpc } from "./sdk";

/** Longer, an engine that does not answer holds nobody up. */
const LONGEST_WAIT_MS = 2000;

/** Shows lines to the user, at a resource. What a plugin prints is hidden. */
export class EngineLog {
  private client: EngineClient | undefined;
  private readonly sent = new Set<Promise<void>>();
  private readonly warned = new Set<string>();

  /** @param address of the engine */
  connect(address: string | undefined): void {
    if (address) this.client = new EngineClient(address, grpc.credentials.createInsecure());
  }

  info(line: string, urn: string): void {
    this.send(LogSeverity.INFO, line, urn);
  }

  /** A line that the display replaces with the next one, and that is gone in the end. */
  status(line: string, urn: string): void {
    this.send(LogSeverity.INFO, line, urn, true);
  }

  /** The same only once. */
  warn(line: string, urn: string): void {
    const key = `${urn} ${line}`;
    if (!this.warned.has(key)) this.send(LogSeverity.WARNING, line, urn);
    this.warned.add(key);
  }

  /** Resolves when all has arrived: after the last answer the engine may be gone. */
  async arrived(): Promise<void> {
    await Promise.all(this.sent);
  }

  private send(severity: LogSeverity, message: string, urn: string, isEphemeral = false): void {
    const { client } = this;
    if (!client) return;
    const request = new LogRequest().setSeverity(severity).setMessage(message).setUrn(urn).setEphemeral(isEphemeral);
    const options = { deadline: Date.now() + LONGEST_WAIT_MS };
    // Without an engine that hears it, a line is lost; the work is not.
    const sent = new Promise<void>((resolve) => client.log(request, new grpc.Metadata(), options, () => resolve()));
    this.sent.add(sent);
    void sent.then(() => this.sent.delete(sent));
  }
}
