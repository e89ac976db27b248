import { execFile, execFileSync, type SpawnOptions } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { closedPort } from "../support/servers";
import { type StateServer, startServer, stopServer } from "./server";

const run = promisify(execFile);

/** The folder of PostgreSQL's programs: on the PATH, or where Debian puts the newest; undefined if there is none. */
export function findPostgres(): string | undefined {
  const debian = "/usr/lib/postgresql";
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [...(process.env.PATH ?? "").split(delimiter), ...versions.map((each) => join(debian, each, "bin"))];
  const needed = ["initdb", "postgres", "psql"];
  return folders.find((folder) => needed.every((program) => existsSync(join(folder, program))));
}

/** A cluster of its own with an empty database. */
export async function startPostgres(bin: string): Promise<StateServer> {
  const folder = mkdtempSync(join(tmpdir(), "metered-postgres-"));
  const data = join(folder, "data");
  const who = account(folder);
  const initdb = ["--pgdata", data, "--username", "pulumi", "--auth", "trust", "--no-sync", "--encoding", "UTF8"];
  await run(join(bin, "initdb"), initdb, who);
  const port = String(await closedPort());
  const client = ["--host", "127.0.0.1", "--port", port, "--username", "pulumi"];
  const server = ["-D", data, "-h", "127.0.0.1", "-p", port, "-k", folder, "-F"];
  const child = await startServer(join(bin, "postgres"), server, who, async () => {
    await run(join(bin, "psql"), [...client, "--dbname", "postgres", "--command", "create database state"]);
    return true;
  });
  const query = "select key, convert_from(decode(data->>'data', 'base64'), 'UTF8') from pulumi_state";
  return {
    url: `postgres://pulumi@127.0.0.1:${port}/state?sslmode=disable`,
    env: {},
    contents: async () => {
      const args = [...client, "--dbname", "state", "--tuples-only", "--no-align", "--command", query];
      return (await run(join(bin, "psql"), args, { maxBuffer: 64 * 1024 * 1024 })).stdout;
    },
    stop: async () => {
      await stopServer(child);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** PostgreSQL refuses to run as root, so there it is run as the account that Debian's package has made for it. */
function account(folder: string): Pick<SpawnOptions, "uid" | "gid" | "cwd"> {
  if (process.getuid?.() !== 0) return { cwd: folder };
  const [uid, gid] = ["-u", "-g"].map((which) => Number(execFileSync("id", [which, "postgres"], { encoding: "utf8" })));
  chownSync(folder, uid ?? 0, gid ?? 0);
  return { uid, gid, cwd: folder };
}
