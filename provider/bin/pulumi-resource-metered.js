#!/usr/bin/env node
require("../dist/pulumi/plugin").main(process.argv.slice(2));
