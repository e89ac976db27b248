/** Mutation testing of what decides about rooms: `npm run mutation` (docs/reliability.md has the figures). */
export default {
  testRunner: "mocha",
  plugins: ["@stryker-mutator/mocha-runner"],
  mutate: [
    ...["schema", "rooms", "objects", "turn", "tokens"].map((folder) => `provider/src/${folder}/**/*.ts`),
    "provider/src/pulumi/*.ts",
    // The client.
    "provider/src/metered/**/*.ts",
  ],
  mochaOptions: {
    "no-config": true,
    spec: [
      "tests/unit/**/*.test.ts",
      "tests/api/{accessToken,client,lookup,objectLookups,redaction,transport,turn}*.test.ts",
    ],
    // Tests of what is built, generated or documented: no mutant reaches them.
    ignore: [
      "tests/unit/{benchmarks,chart,compatibility,documentedCommands,engine,enginePrepare,environment,errorsPage,generated,imports,languages,links,loadedModules,meter,onePlace,profile,readme,release,undeclared,wordList}.test.ts",
    ],
    require: ["ts-node/register/transpile-only", "./tests/support/mutation.cjs"],
  },
  coverageAnalysis: "perTest",
  // What runs once at load (the tables) would need every test for every mutant; tests compare the tables with the API document.
  ignoreStatic: true,
  incremental: true,
  incrementalFile: "reports/mutation-incremental.json",
  concurrency: 2,
  timeoutMS: 5_000,
  reporters: ["clear-text", "json", "progress-append-only"],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  jsonReporter: { fileName: "reports/mutation.json" },
  tempDirName: ".stryker-tmp",
};
