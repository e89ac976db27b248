const levels = [
  ...["unit", "api", "cli", "states", "policy", "model", "reliability", "protocol", "plugin", "load", "live"],
  ...["package", "kills", "gitops", "backends", "fleet", "site", "engine"],
];
/** Some of them, separated by commas: `LEVELS=unit,api npx mocha`. */
const chosen = process.env.LEVELS?.split(",") ?? levels;

module.exports = {
  // Stories that a lower level tells as well, or that take a minute: with the exhaustive suite.
  ignore: process.env.EXHAUSTIVE ? [] : ["tests/**/*.long.test.ts"],
  spec: chosen.map((level) => `tests/${level}/**/*.test.ts`),
  require: ["ts-node/register/transpile-only"],
  reporter: "tests/support/reporter.cjs",
  timeout: 60_000,
  forbidOnly: true,
  // A run of the engine waits more than it works: three at a time suit two cores.
  parallel: true,
  jobs: 3,
};
