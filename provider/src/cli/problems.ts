import { relative } from "node:path";

/** Errors of the operating system in words. Node.js adds to its own which call failed, and codes. */
const PROBLEMS: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "permission denied",
  EROFS: "the file system is read-only",
  ENOSPC: "the disk is full",
  EDQUOT: "the disk quota is exceeded",
  EEXIST: "it already exists",
  EISDIR: "it's a folder",
  ERR_FS_EISDIR: "it's a folder",
  ENOTDIR: "part of the path is a file, not a folder",
  ENOENT: "no such file or folder",
  ENOTEMPTY: "the folder isn't empty",
  EMFILE: "too many files are open",
};

export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error;
}

/** `permission denied` */
export function problemIn({ code = "unknown error" }: NodeJS.ErrnoException): string {
  return PROBLEMS[code] ?? code;
}

/** `Can't access rooms.ts: permission denied.` */
export function sayProblem(error: NodeJS.ErrnoException, cwd: string): string {
  return `Can't access ${error.path === undefined ? "a file" : shownFrom(cwd, error.path)}: ${problemIn(error)}.`;
}

/** What is done with a file. Of what happens once it's open, Node.js doesn't say in which. */
export function withFile<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (isSystemError(error)) error.path ??= file;
    throw error;
  }
}

/** A path as it's shown to a user in a folder. */
export function shownFrom(cwd: string, path: string): string {
  return relative(cwd, path) || path;
}
