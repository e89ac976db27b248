"use strict";
/**
 * What `require("pulumi-metered")` gives: the exports of src/index.ts, each of them loaded when a program first uses it. A
 * program with rooms alone loads neither sets, nor TURN, nor functions. A test compares the two.
 */
const modules = {
  AccessToken: () => require("./dist/pulumi/dynamic/accessToken"),
  LiveStreamingRoom: () => require("./dist/pulumi/dynamic/liveStreamingRoom"),
  LiveStreamingRoomSet: () => require("./dist/pulumi/dynamic/roomSets"),
  MeetingRoom: () => require("./dist/pulumi/dynamic/meetingRoom"),
  MeetingRoomSet: () => require("./dist/pulumi/dynamic/roomSets"),
  Provider: () => require("./dist/pulumi/dynamic/provider"),
  TurnCredential: () => require("./dist/pulumi/dynamic/turnCredential"),
  TurnProject: () => require("./dist/pulumi/dynamic/turnProject"),
  getIceServers: () => require("./dist/pulumi/dynamic/functions/getIceServers"),
  getIceServersOutput: () => require("./dist/pulumi/dynamic/functions/getIceServers"),
  getLiveStreamingRoom: () => require("./dist/pulumi/dynamic/functions/getLiveStreamingRoom"),
  getLiveStreamingRoomOutput: () => require("./dist/pulumi/dynamic/functions/getLiveStreamingRoom"),
  getMeetingRoom: () => require("./dist/pulumi/dynamic/functions/getMeetingRoom"),
  getMeetingRoomOutput: () => require("./dist/pulumi/dynamic/functions/getMeetingRoom"),
  getMeetingRooms: () => require("./dist/pulumi/dynamic/functions/getMeetingRooms"),
  getMeetingRoomsOutput: () => require("./dist/pulumi/dynamic/functions/getMeetingRooms"),
  getTurnCredentials: () => require("./dist/pulumi/dynamic/functions/getTurnCredentials"),
  getTurnCredentialsOutput: () => require("./dist/pulumi/dynamic/functions/getTurnCredentials"),
  getTurnProjects: () => require("./dist/pulumi/dynamic/functions/getTurnProjects"),
  getTurnProjectsOutput: () => require("./dist/pulumi/dynamic/functions/getTurnProjects"),
  getTurnUsage: () => require("./dist/pulumi/dynamic/functions/getTurnUsage"),
  getTurnUsageOutput: () => require("./dist/pulumi/dynamic/functions/getTurnUsage"),
  validateAccessToken: () => require("./dist/pulumi/dynamic/functions/validateAccessToken"),
  validateAccessTokenOutput: () => require("./dist/pulumi/dynamic/functions/validateAccessToken"),
};

Object.defineProperty(exports, "__esModule", { value: true });
for (const [name, load] of Object.entries(modules)) {
  Object.defineProperty(exports, name, { enumerable: true, get: () => load()[name] });
}

/** Never called: Node reads here which names an ES module can import. */
function _names() {
  module.exports = {
    AccessToken,
    LiveStreamingRoom,
    LiveStreamingRoomSet,
    MeetingRoom,
    MeetingRoomSet,
    Provider,
    TurnCredential,
    TurnProject,
    getIceServers,
    getIceServersOutput,
    getLiveStreamingRoom,
    getLiveStreamingRoomOutput,
    getMeetingRoom,
    getMeetingRoomOutput,
    getMeetingRooms,
    getMeetingRoomsOutput,
    getTurnCredentials,
    getTurnCredentialsOutput,
    getTurnProjects,
    getTurnProjectsOutput,
    getTurnUsage,
    getTurnUsageOutput,
    validateAccessToken,
    validateAccessTokenOutput,
  };
}
