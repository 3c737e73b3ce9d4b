const WIDTH = 960;
const HEIGHT = 320;
const MARGIN = 50;
const MEGABYTE = 1024 * 1024;

/** Draws memory over time as an SVG: milliseconds and bytes in, minutes and megabytes on the axes. Pure. */
export function drawCurve(points: readonly (readonly [number, number])[]): string {
  const lastMs = Math.max(1, ...points.map(([ms]) => ms));
  const most = Math.max(1, ...points.map(([, bytes]) => bytes));
  const x = (ms: number): number => MARGIN + (ms / lastMs) * (WIDTH - 2 * MARGIN);
  const y = (bytes: number): number => HEIGHT - MARGIN - (bytes / most) * (HEIGHT - 2 * MARGIN);
  const line = points.map(([ms, bytes]) => `${x(ms).toFixed(1)},${y(bytes).toFixed(1)}`).join(" ");
  const label = (left: number, top: number, text: string): string =>
    `<text x="${left}" y="${top}" font-family="sans-serif" font-size="13">${text}</text>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="white"/>`,
    `<path d="M${MARGIN} ${MARGIN}V${HEIGHT - MARGIN}H${WIDTH - MARGIN}" fill="none" stroke="#888"/>`,
    `<polyline points="${line}" fill="none" stroke="#036" stroke-width="1.5"/>`,
    label(4, MARGIN - 12, `${Math.round(most / MEGABYTE)} MB at most`),
    label(WIDTH - MARGIN - 60, HEIGHT - MARGIN + 24, `${(lastMs / 60_000).toFixed(1)} min`),
    "</svg>",
    "",
  ].join("\n");
}
