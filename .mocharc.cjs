module.exports = {
  spec: ["tests/unit/**/*.test.ts", "tests/api/**/*.test.ts", "tests/protocol/**/*.test.ts", "tests/engine/**/*.test.ts"],
  require: ["ts-node/register/transpile-only"],
  timeout: 10_000,
  forbidOnly: true,
};
