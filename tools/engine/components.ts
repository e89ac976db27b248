import { join } from "node:path";

/** One Go program. To add another to the engine: a row here, and a module folder with go.mod, tools.go and go.sum. */
export interface Component {
  /** Name of the executable. */
  readonly name: string;
  readonly version: string;
  /** Folder below tools/engine/go; components that need different versions of one module need a folder each. */
  readonly module: string;
  readonly package: string;
  readonly ldflags: string;
  /** A program of the module that is built and run first, to write the `schema.json` that the real one embeds. */
  readonly schemaPackage?: string;
  /** How long a first build takes on two cores, downloads aside. */
  readonly minutes: number;
}

export const modulesFolder = join(__dirname, "go");

/** The Automation API refuses an engine without a version, and only the linker can give it one. */
const pulumiVersionVariable = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";

/** The engines that can be had, by their line; the first is the one that everything runs on if nothing else is said. */
export const engineVersions = {
  // The newest one whose module Go's proxy serves whole.
  "3.274": "3.274.1",
  "3.259": "3.259.0",
  // Starts policy packs by itself; newer ones ask the language host to, and the one from the modules is too old for that.
  "3.220": "3.220.0",
} as const;

export type EngineLine = keyof typeof engineVersions;
export const currentLine: EngineLine = "3.274";
/** Runs policy packs also if it is built from modules. */
export const policyLine: EngineLine = "3.220";

/** The last release of the SDK's Go module that holds the Node.js language host. Every engine works with it. */
const nodejsHost: Component = {
  name: "pulumi-language-nodejs",
  version: "3.68.0",
  module: "language-nodejs",
  package: "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
  ldflags: `-X ${pulumiVersionVariable}=v3.68.0`,
  minutes: 0.5,
};

/** What an engine consists of that is built: the command line first. */
export function engineComponents(line: EngineLine): readonly [Component, ...Component[]] {
  const version = engineVersions[line];
  const cli: Component = {
    name: "pulumi",
    version,
    module: `cli-${line}`,
    package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    ldflags: `-X ${pulumiVersionVariable}=v${version}`,
    minutes: 8,
  };
  return [cli, nodejsHost];
}

/** The plugin of the npm package @pulumi/random, which must have the same version. Built only when it is asked for. */
export const randomComponent: Component = {
  name: "pulumi-resource-random",
  version: "4.21.2",
  module: "random",
  package: ".",
  ldflags: "-X pulumi-metered/tools/engine/random/info.Version=4.21.2",
  schemaPackage: "./schema",
  minutes: 6,
};

/** What people use with Terraform for an API that has no provider of its own. Built only when it is asked for. */
export const restapiComponent: Component = {
  name: "terraform-provider-restapi",
  // The newest one that Go's module proxy has: releases from 2.0 on are not modules of that version.
  version: "1.20.0",
  module: "restapi",
  package: "github.com/Mastercard/terraform-provider-restapi",
  ldflags: "",
  minutes: 0.5,
};

/** The language hosts that the built engine lacks; those of a release come with it. Built only when they are asked for. */
export const languageComponents = {
  yaml: {
    name: "pulumi-language-yaml",
    version: "1.38.1",
    module: "language-yaml",
    package: "github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml",
    ldflags: "-X github.com/pulumi/pulumi-yaml/pkg/version.Version=v1.38.1",
    minutes: 2,
  },
  python: {
    // The last release of the SDK's Go module that holds it, as with Node.js.
    name: "pulumi-language-python",
    version: "3.68.0",
    module: "language-nodejs",
    package: "github.com/pulumi/pulumi/sdk/v3/python/cmd/pulumi-language-python",
    ldflags: `-X ${pulumiVersionVariable}=v3.68.0`,
    minutes: 0.5,
  },
  go: {
    // The same for Go.
    name: "pulumi-language-go",
    version: "3.60.0",
    module: "language-go",
    package: "github.com/pulumi/pulumi/sdk/v3/go/pulumi-language-go",
    ldflags: `-X ${pulumiVersionVariable}=v3.60.0`,
    minutes: 0.5,
  },
} satisfies Record<string, Component>;

/** A program that runs Pulumi's code generators. Built only when it is asked for. */
export const sdkGeneratorComponent: Component = {
  name: "pulumi-metered-sdks",
  version: "3.259.0",
  module: "sdks",
  package: ".",
  ldflags: "",
  minutes: 1,
};

/**
 * A language host for SDKs, in front of those above, which are too old to generate and link any. Built only when it is asked
 * for.
 */
export const sdkHostComponent: Component = {
  name: "pulumi-metered-language-host",
  // With this engine's protocol and generators; it works with older ones too.
  version: engineVersions["3.274"],
  module: "host",
  package: ".",
  ldflags: "",
  minutes: 1,
};
