import { Output } from "@pulumi/pulumi/output";
import { ComponentResource, CustomResource, type CustomResourceOptions } from "@pulumi/pulumi/resource";
import { setAllConfig } from "@pulumi/pulumi/runtime/config";
import { setMocks } from "@pulumi/pulumi/runtime/mocks";
import { resetOptions } from "@pulumi/pulumi/runtime/settings";
import type { Simulator } from "metered-simulator";

/** Sets the stack's configuration, as a program in this process sees it; the key is encrypted where nothing else is said. */
export function configure(
  simulator: Simulator,
  changes: Readonly<Record<string, string | undefined>> = {},
  secrets: readonly string[] = ["metered:secretKey"],
): void {
  const { app, secretKey, url } = simulator;
  const settings = { appName: app, secretKey, endpoint: url, retrySeconds: "0.001", ...changes };
  const given = Object.entries(settings).flatMap(([key, value]) =>
    value === undefined ? [] : [[`metered:${key}`, value]],
  );
  setAllConfig(Object.fromEntries(given), [...secrets]);
}

/** What a program's Output is, once it is settled. */
export async function settled<T>(value: Output<T>): Promise<{ value: T; isKnown: boolean; isSecret: boolean }> {
  const inner = value as unknown as { promise(): Promise<T>; isKnown: Promise<boolean>; isSecret: Promise<boolean> };
  return { value: await inner.promise(), isKnown: await inner.isKnown, isSecret: await inner.isSecret };
}

/** A value that a preview does not know yet. */
export function unknownOutput<T>(): Output<T> {
  const [known, secret] = [Promise.resolve(false), Promise.resolve(false)];
  const Unknown = Output as unknown as new (...parts: unknown[]) => Output<T>;
  return new Unknown(new Set(), Promise.resolve(undefined), known, secret);
}

/** Something of another provider. */
export class Thing extends CustomResource {
  constructor(name: string, opts?: CustomResourceOptions) {
    super("test:index:Thing", name, { label: name }, opts);
  }

  /** Known also before the thing is made. */
  declare readonly label: Output<string>;
}

export class Group extends ComponentResource {
  constructor(name: string) {
    super("test:index:Group", name);
    this.child = new Thing(`${name}-child`, { parent: this });
    this.registerOutputs({});
  }

  readonly child: Thing;
}

/** Registers what `declare` declares: resources that are made already or, as a preview has them, not yet. */
export async function registered<T>(made: "made" | "planned", declare: () => T): Promise<T> {
  const id = (name: string) => (made === "made" ? `${name}-id` : undefined);
  await setMocks(
    { call: () => ({}), newResource: ({ name, inputs }) => ({ id: id(name), state: inputs }) },
    "rooms",
    "dev",
    made === "planned",
  );
  try {
    const declared = declare();
    await allRegistered();
    return declared;
  } finally {
    withoutEngine();
  }
}

/** From now on, there is no engine that could answer, and no configuration. */
export function outsideOfEngine(): void {
  setAllConfig({});
  withoutEngine();
}

function withoutEngine(): void {
  resetOptions("rooms", "dev", -1, "", "", false, "");
}

/** Until nothing is on its way to the engine any more, which is what Pulumi waits for at the end of a program. */
export async function allRegistered(): Promise<void> {
  const { settings } = (globalThis as unknown as { globalStore: { settings: { rpcDone: Promise<unknown> } } })
    .globalStore;
  for (let last: unknown; last !== settings.rpcDone; ) {
    last = settings.rpcDone;
    await last;
  }
}
