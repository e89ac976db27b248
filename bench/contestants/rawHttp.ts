import { rmSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { runProgram } from "../measuring/meter";
import type { Contestant } from "./contestant";
import { names, settings } from "./rooms";

/** The provider's limit, or Pulumi's own, whichever is lower: what Pulumi has under way at a time. */
const atATime = Math.min(16, 4 * cpus().length);

const calls = {
  up: `axios.post(base, { roomName: name, ${settings} }, { params })`,
  refresh: 'axios.get(base + "/" + name, { params })',
  destroy: 'axios.delete(base + "/" + name, { params })',
};

/** The calls alone. */
export const rawHttp: Contestant = {
  name: "raw HTTP",
  commands: ["up", "refresh", "destroy"],
  prepare: async (rooms, { project, simulator: { url, secretKey } }) => {
    const script = join(project, "raw.js");
    writeFileSync(
      script,
      `
const axios = require("axios");
const [base, params] = ["${url}/api/v1/room", { secretKey: "${secretKey}" }];
const waiting = ${names(rooms)};
const calls = {
${Object.entries(calls)
  .map(([command, call]) => `  ${command}: (name) => ${call},`)
  .join("\n")}
};
const worker = async () => {
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) await calls[process.argv[2]](name);
};
Promise.all(Array.from({ length: ${atATime} }, worker)).catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
`,
    );
    return {
      run: (command) => runProgram(process.execPath, [script, command], { cwd: project, env: process.env }),
      stateBytes: () => undefined,
      dispose: () => rmSync(script, { force: true }),
    };
  },
};
