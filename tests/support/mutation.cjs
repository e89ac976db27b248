"use strict";
const { configureGlobal } = require("fast-check");

// Loaded for mutation testing. That a property fails is enough to know there, the shortest example is not asked for.
configureGlobal({ endOnFailure: true });

/** Stryker switches mocha's own limit off: a promise that a mutant never settles would cost a minute each. */
exports.mochaHooks = {
  beforeEach() {
    this.currentTest.timeout(10_000);
  },
};
