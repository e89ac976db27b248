import assert from "node:assert/strict";
import { assertNoKey, assertNoneOf, assertNoSecrets, canaryKey, canaryRtmpURL } from "../support/canary";

describe("the search for secrets", () => {
  const spellings: Record<string, (text: string) => string> = {
    "as it is": (text) => text,
    "in an address": encodeURIComponent,
    "in JSON": (text) => JSON.stringify({ text }),
    "in JSON of JSON": (text) => JSON.stringify(JSON.stringify({ text })),
    "in hex": (text) => Buffer.from(text).toString("hex"),
    "in base64": (text) => Buffer.from(text).toString("base64"),
    "in base64, behind one letter": (text) => Buffer.from(`:${text}`).toString("base64"),
    "in base64, behind two letters": (text) => Buffer.from(`a:${text}!`).toString("base64"),
    "in base64 for addresses, inside of JSON": (text) => Buffer.from(JSON.stringify({ a: text })).toString("base64url"),
  };
  for (const [how, spell] of Object.entries(spellings)) {
    it(`finds one ${how}`, () => {
      assert.throws(() => assertNoKey("here", `before ${spell(canaryKey)} after`), /a secret is in here/);
      assert.throws(() => assertNoSecrets("here", `before ${spell(canaryKey)} after`), /a secret is in here/);
      assert.throws(() => assertNoSecrets("here", `before ${spell(canaryRtmpURL)} after`), /a secret is in here/);
      const others = ["another", "p4ssw0rd-of-a-credential"];
      assert.throws(
        () => assertNoneOf(others, "here", `before ${spell(others[1] ?? "")} after`),
        /a secret is in here/,
      );
    });
  }

  it("finds a part of one", () => {
    for (const part of ["canary-key", "canary-stream", "canary-token"]) {
      assert.throws(() => assertNoSecrets("here", `…${part}…`));
    }
  });

  it("finds none where there is none", () => {
    assertNoSecrets("here", "The room standup has no secret, and a canary is a bird.");
  });
});
