import { isRoom, quoted } from "../pulumi/words/sentence";
import type { AnyValue } from "../schema/field";
import type { Planned } from "./plan";
import type { Project } from "./project";

/** How wide Prettier and Biome let a line be by default. */
const WIDTH = 80;

/** The language of a module, and how it shares what it declares. */
export type Dialect = "TypeScript" | "ES module" | "CommonJS";

export function dialectOf({ isJavaScript, isEsModule }: Project): Dialect {
  if (!isJavaScript) return "TypeScript";
  return isEsModule ? "ES module" : "CommonJS";
}

export interface ModuleOptions {
  readonly appName: string;
  /** The rooms are declared by a function that is passed a `metered.Provider`. */
  readonly hasProvider: boolean;
  readonly dialect: Dialect;
}

/** A module that declares exactly these rooms, formatted as Prettier and Biome do it. */
export function moduleText(rooms: readonly Planned[], options: ModuleOptions): string {
  const { appName, hasProvider, dialect } = options;
  const hasSecrets = rooms.some(({ secrets }) => secrets.length > 0);
  const isCommon = dialect === "CommonJS";
  const imports = [
    ...(hasSecrets ? [namespaceLine("pulumi", "@pulumi/pulumi", isCommon)] : []),
    namespaceLine("metered", "pulumi-metered", isCommon),
  ].join("\n");
  const config = hasSecrets ? ["const config = new pulumi.Config();"] : [];
  const body = hasProvider
    ? [declaringFunction(rooms, options)]
    : rooms.map((room) => declaration(room, isCommon ? "" : "export ", "", []));
  const names = hasProvider ? ["declareRooms"] : rooms.map(({ variable }) => variable);
  const exported = isCommon ? [`module.exports = ${nameObject(names, "")};`] : [];
  return `${[`// ${rooms.every(({ subject, members }) => members || isRoom(subject)) ? "Rooms" : "Resources"} of Metered app ${appName}.\n${imports}`, ...config, ...body, ...exported].join("\n\n")}\n`;
}

function namespaceLine(name: string, module: string, isCommon: boolean): string {
  const from = textLiteral(module);
  return isCommon ? `const ${name} = require(${from});` : `import * as ${name} from ${from};`;
}

function declaringFunction(rooms: readonly Planned[], { appName, dialect }: ModuleOptions): string {
  const declarations = rooms.map((room) => declaration(room, "", "  ", ["{ provider }"])).join("\n\n");
  const names = nameObject(
    rooms.map(({ variable }) => variable),
    "  ",
  );
  const start = dialect === "CommonJS" ? "" : "export ";
  const parameter = dialect === "TypeScript" ? "provider: metered.Provider" : "provider";
  return `/** Defines the rooms of ${appName}. \`provider\` is the provider for that app. */
${start}function declareRooms(${parameter}) {
${declarations}

  return ${names};
}`;
}

function nameObject(names: readonly string[], indent: string): string {
  return `{\n${names.map((name) => `${indent}  ${name},\n`).join("")}${indent}}`;
}

/** One room. What doesn't fit into a line is broken where the formatters break it. */
function declaration(room: Planned, prefix: string, indent: string, options: readonly string[]): string {
  const start = `${indent}${prefix}const ${room.variable} =`;
  const call = `new metered.${room.type.name}(`;
  if (`${start} ${call}`.length <= WIDTH) {
    return `${start} ${construction(room, call, start.length + 1, indent, options)}`;
  }
  const inner = `${indent}  `;
  return `${start}\n${inner}${construction(room, call, inner.length, inner, options)}`;
}

function construction(room: Planned, call: string, column: number, indent: string, options: readonly string[]): string {
  const name = textLiteral(room.resource);
  const opening = `${call}${name}, {`;
  if (options.length === 0 && column + opening.length <= WIDTH) {
    return `${opening}\n${settingLines(room, `${indent}  `)}\n${indent}});`;
  }
  const inner = `${indent}  `;
  const args = [name, `{\n${settingLines(room, `${inner}  `)}\n${inner}}`, ...options];
  return `${call}\n${args.map((arg) => `${inner}${arg},\n`).join("")}${indent});`;
}

function settingLines({ name, settings, secrets, subject, members }: Planned, indent: string): string {
  if (members) return setLines(members, indent);
  return linesOf(isRoom(subject) ? { roomName: name, ...settings } : settings, secrets, indent);
}

function linesOf(settings: Planned["settings"], secrets: Planned["secrets"], indent: string): string {
  const lines = Object.entries(settings).map(([setting, value]) => {
    const secret = secrets.find((each) => each.setting === setting);
    return secret ? secretLine(setting, secret.key, indent) : settingLine(setting, value, indent);
  });
  return lines.join("\n");
}

/** The rooms of a set, and apart from them what of each is secret: one secret in a map makes Pulumi hide the whole map. */
function setLines(members: ReadonlyMap<string, Planned>, indent: string): string {
  const map = (input: string, settingsOf: (room: Planned) => Planned["settings"]) => {
    const rooms = [...members].flatMap(([key, room]) => {
      const lines = linesOf(settingsOf(room), room.secrets, `${indent}    `);
      return lines === "" ? [] : [`${indent}  ${keyLiteral(key)}: {\n${lines}\n${indent}  },\n`];
    });
    return rooms.length === 0 ? [] : [`${indent}${input}: {\n${rooms.join("")}${indent}},`];
  };
  const part = ({ settings, secrets }: Planned, isSecret: boolean) =>
    Object.fromEntries(
      Object.entries(settings).filter(([name]) => secrets.some(({ setting }) => setting === name) === isSecret),
    );
  return [
    ...map("rooms", (room) => ({ roomName: room.name, ...part(room, false) })),
    ...map("secretSettings", (room) => part(room, true)),
  ].join("\n");
}

/** A key of an object, quoted only where it has to be. */
function keyLiteral(key: string): string {
  return /^[A-Za-z_$][A-Za-z0-9_$]*$/.test(key) ? key : textLiteral(key);
}

function settingLine(setting: string, value: AnyValue, indent: string): string {
  if (typeof value === "object") return listLine(setting, value, indent);
  const literal = typeof value === "string" ? textLiteral(value) : String(value);
  const line = `${indent}${setting}: ${literal},`;
  return line.length <= WIDTH || typeof value !== "string" ? line : `${indent}${setting}:\n${indent}  ${literal},`;
}

function listLine(setting: string, values: readonly string[], indent: string): string {
  const literals = values.map(textLiteral);
  const line = `${indent}${setting}: [${literals.join(", ")}],`;
  if (line.length <= WIDTH) return line;
  return `${indent}${setting}: [\n${literals.map((each) => `${indent}  ${each},\n`).join("")}${indent}],`;
}

function secretLine(setting: string, key: string, indent: string): string {
  const line = `${indent}${setting}: config.requireSecret("${key}"),`;
  if (line.length <= WIDTH) return line;
  return `${indent}${setting}: config.requireSecret(\n${indent}  "${key}",\n${indent}),`;
}

/** What the program needs in order to load the module. */
export function loadingLines(specifier: string, { hasProvider, dialect }: Omit<ModuleOptions, "appName">): string[] {
  const from = textLiteral(specifier);
  if (dialect === "CommonJS") return [`require(${from})${hasProvider ? ".declareRooms(PROVIDER)" : ""};`];
  if (!hasProvider) return [`import ${from};`];
  return [`import { declareRooms } from ${from};`, "declareRooms(PROVIDER);"];
}

/** A text as source code, in the quotes that need fewer escapes. */
export function textLiteral(text: string): string {
  const inDouble = quoted(text);
  const count = (quote: string) => text.split(quote).length - 1;
  if (count('"') <= count("'")) return inDouble;
  return `'${inDouble.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}
