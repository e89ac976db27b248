import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { cacheFolder } from "../../tools/engine/cache";
import { closedPort } from "../support/servers";
import { type StateServer, startServer, stopServer } from "./server";

const BUCKET = "state";

/** What the objects hold is for signed requests only; the library that signs comes with moto. */
const PRINT_ALL = `
import boto3, sys
bucket = boto3.resource("s3", endpoint_url=sys.argv[1], region_name="us-east-1").Bucket("${BUCKET}")
for each in bucket.objects.all(): print(each.key, each.get()["Body"].read().decode(), sep="\\n")
`;

/** The Python that has moto's server (tools/servers/install.sh); undefined if there is none. */
export function findMoto(): string | undefined {
  const version = readFileSync(join(__dirname, "../../tools/servers/moto-version"), "utf8").trim();
  const folder = join(cacheFolder(process.env, process.platform), `moto-${version}`);
  return existsSync(join(folder, "complete")) ? join(folder, "bin", "python") : undefined;
}

/** An S3 server with an empty bucket. */
export async function startS3(python: string): Promise<StateServer> {
  const port = await closedPort();
  const endpoint = `http://127.0.0.1:${port}`;
  const env = { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" };
  const args = ["-m", "moto.server", "-H", "127.0.0.1", "-p", String(port)];
  const make = async () => (await fetch(`${endpoint}/${BUCKET}`, { method: "PUT" })).ok;
  const child = await startServer(python, args, {}, make);
  return {
    url: `s3://${BUCKET}?endpoint=${endpoint}&s3ForcePathStyle=true&region=us-east-1`,
    env,
    contents: async () => {
      const options = { env: { ...process.env, ...env }, maxBuffer: 64 * 1024 * 1024 };
      return (await promisify(execFile)(python, ["-c", PRINT_ALL, endpoint], options)).stdout;
    },
    stop: () => stopServer(child),
  };
}
