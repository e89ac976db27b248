/** Draws what a terminal shows as an SVG, which a page can show in both of its themes. */

interface Span {
  readonly text: string;
  readonly color: string | undefined;
  readonly isBold: boolean;
}

const COLORS: Readonly<Record<string, string>> = { 1: "#ff7b72", 2: "#56d364", 3: "#e3b341", 13: "#d2a8ff" };
const LINE = 21;
/** The width of a character of a monospaced font of 14 px. */
const CHARACTER = 8.43;
const MARGIN = 20;
const BAR = 34;

export function drawing(title: string, lines: readonly string[]): string {
  const spans = lines.map(spansOf);
  const longest = Math.max(...spans.map((line) => line.reduce((sum, { text }) => sum + text.length, 0)));
  const width = Math.ceil(longest * CHARACTER) + 2 * MARGIN;
  const height = BAR + lines.length * LINE + MARGIN;
  const dots = ["#ff5f57", "#febc2e", "#28c840"].map(
    (color, i) => `  <circle cx="${20 + 20 * i}" cy="17" r="6" fill="${color}" />`,
  );
  const texts = spans.map(
    (line, i) =>
      `  <text x="${MARGIN}" y="${BAR + LINE * (i + 1) - 5}" xml:space="preserve">${line.map(drawn).join("")}</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title">
  <title id="title">${escaped(title)}</title>
  <style>text { font: 14px ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; fill: #e6edf3; }</style>
  <rect width="${width}" height="${height}" rx="10" fill="#161b22" />
${[...dots, ...texts].join("\n")}
</svg>
`;
}

/** The parts of a line by the colours that it was printed in. */
function spansOf(line: string): Span[] {
  const spans: Span[] = [];
  let color: string | undefined;
  let isBold = false;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what begins a colour
  for (const [, codes, text = ""] of line.matchAll(/(?:\u001b\[([\d;]*)m)?([^\u001b]*)/g)) {
    if (codes === "1") isBold = true;
    else if (codes?.startsWith("38;5;")) color = COLORS[codes.slice(5)];
    else if (codes !== undefined) [color, isBold] = [undefined, false];
    if (text !== "") spans.push({ text, color, isBold });
  }
  return spans;
}

function drawn({ text, color, isBold }: Span): string {
  const style = `${color ? ` fill="${color}"` : ""}${isBold ? ' font-weight="bold"' : ""}`;
  return `<tspan${style}>${escaped(text)}</tspan>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
