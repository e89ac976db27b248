import type { Route } from "../call";
import { bySecretKey } from "../rooms/routes";
import { deleteRecording, downloadRecording, listActiveSessions, listRecordings } from "./operations";

const guards = [bySecretKey];

export const meetingRoutes: readonly Route[] = [
  {
    ...{ method: "GET", url: "/v1/recordings/room/:name", kind: "recording", operation: "list", guards },
    perform: (world, { params: { name = "" } }) => listRecordings(world, name),
  },
  {
    ...{ method: "GET", url: "/v1/recording/:id/download", kind: "recording", operation: "download", guards },
    perform: (world, { params: { id = "" } }) => downloadRecording(world, id),
  },
  {
    ...{ method: "DELETE", url: "/v1/recording/:id", kind: "recording", operation: "delete", guards },
    perform: (world, { params: { id = "" } }) => deleteRecording(world, id),
  },
  {
    ...{ method: "GET", url: "/v1/rooms/active/meetingsessions", kind: "session", operation: "list", guards },
    perform: listActiveSessions,
  },
];
