"use strict";
const { configureGlobal } = require("fast-check");

// For mutation testing: that a property fails is enough to know there, the shortest example is not asked for.
configureGlobal({ endOnFailure: true });
