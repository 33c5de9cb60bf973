/**
 * Rings across the antimeridian and around the poles, made continuous: longitudes go on past 180 rather than jump, in all
 * features of a layer the same way, so that areas and distances stay what they are.
 *
 *     unwrapLayer(shapes);   // 179.9, -179.9  ->  179.9, 180.1; true when anything was changed
 */
import type { Position, Ring } from '../types.ts';
import { runsOf, type Shape } from './shape.ts';

/** Whether any longitude was changed, and whether a pole lies inside. Changes the positions in place. */
export function unwrapLayer(shapes: Shape[]): { crossed: boolean; pole: boolean } {
  const { west, east } = reachOf(shapes);
  if (!(east - west > 180)) return { crossed: false, pole: false }; // no step is the long way round
  let crossed = false;
  let pole = false;
  for (const shape of shapes) {
    for (const run of runsOf(shape)) if (run !== shape.points && unwrapRun(run)) crossed = true;
    for (const rings of shape.polygons) for (const ring of rings) if (closeOverPole(ring)) pole = true;
  }
  if (crossed || touchesBothSides(shapes)) crossed = cutInLargestGap(shapes, pole) || crossed;
  return { crossed: crossed || pole, pole };
}

interface Reach {
  west: number;
  east: number;
}

/** Least and greatest longitude. */
function reachOf(shapes: readonly Shape[]): Reach {
  const reach: Reach = { west: Infinity, east: -Infinity };
  for (const shape of shapes) for (const run of runsOf(shape)) widen(reach, run);
  return reach;
}

function widen(reach: Reach, run: readonly Position[]): void {
  let { west, east } = reach;
  for (let i = 0; i < run.length; i++) {
    const lon = (run[i] as Position)[0];
    if (lon < west) west = lon;
    if (lon > east) east = lon;
  }
  reach.west = west;
  reach.east = east;
}

/** Makes steps of more than 180 degrees the short way round; a step of exactly 360 along a world map's edge stays. */
function unwrapRun(run: Position[]): boolean {
  let offset = 0;
  let changed = false;
  for (let i = 1; i < run.length; i++) {
    const before = run[i - 1] as Position;
    const position = run[i] as Position;
    const step = position[0] + offset - before[0];
    if (Math.abs(step) > 180 && Math.abs(Math.abs(step) - 360) > 1e-9)
      offset -= Math.sign(step) * 360 * Math.round(Math.abs(step) / 360);
    if (offset !== 0) {
      position[0] += offset;
      changed = true;
    }
  }
  return changed;
}

/** A ring that ends 360 degrees from where it began goes around a pole: it is led there along its first meridian and back. */
function closeOverPole(ring: Ring): boolean {
  const [first, last] = [ring[0], ring.at(-1)];
  if (first === undefined || last === undefined || ring.length < 4) return false;
  const turn = last[0] - first[0];
  const winds = Math.abs(Math.abs(turn) - 360) < 1e-6 && Math.abs(last[1] - first[1]) < 1e-9 && Math.abs(first[1]) < 90;
  if (!winds) return false;
  const latitudes = ring.reduce((sum, [, lat]) => sum + lat, 0);
  const pole = latitudes >= 0 ? 90 : -90;
  ring.push([last[0], pole], [first[0], pole], [first[0], first[1]]);
  return true;
}

/** Parts that end at 180 and go on at -180 were split there (RFC 7946, 3.1.9). */
function touchesBothSides(shapes: Shape[]): boolean {
  const { west, east } = reachOf(shapes); // unwrapping may have changed it
  return west <= -179.999999 && east >= 179.999999;
}

/** Moves whole runs by turns so that the layer's longitudes are cut where nothing lies. */
function cutInLargestGap(shapes: Shape[], pole: boolean): boolean {
  if (pole) return false;
  const runs = shapes
    .flatMap((shape) => [...[...runsOf(shape)].filter((run) => run !== shape.points), ...shape.points.map((point) => [point])])
    .filter((run) => run.length > 0);
  const spans = runs.map((run) => {
    let [low, high] = [Infinity, -Infinity];
    for (const [lon] of run) [low, high] = [Math.min(low, lon), Math.max(high, lon)];
    const turns = Math.floor((low + 180) / 360) * 360;
    return { run, low: low - turns, high: high - turns, start: low };
  });
  spans.sort((a, b) => a.low - b.low);
  const cut = largestGapEnd(spans);
  if (cut === null) return false;
  let changed = false;
  for (const { run, low, start } of spans) {
    const shift = (low < cut - 1e-9 ? low + 360 : low) - start;
    if (Math.abs(shift) < 1e-9) continue;
    for (const position of run) position[0] += shift;
    changed = true;
  }
  return changed;
}

/** The longitude where the widest empty stretch ends, -180 to 180; `null` where spans go all around. */
function largestGapEnd(spans: { low: number; high: number }[]): number | null {
  const [first] = spans;
  if (first === undefined) return null;
  let reach = Math.max(...spans.map(({ high }) => high - 360), first.low - 360);
  let best = { width: 1e-6, end: null as number | null };
  for (const { low, high } of spans) {
    if (low - reach > best.width) best = { width: low - reach, end: low };
    reach = Math.max(reach, high);
  }
  return best.end;
}
