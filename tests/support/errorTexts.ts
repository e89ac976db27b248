import type { Call } from "../../provider/src/core/errors";
import * as faults from "../../provider/src/core/errors";
import * as initFailures from "../../provider/src/core/initFailures";

/** Every class of error that a user can meet. */
export const errors = { ...faults, ...initFailures };

const {
  AppChanged,
  BadConfiguration,
  BadKey,
  CannotDelete,
  CannotTell,
  ForeignRoom,
  InvalidSetting,
  LiveStreamingOff,
  LostUpdate,
  MeteredError,
  NameTaken,
  NameUsedTwice,
  NoConnection,
  NotAsDeclared,
  PerhapsTaken,
  RateLimited,
  RequestRefused,
  RoomNotFound,
  RoomReplacedOutside,
  ServerError,
  UnknownApp,
  UnreadableReply,
} = errors;

export const call = (action: Call["action"], isLive = false): Call => ({
  action,
  subject: isLive ? 'live-streaming room "stage"' : action === "list" ? "" : 'meeting room "standup"',
  appName: "demo",
  isLive,
});

const UP = "Nothing was changed; run pulumi up again.";
const REPEAT = "It may have been done all the same; the call is safe to repeat, so run pulumi up again.";
const ADOPT =
  "The room may have been created all the same. Run pulumi up again: if it then says that the name is taken, set metered:adoptExisting to true for one run, and the room is taken over.";

/** Every error, and every form of it: what it says, word for word. */
export const texts: readonly (readonly [InstanceType<typeof MeteredError>, string])[] = [
  [
    new BadKey(call("create"), ""),
    'Metered refused to create the meeting room "standup": it does not accept the secret key for the app "demo". ' +
      "Copy the key from the dashboard (Developers) and run: pulumi config set --secret metered:secretKey",
  ],
  [
    new BadKey(call("list"), "Invalid secret key"),
    'Metered refused to list the rooms: it does not accept the secret key for the app "demo" ("Invalid secret key"). ' +
      "Copy the key from the dashboard (Developers) and run: pulumi config set --secret metered:secretKey",
  ],
  [
    new BadKey(call("list", true), ""),
    'Metered refused to list the rooms (to make sure that there is no live-streaming room "stage"): it does not accept the secret key for the app "demo". ' +
      "Copy the key from the dashboard (Developers) and run: pulumi config set --secret metered:secretKey",
  ],
  [
    new UnknownApp(call("read"), "App not found"),
    'Cannot read the meeting room "standup": Metered knows no app "demo" ("App not found"). ' +
      "Check the first part of your app's address in the dashboard and run: pulumi config set metered:appName NAME",
  ],
  [
    new AppChanged('meeting room "standup"', "demo", "acme"),
    'The meeting room "standup" belongs to the Metered app "demo", but the configured app is "acme"; nothing was touched. ' +
      'To have rooms in "acme", use another stack. To move this one, set metered:appName (and the key) back to "demo", run pulumi up and then pulumi destroy, and switch after that.',
  ],
  [
    new RoomNotFound(call("update"), true),
    'Cannot update the meeting room "standup": it does not exist in the Metered app "demo". ' +
      "If it was deleted outside Pulumi, run pulumi refresh, then pulumi up, which creates it anew.",
  ],
  [
    new RoomNotFound(call("update"), true, true),
    'Cannot update the meeting room "standup": it does not exist in the Metered app "demo". ' +
      "Its expiry has passed and it was declared to delete itself; to have a new one, set a later expireUnixSec and run pulumi up --replace URN.",
  ],
  [
    new RoomNotFound(call("look up"), true),
    'Cannot look up the meeting room "standup": it does not exist in the Metered app "demo". ' +
      "Correct the name in the program, or make the room first; then run the command again.",
  ],
  [
    new InvalidSetting(call("create"), '"privacy" must be one of [public, private]'),
    'Metered refused to create the meeting room "standup": "privacy" must be one of [public, private]. Correct the setting in the program and run pulumi up again.',
  ],
  [
    new RequestRefused(call("update"), "no plan", false),
    'Metered refused to update the meeting room "standup" ("no plan"). ' +
      "Check the room's settings and the app in the dashboard; the same call may then be repeated with pulumi up.",
  ],
  [
    new RequestRefused(call("update"), "Invalid request", true),
    'Metered refused to update the meeting room "standup" with no more than "Invalid request". ' +
      "Check the room's settings and the app in the dashboard; the same call may then be repeated with pulumi up.",
  ],
  [
    new RequestRefused(call("create"), "Invalid request", true),
    'Metered refused to create the meeting room "standup" with no more than "Invalid request". ' +
      "Check the room's settings and the app in the dashboard; the same call may then be repeated with pulumi up. " +
      "It may also be the name: Metered may keep that of a deleted (archived) room, or a room of another kind has it. Then give this room another roomName.",
  ],
  [
    new PerhapsTaken(call("create"), "standup"),
    'Metered refused to create the meeting room "standup" with no more than "Invalid request". Most likely it is the name: a room "standup" exists; it was left as it is. ' +
      "If that one is meant, declare its very name; otherwise give this room another roomName, in lower case. " +
      "If that does not help, check the room's settings and the app in the dashboard, and run pulumi up again.",
  ],
  [
    new LiveStreamingOff(call("create", true), "Invalid request"),
    'Metered refused to create the live-streaming room "stage" with no more than "Invalid request". Most likely Live Streaming is not switched on for the app "demo": ' +
      "switch it on in the dashboard and run pulumi up again. If it is on, Metered objects to a setting of the room. " +
      "It may also be the name: Metered may keep that of a deleted (archived) room, or a room of another kind has it. Then give this room another roomName.",
  ],
  [
    new RateLimited(call("delete"), 7),
    'Metered was too busy to delete the meeting room "standup": it answered "too many requests" (HTTP 429) after 7 tries. ' +
      "Run pulumi up again later, or lower metered:maxConcurrentRequests.",
  ],
  [
    new ServerError(call("read"), 502, "", 1, false),
    `Metered failed to read the meeting room "standup" (HTTP 502), after one try. ${UP}`,
  ],
  [
    new ServerError(call("create"), 500, "event 12", 3, true),
    `Metered failed to create the meeting room "standup" (HTTP 500 ("event 12")), after 3 tries. ${ADOPT}`,
  ],
  [
    new NoConnection(call("create"), "the connection was refused (127.0.0.1:1)", 3, false),
    `Cannot create the meeting room "standup": the connection was refused (127.0.0.1:1), after 3 tries. ${UP}`,
  ],
  [
    new NoConnection(call("delete"), "the connection broke", 1, true),
    `Cannot delete the meeting room "standup": the connection broke, after one try. ${REPEAT}`,
  ],
  [
    new UnreadableReply(call("update"), "is not JSON, as a room would be", true),
    `Cannot update the meeting room "standup": the reply is not JSON, as a room would be. ${REPEAT}`,
  ],
  [
    new CannotTell('meeting room "standup"', false),
    'Cannot tell whether the meeting room "standup" still exists: Metered answered no more than "Invalid request", which may mean that the room is missing, ' +
      "or that something else is wrong with the app. Look into the dashboard. " +
      "If the room is gone, take it out of the state: pulumi state delete URN (pulumi stack --show-urns lists them).",
  ],
  [
    new CannotTell('live-streaming room "stage"', true),
    'Cannot tell whether the live-streaming room "stage" still exists: Metered answered no more than "Invalid request", which may mean that the room is missing, ' +
      "or that Live Streaming is switched off for the app. Look into the dashboard. If Live Streaming is off, switch it on and run the command again. " +
      "If the room is gone, take it out of the state: pulumi state delete URN (pulumi stack --show-urns lists them).",
  ],
  [
    new CannotTell('meeting room "standup"', false, true),
    'Cannot tell whether the meeting room "standup" exists: Metered answered no more than "Invalid request", which may mean that the room is missing, ' +
      "or that something else is wrong with the app. Look into the dashboard. " +
      "If there is no such room, correct the name in the program, or make the room first; then run the command again.",
  ],
  [
    new CannotTell('live-streaming room "stage"', true, true),
    'Cannot tell whether the live-streaming room "stage" exists: Metered answered no more than "Invalid request", which may mean that the room is missing, ' +
      "or that Live Streaming is switched off for the app. Look into the dashboard. If Live Streaming is off, switch it on and run the command again. " +
      "If there is no such room, correct the name in the program, or make the room first; then run the command again.",
  ],
  [
    new ForeignRoom('meeting room "standup"', "standup", "daily"),
    'The state of the meeting room "standup" was written by another provider, and the program declares roomName "daily"; nothing was touched. ' +
      'To take that room over, declare roomName: "standup" and run pulumi up. If no room has that name, take the alias out of the program and import the room instead: ' +
      "npx pulumi-metered import --help",
  ],
  [new BadConfiguration("The key is missing."), "The key is missing."],
  [new NameTaken("The name is taken."), "The name is taken."],
  [new NameUsedTwice("Twice."), "Twice."],
  [new RoomReplacedOutside("It is another."), "It is another."],
  [new CannotDelete("It stays."), "It stays."],
  [new NotAsDeclared("standup", { privacy: "public" }, ["It is.", "Not as declared."]), "It is. Not as declared."],
  [
    new LostUpdate("standup", { privacy: "public" }, new ServerError(call("update"), 502, "", 4, true)),
    `Metered failed to update the meeting room "standup" (HTTP 502), after 4 tries. ${REPEAT}`,
  ],
];
