import assert from "node:assert/strict";
import { redact } from "../../provider/src/metered/redact";
import { quoted } from "../../provider/src/pulumi/words/sentence";
import { escaped, escapedLines } from "../../provider/src/schema/escaped";

describe("what a terminal would obey", () => {
  const cases: [string, string][] = [
    ["\u001b[31mred", "\\u001b[31mred"],
    ["a\nb\r\tc", "a\\nb\\r\\tc"],
    ["\u0000\u007f\u009b2J", "\\u0000\\u007f\\u009b2J"],
    ["\u202egnp.exe\u2066\u200f", "\\u202egnp.exe\\u2066\\u200f"],
    ["\u2028\u2029", "\\u2028\\u2029"],
  ];

  it("is written out, in one line", () => {
    for (const [text, shown] of cases) assert.equal(escaped(text), shown);
  });

  it("is written out in quotes, too, so that they mean the same text", () => {
    for (const [text, shown] of cases) {
      assert.equal(quoted(text), `"${shown}"`);
      assert.equal(JSON.parse(quoted(text)), text);
    }
  });

  it("leaves everything else as it is: letters of all languages, emoji, and texts that are escaped already", () => {
    for (const text of ["Ünïcode שלום سلام 日本", "👩‍👩‍👧 🏳️‍🌈", "می‌خواهم", '\\n "x"', ""])
      assert.equal(escaped(text), text);
  });

  it("is written out between lines that are meant, and JSON stays JSON", () => {
    assert.equal(escapedLines("a\r\n\tb\u001b[0m\n"), "a\r\n\tb\\u001b[0m\n");
    const value = cases.map(([text]) => ({ name: text }));
    assert.deepEqual(JSON.parse(escapedLines(JSON.stringify(value, undefined, 2))), value);
  });

  it("is left out of what Metered says", () => {
    assert.equal(redact("no\u001b\u009bsuch\u202eroom\n", []), "no such room");
  });
});
