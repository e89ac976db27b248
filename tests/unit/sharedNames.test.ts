import assert from "node:assert/strict";
import { otherNamed } from "../../provider/src/pulumi/dynamic/registration";
import { checkInputs } from "../../provider/src/pulumi/operations";
import { checkSet } from "../../provider/src/pulumi/setOperations";
import { type Bag, namedBy } from "../../provider/src/pulumi/state";
import type { Claims } from "../../provider/src/rooms/claims";
import { liveStreamingRoom } from "../../provider/src/rooms/liveStreamingRoom";
import { meetingRoom } from "../../provider/src/rooms/meetingRoom";
import { FakeApi } from "../support/fakeApi";
import { leastInputs } from "../support/rooms";
import { setPlace } from "../support/sets";

const urnOf = (resource: string) => `urn:pulumi:dev::rooms::metered:index:MeetingRoom::${resource}`;
const named = (roomName: string) => leastInputs(meetingRoom, { roomName });

describe("the check of names, where Pulumi says whose they are,", () => {
  let claims: Claims;
  const api = new FakeApi(meetingRoom);
  beforeEach(() => {
    claims = api.claims();
  });
  const check = (resource: string | undefined, news: Bag, olds: Bag = {}) => {
    const owner = resource && urnOf(resource);
    return checkInputs(api.place({ claims, ...(owner ? { owner } : {}) }), olds, news).warnings ?? [];
  };
  const checkRooms = (resource: string, rooms: Bag, olds: Bag = {}) => {
    const urn = urnOf(resource);
    return (
      checkSet({ ...setPlace(api, { claims, owner: urn }), urn }, olds, { rooms, __auto: `${resource}-1a2b3c4d` })
        .warnings ?? []
    );
  };

  it("warns of two rooms with one name in the preview, and says which the other one is", () => {
    assert.deepEqual(check("first", named("standup")), []);
    const problem = 'roomName is "Standup", the same as that of resource "first": two rooms can\'t have the same name';
    assert.deepEqual(check("second", named("Standup")), [problem]);
    assert.deepEqual(check("first", named("standup")), [], "it's checked once more before it's replaced");
    assert.deepEqual(check("third", named("daily")), []);
  });

  it("also between sets, and between a set and a room", () => {
    const rooms = { a: { privacy: "public", roomName: "standup" }, b: { privacy: "public" } };
    assert.deepEqual(checkRooms("courses", rooms), []);
    assert.match(check("single", named("standup"))[0] ?? "", /^roomName is "standup", .* resource "courses": /);
    const others = { x: { privacy: "public", roomName: "STANDUP" } };
    assert.match(
      checkRooms("others", others)[0] ?? "",
      /^rooms\["x"\]\.roomName is "STANDUP", .* resource "courses": /,
    );
  });

  it("lets names change hands, and generated ones meet", () => {
    for (const [resource, from, to] of [
      ["first", "ben", "una"],
      ["second", "una", "ben"],
    ] as const) {
      assert.deepEqual(check(resource, named(to), named(from)), []);
    }
    for (const resource of ["third", "fourth"]) {
      assert.deepEqual(check(resource, { ...named("x"), ...namedBy("standup-1a2b3c4d") }), []);
    }
  });

  it("warns in each run of two that have had one name since an earlier one", () => {
    const told = ["first", "second"].map((resource) => check(resource, named("standup"), named("standup")).length);
    assert.deepEqual(told, [0, 1]);
    assert.equal(check("third", named("standup")).length, 1);
  });

  it("warns whichever of the two is checked first", () => {
    assert.deepEqual(check("new", named("standup")), []);
    assert.equal(check("old", named("standup"), named("standup")).length, 1);
  });

  it("says nothing where Pulumi doesn't say whose they are", () => {
    for (let i = 0; i < 2; i++) assert.deepEqual(check(undefined, named("standup")), []);
  });
});

describe("the names in a TypeScript program", () => {
  const provider = { label: "any" } as never;

  it("are found to be another room's, in one run, of one kind and one account", () => {
    const run = {};
    const first = { label: 'metered.MeetingRoom "first"', provider: undefined };
    const second = { label: 'metered.MeetingRoom "second"', provider: undefined };
    assert.equal(otherNamed(run, meetingRoom, "standup", first), undefined);
    assert.equal(otherNamed(run, meetingRoom, "StandUp", second), first.label);
    assert.equal(otherNamed(run, liveStreamingRoom, "standup", second), undefined);
    assert.equal(otherNamed(run, meetingRoom, "standup", { ...second, provider }), undefined);
    assert.equal(otherNamed({}, meetingRoom, "standup", second), undefined);
  });
});
