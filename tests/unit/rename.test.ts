import assert from "node:assert/strict";
import { MeteredError } from "../../provider/src/errors";
import { checkInputs, compareRoom, createRoom, deleteRoom } from "../../provider/src/pulumi/operations";
import type { Bag } from "../../provider/src/pulumi/state";
import { Claims } from "../../provider/src/rooms/claims";
import { meetingRoom } from "../../provider/src/rooms/meetingRoom";
import { UNKNOWN } from "../../provider/src/schema/kinds";
import { factsOf } from "../support/failures";
import { FakeApi, START } from "../support/fakeApi";
import { inState, leastInputs } from "../support/rooms";
import { allQuiet, moment, VirtualTime } from "../support/virtualTime";

const named = (roomName: string) => leastInputs(meetingRoom, { roomName });

for (const knowsOwners of [true, false]) {
  describe(`a room whose name the program changes, in ${knowsOwners ? "the plugin" : "dynamic resources"}`, () => {
    let api: FakeApi;
    let time: VirtualTime;
    let claims: Claims;
    /** The outputs of the first resource, whose room is to be called otherwise. */
    let olds: Bag;
    beforeEach(async () => {
      api = new FakeApi(meetingRoom);
      olds = await inState(api, { roomName: "ben" });
      time = new VirtualTime(START);
      claims = new Claims(time);
    });
    const placeOf = (resource: string, adoptExisting = false) =>
      api.place({ claims, adoptExisting, ...(knowsOwners ? { owner: resource } : {}) });
    const holder = knowsOwners ? "first" : undefined;
    /** What Pulumi asks of the first resource, before it creates its new room. */
    const rename = (to: string) => {
      checkInputs(placeOf("first"), named("ben"), named(to));
      const found = compareRoom(placeOf("first"), "ben", olds, named(to));
      checkInputs(placeOf("first"), {}, named(to));
      return found;
    };
    const create = (resource: string, roomName: string, adoptExisting = false) => {
      checkInputs(placeOf(resource), {}, named(roomName));
      const created = createRoom(placeOf(resource, adoptExisting), named(roomName));
      created.catch(() => undefined);
      return created;
    };
    const removeOld = () => deleteRoom(placeOf("first"), "ben", olds);

    it("gets its new room first, and the old one goes at the end", async () => {
      assert.equal(rename("xeno").deleteBeforeReplace, false);
      await time.until(create("first", "xeno"));
      assert.ok(api.room("ben") && api.room("xeno"));
      await removeOld();
      assert.equal(api.room("ben"), undefined);
      assert.deepEqual(api.notes, []);
    });

    it("stays where Metered refuses the new one, for whatever reason", async () => {
      const call = api.callOf("create", "xeno");
      for (const refusal of [
        new MeteredError({ cause: "PlanLimit", said: "Maximum room limit reached", ...call }),
        new MeteredError({ cause: "InvalidSetting", said: "roomName is wrong", ...call }),
        new MeteredError({ cause: "RateLimited", isUnchanged: true, attempts: 9, seconds: 120, ...call }),
        api.refusal("create", "xeno"),
      ]) {
        rename("xeno");
        api.failNext("create", refusal);
        await assert.rejects(time.until(create("first", "xeno")), (error) => error === refusal);
      }
      api.addRoom("xeno");
      assert.equal((await time.until(factsOf(create("first", "xeno"), "NameTaken"))).how, "exists");
      assert.equal(api.room("ben")?._id, olds.roomId);
    });

    it("gives its name to another resource, which may come first, last or at the same time", async () => {
      for (const order of ["first", "last", "together", "while first is created"]) {
        for (const adoptExisting of [false, true]) {
          api = new FakeApi(meetingRoom);
          olds = await inState(api, { roomName: "ben" });
          claims = new Claims(time);
          const answer = moment();
          if (order !== "first") rename("xeno");
          const second = order === "last" ? undefined : create("second", "ben", adoptExisting);
          await allQuiet();
          if (order === "first") rename("xeno");
          if (order === "while first is created") {
            api.next("create", async (work) => {
              await answer.come;
              return work();
            });
          }
          const first = create("first", "xeno", adoptExisting);
          await time.advance(60_000);
          assert.equal(
            api.room("ben")?._id === olds.roomId,
            order === "while first is created" || order === "last",
            order,
          );
          answer.now();
          const states = await time.until(Promise.all([first, second ?? create("second", "ben", adoptExisting)]));
          const ids = states.map(({ outputs }) => outputs.roomId);
          assert.ok(!ids.includes(olds.roomId), `${order}: it is a new room`);
          await removeOld();
          assert.deepEqual([api.room("xeno")?._id, api.room("ben")?._id], ids, order);
          assert.deepEqual(api.notes, [], order);
        }
      }
    });

    it("is left alone where its next room can't be created, and whoever wants its name is told so", async () => {
      rename("xeno");
      const limit = new MeteredError({ cause: "PlanLimit", said: "upgrade", ...api.callOf("create", "xeno") });
      const second = create("second", "ben");
      await allQuiet();
      api.failNext("create", limit);
      await assert.rejects(time.until(create("first", "xeno")), (error) => error === limit);
      const facts = await time.until(factsOf(second, "NameUsedTwice"));
      assert.deepEqual([facts.how, facts.holder, facts.newName], ["rename failed", holder, "xeno"]);
      assert.equal(api.room("ben")?._id, olds.roomId);
    });

    it("is left alone where Pulumi does not begin to create its next one, and whoever wants its name is told so", async () => {
      rename("xeno");
      const facts = await time.until(factsOf(create("second", "ben"), "NameUsedTwice"));
      assert.deepEqual([facts.how, facts.holder, facts.newName], ["rename not begun", holder, "xeno"]);
      assert.equal(api.room("ben")?._id, olds.roomId);
    });

    it("is waited for as long as Pulumi is busy with something else", async () => {
      rename("xeno");
      const answer = moment();
      api.next("create", async (work) => {
        await answer.come;
        return work();
      });
      const other = create("other", "daily");
      await allQuiet();
      const second = create("second", "ben");
      await time.advance(600_000);
      answer.now();
      await time.until(other);
      const states = await time.until(Promise.all([create("first", "xeno"), second]));
      assert.deepEqual(
        states.map(({ id }) => id),
        ["xeno", "ben"],
      );
    });

    it("makes room at once where all creates of a run wait for each other", async () => {
      const others = await inState(api, { roomName: "una" });
      rename("xeno");
      checkInputs(placeOf("other"), named("una"), named("yara"));
      compareRoom(placeOf("other"), "una", others, named("yara"));
      // Pulumi does two steps at a time: none of the two renamed ones gets its turn.
      const waiting = [create("second", "ben"), create("third", "una")];
      await time.until(Promise.race(waiting));
      const created = [...waiting, create("first", "xeno"), create("other", "yara")];
      const states = await time.until(Promise.all(created));
      assert.equal(new Set(states.map(({ outputs }) => outputs.roomId)).size, 4);
      await removeOld();
      const living = api.rooms.filter(({ archived }) => archived !== true).map(({ roomName }) => roomName);
      assert.deepEqual(living.sort(), ["ben", "una", "xeno", "yara"]);
    });

    it("says what went wrong where its room can't be deleted for whoever wants its name, and that one tries again", async () => {
      rename("xeno");
      await time.until(create("first", "xeno"));
      const lost = api.lost("update");
      api.failNext("delete", lost);
      await assert.rejects(time.until(create("second", "ben")), (error) => error === lost);
      assert.equal(api.room("ben")?._id, olds.roomId);
      assert.notEqual((await time.until(create("second", "ben"))).outputs.roomId, olds.roomId);
    });

    it("is not deleted for a name that somebody outside has by now", async () => {
      rename("xeno");
      await time.until(create("first", "xeno"));
      Object.assign(api.room("ben") ?? {}, { archived: true });
      const theirs = { ...api.addRoom("ben") };
      assert.equal((await time.until(factsOf(create("second", "ben"), "NameTaken"))).how, "exists");
      await removeOld();
      assert.deepEqual(api.room("ben"), theirs);
    });

    it("gives no name up in a preview, or where the new one is not known yet", async () => {
      rename(UNKNOWN);
      assert.equal(claims.departureOf(meetingRoom, "ben"), undefined);
    });

    it("gives no name up where the program turns out to keep it", async () => {
      rename("xeno");
      checkInputs(placeOf("first"), named("ben"), named("ben"));
      compareRoom(placeOf("first"), "ben", olds, named("ben"));
      assert.equal(claims.departureOf(meetingRoom, "ben"), undefined);
      const facts = await time.until(factsOf(create("second", "ben", true), "NameUsedTwice"));
      assert.deepEqual([facts.how, facts.holder], ["kept", holder]);
    });
  });
}
