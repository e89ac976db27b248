import { parseArgs } from "node:util";
import { Journal } from "./journal";
import { inParallel } from "./pool";
import { type Command, run } from "./stack";
import { readTenants } from "./tenant";

const USAGE = `usage: rollout.ts up|destroy --journal FILE [--parallel N] [--cancel-locks] [--secrets-provider URL] [TENANT …]`;

const COMMANDS: readonly Command[] = ["up", "destroy"];

async function rollOut(): Promise<number> {
  const { command, tenants, journal, parallel, options } = readArguments();
  const waiting = tenants.filter((tenant) => !journal.has(tenant));
  const failed: string[] = [];
  let ended = tenants.length - waiting.length;
  if (ended > 0) console.log(`${ended} of ${tenants.length} were done before.`);

  await inParallel(waiting, parallel, async (tenant) => {
    const began = Date.now();
    let result: string;
    try {
      result = await run(command, tenant, options);
      journal.add(tenant);
    } catch (error) {
      failed.push(tenant);
      result = `FAILED: ${reasonOf(error)}`;
    }
    const seconds = Math.round((Date.now() - began) / 1000);
    console.log(`[${++ended}/${tenants.length}] ${tenant}: ${result} (${seconds} s)`);
  });

  console.log(`${tenants.length - failed.length} of ${tenants.length} done.`);
  if (failed.length > 0)
    console.log(`Failed: ${failed.join(" ")}. Started again with the same journal, only these are run.`);
  return failed.length > 0 ? 1 : 0;
}

function readArguments() {
  const { values, positionals } = parseArgs({
    options: {
      journal: { type: "string" },
      parallel: { type: "string" },
      "cancel-locks": { type: "boolean" },
      "secrets-provider": { type: "string" },
    },
    allowPositionals: true,
  });
  const [given, ...chosen] = positionals;
  const command = COMMANDS.find((each) => each === given);
  const parallel = Number(values.parallel ?? 4);
  if (!command || !values.journal || !(parallel >= 1)) throw new Error(USAGE);
  const tenants = chosen.length > 0 ? chosen : Object.keys(readTenants());
  const options = { cancelLocks: values["cancel-locks"], secretsProvider: values["secrets-provider"] };
  return { command, tenants, journal: new Journal(values.journal), parallel, options };
}

/** Pulumi's error message, without the command and its other output. */
function reasonOf(error: unknown): string {
  const lines = (error instanceof Error ? error.message : String(error)).split("\n").map((line) => line.trim());
  const last = lines.findLastIndex((line) => line.includes("error: "));
  const [said = "", more = ""] = lines.slice(Math.max(last, 0));
  return said.replace(/^.*?error: /, "") + (said.endsWith(":") ? ` ${more}` : "");
}

rollOut().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
