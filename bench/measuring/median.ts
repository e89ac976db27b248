/** The one in the middle, the upper one of two. Undefined where there is none. */
export function median<T>(all: readonly T[], by: (each: T) => number): T | undefined {
  return [...all].sort((a, b) => by(a) - by(b))[Math.floor(all.length / 2)];
}
