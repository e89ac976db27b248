import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv, { type ValidateFunction } from "ajv";
import { parse, parseAllDocuments } from "yaml";

type Json = Record<string, unknown>;

const folder = join(__dirname, "..", "..", "examples", "gitops");
const text = (path: string) => readFileSync(join(folder, path), "utf8");

const validators = new Map<string, ValidateFunction>();

/** The mistakes of a document, in the words of the schema's checker; none if there are none. */
function mistakes(schemaName: string, document: unknown, change = (schema: Json): Json => schema): string[] {
  const validate = validators.get(schemaName) ?? compile(schemaName, change);
  validators.set(schemaName, validate);
  validate(document);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

function compile(schemaName: string, change: (schema: Json) => Json): ValidateFunction {
  const schema = JSON.parse(readFileSync(join(__dirname, "schemas", `${schemaName}.json`), "utf8")) as Json;
  return new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(change(schema));
}

/** A field that nobody knows is a slip of the pen, though Kubernetes only drops it. */
function strict(schema: Json): Json {
  const entries = Object.entries(schema).map(([key, value]) => [key, deeper(value)]);
  const isClosed = schema.type === "object" && "properties" in schema && !("additionalProperties" in schema);
  return { ...Object.fromEntries(entries), ...(isClosed ? { additionalProperties: false } : {}) };
}

function deeper(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(deeper);
  return typeof value === "object" && value !== null ? strict(value as Json) : value;
}

describe("the files in examples/gitops are valid by their published schemas", () => {
  for (const name of ["preview", "up", "drift"]) {
    it(`GitHub: ${name}.yml`, () => {
      const workflow = parse(text(`.github/workflows/${name}.yml`)) as Json;
      assert.deepEqual(mistakes("github-workflow", workflow), []);
      assert.notDeepEqual(mistakes("github-workflow", { ...workflow, permission: {} }), []);
    });

    it(`GitHub: ${name}.yml pins every action to a commit, and grants nothing by default`, () => {
      const file = text(`.github/workflows/${name}.yml`);
      const uses = [...file.matchAll(/uses: (.+)$/gm)].map(([, action]) => action ?? "");
      assert.ok(uses.length >= 3);
      for (const action of uses) assert.match(action, /^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
      const { permissions } = parse(file) as { permissions: Record<string, string> };
      const written = Object.keys(permissions).filter((key) => permissions[key] === "write");
      const needed = { preview: ["pull-requests", "id-token"], up: ["id-token"], drift: ["issues", "id-token"] }[name];
      assert.deepEqual(written, needed);
    });
  }

  it("GitLab: .gitlab-ci.yml", () => {
    const pipeline = parse(text(".gitlab-ci.yml")) as Json;
    assert.deepEqual(mistakes("gitlab-ci", pipeline), []);
    assert.notDeepEqual(mistakes("gitlab-ci", { ...pipeline, prod: { scripts: [] } }), []);
  });

  const schemas = {
    Stack: ["pulumi-stack", "spec"],
    Program: ["pulumi-program", "program"],
    GitRepository: ["flux-gitrepository", "spec"],
  } as const;
  for (const name of ["stack", "flux", "program"]) {
    it(`Kubernetes: ${name}.yaml`, () => {
      const documents = parseAllDocuments(text(`kubernetes/${name}.yaml`)).map((each) => each.toJS() as Json);
      assert.ok(documents.length > 0);
      for (const document of documents) {
        const [schema, part] = schemas[document.kind as keyof typeof schemas];
        assert.deepEqual(mistakes(schema, document, strict), []);
        const misspelt = { ...document, [part]: { ...(document[part] as Json), refreshed: true } };
        assert.notDeepEqual(mistakes(schema, misspelt, strict), []);
      }
    });
  }

  it("Kubernetes: the Stack of examples/turn", () => {
    const stack = parse(readFileSync(join(folder, "..", "turn", "kubernetes", "stack.yaml"), "utf8")) as Json;
    assert.deepEqual(mistakes("pulumi-stack", stack, strict), []);
  });

  it("Kubernetes: both ways to the sources lead to the same stack", () => {
    const stackOf = (name: string) =>
      parseAllDocuments(text(`kubernetes/${name}.yaml`))
        .map((each) => each.toJS() as { kind: string; spec: Json })
        .find(({ kind }) => kind === "Stack")?.spec ?? {};
    const { projectRepo: _repo, branch: _branch, ...fromGit } = stackOf("stack");
    const { fluxSource: _source, ...fromFlux } = stackOf("flux");
    assert.deepEqual(fromFlux, fromGit);
  });
});
