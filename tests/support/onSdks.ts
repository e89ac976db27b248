import { type Simulator, startSimulator } from "metered-simulator";
import { canaryKey } from "./canary";
import { freshSdks, noSdks } from "./sdks";
import type { TestStack } from "./stack";

/** The folder of the SDKs, and an account. A test that makes a stack hands it over. */
interface OnSdks {
  readonly sdks: string;
  readonly simulator: Simulator;
  stack?: TestStack;
}

/** A suite with the SDKs of all languages. Each test has a simulator of its own; afterwards that and its stack are gone. */
export function describeSdks(title: string, tests: (on: OnSdks) => void): void {
  const suite = noSdks ? describe.skip : describe;
  suite(noSdks ? `${title} (skipped: ${noSdks})` : title, function () {
    // The first time on a machine, what is needed is built.
    this.timeout(45 * 60_000);
    const on = {} as { -readonly [part in keyof OnSdks]: OnSdks[part] };
    before(async () => {
      on.sdks = await freshSdks();
    });
    beforeEach(async () => {
      on.simulator = await startSimulator({ secretKey: canaryKey });
    });
    afterEach(async () => {
      await on.simulator.close();
      on.stack?.dispose();
      on.stack = undefined;
    });
    tests(on);
  });
}
