import type { ImportCost } from "./imports";
import { contestants } from "./programs";
import { commands, type Measured } from "./stack";
import type { StateBytes } from "./stateBytes";
import type { Stretch } from "./timeline";

export function reportTimes(results: readonly Measured[], on: { latencyMs: number; cores: number }): string {
  return `Seconds on ${on.cores} cores, Node ${process.version}, file backend, no preview, against a server that waits ${on.latencyMs} ms before each
call. All in one run.

| rooms | program | ${commands.join(" | ")} | state, KB |
| --- | --- | ${commands.map(() => "---").join(" | ")} | --- |
${results.map(row).join("\n")}

${contestants.map(({ name, doc }) => `- **${name}**: ${doc}`).join("\n")}

${callsPerRoom(results)}

${ratios(results)}
`;
}

export function reportTimeline(stretches: readonly Stretch[]): string {
  return `\`pulumi up --skip-preview\` of a first room, compiled JavaScript; the median of five runs.

| stretch | ms |
| --- | --- |
${stretches.map(([what, ms]) => `| ${what} | ${ms} |`).join("\n")}
`;
}

export function reportState({ total, parts }: StateBytes): string {
  return `${total} bytes per room: (state file with 1,000 rooms, less the one with none) / 1,000, for rooms with made names, app \`demo\`, no parent,
plain JavaScript, with privacy, maxParticipants, expireUnixSec, autoJoin and enableChat. The parts of one room, in bytes of compact JSON:

| part | bytes |
| --- | --- |
${parts.map(([part, size]) => `| ${part} | ${size} |`).join("\n")}
`;
}

export function reportImports(imports: readonly ImportCost[]): string {
  return `Beyond what Pulumi's program runner has loaded already; median of five processes.

| module | ms | modules |
| --- | --- | --- |
${imports.map(({ what, ms, modules }) => `| ${what} | ${ms} | ${modules} |`).join("\n")}
`;
}

function row({ rooms, name, seconds, stateBytes }: Measured): string {
  const cells = [rooms, name, ...commands.map((command) => seconds[command]), Math.round(stateBytes / 1024)];
  return `| ${cells.join(" | ")} |`;
}

function callsPerRoom(results: readonly Measured[]): string {
  const perRoom = ({ calls, rooms }: Measured) => commands.map((command) => `${command} ${calls[command] / rooms}`);
  const lines = ["pulumi-metered", "usual"].map((name) => {
    const same = new Set(results.filter((result) => result.name === name).map((result) => perRoom(result).join(", ")));
    return `- ${name}: ${[...same].join("; ")}`;
  });
  return `HTTP requests per room:\n\n${lines.join("\n")}`;
}

function ratios(results: readonly Measured[]): string {
  const largest = Math.max(...results.map(({ rooms }) => rooms));
  const [ours, usual, floor, withSettings] = ["pulumi-metered", "usual", "floor", "floor with settings"].map((name) =>
    results.find((result) => result.name === name && result.rooms === largest),
  );
  if (!ours || !usual || !floor || !withSettings) return "";
  const times = (a: number, b: number) => (a / b).toFixed(2);
  return `At ${largest} rooms: the usual provider takes ${times(usual.seconds.up, ours.seconds.up)} times as long on up and ${times(usual.seconds.destroy, ours.seconds.destroy)} times on destroy;
up takes ${times(ours.seconds.up, floor.seconds.up)} times the engine's own share, and ${times(ours.seconds.up, withSettings.seconds.up)} times its share for a resource with these settings.`;
}
