import type { ImportCost } from "./imports";
import { contestants } from "./programs";
import type { Measured } from "./stack";
import type { StateBytes } from "./stateBytes";
import type { Stretch } from "./timeline";

export function reportTimes(results: readonly Measured[], on: { latencyMs: number; cores: number }): string {
  return `Seconds on ${on.cores} cores, Node ${process.version}, file backend, no preview, against a server that waits ${on.latencyMs} ms before each
call; calls are HTTP requests to it. All in one run.

| rooms | program | up | no-op up | destroy | calls: preview | up | no-op up | destroy |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
${results.map(row).join("\n")}

${contestants.map(({ name, doc }) => `- **${name}**: ${doc}`).join("\n")}

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

function row({ rooms, name, seconds, calls }: Measured): string {
  const cells = [
    rooms,
    name,
    seconds.up,
    seconds.noop,
    seconds.destroy,
    calls.preview,
    calls.up,
    calls.noop,
    calls.destroy,
  ];
  return `| ${cells.join(" | ")} |`;
}

function ratios(results: readonly Measured[]): string {
  const largest = Math.max(...results.map(({ rooms }) => rooms));
  const [ours, usual, floor] = ["pulumi-metered", "usual", "floor"].map((name) =>
    results.find((result) => result.name === name && result.rooms === largest),
  );
  if (!ours || !usual || !floor) return "";
  const times = (a: number, b: number) => (a / b).toFixed(2);
  return `At ${largest} rooms: the usual provider takes ${times(usual.seconds.up, ours.seconds.up)} times as long on up and ${times(usual.seconds.destroy, ours.seconds.destroy)} times on destroy;
up takes ${times(ours.seconds.up, floor.seconds.up)} times the engine's own share.`;
}
