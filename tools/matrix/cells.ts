import { type EngineLine, engineVersions } from "../engine/components";

/** Releases of `@pulumi/pulumi`, and the oldest Node that each asks for. */
const SDKS = [
  // The oldest that the package accepts.
  { sdk: "3.216.0", oldestNode: 20 },
  // The last one for Node 20.
  { sdk: "3.248.0", oldestNode: 20 },
  { sdk: "3.259.0", oldestNode: 22 },
  // Whatever the registry has by then.
  { sdk: "latest", oldestNode: 22 },
] as const;

/** Lines of Node; each stands for its newest release. */
const NODES = [20, 22, 24, 26] as const;
const ENGINES = Object.keys(engineVersions) as EngineLine[];
/** The two ways to use the provider. */
export const FACES = ["package", "plugin"] as const;

export type Sdk = (typeof SDKS)[number]["sdk"];
export type Node = (typeof NODES)[number];
export type Face = (typeof FACES)[number];

/** What a program runs on, besides the engine. */
export interface Runtime {
  readonly sdk: Sdk;
  readonly node: Node;
}

export interface Cell extends Runtime {
  readonly engine: EngineLine;
}

export const runtimes: readonly Runtime[] = SDKS.flatMap(({ sdk, oldestNode }) =>
  NODES.filter((node) => node >= oldestNode).map((node) => ({ sdk, node })),
);

export const allCells: readonly Cell[] = ENGINES.flatMap((engine) =>
  runtimes.map((runtime) => ({ engine, ...runtime })),
);

/**
 * What every run of the tests looks at, on the engine at hand: the newest that is named, beside what the repository itself
 * is installed with. What the registry calls its latest release is left to the exhaustive suite, so that a release of
 * Pulumi breaks no other test.
 */
export const quickRuntimes: readonly Runtime[] = [{ sdk: "3.259.0", node: 26 }];
