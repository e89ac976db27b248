/** A line of a chart. */
export interface Series {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
  /** Stands out against the others. */
  readonly isOurs?: boolean;
}

export interface Chart {
  /** What a reader gets who does not see the picture. */
  readonly title: string;
  readonly xTitle: string;
  readonly yTitle: string;
  readonly series: readonly Series[];
}

const [WIDTH, HEIGHT] = [800, 440];
const area = { left: 64, right: 620, top: 44, bottom: 388 };
/** Between names beside the lines, so that none covers another. */
const LABEL_HEIGHT = 17;

interface Colours {
  readonly paper: string;
  readonly ink: string;
  readonly soft: string;
  readonly rule: string;
  /** Hues that can be told from each other on the paper. */
  readonly lines: readonly string[];
}

const light: Colours = {
  ...{ paper: "#fff", ink: "#1f2328", soft: "#59636e", rule: "#d1d9e0" },
  lines: ["#0969da", "#bc4c00", "#57606a", "#8250df", "#1a7f37", "#bf3989", "#9a6700", "#0a7ea4", "#cf222e"],
};
const dark: Colours = {
  ...{ paper: "#0d1117", ink: "#f0f6fc", soft: "#9198a1", rule: "#3d444d" },
  lines: ["#58a6ff", "#f0883e", "#9ea7b0", "#bc8cff", "#3fb950", "#f778ba", "#d29922", "#39c5cf", "#ff7b72"],
};

/**
 * A line chart with logarithmic axes as SVG. It brings its own paper in the colours that the reader's system asks for,
 * so that it can be read on any page, also on one whose theme is another than the system's.
 */
export function lineChart({ title, xTitle, yTitle, series }: Chart): string {
  const drawn = series.filter(({ points }) => points.length > 0);
  const all = drawn.flatMap(({ points }) => points);
  const x = axis(
    all.map(([value]) => value),
    [area.left, area.right],
  );
  const y = axis(
    all.map(([, value]) => value),
    [area.bottom, area.top],
  );
  const xGrid = x.ticks.map(
    (value) =>
      `<line class="grid" x1="${x.at(value)}" y1="${area.top}" x2="${x.at(value)}" y2="${area.bottom}"/>
<text class="soft" x="${x.at(value)}" y="${area.bottom + 18}" text-anchor="middle">${numberText(value)}</text>`,
  );
  const yGrid = y.ticks.map(
    (value) =>
      `<line class="grid" x1="${area.left}" y1="${y.at(value)}" x2="${area.right}" y2="${y.at(value)}"/>
<text class="soft" x="${area.left - 8}" y="${y.at(value) + 4}" text-anchor="end">${numberText(value)}</text>`,
  );
  const labels = apart(drawn.map(({ points }) => y.at(points.at(-1)?.[1] ?? 1)));
  const lines = drawn.map(({ name, points, isOurs }, index) => {
    const places = points.map(([a, b]) => `${x.at(a)},${y.at(b)}`);
    const dots = points.map(([a, b]) => `<circle class="n${index}" cx="${x.at(a)}" cy="${y.at(b)}" r="3"/>`);
    const [endX, endY] = (places.at(-1) ?? "0,0").split(",");
    const label = labels[index] ?? 0;
    return `<polyline class="line c${index}${isOurs ? " ours" : ""}" points="${places.join(" ")}"/>
${dots.join("")}
<path class="lead c${index}" d="M${endX} ${endY}L${area.right + 14} ${label}"/>
<text class="n${index}${isOurs ? " bold" : ""}" x="${area.right + 18}" y="${label + 4}">${escaped(name)}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-label="${escaped(title)}">
<title>${escaped(title)}</title>
<style>
svg{font:13px system-ui,sans-serif}.title{font-weight:600;font-size:15px}.bold{font-weight:700}
.line,.lead{fill:none}.line{stroke-width:1.8}.ours{stroke-width:3.4}.lead{stroke-width:.8;stroke-dasharray:2 2}
${colours(light)}
@media (prefers-color-scheme:dark){
${colours(dark)}
}
</style>
<rect class="paper" x=".5" y=".5" width="${WIDTH - 1}" height="${HEIGHT - 1}" rx="6"/>
<text class="title" x="16" y="27">${escaped(title)}</text>
${[...xGrid, ...yGrid].join("\n")}
<text class="soft" x="${(area.left + area.right) / 2}" y="${HEIGHT - 14}" text-anchor="middle">${escaped(xTitle)}</text>
<text class="soft" transform="translate(18 ${(area.top + area.bottom) / 2}) rotate(-90)" text-anchor="middle">${escaped(yTitle)}</text>
${lines.join("\n")}
</svg>
`;
}

function colours({ paper, ink, soft, rule, lines }: Colours): string {
  const own = lines.map((colour, index) => `.c${index}{stroke:${colour}}.n${index}{fill:${colour}}`).join("");
  return `.paper{fill:${paper};stroke:${rule}}.title{fill:${ink}}.soft{fill:${soft}}.grid{stroke:${rule}}${own}`;
}

/** A logarithmic scale over the values, with ticks at powers of ten; where those are few, at 3, 30, … too. */
function axis(values: readonly number[], [from, to]: readonly [number, number]) {
  const [low, high] = [Math.log10(Math.min(...values)) - 0.04, Math.log10(Math.max(...values)) + 0.04];
  const at = (value: number) => Math.round((from + ((Math.log10(value) - low) / (high - low)) * (to - from)) * 10) / 10;
  const powers = Array.from({ length: 14 }, (_, index) => 10 ** (index - 4));
  const within = (ticks: readonly number[]) =>
    ticks.filter((tick) => Math.log10(tick) >= low && Math.log10(tick) <= high);
  const few = within(powers).length < 4;
  return { at, ticks: within(few ? powers.flatMap((power) => [power, 2 * power, 5 * power]) : powers) };
}

/** Moves places apart that are too near to each other, as little as possible, without changing their order. */
export function apart(places: readonly number[]): number[] {
  const order = places.map((_, index) => index).sort((a, b) => (places[a] ?? 0) - (places[b] ?? 0));
  const moved = [...places];
  let free = Number.NEGATIVE_INFINITY;
  for (const index of order) {
    moved[index] = Math.max(moved[index] ?? 0, free);
    free = (moved[index] ?? 0) + LABEL_HEIGHT;
  }
  let most = area.bottom;
  for (const index of order.reverse()) {
    moved[index] = Math.min(moved[index] ?? 0, most);
    most = (moved[index] ?? 0) - LABEL_HEIGHT;
  }
  return moved.map((place) => Math.round(place * 10) / 10);
}

function numberText(value: number): string {
  return value >= 1 ? value.toLocaleString("en") : String(Number(value.toPrecision(1)));
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
