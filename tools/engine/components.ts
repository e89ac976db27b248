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
  /** How long a first build takes on two cores. */
  readonly duration: string;
}

export const modulesFolder = join(__dirname, "go");

/** The Automation API refuses an engine without a version, and only the linker can give it one. */
const pulumiVersionVariable = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";

export const engineComponents: readonly Component[] = [
  {
    name: "pulumi",
    version: "3.259.0",
    module: "cli",
    package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    ldflags: `-X ${pulumiVersionVariable}=v3.259.0`,
    duration: "about 7 minutes",
  },
  {
    // The last release of the SDK's Go module that holds the Node.js language host.
    name: "pulumi-language-nodejs",
    version: "3.68.0",
    module: "language-nodejs",
    package: "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
    ldflags: `-X ${pulumiVersionVariable}=v3.68.0`,
    duration: "about half a minute",
  },
];

/** An engine that starts policy packs without the help of the language host. Built only when it is asked for. */
export const policyEngineComponents: readonly Component[] = engineComponents.map((component) =>
  component.name === "pulumi"
    ? { ...component, version: "3.220.0", module: "cli-3.220", ldflags: `-X ${pulumiVersionVariable}=v3.220.0` }
    : component,
);

/** The plugin of the npm package @pulumi/random, which must have the same version. Built only when it is asked for. */
export const randomComponent: Component = {
  name: "pulumi-resource-random",
  version: "4.21.2",
  module: "random",
  package: ".",
  ldflags: "-X pulumi-metered/tools/engine/random/info.Version=4.21.2",
  schemaPackage: "./schema",
  duration: "about 6 minutes",
};

/** What people use with Terraform for an API that has no provider of its own. Built only when it is asked for. */
export const restapiComponent: Component = {
  name: "terraform-provider-restapi",
  // The newest one that Go's module proxy has: releases from 2.0 on are not modules of that version.
  version: "1.20.0",
  module: "restapi",
  package: "github.com/Mastercard/terraform-provider-restapi",
  ldflags: "",
  duration: "about half a minute",
};

/** The language hosts that the built engine lacks; those of a release come with it. Built only when they are asked for. */
export const languageComponents = {
  yaml: {
    name: "pulumi-language-yaml",
    version: "1.38.1",
    module: "language-yaml",
    package: "github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml",
    ldflags: "-X github.com/pulumi/pulumi-yaml/pkg/version.Version=v1.38.1",
    duration: "about 2 minutes",
  },
  python: {
    // The last release of the SDK's Go module that holds it, as with Node.js.
    name: "pulumi-language-python",
    version: "3.68.0",
    module: "language-nodejs",
    package: "github.com/pulumi/pulumi/sdk/v3/python/cmd/pulumi-language-python",
    ldflags: `-X ${pulumiVersionVariable}=v3.68.0`,
    duration: "about half a minute",
  },
  go: {
    // The same for Go.
    name: "pulumi-language-go",
    version: "3.60.0",
    module: "language-go",
    package: "github.com/pulumi/pulumi/sdk/v3/go/pulumi-language-go",
    ldflags: `-X ${pulumiVersionVariable}=v3.60.0`,
    duration: "about half a minute",
  },
} satisfies Record<string, Component>;

/** A program that runs Pulumi's code generators. Built only when it is asked for. */
export const sdkGeneratorComponent: Component = {
  name: "pulumi-metered-sdks",
  version: "3.259.0",
  module: "sdks",
  package: ".",
  ldflags: "",
  duration: "about a minute",
};
