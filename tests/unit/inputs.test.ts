import assert from "node:assert/strict";
import { checkInputs } from "../../provider/src/pulumi/operations";
import { type Bag, markedWith, namedBy, registered, settledInputs, wantedIn } from "../../provider/src/pulumi/state";
import { meetingRoom } from "../../provider/src/rooms/meetingRoom";
import { UNKNOWN } from "../../provider/src/schema/kinds";
import { FakeApi } from "../support/fakeApi";
import { allSettings, leastInputs, types } from "../support/rooms";

const GENERATED = "standup-1f2e3d4c";
const OTHER = "daily-99999999";

/** What a program gives that gives no name: the name that is generated from the URN takes its place. */
const unnamed = (generated = GENERATED) => ({ privacy: "public", ...namedBy(generated) });
/** What a program gives whose name is an Output, or a name that a transformation has put in the place of the generated one. */
const named = (roomName: string, generated = GENERATED) => ({ privacy: "public", ...markedWith(generated), roomName });
const given = (roomName: string) => ({ privacy: "public", roomName });

/** The room that is wanted after one program after the other, each with the inputs of the last one in the state. */
function wantedAfter(...programs: readonly Bag[]) {
  const inputs = programs.reduce((olds, news) => settledInputs(olds, news), {} as Bag);
  return wantedIn(meetingRoom, inputs).name;
}

const isGiven = (wanted: string) => ({ wanted, isGenerated: false });
const isGenerated = (wanted: string) => ({ wanted, isGenerated: true });

describe("the inputs of a room, as they go into the state", () => {
  it("are what the program gives, and where a dynamic resource has its code", () => {
    for (const type of types) {
      const inputs = { ...leastInputs(type, allSettings(type)), ...registered(type) };
      assert.deepEqual(settledInputs({}, inputs), inputs);
      assert.deepEqual(settledInputs(inputs, inputs), inputs);
    }
  });

  it("leave out what is not set, and what Pulumi or an older provider put beside it", () => {
    const beside = { maxParticipants: null, autoJoin: undefined, __defaults: [], __unsettled: [] };
    assert.deepEqual(settledInputs({}, leastInputs(meetingRoom, beside)), leastInputs(meetingRoom));
    assert.deepEqual(
      settledInputs(leastInputs(meetingRoom, beside), leastInputs(meetingRoom)),
      leastInputs(meetingRoom),
    );
  });

  it("hold nothing of the last run that the program no longer gives", () => {
    const olds = leastInputs(meetingRoom, { ...allSettings(meetingRoom), roomId: "61005784c3c9104421af1534" });
    assert.deepEqual(settledInputs(olds, leastInputs(meetingRoom)), leastInputs(meetingRoom));
  });

  it("keep a value that is not known yet", () => {
    for (const type of types) {
      const unknowns = Object.fromEntries(Object.keys(type.fields).map((name) => [name, UNKNOWN]));
      assert.deepEqual(settledInputs(leastInputs(type), unknowns), unknowns);
      assert.equal(wantedIn(type, unknowns).name.isGenerated, false);
    }
  });
});

describe("the name of a room, as it goes into the state", () => {
  it("is generated where the program gives none, and stays so however often it is checked", () => {
    assert.deepEqual(wantedAfter(unnamed()), isGenerated(GENERATED));
    assert.deepEqual(wantedAfter(unnamed(), unnamed(), unnamed()), isGenerated(GENERATED));
    const inputs = settledInputs({}, unnamed());
    assert.deepEqual(settledInputs(inputs, inputs), inputs);
  });

  it("is kept when an alias changes the URN, and with it the name that would be generated", () => {
    assert.deepEqual(wantedAfter(unnamed(), unnamed(OTHER)), isGenerated(GENERATED));
    assert.deepEqual(wantedAfter(unnamed(), unnamed(OTHER), unnamed(OTHER)), isGenerated(GENERATED));
  });

  it("is kept when it is removed from the program, and then another one will do", () => {
    assert.deepEqual(wantedAfter(given("daily"), unnamed()), isGenerated("daily"));
    assert.deepEqual(wantedAfter(given("daily"), unnamed(), unnamed()), isGenerated("daily"));
    assert.deepEqual(wantedAfter(given("daily"), unnamed(), given("weekly")), isGiven("weekly"));
  });

  it("is a given one where the program gives the very name that was generated", () => {
    assert.deepEqual(wantedAfter(unnamed(), given(GENERATED)), isGiven(GENERATED));
    assert.deepEqual(wantedAfter(unnamed(), given(GENERATED), unnamed()), isGenerated(GENERATED));
  });

  it("is a given one where a transformation sets it, and follows the transformation from then on", () => {
    assert.deepEqual(wantedAfter(named("eu-standup")), isGiven("eu-standup"));
    assert.deepEqual(wantedAfter(named("eu-standup"), named("us-standup")), isGiven("us-standup"));
    assert.deepEqual(wantedAfter(unnamed(), named(`eu-${GENERATED}`)), isGiven(`eu-${GENERATED}`));
    // Without the transformation the name is one that was removed.
    assert.deepEqual(wantedAfter(named("eu-standup"), unnamed()), isGenerated("eu-standup"));
  });

  it("is what an Output turns out to hold, or generated where it holds none", () => {
    assert.deepEqual(wantedAfter(named("daily")), isGiven("daily"));
    assert.deepEqual(wantedAfter(named(GENERATED)), isGenerated(GENERATED));
    assert.deepEqual(wantedAfter(named("daily"), named("weekly")), isGiven("weekly"));
    assert.deepEqual(wantedAfter(named(UNKNOWN)), isGiven(UNKNOWN));
    assert.deepEqual(wantedAfter(unnamed(), named(UNKNOWN)), isGiven(UNKNOWN));
  });

  it("is no literal of what is not known, in the preview of a component's child", () => {
    assert.deepEqual(wantedAfter(given("daily"), unnamed(UNKNOWN)).wanted, UNKNOWN);
  });

  it("is the old one under ignoreChanges, where Pulumi puts it in the place of the new one", () => {
    assert.deepEqual(wantedAfter(given("daily"), given("daily")), isGiven("daily"));
    assert.deepEqual(wantedAfter(unnamed(), named(GENERATED)), isGenerated(GENERATED));
    // An alias has changed the URN, so the mark is another one by now.
    assert.equal(wantedAfter(unnamed(), named(GENERATED, OTHER)).wanted, GENERATED);
    assert.equal(wantedAfter(unnamed(), named(GENERATED, OTHER), unnamed(OTHER)).wanted, GENERATED);
  });

  it("keeps the spelling of the state, in which case alone never means another room", () => {
    assert.deepEqual(wantedAfter(given("StandUp"), given("standup")), isGiven("StandUp"));
    assert.deepEqual(wantedAfter(given("standup"), given("STANDUP"), given("StandUp")), isGiven("standup"));
    assert.deepEqual(wantedAfter(given("standup"), named("StandUp")), isGiven("standup"));
    assert.deepEqual(wantedAfter(given("stand_up"), given("stand-up")), isGiven("stand-up"));
  });
});

describe("a check", () => {
  const api = new FakeApi(meetingRoom);

  it("judges what goes into the state, and what the state has may stay", () => {
    const past = { expireUnixSec: api.now / 1000 - 1, roomName: "stand up" };
    const { problems, inputs } = checkInputs(api.place(), {}, leastInputs(meetingRoom, past));
    assert.deepEqual(
      problems.map((problem) => problem.split(" ")[0]),
      ["roomName", "expireUnixSec"],
    );
    const again = leastInputs(meetingRoom, past);
    assert.deepEqual(checkInputs(api.place(), inputs, again), { inputs: again, problems: [] });
    assert.deepEqual(api.calls, []);
  });

  it("says so when auto-naming is switched off and the program gives no name", () => {
    for (const type of types) {
      const { roomName: _, ...nameless } = leastInputs(type);
      assert.deepEqual(checkInputs(new FakeApi(type).place(), {}, nameless).problems, [
        "roomName is missing: auto-naming is off for this resource, so set a roomName",
      ]);
    }
  });

  it("tells the claims of this run that the state has a room of that name, by kind", () => {
    const place = api.place();
    checkInputs(place, {}, leastInputs(meetingRoom));
    assert.equal(place.claims.isDeclared(meetingRoom, "standup"), false, "a new room is in no state");
    checkInputs(place, leastInputs(meetingRoom), leastInputs(meetingRoom, { roomName: "daily" }));
    assert.equal(place.claims.isDeclared(meetingRoom, "StandUp"), true);
    assert.equal(place.claims.isDeclared(meetingRoom, "daily"), false);
    assert.equal(place.claims.isDeclared(types[1] ?? meetingRoom, "standup"), false);
  });
});
