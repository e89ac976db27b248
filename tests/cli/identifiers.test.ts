import assert from "node:assert/strict";
import fc from "fast-check";
import ts from "typescript";
import { variablesFor } from "../../provider/src/cli/identifiers";

describe("the variable of a room", () => {
  it("is its name in camel case", () => {
    const names = {
      lobby: "lobby",
      "town-hall": "townHall",
      "Team.Standup_EU~1": "teamStandupEU1",
      standUp: "standUp",
      HR: "hr",
      "HR-weekly": "hrWeekly",
      "6kpYYvYj75": "room6kpYYvYj75",
      "2024-review": "room2024Review",
      "-": "room",
      "~~~": "room",
      "besprechung-münchen": "besprechungMunchen",
    };
    for (const [name, variable] of Object.entries(names)) assert.deepEqual(variablesFor([name]), [variable], name);
  });

  it("is none of the words that a module cannot declare, or uses itself", () => {
    const words = ["delete", "class", "await", "require", "exports", "undefined", "metered", "pulumi", "config", "let"];
    assert.deepEqual(
      variablesFor(words),
      words.map((word) => `${word}Room`),
    );
  });

  it("is numbered where names differ in case or punctuation only", () => {
    assert.deepEqual(
      variablesFor(["Lobby", "LOBBY", "lo-bby", "lobby", "lobby2", "room", "-", "delete", "delete-room"]),
      ["lobby", "lobby3", "loBby", "lobby4", "lobby2", "room", "room2", "deleteRoom", "deleteRoom2"],
    );
  });

  it("is always another one, and one that TypeScript lets a module declare", () => {
    const name = fc.stringMatching(/^[A-Za-z0-9._~-]{1,12}$/);
    const words = fc.constantFrom(
      "a",
      "A",
      "a-",
      "a2",
      "-a",
      "if",
      "If",
      "if-room",
      "IF",
      "of",
      "async",
      "type",
      "NaN",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(name, words), { maxLength: 30 }), (names) => {
        const variables = variablesFor(names);
        assert.equal(new Set(variables).size, names.length);
        for (const variable of variables) assert.match(variable, /^[a-z][A-Za-z0-9]*$/);
      }),
    );
  });

  it("is none of JavaScript's keywords, whichever TypeScript knows", () => {
    const keywords = Array.from(
      { length: ts.SyntaxKind.LastFutureReservedWord - ts.SyntaxKind.FirstReservedWord + 1 },
      (_, i) => ts.tokenToString(ts.SyntaxKind.FirstReservedWord + i),
    ).filter((word) => word !== undefined);
    assert.ok(keywords.length > 40);
    assert.deepEqual(
      variablesFor(keywords).filter((variable) => keywords.includes(variable)),
      [],
    );
  });
});
