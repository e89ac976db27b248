import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { temporary } from "./stackFolder";

const root = join(__dirname, "..", "..");

export const PUBLISHED = ["pulumi-metered", "metered-simulator"] as const;
export type Published = (typeof PUBLISHED)[number];

/** A package as a release would publish it. */
export interface Packed {
  readonly tarball: string;
  /** What of it is downloaded, and what it takes on the disk, in bytes. */
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: readonly string[];
}

let made: Promise<Readonly<Record<Published, Packed>>> | undefined;

/** The tarballs of what is built, packed once per process and removed with it. */
export function packed(): Promise<Readonly<Record<Published, Packed>>> {
  made ??= pack(
    PUBLISHED.flatMap((name) => ["--workspace", name]),
    root,
  ).then(([provider, simulator]) => ({
    "pulumi-metered": provider as Packed,
    "metered-simulator": simulator as Packed,
  }));
  return made;
}

/** Runs `npm pack` in a folder, on what is built: several processes that build at once would read half-written files. */
export async function pack(args: readonly string[], cwd: string): Promise<Packed[]> {
  const folder = temporary("metered-packed-");
  const command = ["pack", "--json", "--ignore-scripts", "--pack-destination", folder, ...args];
  const { stdout } = await promisify(execFile)("npm", command, { cwd, maxBuffer: 16 * 1024 * 1024 });
  const reports = JSON.parse(stdout) as (Omit<Packed, "tarball" | "files"> & {
    readonly filename: string;
    readonly files: readonly { readonly path: string }[];
  })[];
  return reports.map(({ filename, files, ...sizes }) => ({
    ...sizes,
    tarball: join(folder, filename),
    files: files.map(({ path }) => path).sort(),
  }));
}
