import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import Ajv2020, { type ValidateFunction } from "ajv/dist/2020";
import { parse } from "yaml";

interface Content {
  readonly content: Readonly<Record<string, unknown>>;
}

/** The OpenAPI document of the simulator, as far as the tests read it. */
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { responses: Readonly<Record<string, unknown>> }>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, { properties?: Readonly<Record<string, unknown>> }>>;
  };
}

const file = join(dirname(require.resolve("metered-simulator/package.json")), "openapi.yaml");
export const document = parse(readFileSync(file, "utf8")) as Document;

// The document is no schema itself, but the schemas in it are found by their place in it.
const ajv = new Ajv2020({ strict: false, allErrors: true }).addSchema(document, "document");

export function schema(name: string): ValidateFunction {
  return at("components", "schemas", name);
}

/** Validates the body of a reply; undefined if the document does not know the status or the content's type. */
export function responseSchema(
  path: string,
  method: string,
  status: number,
  type: string,
): ValidateFunction | undefined {
  const found = document.paths[path]?.[method]?.responses[String(status)] as { $ref?: string } | undefined;
  if (found === undefined) return undefined;
  const place =
    found.$ref === undefined
      ? ["paths", path, method, "responses", String(status)]
      : found.$ref.slice("#/".length).split("/");
  const { content } = place.reduce<unknown>(
    (value, key) => (value as Record<string, unknown>)[key],
    document,
  ) as Content;
  return Object.hasOwn(content, type) ? at(...place, "content", type, "schema") : undefined;
}

function at(...place: string[]): ValidateFunction {
  const pointer = place.map((key) => encodeURIComponent(key.replaceAll("~", "~0").replaceAll("/", "~1"))).join("/");
  const found = ajv.getSchema(`document#/${pointer}`);
  if (found === undefined) throw new Error(`The document has nothing at ${pointer}.`);
  return found;
}
