/**
 * Places for the nodes of a network, so that those that are tied stand near one another: springs and repulsion, the same for the same seed.
 *
 *     const places = forceLayout(nodes.length, ties, { seed: 1, width: 900, height: 600 });
 *
 * @see Fruchterman & Reingold 1991, Graph drawing by force-directed placement, Softw. Pract. Exper. 21, 1129-1164,
 * doi 10.1002/spe.4380211102
 */
import { seededRandom } from '../science/seeded-random.ts';

export interface LayoutTie {
  a: number;
  b: number;
  weight: number;
}

export interface LayoutOptions {
  seed: number;
  width: number;
  height: number;
}

/** Steps of cooling, fewer where nodes are many: so many pairs are looked at in all. */
const STEPS = 300;
const MOST_PAIRS = 4e7;
/** Pull to the middle, so that parts that do not hang together stay on the sheet [of the repulsion]. */
const GRAVITY = 0.6;

/** x and y of each node within the sheet. A heavy tie pulls by the root of its weight. */
export function forceLayout(
  count: number,
  ties: readonly LayoutTie[],
  { seed, width, height }: LayoutOptions,
): { x: number; y: number }[] {
  const random = seededRandom(seed);
  const x = Float64Array.from({ length: count }, () => random() - 0.5);
  const y = Float64Array.from({ length: count }, () => random() - 0.5);
  const ideal = Math.sqrt(1 / Math.max(count, 1)); // k of section 2.2, on a unit square
  const steps = Math.round(Math.max(30, Math.min(STEPS, MOST_PAIRS / (count * count + 1))));
  const [dx, dy] = [new Float64Array(count), new Float64Array(count)];
  for (let step = 0; step < steps; step++) {
    repel(x, y, dx, dy, ideal);
    for (const { a, b, weight } of ties) attract(x, y, dx, dy, a, b, Math.sqrt(weight) / ideal);
    const heat = 0.1 * (1 - step / steps); // linear cooling, section 2.3
    for (let i = 0; i < count; i++) {
      const far = Math.hypot(x[i] as number, y[i] as number);
      const [fx, fy] = [
        (dx[i] as number) - GRAVITY * (x[i] as number) * far,
        (dy[i] as number) - GRAVITY * (y[i] as number) * far,
      ];
      const force = Math.hypot(fx, fy) || 1;
      const move = Math.min(force, heat) / force;
      x[i] = (x[i] as number) + fx * move;
      y[i] = (y[i] as number) + fy * move;
    }
  }
  return fitted(x, y, width, height);
}

/** k² / d between every two. Fruchterman & Reingold 1991, section 2.2. One loop, for speed. */
function repel(x: Float64Array, y: Float64Array, dx: Float64Array, dy: Float64Array, ideal: number): void {
  dx.fill(0);
  dy.fill(0);
  for (let i = 0; i < x.length; i++) {
    for (let j = i + 1; j < x.length; j++) {
      const [ex, ey] = [(x[i] as number) - (x[j] as number), (y[i] as number) - (y[j] as number)];
      const square = Math.max(ex * ex + ey * ey, 1e-9);
      const force = (ideal * ideal) / square;
      dx[i] = (dx[i] as number) + ex * force;
      dy[i] = (dy[i] as number) + ey * force;
      dx[j] = (dx[j] as number) - ex * force;
      dy[j] = (dy[j] as number) - ey * force;
    }
  }
}

/** d² / k along a tie, times its pull. */
function attract(x: Float64Array, y: Float64Array, dx: Float64Array, dy: Float64Array, a: number, b: number, pull: number): void {
  const [ex, ey] = [(x[a] as number) - (x[b] as number), (y[a] as number) - (y[b] as number)];
  const force = Math.hypot(ex, ey) * pull;
  dx[a] = (dx[a] as number) - ex * force;
  dy[a] = (dy[a] as number) - ey * force;
  dx[b] = (dx[b] as number) + ex * force;
  dy[b] = (dy[b] as number) + ey * force;
}

/** Stretched to the sheet, each direction for itself: a drawing of ties has no north and no scale. */
function fitted(x: Float64Array, y: Float64Array, width: number, height: number): { x: number; y: number }[] {
  const span = (of: Float64Array): [least: number, range: number] => {
    const least = of.reduce((a, b) => Math.min(a, b), Infinity);
    return [least, of.reduce((a, b) => Math.max(a, b), -Infinity) - least];
  };
  const [[left, wide], [top, high]] = [span(x), span(y)];
  const place = (value: number, from: number, range: number, size: number): number =>
    Math.round((range > 1e-9 ? ((value - from) / range) * size : size / 2) * 10) / 10;
  return Array.from(x, (value, i) => ({ x: place(value, left, wide, width), y: place(y[i] as number, top, high, height) }));
}
