import { type Simulator, startSimulator } from "metered-simulator";
import { canaryKey } from "./canary";
import { TestStack } from "./stack";

/** A simulator, and a stack of the real engine that is configured for it. */
interface OnEngine {
  readonly simulator: Simulator;
  readonly stack: TestStack;
}

/** Gives each test of a suite a simulator and a stack of its own; afterwards both are gone, and no secret was seen. */
export function onEngine(): OnEngine {
  const on = {} as { -readonly [part in keyof OnEngine]: OnEngine[part] };
  beforeEach(async () => {
    on.simulator = await startSimulator({ secretKey: canaryKey });
    on.stack = await TestStack.create({ simulator: on.simulator });
  });
  afterEach(async () => {
    await on.simulator.close();
    on.stack.dispose();
  });
  return on;
}
