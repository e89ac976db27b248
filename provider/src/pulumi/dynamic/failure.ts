import { RunError } from "@pulumi/pulumi/errors";

/**
 * The error that ends a program with its message alone. It has no stack: Pulumi prints it in colours before it looks at
 * the error's kind, and Node 20 loops there until it is out of memory when a line of the stack is like
 * `node_modules/@pulumi/resource.ts`, as in every program that exports an async function.
 */
export function failure(message: string, name = "RunError"): RunError {
  return Object.assign(new RunError(message), { name, stack: `${name}: ${message}` });
}
