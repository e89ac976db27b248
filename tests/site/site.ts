import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";

const root = join(__dirname, "..", "..");
const dist = join(root, "site", ".vitepress", "dist");

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".json": "application/json",
};

/** The site as it would be published, built once in a process of the tests. */
export function builtSite(): void {
  if (existsSync(join(dist, "sitemap.xml")) && newest(dist) > newest(join(root, "docs"), join(root, "site/.vitepress")))
    return;
  const env = { ...process.env, SITE_URL: "https://docs.example.com" };
  const npm = (...args: string[]) =>
    execFileSync("npm", ["--prefix", join(root, "site"), ...args], { stdio: "pipe", env });
  if (!existsSync(join(root, "site", "node_modules"))) npm("ci");
  npm("run", "build");
}

export function pagesOfSite(): string[] {
  return readdirSync(dist, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".html"))
    .sort();
}

/** A server of the built pages, as a host of static files is. */
export async function served(): Promise<{ url: string; server: Server }> {
  const server = createServer((request, response) => {
    const path = join(dist, decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname));
    const file = [path, `${path}.html`, join(path, "index.html")].find(
      (each) => existsSync(each) && statSync(each).isFile(),
    );
    response.writeHead(file ? 200 : 404, { "content-type": TYPES[extname(file ?? "404.html")] ?? "text/plain" });
    response.end(readFileSync(file ?? join(dist, "404.html")));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

/** When the last file of some folders was written, what was built from them and the packages aside. */
function newest(...folders: string[]): number {
  const files = folders.flatMap((folder) => {
    const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
    return names.filter((name) => folder === dist || !/^(?:dist|cache)\b/.test(name)).map((name) => join(folder, name));
  });
  return Math.max(...files.map((file) => statSync(file).mtimeMs));
}
