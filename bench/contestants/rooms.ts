/** A moment that does not change between the runs of a stack. */
const expireUnixSec = Math.floor(Date.now() / 1000) + 30 * 24 * 3600;

/** What every contestant's rooms are like. */
export const roomSettings = { privacy: "public", maxParticipants: 10, expireUnixSec, autoJoin: true, enableChat: true };

/** The same as the inside of an object in a program. */
export const settings = Object.entries(roomSettings)
  .map(([key, value]) => `${key}: ${JSON.stringify(value)}`)
  .join(", ");

/** The names of so many rooms, as an expression in a program. */
export function names(rooms: number | string, from: number | string = 0): string {
  return `Array.from({ length: ${rooms} }, (_, i) => "room-" + String(${from} + i).padStart(4, "0"))`;
}
