import type { Value } from "../core/field";
import type { PlannedRoom } from "./plan";

/** How wide Prettier and Biome let a line be, where nobody says otherwise. */
const WIDTH = 80;

export interface ModuleOptions {
  readonly appName: string;
  /** The rooms are declared by a function that is handed a `metered.Provider`. */
  readonly hasProvider: boolean;
}

/** A TypeScript module that declares exactly these rooms, formatted as Prettier and Biome do it. */
export function moduleText(rooms: readonly PlannedRoom[], { appName, hasProvider }: ModuleOptions): string {
  const hasSecrets = rooms.some(({ secrets }) => secrets.length > 0);
  const imports = [
    ...(hasSecrets ? [importLine("@pulumi/pulumi", "* as pulumi")] : []),
    importLine("pulumi-metered", "* as metered"),
  ].join("\n");
  const config = hasSecrets ? ["const config = new pulumi.Config();"] : [];
  const body = hasProvider
    ? [declaringFunction(rooms, appName)]
    : rooms.map((room) => declaration(room, "export ", "", []));
  return `${[`// Rooms of the Metered app ${appName}.\n${imports}`, ...config, ...body].join("\n\n")}\n`;
}

function declaringFunction(rooms: readonly PlannedRoom[], appName: string): string {
  const declarations = rooms.map((room) => declaration(room, "", "  ", ["{ provider }"])).join("\n\n");
  const names = rooms.map(({ variable }) => `    ${variable},`).join("\n");
  return `/** Declares the rooms; \`provider\` is the one for ${appName}. */
export function declareRooms(provider: metered.Provider) {
${declarations}

  return {
${names}
  };
}`;
}

/** One room. What does not fit into a line is broken where the formatters break it. */
function declaration(room: PlannedRoom, prefix: string, indent: string, options: readonly string[]): string {
  const start = `${indent}${prefix}const ${room.variable} =`;
  const call = `new metered.${room.type.name}(`;
  if (`${start} ${call}`.length <= WIDTH)
    return `${start} ${construction(room, call, start.length + 1, indent, options)}`;
  const inner = `${indent}  `;
  return `${start}\n${inner}${construction(room, call, inner.length, inner, options)}`;
}

function construction(
  room: PlannedRoom,
  call: string,
  column: number,
  indent: string,
  options: readonly string[],
): string {
  const name = textLiteral(room.resource);
  const opening = `${call}${name}, {`;
  if (options.length === 0 && column + opening.length <= WIDTH) {
    return `${opening}\n${settingLines(room, `${indent}  `)}\n${indent}});`;
  }
  const inner = `${indent}  `;
  const args = [name, `{\n${settingLines(room, `${inner}  `)}\n${inner}}`, ...options];
  return `${call}\n${args.map((arg) => `${inner}${arg},\n`).join("")}${indent});`;
}

function settingLines(room: PlannedRoom, indent: string): string {
  const { roomName, settings, secrets } = { roomName: room.name, ...room };
  const lines = Object.entries({ roomName, ...settings }).map(([setting, value]) => {
    const secret = secrets.find((each) => each.setting === setting);
    return secret ? secretLine(setting, secret.key, indent) : settingLine(setting, value, indent);
  });
  return lines.join("\n");
}

function settingLine(setting: string, value: Value, indent: string): string {
  const literal = typeof value === "string" ? textLiteral(value) : String(value);
  const line = `${indent}${setting}: ${literal},`;
  return line.length <= WIDTH || typeof value !== "string" ? line : `${indent}${setting}:\n${indent}  ${literal},`;
}

function secretLine(setting: string, key: string, indent: string): string {
  const line = `${indent}${setting}: config.requireSecret("${key}"),`;
  if (line.length <= WIDTH) return line;
  return `${indent}${setting}: config.requireSecret(\n${indent}  "${key}",\n${indent}),`;
}

/** A line of source code that loads a module, and names what of it is used. */
export function importLine(module: string, names?: string): string {
  return `import ${names === undefined ? "" : `${names} from `}${textLiteral(module)};`;
}

/** A text as source code, in the quotes that need fewer escapes. */
export function textLiteral(text: string): string {
  const inDouble = JSON.stringify(text);
  const count = (quote: string) => text.split(quote).length - 1;
  if (count('"') <= count("'")) return inDouble;
  return `'${inDouble.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}
