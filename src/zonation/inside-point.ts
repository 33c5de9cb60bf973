/**
 * A position well inside a polygon, also when most of it is a tail as thin as rounding.
 *
 *     insidePoint([[[0, 0], [2, 0], [2, 2], [0, 2], [0, 0]]])   // [1, 1]
 *
 * Engines look along one parallel, half way up; where two borders nearly coincide that may be in the tail. Here the
 * widest stretch along several parallels counts.
 */
import type { PolygonRings, Position } from '../types.ts';

/** Parallels looked along at most. */
const PARALLELS = 24;

/** The middle of the widest stretch inside the polygon (its rings may turn either way); a corner when it has no area. */
export function insidePoint(polygon: PolygonRings): Position {
  let best: Position = polygon[0]?.[0] ?? [Number.NaN, Number.NaN];
  let widest = 0;
  for (const lat of parallels(polygon[0]?.map((position) => position[1]) ?? [])) {
    const crossings = crossingsAt(polygon, lat);
    for (let i = 1; i < crossings.length; i += 2) {
      const west = crossings[i - 1] as number;
      const east = crossings[i] as number;
      if (east - west <= widest) continue;
      widest = east - west;
      best = [(west + east) / 2, lat];
    }
  }
  return best;
}

/** Latitudes between those of the corners: in the tallest gaps between them, and spread evenly. */
function parallels(lats: number[]): number[] {
  const sorted = Float64Array.from(lats).sort();
  const middles: { lat: number; height: number }[] = [];
  const low = sorted[0] ?? 0;
  const high = sorted[sorted.length - 1] ?? 0;
  for (let i = 1; i < sorted.length; i++) {
    const height = (sorted[i] as number) - (sorted[i - 1] as number);
    const lat = (sorted[i - 1] as number) + height / 2;
    if (height > 0 && lat > (sorted[i - 1] as number) && lat < (sorted[i] as number)) middles.push({ lat, height });
  }
  if (middles.length <= PARALLELS) return middles.map(({ lat }) => lat);
  const tallest = middles.sort((a, b) => b.height - a.height).slice(0, PARALLELS / 2);
  const even = Array.from({ length: PARALLELS / 2 }, (_, i) => low + ((high - low) * (i + 0.5)) / (PARALLELS / 2));
  return [...tallest.map(({ lat }) => lat), ...even.filter((lat) => !lats.includes(lat))];
}

function crossingsAt(polygon: PolygonRings, lat: number): number[] {
  const crossings: number[] = [];
  for (const ring of polygon) {
    for (let i = 1; i < ring.length; i++) {
      const [x1, y1] = ring[i - 1] as Position;
      const [x2, y2] = ring[i] as Position;
      if (y1 <= lat !== y2 <= lat) crossings.push(x1 + ((x2 - x1) * (lat - y1)) / (y2 - y1));
    }
  }
  return crossings.sort((a, b) => a - b);
}
