import { execFileSync } from "node:child_process";
import type { ImportCost } from "../recorded";
import { median } from "./median";

const RUNS = 5;

/** What a program pays for `require("pulumi-metered")`, beside the SDK's own index. */
export function measureImport(project: string): ImportCost[] {
  return ["pulumi-metered", "@pulumi/pulumi", "pulumi-metered/runtime"].map((what) => {
    const runs = Array.from({ length: RUNS }, () => load(project, what));
    const { ms, modules } = median(runs, (run) => run.ms) ?? { ms: 0, modules: 0 };
    return { what, ms: Math.round(ms * 10) / 10, modules };
  });
}

function load(project: string, what: string): { ms: number; modules: number } {
  const script = `
    for (const part of ["resource", "output", "metadata", "log", "runtime/config", "errors"]) require("@pulumi/pulumi/" + part);
    const before = Object.keys(require.cache).length, began = performance.now();
    require(${JSON.stringify(what)});
    console.log(JSON.stringify({ ms: performance.now() - began, modules: Object.keys(require.cache).length - before }));`;
  return JSON.parse(execFileSync(process.execPath, ["-e", script], { cwd: project, encoding: "utf8" })) as {
    ms: number;
    modules: number;
  };
}
