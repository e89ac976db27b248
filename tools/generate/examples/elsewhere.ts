import type { Shape, Type } from "./types";

/** The package of another provider, by the name that each language imports it by. */
interface Elsewhere {
  /** What programs in TypeScript and Python call it. */
  readonly alias: string;
  readonly node: string;
  readonly python: string;
  readonly go: string;
  readonly csharp: string;
  /** Where C# has the arguments of resources, if not beside them. */
  readonly csharpInputs?: string;
  readonly java: string;
}

const PACKAGES: Readonly<Record<string, Elsewhere>> = {
  aws: {
    alias: "aws",
    node: "@pulumi/aws",
    python: "pulumi_aws",
    go: "github.com/pulumi/pulumi-aws/sdk/v7/go/aws",
    csharp: "Pulumi.Aws",
    java: "com.pulumi.aws",
  },
  kubernetes: {
    alias: "k8s",
    node: "@pulumi/kubernetes",
    python: "pulumi_kubernetes",
    go: "github.com/pulumi/pulumi-kubernetes/sdk/v4/go/kubernetes",
    csharp: "Pulumi.Kubernetes",
    csharpInputs: "Pulumi.Kubernetes.Types.Inputs",
    java: "com.pulumi.kubernetes",
  },
};

/** Where a resource or a type of another package is: `kubernetes:core/v1:ConfigMap`. */
export interface Home {
  readonly package: Elsewhere;
  /** `["core", "v1"]` */
  readonly module: readonly string[];
  readonly name: string;
}

/** `undefined` for a name without a package, which is ours. */
export function homeOf(token: string): Home | undefined {
  const [name = "", module = "", member = ""] = token.split(":");
  const found = PACKAGES[name];
  return found && { package: found, module: module.split("/"), name: member };
}

const STRING: Type = { kind: "string" };
const STRINGS: Type = { kind: "map", item: STRING };

function object(name: string, properties: Shape): Type {
  return { kind: "object", name, properties };
}

const METADATA = object("kubernetes:meta/v1:ObjectMeta", { name: STRING, annotations: STRINGS });
const RULE = object("kubernetes:networking/v1:IngressRule", { host: STRING });

/** What the examples set of other packages' resources. */
export const SHAPES: Readonly<Record<string, Shape>> = {
  "kubernetes:core/v1:ConfigMap": { metadata: METADATA, data: STRINGS },
  "kubernetes:core/v1:Secret": { metadata: METADATA, stringData: STRINGS },
  "kubernetes:networking/v1:Ingress": {
    metadata: METADATA,
    spec: object("kubernetes:networking/v1:IngressSpec", {
      ingressClassName: STRING,
      rules: { kind: "list", item: RULE },
    }),
  },
  "aws:route53:Record": {
    zoneId: STRING,
    name: STRING,
    type: STRING,
    ttl: { kind: "integer" },
    records: { kind: "list", item: STRING },
  },
};
