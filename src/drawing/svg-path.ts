/**
 * Lines as the `d` of an SVG path, as short as it goes: relative steps with at most one decimal.
 *
 *     pathOf([100, 100, 130, 60], { closed: true })   // M10 10l3-4z
 */
import { GRID, type Line } from './map-outlines.ts';

/** `line` in tenths of a pixel; the path is in pixels. A line of one position draws nothing. */
export function pathOf(line: Line, { closed = false } = {}): string {
  let [x, y] = [line[0] ?? 0, line[1] ?? 0];
  let path = `M${pixels(x)}${joined(pixels(y))}`;
  for (let i = 2; i + 1 < line.length; i += 2) {
    const [nextX, nextY] = [line[i] as number, line[i + 1] as number];
    const step = pixels(nextX - x);
    path += `${i === 2 ? `l${step}` : joined(step)}${joined(pixels(nextY - y))}`;
    [x, y] = [nextX, nextY];
  }
  return closed ? `${path}z` : path;
}

/** Tenths of a pixel in pixels: 0.3 is `.3`, -0.3 is `-.3`. */
export function pixels(tenths: number): string {
  return String(Math.round(tenths) / GRID)
    .replace(/^(-?)0\./, '$1.')
    .replace(/^-0$/, '0');
}

/** A number after another: the minus sign parts them, else a blank. */
function joined(number: string): string {
  return number.startsWith('-') ? number : ` ${number}`;
}
