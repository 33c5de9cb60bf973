/**
 * Lines of the base map in pixels: made lighter, and cut to what the frame shows.
 */
import type { Position } from '../types.ts';
import type { Frame } from './map-frame.ts';

export type Pixel = [x: number, y: number];

/** A straight step in longitude and latitude bends on the map: it is drawn in pieces of so many degrees. */
const STEP = 1;

/** What is kept around the frame, so that cut edges do not show [px]. */
const AROUND = 8;

/** `line` in pixels, with more positions where steps are long. */
export function inPixels(line: Position[], project: (position: Position) => Pixel): Pixel[] {
  return line.flatMap(([lon, lat], i): Pixel[] => {
    const [lon0, lat0] = line[i - 1] ?? [lon, lat];
    const east = shortWay(lon - lon0);
    const pieces = Math.max(1, Math.ceil(Math.max(Math.abs(east), Math.abs(lat - lat0)) / STEP));
    return Array.from({ length: pieces }, (_, k) => {
      const part = (k + 1) / pieces;
      return project([lon0 + east * part, lat0 + (lat - lat0) * part]);
    });
  });
}

/** A step in longitude that does not go around the earth [deg]. */
function shortWay(step: number): number {
  return step > 180 ? step - 360 : step < -180 ? step + 360 : step;
}

/**
 * Keeps the ends of a line, and between them what lies farther than `tolerance` from the line so far [px].
 * @see Douglas & Peucker 1973, Cartographica 10, 112-122, doi 10.3138/FM57-6770-U75U-7727
 */
export function lightLine(line: Pixel[], tolerance: number): Pixel[] {
  const keep = new Uint8Array(line.length);
  keep[0] = keep[line.length - 1] = 1;
  const open: [number, number][] = [[0, line.length - 1]];
  for (let span = open.pop(); span !== undefined; span = open.pop()) {
    const [from, to] = span;
    let [far, farthest] = [-1, tolerance];
    for (let i = from + 1; i < to; i++) {
      const off = offLine(line[i] as Pixel, line[from] as Pixel, line[to] as Pixel);
      if (off > farthest) [far, farthest] = [i, off];
    }
    if (far === -1) continue;
    keep[far] = 1;
    open.push([from, far], [far, to]);
  }
  return line.filter((_, i) => keep[i] === 1);
}

function offLine([x, y]: Pixel, [ax, ay]: Pixel, [bx, by]: Pixel): number {
  const [dx, dy] = [bx - ax, by - ay];
  const length2 = dx * dx + dy * dy;
  const part = length2 === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length2));
  return Math.hypot(x - ax - part * dx, y - ay - part * dy);
}

/** Sides of the frame: a coordinate, where it is cut, and which side is kept. */
type Side = [axis: 0 | 1, at: number, keep: 1 | -1];

function sidesOf({ left, top, width, height }: Frame): Side[] {
  return [
    [0, left - AROUND, 1],
    [0, left + width + AROUND, -1],
    [1, top - AROUND, 1],
    [1, top + height + AROUND, -1],
  ];
}

/** What a frame shows of a ring, itself a ring; empty where it shows nothing. @see Sutherland & Hodgman 1974, doi 10.1145/360767.360802 */
export function clippedRing(ring: Pixel[], frame: Frame): Pixel[] {
  return sidesOf(frame).reduce((points, [axis, at, keep]) => {
    const inside = (point: Pixel): boolean => (point[axis] - at) * keep >= 0;
    return points.flatMap((to, i): Pixel[] => {
      const from = points[(i + points.length - 1) % points.length] as Pixel;
      if (inside(from) === inside(to)) return inside(to) ? [to] : [];
      const part = (at - from[axis]) / (to[axis] - from[axis]);
      const cut: Pixel = [from[0] + part * (to[0] - from[0]), from[1] + part * (to[1] - from[1])];
      return inside(to) ? [cut, to] : [cut];
    });
  }, ring);
}

/** The pieces of a line that the frame shows. */
export function clippedLine(line: Pixel[], frame: Frame): Pixel[][] {
  const sides = sidesOf(frame);
  const pieces: Pixel[][] = [];
  let end: Pixel | null = null;
  for (const [i, to] of line.entries()) {
    const from = line[i - 1];
    const step = from === undefined ? null : clippedStep(from, to, sides);
    if (step === null) {
      end = null;
      continue;
    }
    if (end === null || end[0] !== step[0][0] || end[1] !== step[0][1]) pieces.push([step[0]]);
    pieces[pieces.length - 1]?.push(step[1]);
    end = step[1];
  }
  return pieces;
}

/** The part of a step between all sides, or `null`. @see Liang & Barsky 1984, ACM Transactions on Graphics 3, 1-22, doi 10.1145/357332.357333 */
function clippedStep(from: Pixel, to: Pixel, sides: Side[]): [Pixel, Pixel] | null {
  let [enters, leaves] = [0, 1];
  for (const [axis, at, keep] of sides) {
    const [a, b] = [(from[axis] - at) * keep, (to[axis] - at) * keep];
    if (a < 0 && b < 0) return null;
    if (a < 0) enters = Math.max(enters, a / (a - b));
    else if (b < 0) leaves = Math.min(leaves, a / (a - b));
  }
  if (enters > leaves) return null;
  const point = (part: number): Pixel =>
    part === 0 ? from : part === 1 ? to : [from[0] + part * (to[0] - from[0]), from[1] + part * (to[1] - from[1])];
  return [point(enters), point(leaves)];
}
