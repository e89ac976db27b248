import { cpus, tmpdir } from "node:os";
import { delimiter } from "node:path";
import { findEngine } from "../../tools/engine";
import { restapiComponent } from "../../tools/engine/components";
import { terraformVersion } from "../contestants/terraform";
import type { Circumstances } from "../recorded";
import { runProgram } from "./meter";
import { sdkVersion } from "./stack";

/** What a run is made on, printed and recorded with each row of it. */
export async function circumstances(latencyMs: number): Promise<Circumstances> {
  const env = { ...process.env, PATH: `${await findEngine()}${delimiter}${process.env.PATH}` };
  const pulumi = await runProgram("pulumi", ["version"], { cwd: tmpdir(), env });
  const terraform = await terraformVersion();
  return {
    node: process.version,
    pulumi: pulumi.trim(),
    sdk: sdkVersion,
    ...(terraform === undefined ? {} : { terraform, restapi: restapiComponent.version }),
    cores: cpus().length,
    latencyMs,
  };
}
