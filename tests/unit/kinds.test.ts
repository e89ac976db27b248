import assert from "node:assert/strict";
import type { AnyValue, Field, Kind, Value } from "../../provider/src/schema/field";
import { isSensitive, readValue, sameValue, timeOf } from "../../provider/src/schema/kinds";

const field = (kind: Kind, more: Partial<Field> = {}): Field => ({ kind, doc: "", whenRemoved: "kept", ...more });

const choice = field("choice", { values: ["grid", "active_speaker"] });

describe("values that a reply shows", () => {
  const read = (kind: Kind, value: unknown, expected: Value | undefined) =>
    assert.equal(readValue(field(kind), value), expected, `${kind} ${JSON.stringify(value)}`);

  it("are read as booleans however they are spelt, and not at all where they say neither", () => {
    for (const value of [true, "true", "TRUE", 1]) read("boolean", value, true);
    for (const value of [false, "false", "False", 0]) read("boolean", value, false);
    for (const value of ["", "yes", "1", 2, {}, [true]]) read("boolean", value, undefined);
  });

  it("are read as numbers however they are spelt, and not at all where they are none", () => {
    for (const kind of ["count", "unixSeconds"] as const) {
      for (const value of [12, "12", " 12 ", "12.0", "1.2e1"]) read(kind, value, 12);
      read(kind, 0, 0);
      for (const value of ["", " ", "twelve", true, [12], {}, Number.NaN, "Infinity"]) read(kind, value, undefined);
    }
  });

  it("are read as strings only where they are strings", () => {
    for (const kind of ["text", "choice", "url", "rtmpUrl", "roomName"] as const) {
      read(kind, "as it is ", "as it is ");
      for (const value of [12, true, {}, ["a"]]) read(kind, value, undefined);
    }
  });
});

describe("values that mean the same", () => {
  const url = "https://user:pass@hooks.example.com:8443/a/B?c=d#e";
  const same: readonly (readonly [Field, AnyValue, AnyValue])[] = [
    [choice, "grid", "GRID"],
    [field("text"), "Soon\r\nmore", " Soon\nmore\n"],
    [field("roomName"), "Stand_Up", "stand-up"],
    [field("url"), url, url.replace("https", "HTTPS").replace("hooks", "Hooks")],
    [field("url"), "https://hooks.example.com", "https://hooks.example.com/"],
    [field("url"), "https://hooks.example.com:443/a", "https://hooks.example.com/a"],
    [field("url"), "not a URL", " not a URL "],
    [field("rtmpUrl"), "rtmp://Live.example.com/App/Key", "RTMP://live.example.com/App/Key "],
    [field("rtmpUrl"), "rtmp://live.example.com", "rtmp://live.example.com/"],
    [field("boolean"), true, true],
    [field("count"), 12, 12],
    [field("emails"), ["a@example.com", "B@Example.com "], ["b@example.com", "a@example.com", "A@example.com"]],
  ];
  const different: readonly (readonly [Field, AnyValue, AnyValue])[] = [
    [choice, "grid", "active_speaker"],
    [field("text"), "Soon", "soon"],
    [field("emails"), ["a@example.com"], ["a@example.com", "b@example.com"]],
    [field("text"), "a b", "a  b"],
    [field("roomName"), "stand-up", "stand-up-2"],
    [field("url"), url, url.replace("https", "http")],
    [field("url"), url, url.replace("hooks", "other")],
    [field("url"), url, url.replace("8443", "8444")],
    [field("url"), url, url.replace("user", "other")],
    [field("url"), url, url.replace("pass", "other")],
    [field("url"), url, url.replace("/a/", "/A/")],
    [field("url"), url, url.replace("/a/B", "/a/B/")],
    [field("url"), url, url.replace("c=d", "c=D")],
    [field("url"), url, url.replace("#e", "#f")],
    [field("rtmpUrl"), "rtmp://live.example.com/app/Key", "rtmp://live.example.com/app/key"],
    [field("rtmpUrl"), "rtmp://live.example.com/app/key", "rtmps://live.example.com/app/key"],
    [field("boolean"), true, false],
    [field("count"), 12, 13],
    [field("unixSeconds"), 1, 2],
  ];

  it("are the same either way around", () => {
    for (const [kind, a, b] of same) {
      assert.ok(sameValue(kind, a, b) && sameValue(kind, b, a), `${kind.kind} ${a} ${b}`);
    }
  });

  it("are others where anything that matters differs", () => {
    for (const [kind, a, b] of different) {
      assert.ok(!sameValue(kind, a, b) && !sameValue(kind, b, a), `${kind.kind} ${a} ${b}`);
    }
  });

  it("are like nothing that isn't there, which isn't like itself either", () => {
    for (const none of [undefined, null]) {
      for (const kind of [field("text"), field("url"), field("boolean"), field("emails")]) {
        for (const other of [undefined, null, "undefined", "null", false]) {
          assert.ok(!sameValue(kind, none, other) && !sameValue(kind, other, none), `${kind.kind} ${none} ${other}`);
        }
      }
    }
  });
});

describe("values that may contain a credential", () => {
  it("are secrets of any kind, and all URLs", () => {
    assert.ok(isSensitive(field("text", { secret: true })));
    assert.ok(isSensitive(field("url")) && isSensitive(field("rtmpUrl")));
    for (const kind of ["text", "choice", "count", "roomName", "boolean", "unixSeconds"] as const) {
      assert.ok(!isSensitive(field(kind)), kind);
    }
  });
});

describe("a Unix time in a message", () => {
  it("can be read, to the second, in UTC", () => {
    assert.equal(timeOf(1_795_752_793), "2026-11-27 04:13:13 UTC");
    assert.equal(timeOf(0.9), "1970-01-01 00:00:00 UTC");
  });
});
