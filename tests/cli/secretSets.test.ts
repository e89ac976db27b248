import assert from "node:assert/strict";
import { asSecret } from "../../provider/src/cli/stackState";
import { packageTokenOf, tokenOf } from "../../provider/src/pulumi/types";
import { generateNameInSet } from "../../provider/src/rooms/name";
import { meetingRoomSet } from "../../provider/src/rooms/set/setType";
import { URN } from "../support/fakePulumi";
import { onAccount } from "../support/onAccount";

const SET = "courses-01234567";
const HOOK = "https://hooks.example.com/ended?token=hook-token-Vb3";

type Rooms = Record<string, Record<string, unknown>>;

/** What of a set's rooms the state hides: one secret among inputs can take everything around it along. */
const WAYS: Record<string, (rooms: Rooms) => object> = {
  "all rooms": (rooms) => ({ rooms: asSecret(rooms) }),
  "each room": (rooms) => ({ rooms: mapped(rooms, asSecret) }),
  "each name": (rooms) => ({ rooms: mapped(rooms, (room) => ({ ...room, roomName: asSecret(room.roomName) })) }),
  "a secret within the secret": (rooms) => ({
    rooms: asSecret(mapped(rooms, (room) => ({ ...room, roomName: asSecret(room.roomName) }))),
  }),
  "names among the secret settings": (rooms) => ({
    rooms: mapped(rooms, ({ roomName: _, ...room }) => room),
    secretSettings: asSecret(mapped(rooms, ({ roomName }) => ({ roomName }))),
  }),
};

function mapped(rooms: Rooms, change: (room: Rooms[string]) => unknown): object {
  return Object.fromEntries(Object.entries(rooms).map(([key, room]) => [key, change(room)]));
}

for (const tokenFor of [tokenOf, packageTokenOf]) {
  const type = tokenFor(meetingRoomSet);
  describe(`sets whose rooms are a secret in the state (${type})`, function () {
    this.timeout(60_000);
    const on = onAccount({});
    const name = generateNameInSet(SET, "math");
    let rooms: Rooms;
    beforeEach(() => {
      const { _id: roomId } = on.simulator.addRoom("meeting", name, { privacy: "private" });
      rooms = { math: { roomName: name, privacy: "private", roomId, meetingEndedWebhook: HOOK } };
    });

    const set = (bag: object, outputs = bag) => ({
      ...{ urn: `${URN}${type}::courses`, type, id: SET },
      ...{ inputs: { __auto: SET, ...bag }, outputs: { __auto: SET, appName: on.simulator.app, ...outputs } },
    });
    const leftovers = async () => {
      const findings = JSON.parse((await on.cli.run("doctor", "--json")).out) as Record<string, string>[];
      return findings.filter(({ subject }) => subject === "Leftovers").map(({ message }) => message);
    };
    const exports = () =>
      on.pulumi.calls.filter(({ args }) => args[1] === "export").map(({ args }) => args.slice(2, 3));

    for (const [way, bagFor] of Object.entries(WAYS)) {
      it(`are known: ${way}`, async () => {
        on.pulumi.set({ resources: [set(bagFor(rooms))] });
        const { rooms: imported, skipped } = JSON.parse((await on.imports(0, "--all", "--json")).out);
        assert.deepEqual(
          [imported, skipped.map(({ reason, resource }: Record<string, string>) => [reason, resource])],
          [[], [["in the stack", 'courses["math"]']]],
        );
        const { out } = await on.cli.run("list", "--json");
        const listed = JSON.parse(out) as Record<string, unknown>[];
        assert.deepEqual(
          listed.map(({ name, archived, resource }) => [name, archived, resource]),
          [[name, false, 'courses["math"]']],
        );
        assert.deepEqual(await leftovers(), ["none from interrupted updates"]);
        const ofDoctor = (await on.cli.run("doctor")).out;
        for (const said of [out, ofDoctor]) assert.doesNotMatch(said, /hook-token/);
      });
    }

    it("are known in what an interrupted update had begun", async () => {
      on.pulumi.set({ pending: [{ type: "creating", resource: { ...set({ rooms: asSecret(rooms) }), outputs: {} } }] });
      const [found = "", ...more] = await leftovers();
      assert.match(found, new RegExp(`of its new room, ${name} exists\\. To adopt them:`));
      assert.deepEqual(more, []);
    });

    it("refuses to import or list where they can't be decrypted, and finds no leftovers", async () => {
      on.pulumi.set({
        resources: [set({ rooms: asSecret(rooms) })],
        fails: { "stack export --show-secrets": "incorrect passphrase" },
      });
      const refused = new RegExp(
        "Can't read which rooms set \"courses\" has: they're a secret in the state, which Pulumi didn't decrypt\\. " +
          ".*\\.\npulumi stack export --show-secrets failed:\n {2}error: incorrect passphrase$",
      );
      assert.match((await on.imports(1, "--all")).err, refused);
      assert.equal(on.isThere("rooms.ts"), false);
      assert.match((await on.cli.run("list")).err, refused);
      assert.deepEqual(await leftovers(), []);
      assert.match((await on.cli.run("doctor")).out, /^FAIL {2}Stack {9}Can't read which rooms set "courses" has/m);
    });

    it("asks for no secret where nothing but settings is one", async () => {
      const plain = mapped(rooms, (room) => ({ ...room, meetingEndedWebhook: asSecret(HOOK) }));
      const inputs = { rooms: { math: { privacy: "private" } }, secretSettings: asSecret({ math: {} }) };
      on.pulumi.set({ resources: [set(inputs, { ...inputs, rooms: plain })] });
      const external = { ...set({ rooms: asSecret(rooms) }), urn: `${URN}${type}::theirs`, external: true };
      on.pulumi.set({ resources: [...(on.pulumi.stack.resources ?? []), external] });
      assert.match((await on.cli.run("list")).out, /courses\["math"\]$/m);
      assert.deepEqual(exports(), [["--non-interactive"]]);
    });
  });
}
