import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { basename, join } from "node:path";

/** A web server whose files are those of a folder, as one from which Pulumi downloads plugins. */
export interface ArchiveServer {
  readonly url: string;
  /** The paths that were asked for. */
  readonly asked: readonly string[];
  close(): void;
}

export async function serveArchives(folder: string): Promise<ArchiveServer> {
  const asked: string[] = [];
  const server = createServer(async ({ url: path = "" }, response) => {
    asked.push(path);
    const file = join(folder, basename(path));
    if (existsSync(file)) response.end(await readFile(file));
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, close: () => server.close() };
}
