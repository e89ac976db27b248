import type { AddressInfo } from "node:net";
import { defaults } from "./defaults";
import type { InjectedFault } from "./faults/injector";
import type { Fault } from "./faults/table";
import type { NewRecording, Session, StoredRecording } from "./meetings/types";
import type { RateLimit } from "./rateLimit";
import type { LoggedRequest } from "./requests";
import { Dashboard, type SettingChanges } from "./rooms/dashboard";
import type { RoomKind, Settings, StoredRoom } from "./rooms/types";
import { createServer } from "./server";
import { readProfile } from "./switches/profiles";
import type { Switches } from "./switches/table";
import type { IssuedToken } from "./tokens/issuer";
import type { NewCredential } from "./turn/make";
import type { StoredCredential, StoredProject, UsageEntry } from "./turn/types";
import { World } from "./world";

export interface SimulatorOptions {
  /** The app's name. Default: `demo`. */
  readonly app?: string;
  /** Default: `simulator-secret`. */
  readonly secretKey?: string;
  /** Default: a free one. */
  readonly port?: number;
  /** Waited before each API request is carried out. Default: 0. */
  readonly latencyMs?: number;
  /** The address to listen on. Default: `127.0.0.1`, this machine only. */
  readonly host?: string;
  /** Names besides the loopback ones by which pages and control routes may be reached, such as a container's. */
  readonly allowedHosts?: readonly string[];
  /** A file that keeps rooms, TURN credentials and the like, one JSON line for each change. Default: in memory. */
  readonly data?: string;
  /** A named set of switches, or a JSON file with one. */
  readonly profile?: string;
  /** Switches that differ from the profile. */
  readonly switches?: Partial<Switches>;
  /** Answers 429 beyond it. Default: no limit. */
  readonly rateLimit?: RateLimit;
}

/** A running server. */
export interface Simulator {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly app: string;
  readonly secretKey: string;
  readonly appId: string;

  /** Copies of all rooms of both kinds, archived ones included, oldest first. */
  readonly rooms: StoredRoom[];
  /** What a colleague does in the dashboard, unchecked. */
  addRoom(kind: RoomKind, name: string, settings?: Settings): StoredRoom;
  /** `null` removes a setting. */
  editRoom(kind: RoomKind, name: string, changes: SettingChanges): StoredRoom;
  archiveRoom(kind: RoomKind, name: string): StoredRoom;
  /** The same name and settings under another `_id`. */
  recreateRoom(kind: RoomKind, name: string): StoredRoom;
  setBroadcasting(liveRoomName: string, broadcasting: boolean): StoredRoom;

  /** Access tokens that were issued, oldest first (the newest 1,000). */
  readonly tokens: readonly IssuedToken[];
  /** The HS256 key of access tokens, for tests that check one themselves. */
  readonly tokenKey: string;

  readonly turnCredentials: readonly StoredCredential[];
  readonly turnProjects: readonly StoredProject[];
  addTurnCredential(wish?: NewCredential): StoredCredential;
  /** Counts what a credential relayed, today unless a date (`YYYY-MM-DD`) is given. */
  addTurnUsage(username: string, bytes: number, date?: string): UsageEntry;

  readonly recordings: readonly StoredRecording[];
  addRecording(roomName: string, recording?: NewRecording): StoredRecording;
  startSession(roomName: string): Session;
  endSession(roomName: string): void;

  readonly switches: Readonly<Switches>;
  setSwitches(changes: Partial<Switches>): void;

  readonly faults: {
    /** The returned object counts: `fired` is how often the fault has fired. */
    inject(fault: Fault): InjectedFault;
    readonly list: readonly InjectedFault[];
    /** Whether there was a fault with this id. */
    remove(id: number): boolean;
    clear(): void;
  };

  /** API requests in the order of their arrival (the newest 10,000). No key is in it. */
  readonly requests: RequestList;

  /** The server's time in milliseconds. */
  now(): number;
  /** Moves the server's time; it goes on from there. */
  setClock(ms: number): void;

  /** Quick, whatever is still open. */
  close(): Promise<void>;
}

export type RequestList = readonly LoggedRequest[] & { clear(): void };

/** Starts a server, on 127.0.0.1 unless told otherwise. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const world = new World({
    app: options.app ?? defaults.app,
    secretKey: options.secretKey ?? defaults.secretKey,
    latencyMs: options.latencyMs ?? 0,
    data: options.data,
    rateLimit: options.rateLimit,
    profile: readProfile(options.profile ?? "default"),
    switches: options.switches ?? {},
    allowedHosts: options.allowedHosts ?? [],
  });
  const server = createServer(world);
  await server.listen({ host: options.host ?? "127.0.0.1", port: options.port ?? 0 });
  world.origin = originOf(server.addresses());
  return simulatorOf(world, async () => {
    world.close();
    await server.close();
    await world.saved();
  });
}

// A server that listens everywhere is reached from this machine by its loopback address.
function originOf([bound]: readonly (AddressInfo | string)[]): string {
  if (typeof bound !== "object") return "";
  const { address: host, port } = bound;
  if (host === "0.0.0.0" || host === "::") return `http://127.0.0.1:${port}`;
  return `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
}

function simulatorOf(world: World, close: () => Promise<void>): Simulator {
  const { app, secretKey, appId, origin: url, clock, board, store, faults, tokens, turn, meetings } = world;
  const dashboard = new Dashboard(store, clock);
  return {
    url,
    app,
    secretKey,
    appId,
    get rooms() {
      world.expireRooms();
      return store.all.map((room) => structuredClone(room));
    },
    addRoom: (kind, name, settings) => dashboard.add(kind, name, settings),
    editRoom: (kind, name, changes) => dashboard.edit(kind, name, changes),
    archiveRoom: (kind, name) => dashboard.archive(kind, name),
    recreateRoom: (kind, name) => dashboard.recreate(kind, name),
    setBroadcasting: (name, broadcasting) => dashboard.setBroadcasting(name, broadcasting),
    tokens: tokens.issued,
    tokenKey: tokens.key,
    get turnCredentials() {
      return turn.credentials;
    },
    get turnProjects() {
      return turn.projects;
    },
    addTurnCredential: (wish) => turn.create(wish),
    addTurnUsage: (username, bytes, date) => turn.addUsage(username, bytes, date),
    get recordings() {
      return meetings.recordings;
    },
    addRecording: (roomName, recording = {}) => meetings.record(roomName, recording),
    startSession: (roomName) => meetings.start(roomName),
    endSession: (roomName) => meetings.end(roomName),
    get switches() {
      return board.current;
    },
    setSwitches: (changes) => board.set(changes),
    faults,
    requests: requestList(world),
    now: () => clock.now(),
    setClock: (ms) => clock.set(ms),
    close,
  };
}

// Not enumerable, so that the list compares equal to a plain one.
function requestList({ requests }: World): RequestList {
  const list: readonly LoggedRequest[] = requests.entries;
  return Object.defineProperty(list, "clear", { value: () => requests.clear() }) as RequestList;
}
