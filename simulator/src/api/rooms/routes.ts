import type { RoomKind } from "../../rooms/types";
import { htmlNotFound } from "../answer";
import type { Guard, Route } from "../call";
import { badKey, failure, invalidRequest } from "../errors";
import { createRoom, deleteRoom, getRoom, listRooms, updateRoom } from "./operations";

/** The `secretKey` in the query. In a header or in the body it does not count. */
export const bySecretKey: Guard = ({ secretKey, switches }, { query }) =>
  query.secretKey === secretKey ? undefined : badKey(query.secretKey, switches);

const liveStreamingOn: Guard = ({ switches }) => (switches.liveStreaming === "off" ? invalidRequest : undefined);

const liveDeleteExists: Guard = ({ switches }, { method, path }) => {
  if (switches.liveDelete === "archives") return undefined;
  return switches.liveDelete === "absent html 404" ? htmlNotFound(method, path) : failure(404, "Not Found", switches);
};

const nameOf = ({ name = "" }: Readonly<Record<string, string>>) => name;

function routesOf(kind: RoomKind, base: string, guards: readonly Guard[], beforeDelete: readonly Guard[]): Route[] {
  const one = `${base}/:name`;
  return [
    {
      ...{ method: "POST", url: base, kind, operation: "create", guards },
      perform: (world, { body }) => createRoom(world, kind, body),
    },
    {
      ...{ method: "GET", url: one, kind, operation: "get", guards },
      perform: (world, { params }) => getRoom(world, kind, nameOf(params)),
    },
    {
      ...{ method: "PUT", url: one, kind, operation: "update", guards },
      perform: (world, { params, body }) => updateRoom(world, kind, nameOf(params), body),
    },
    {
      ...{ method: "DELETE", url: one, kind, operation: "delete", guards: [...beforeDelete, ...guards] },
      perform: (world, { params }) => deleteRoom(world, kind, nameOf(params)),
    },
  ];
}

export const roomRoutes: readonly Route[] = [
  ...routesOf("meeting", "/v1/room", [bySecretKey], []),
  {
    ...{ method: "GET", url: "/v1/rooms", kind: "meeting", operation: "list", guards: [bySecretKey] },
    perform: listRooms,
  },
  ...routesOf("live", "/v1/realtimelivestreaming/room", [bySecretKey, liveStreamingOn], [liveDeleteExists]),
];
