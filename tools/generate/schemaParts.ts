import { join } from "node:path";
import { membersOf } from "./docstrings";

const source = join(__dirname, "..", "..", "provider", "src");

export interface Property {
  readonly description: string;
  readonly [more: string]: unknown;
}
export type Properties = Record<string, Property>;

/** What the environment may stand in for. */
const ENVIRONMENT: Readonly<Record<string, string>> = {
  appName: "METERED_APP_NAME",
  secretKey: "METERED_SECRET_KEY",
};

/** The configuration of a stack, where the environment may stand in for the credentials. */
export function configVariables(): Properties {
  const entries = Object.entries(providerInputs()).map(([name, variable]) => {
    const environment = ENVIRONMENT[name];
    return [name, environment ? { ...variable, defaultInfo: { environment: [environment] } } : variable];
  });
  return Object.fromEntries(entries) as Properties;
}

/** The arguments of an explicit provider, which takes nothing from the environment: half a pair would be another account's. */
export function providerInputs(): Properties {
  const members = membersOf(join(source, "pulumi", "dynamic", "provider.ts"), "ProviderArgs");
  const entries = members.map(({ name, type, doc }) => {
    const secret = name === "secretKey" ? { secret: true } : {};
    return [name, { type, description: doc, ...secret }] as const;
  });
  return Object.fromEntries(entries);
}

/** The filters of the list of rooms; a choice refers to the type of its values. */
export function listInputs(typeOfChoice: (name: string) => object): Properties {
  const members = membersOf(join(source, "pulumi", "dynamic", "functions", "getMeetingRooms.ts"), "GetMeetingRoomsArgs");
  const entries = members.map(({ name, type, doc }) => {
    const sort = type.includes('"') ? typeOfChoice(name) : { type };
    return [name, { ...sort, description: doc }] as const;
  });
  return Object.fromEntries(entries);
}
