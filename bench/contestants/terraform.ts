import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { findRestapiProvider } from "../../tools/engine/restapi";
import { runProgram } from "../measuring/meter";
import { type Command, commands } from "../recorded";
import type { Contestant } from "./contestant";
import { roomSettings } from "./rooms";

const args: Readonly<Record<Command, readonly string[]>> = {
  preview: ["plan"],
  up: ["apply", "-auto-approve"],
  "no-op up": ["apply", "-auto-approve"],
  refresh: ["apply", "-refresh-only", "-auto-approve"],
  destroy: ["destroy", "-auto-approve"],
};

/** Terraform with the provider that people use for an API which has none of its own. */
export const terraform: Contestant = {
  name: "Terraform restapi",
  commands,
  prepare: async (rooms, { simulator: { url, secretKey } }) => {
    const folder = mkdtempSync(join(tmpdir(), "metered-bench-terraform-"));
    const provider = dirname(await findRestapiProvider());
    const configuration = join(folder, "cli.tfrc");
    writeFileSync(
      configuration,
      `provider_installation {\n  dev_overrides { "Mastercard/restapi" = ${JSON.stringify(provider)} }\n}\n`,
    );
    writeFileSync(join(folder, "main.tf"), program(rooms, url, secretKey));
    const env = { ...process.env, TF_CLI_CONFIG_FILE: configuration, CHECKPOINT_DISABLE: "1", TF_IN_AUTOMATION: "1" };
    return {
      run: (command) => runProgram("terraform", [...args[command], "-input=false", "-no-color"], { cwd: folder, env }),
      stateBytes: () => statSync(join(folder, "terraform.tfstate")).size,
      dispose: () => rmSync(folder, { recursive: true, force: true }),
    };
  },
};

function program(rooms: number, url: string, secretKey: string): string {
  return `terraform {
  required_providers {
    restapi = { source = "Mastercard/restapi" }
  }
}

provider "restapi" {
  uri                  = "${url}/api/v1"
  id_attribute         = "roomName"
  write_returns_object = true
}

resource "restapi_object" "room" {
  for_each     = toset([for i in range(${rooms}) : format("room-%04d", i)])
  path         = "/room"
  query_string = "secretKey=${secretKey}"
  data         = jsonencode(merge(jsondecode(${JSON.stringify(JSON.stringify(roomSettings))}), { roomName = each.key }))
}
`;
}

/** The version of the Terraform on PATH, or undefined where there is none. */
export async function terraformVersion(): Promise<string | undefined> {
  try {
    const text = await runProgram("terraform", ["version", "-json"], { cwd: tmpdir(), env: process.env });
    return (JSON.parse(text) as { terraform_version: string }).terraform_version;
  } catch {
    return undefined;
  }
}
