/** Whether the exhaustive suite runs: `EXHAUSTIVE=1 npx mocha`. */
export const isExhaustive = process.env.EXHAUSTIVE !== undefined;

/** A test of the exhaustive suite alone: one that a quicker test stands in for in `npm test`. */
export const slowTest: (title: string, body: Mocha.AsyncFunc) => void = isExhaustive ? it : () => {};

/** The same for a group of tests. */
export const slowTests: (title: string, body: (this: Mocha.Suite) => void) => void = isExhaustive ? describe : () => {};
