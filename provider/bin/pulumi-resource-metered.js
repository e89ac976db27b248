#!/usr/bin/env node
require("../dist/plugin").main(process.argv.slice(2));
