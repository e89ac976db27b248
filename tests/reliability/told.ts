/** How a message tells its class: words that stand in the messages of this class only. */
const words: Readonly<Record<string, RegExp>> = {
  BadKey: /it does not accept the secret key/,
  UnknownApp: /Metered knows no app/,
  NameTaken: /(a room of that name exists|Metered says that the name exists) in the/,
  NameUsedTwice: /another resource of this program has the room of that name/,
  RoomNotFound: /: it does not exist in the Metered app/,
  RequestRefused: /Metered refused to .*Check the room's settings and the app in the dashboard/,
  RateLimited: /Metered was too busy to .*HTTP 429/,
  ServerError: /Metered failed to .*\(HTTP 5\d\d/,
  NoConnection: /Cannot \w+ the .*, after (one try|\d+ tries)\./,
  UnreadableReply: /Cannot \w+ the [^:]*: the reply (?!.*, after (one try|\d+ tries)\.)/,
};

/** The classes of error that a message which a user read can be of: one, if it is any good. */
export function classesTold(message: string): string[] {
  return Object.keys(words).filter((name) => words[name]?.test(message));
}
