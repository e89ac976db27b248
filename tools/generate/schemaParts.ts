import { join } from "node:path";
import { packageTokenOf } from "../../provider/src/pulumi/types";
import { membersOf } from "./docstrings";

const source = join(__dirname, "..", "..", "provider", "src");

export interface Property {
  readonly description: string;
  readonly [more: string]: unknown;
}
export type Properties = Record<string, Property>;

/**
 * The last section of a resource's description.
 *
 * @param command what follows the type in an example of the command; without it, nothing can be imported
 */
export function importSection(text: string, type: { readonly name: string }, command?: string): string {
  const parts = ["## Import", text];
  if (command) parts.push(`\`\`\`sh\n$ pulumi import ${packageTokenOf(type)} ${command}\n\`\`\``);
  return parts.join("\n\n");
}

/** Environment variables that replace an input. */
export const ENVIRONMENT: Readonly<Record<string, string>> = {
  appName: "METERED_APP_NAME",
  secretKey: "METERED_SECRET_KEY",
};

/** The configuration of a stack. The credentials may come from the environment. */
export function configVariables(): Properties {
  const entries = Object.entries(providerInputs()).map(([name, variable]) => {
    const environment = ENVIRONMENT[name];
    return [name, environment ? { ...variable, defaultInfo: { environment: [environment] } } : variable];
  });
  return Object.fromEntries(entries) as Properties;
}

/** The inputs of an explicit provider, which takes nothing from the environment: half a pair would be another account's. */
export function providerInputs(): Properties {
  const members = membersOf(join(source, "pulumi", "dynamic", "provider.ts"), "ProviderArgs");
  const entries = members.map(({ name, type, doc }) => {
    const secret = name === "secretKey" ? { secret: true } : {};
    return [name, { type, description: doc, ...secret }] as const;
  });
  return Object.fromEntries(entries);
}

/** The filters of the list of rooms. An enum refers to its type. */
export function listInputs(typeOfChoice: (name: string) => object): Properties {
  const members = membersOf(
    join(source, "pulumi", "dynamic", "functions", "getMeetingRooms.ts"),
    "GetMeetingRoomsArgs",
  );
  const entries = members.map(({ name, type, doc }) => {
    const sort = type.includes('"') ? typeOfChoice(name) : { type };
    return [name, { ...sort, description: doc }] as const;
  });
  return Object.fromEntries(entries);
}
