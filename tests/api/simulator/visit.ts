import { type Simulator, type SimulatorOptions, startSimulator } from "metered-simulator";
import { Browser } from "./browser";
import { Calls } from "./calls";

export const own = "/__simulator/pages";
export const everyPage = [
  "/",
  ...["tokens", "credentials", "projects", "requests", "faults", "switches"].map((name) => `${own}/${name}`),
];

/** A simulator for each test, with a browser that looks at its pages. */
export class Visit {
  sim!: Simulator;
  api!: Calls;
  browser!: Browser;

  static inEachTest(): Visit {
    const visit = new Visit();
    beforeEach(() => visit.start());
    afterEach(() => visit.sim.close());
    return visit;
  }

  async start(options: SimulatorOptions = {}): Promise<void> {
    this.sim = await startSimulator(options);
    this.api = new Calls(this.sim);
    this.browser = new Browser(this.sim);
  }

  /** Ends the simulator of the test, and starts another one. */
  async restart(options: SimulatorOptions): Promise<void> {
    await this.sim.close();
    await this.start(options);
  }

  async textOf(path: string): Promise<string> {
    return (await this.browser.open(path)).text;
  }
}
