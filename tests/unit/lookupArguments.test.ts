import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { argumentProblem } from "../../provider/src/pulumi/lookupArguments";

interface Schema {
  readonly functions: Readonly<
    Record<string, { readonly inputs?: { readonly properties?: Readonly<Record<string, { readonly type: string }>> } }>
  >;
}

const schema = JSON.parse(readFileSync(join(__dirname, "..", "..", "provider", "schema.json"), "utf8")) as Schema;
const functions = Object.entries(schema.functions).map(([token, { inputs }]) => {
  return { name: token.split(":").at(-1) ?? "", inputs: Object.entries(inputs?.properties ?? {}) };
});

describe("the arguments of lookups", () => {
  it("are those of the schema, of the same types", () => {
    assert.ok(functions.length >= 8);
    for (const { name, inputs } of functions) {
      for (const [input, { type }] of inputs) {
        const right = type === "boolean" ? true : input === "privacy" ? "private" : "standup";
        assert.equal(argumentProblem(name, { [input]: right }), undefined, `${name} ${input}`);
      }
      assert.match(argumentProblem(name, { nonsense: 1 }) ?? "", new RegExp(`^${name}: nonsense is not an argument: `));
    }
  });

  it("are refused where nobody knows them, with the name that is meant or all that there are", () => {
    const misspelled = argumentProblem("getMeetingRooms", { namePrefx: "a" });
    assert.equal(misspelled, "getMeetingRooms: namePrefx is not an argument: did you mean namePrefix?");
    assert.equal(
      argumentProblem("getTurnUsage", { room: "a" }),
      "getTurnUsage: room is not an argument: it takes projectId, username, byUser",
    );
    assert.equal(
      argumentProblem("getTurnProjects", { id: "a" }),
      "getTurnProjects: id is not an argument: it takes none",
    );
    assert.equal(
      argumentProblem("getMeetingRooms", { constructor: "a" })?.split(":")[1],
      " constructor is not an argument",
    );
  });

  it("are refused where they are of another type, without the value, which may be a credential", () => {
    const problems = [
      argumentProblem("getMeetingRooms", { includeArchived: "yes" }),
      argumentProblem("getMeetingRooms", { privacy: "privat" }),
      argumentProblem("getMeetingRooms", { privacy: "all" }),
      argumentProblem("getMeetingRooms", { namePrefix: ["a"] }),
      argumentProblem("getTurnCredentials", { label: 7 }),
      argumentProblem("getTurnCredentials", { projectId: "" }),
    ];
    assert.deepEqual(problems, [
      "getMeetingRooms: includeArchived must be true or false, not a string",
      'getMeetingRooms: privacy must be "public" or "private": did you mean "private"?',
      'getMeetingRooms: privacy must be "public" or "private", not another string',
      "getMeetingRooms: namePrefix must be a string, not a list",
      "getTurnCredentials: label must be a string, not a number",
      "getTurnCredentials: projectId must not be empty: leave it out instead",
    ]);
  });

  it("may be missing, and a prefix may be empty", () => {
    for (const args of [{ namePrefix: "" }, { label: undefined }, { privacy: null }, {}]) {
      const lookup = "label" in args ? "getTurnCredentials" : "getMeetingRooms";
      assert.equal(argumentProblem(lookup, args), undefined);
    }
  });
});
