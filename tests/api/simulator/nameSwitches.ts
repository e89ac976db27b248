import { deepEqual, equal, match, notEqual } from "node:assert/strict";
import { problemsOf } from "./calls";
import { bare, type SwitchPromise, type SwitchPromises } from "./switchPromise";

function duplicate(status: number, message: RegExp): SwitchPromise {
  return [
    `a taken name answers ${status} ${message}`,
    async (api) => {
      await api.create("meeting", { roomName: "a" });
      const reply = await api.create("meeting", { roomName: "a" });
      equal(reply.status, status);
      match(String(reply.json.message), message);
    },
  ];
}

function missing(status: number): SwitchPromise {
  return [
    `get and update of a missing room answer ${status}`,
    async (api) => {
      equal((await api.get("meeting", "none")).status, status);
      equal((await api.update("live", "none", {})).status, status);
    },
  ];
}

function missingMessage(message: string): SwitchPromise {
  return [
    `a missing room is called "${message}"`,
    async (api) => deepEqual((await api.get("meeting", "none")).json, { success: false, message }),
  ];
}

function secondDelete(status: number): SwitchPromise {
  return [
    `the second delete answers ${status}`,
    async (api) => {
      await api.create("meeting", { roomName: "a" });
      equal((await api.remove("meeting", "a")).status, 200);
      equal((await api.remove("meeting", "a")).status, status);
      equal((await api.remove("meeting", "never-there")).status, status);
    },
  ];
}

/** Names, missing rooms and deleted rooms. */
export const nameSwitches = {
  missingRoomStatus: { 404: missing(404), 400: missing(400), 200: missing(200) },
  missingRoomMessage: {
    "room not found": missingMessage("room not found"),
    "Invalid request": missingMessage("Invalid request"),
  },
  missingLiveRoom: {
    "as meeting": [
      "a missing live room answers as a meeting room does",
      async (api) => deepEqual((await api.get("live", "none")).json, (await api.get("meeting", "none")).json),
    ],
    "400 bare": [
      "a missing live room answers a bare 400, a missing meeting room does not",
      async (api) => {
        const reply = await api.get("live", "none");
        equal(reply.status, 400);
        deepEqual(reply.json, bare);
        equal((await api.get("meeting", "none")).json.message, "room not found");
      },
    ],
  },
  duplicateName: {
    "400 exists": duplicate(400, /^room with the name a already exists$/),
    "409 exists": duplicate(409, /already exist/),
    "400 bare": duplicate(400, /^Invalid request$/),
  },
  nameScope: {
    "per kind": [
      "a live room may have a meeting room's name",
      async (api) => {
        await api.create("meeting", { roomName: "a" });
        equal((await api.create("live", { roomName: "a" })).status, 200);
      },
    ],
    shared: [
      "a live room may not have a meeting room's name",
      async (api) => {
        await api.create("meeting", { roomName: "a" });
        match(String((await api.create("live", { roomName: "a" })).json.message), /already exists/);
      },
    ],
  },
  nameReuse: {
    allowed: [
      "an archived room's name is free for another room",
      async (api) => {
        const first = await api.create("meeting", { roomName: "a" });
        await api.remove("meeting", "a");
        const second = await api.create("meeting", { roomName: "a" });
        equal(second.status, 200);
        notEqual(second.json._id, first.json._id);
        equal((await api.get("meeting", "a")).json._id, second.json._id);
      },
    ],
    reserved: [
      "an archived room keeps its name",
      async (api) => {
        await api.create("meeting", { roomName: "a" });
        await api.remove("meeting", "a");
        match(String((await api.create("meeting", { roomName: "a" })).json.message), /already exists/);
      },
    ],
  },
  nameCase: {
    kept: [
      "names are kept and told apart by case",
      async (api) => {
        equal((await api.create("meeting", { roomName: "MyRoom" })).json.roomName, "MyRoom");
        equal((await api.get("meeting", "myroom")).status, 400);
        equal((await api.create("meeting", { roomName: "myroom" })).status, 200);
      },
    ],
    lowered: [
      "names are lowered and found by any spelling",
      async (api) => {
        equal((await api.create("meeting", { roomName: "MyRoom" })).json.roomName, "myroom");
        equal((await api.get("meeting", "MYROOM")).json.roomName, "myroom");
        equal((await api.create("meeting", { roomName: "myRoom" })).status, 400);
      },
    ],
    "lowered exact": [
      "names are lowered and found by the lowered spelling only",
      async (api) => {
        equal((await api.create("meeting", { roomName: "MyRoom" })).json.roomName, "myroom");
        equal((await api.get("meeting", "MyRoom")).status, 400);
        equal((await api.get("meeting", "myroom")).status, 200);
        equal((await api.create("meeting", { roomName: "MyRoom" })).status, 400);
      },
    ],
  },
  nameRule: {
    "url safe": [
      "names may have upper case and underscores",
      async (api) => equal((await api.create("meeting", { roomName: "My_Room" })).status, 200),
    ],
    "lower case 60": [
      "names are up to 60 lower case letters, digits and hyphens",
      async (api) => {
        for (const roomName of ["My-room", "my_room", "a".repeat(61)]) {
          deepEqual(problemsOf(await api.create("meeting", { roomName })), ["roomName string.pattern.base"]);
        }
        equal((await api.create("meeting", { roomName: "a".repeat(60) })).status, 200);
      },
    ],
  },
  getAfterDelete: {
    missing: [
      "an archived room is not found",
      async (api) => {
        await api.create("meeting", { roomName: "a" });
        await api.remove("meeting", "a");
        equal((await api.get("meeting", "a")).status, 400);
      },
    ],
    archived: [
      "an archived room is found and says so",
      async (api) => {
        await api.create("meeting", { roomName: "a" });
        await api.remove("meeting", "a");
        const reply = await api.get("meeting", "a");
        equal(reply.status, 200);
        equal(reply.json.archived, true);
      },
    ],
  },
  listArchived: {
    no: ["the list hides archived rooms", async (api) => deepEqual(await listAfterDelete(api), [["b", false]])],
    yes: [
      "the list shows archived rooms, marked",
      async (api) =>
        deepEqual(await listAfterDelete(api), [
          ["a", true],
          ["b", false],
        ]),
    ],
  },
  repeatDelete: {
    404: secondDelete(404),
    200: secondDelete(200),
    400: secondDelete(400),
  },
  liveDelete: {
    "absent html 404": [
      "there is no route to delete a live room, says an HTML page",
      async (api) => {
        await api.create("live", { roomName: "a" });
        const reply = await api.remove("live", "a");
        equal(reply.status, 404);
        match(reply.text, /^<!DOCTYPE html>.*Cannot DELETE/s);
        equal((await api.get("live", "a")).status, 200);
      },
    ],
    "absent json 404": [
      "there is no route to delete a live room, says JSON",
      async (api) => {
        await api.create("live", { roomName: "a" });
        const reply = await api.remove("live", "a");
        equal(reply.status, 404);
        deepEqual(reply.json, { success: false, message: "Not Found" });
        equal((await api.get("live", "a")).status, 200);
      },
    ],
    archives: [
      "a live room can be deleted",
      async (api) => {
        await api.create("live", { roomName: "a" });
        equal((await api.remove("live", "a")).json.message, "Room successfully archived");
        equal((await api.get("live", "a")).status, 400);
      },
    ],
  },
} as const satisfies Partial<SwitchPromises>;

async function listAfterDelete(api: Parameters<SwitchPromise[1]>[0]): Promise<unknown[][]> {
  await api.create("meeting", { roomName: "a" });
  await api.create("meeting", { roomName: "b" });
  await api.create("live", { roomName: "not-in-the-list" });
  await api.remove("meeting", "a");
  return (await api.list()).map(({ roomName, archived }) => [roomName, archived]);
}
