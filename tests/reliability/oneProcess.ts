import type { Configured, Provider } from "./providers";
import { ProvidersOverGrpc } from "./providersOverGrpc";

/** One provider process for all rooms of a command, as the engine has it. */
export class OneProcess extends ProvidersOverGrpc {
  private begun: Promise<void> | undefined;

  /** The next command begins. */
  next(): void {
    this.begun = undefined;
  }

  override async run<T>(
    configured: Configured,
    _notes: string[],
    work: (provider: Provider) => Promise<T>,
  ): Promise<T> {
    this.begun ??= this.begin(configured);
    await this.begun;
    return work(this.provider(configured));
  }
}
