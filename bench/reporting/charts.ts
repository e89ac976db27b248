import { type Command, type Results, shapes } from "../recorded";
import { lineChart, type Series } from "./chart";
import { programs } from "./programs";
import { rowsOf, type ShapeRow, shapeNames } from "./shapes";

/** Below this many rooms, all shapes are alike. */
const FEW = 100;

/** The pictures by their file names in docs/charts; those of which nothing was measured are not there. */
export function charts(results: Results): Record<string, string> {
  const { times, growth } = results;
  const byProgram = (command: Command): Series[] =>
    Object.keys(programs).map((name) => ({
      name,
      isOurs: name === "pulumi-metered, set",
      points: points(
        times.filter((row) => row.name === name),
        command,
      ),
    }));
  const byShape = (command: Command): Series[] =>
    shapes.map((shape) => ({
      name: shapeNames[shape],
      isOurs: shape === "set",
      points: points(growth.length === 0 ? [] : rowsOf(shape, results).filter(({ rooms }) => rooms >= FEW), command),
    }));
  const wanted = [
    ...(["up", "no-op up", "destroy"] as const).map(
      (command) =>
        [
          fileOf(command),
          `${command.replace(/\w+$/, "pulumi $&")}: seconds by number of rooms`,
          byProgram(command),
        ] as const,
    ),
    ...(["up", "destroy"] as const).map(
      (command) =>
        [
          fileOf(`growth ${command}`),
          `pulumi ${command}: seconds by number of rooms and stack layout`,
          byShape(command),
        ] as const,
    ),
  ];
  const drawable = wanted.filter(([, , series]) => series.some((line) => line.points.length > 0));
  return Object.fromEntries(
    drawable.map(([file, title, series]) => [
      file,
      lineChart({ title, xTitle: "rooms", yTitle: "seconds, both axes logarithmic", series }),
    ]),
  );
}

/** The picture in a page, if there is one. */
export function picture(results: Results, what: string): string {
  const title = /<title>(.*)<\/title>/.exec(charts(results)[fileOf(what)] ?? "")?.[1];
  return title === undefined ? "" : `![${title}](charts/${fileOf(what)})`;
}

function fileOf(what: string): string {
  return `${what.replaceAll(" ", "-")}.svg`;
}

function points(rows: readonly Pick<ShapeRow, "rooms" | "taken">[], command: Command) {
  return rows.flatMap(({ rooms, taken: { [command]: taken } }) =>
    taken ? [[rooms, Math.max(taken.seconds, 0.01)] as const] : [],
  );
}
