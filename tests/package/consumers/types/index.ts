import * as pulumi from "@pulumi/pulumi";
import { type Simulator, startSimulator } from "metered-simulator";
import * as metered from "pulumi-metered";
import { getMeetingRooms, type LiveStreamingRoomArgs, MeetingRoom, type MeetingRoomArgs } from "pulumi-metered";

const settings: MeetingRoomArgs = { privacy: "private", maxParticipants: pulumi.output(12) };
const standup = new MeetingRoom("standup", settings);
// @ts-expect-error privacy is required, so the types of the package are known and not `any`.
new MeetingRoom("no-privacy", {});

const live: LiveStreamingRoomArgs = { enableRecording: true };
const eu = new metered.Provider("eu", { appName: "acme-eu", secretKey: "key" });
const townHall = new metered.LiveStreamingRoom("town-hall", live, { provider: eu });

export const join: pulumi.Output<string> = standup.url;
export const watch: pulumi.Output<string> = townHall.viewerURL;
export const names: Promise<string[]> = getMeetingRooms({ privacy: "public" }).then(({ rooms }) =>
  rooms.map((room) => room.roomName),
);
export const simulator: Promise<Simulator> = startSimulator({ secretKey: "key" });
// @ts-expect-error A number is no key.
startSimulator({ secretKey: 1 });
