/** Invented zone maps for the tests of repair: sound mosaics of crooked cells, and faults to put into them. Not a test by itself. */

import type { PolygonRings, Position, Ring, ZoneKind } from '../../src/types.ts';
import { dissolved } from '../../src/zonation/arrangement.ts';
import { geometryEngine } from '../../src/zonation/geometry-engine.ts';
import type { ZoneShape } from '../../src/zonation/repair.ts';
import { metresPerDegree } from '../../src/zonation/straight-measures.ts';

const KINDS: ZoneKind[] = ['core', 'buffer', 'transition'];

/** Numbers from 0 to 1 that depend on `seed` alone (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export interface MosaicOptions {
  seed: number;
  /** Cells along each side. */
  cells?: number;
  /** Size of a cell [m]. */
  size?: number;
  /** Positions put between the corners of a cell, off the straight line. */
  bends?: number;
  at?: Position;
  /** Share of cells that belong to no zone. */
  empty?: number;
}

/** Zones of whole cells: neighbours share every position of their border. */
export async function mosaic({
  seed,
  cells = 6,
  size = 1500,
  bends = 2,
  at = [70, 50],
  empty = 0.1,
}: MosaicOptions): Promise<ZoneShape[]> {
  const engine = await geometryEngine();
  const random = randomNumbers(seed);
  const [east, north] = metresPerDegree(at[1]);
  const corner = Array.from({ length: (cells + 1) ** 2 }, (_, i): Position => {
    const x = ((i % (cells + 1)) + (random() - 0.5) * 0.4) * size;
    const y = (Math.floor(i / (cells + 1)) + (random() - 0.5) * 0.4) * size;
    return [at[0] + x / east, at[1] + y / north];
  });
  const sides = new Map<string, Position[]>();
  /** From corner `i` to corner `j` without `j`; the same positions backwards from `j` to `i`. */
  const side = (i: number, j: number): Position[] => {
    const [low, high] = [Math.min(i, j), Math.max(i, j)];
    let between = sides.get(`${low} ${high}`);
    if (between === undefined) {
      const a = corner[low] as Position;
      const b = corner[high] as Position;
      between = Array.from({ length: bends }, (_, k): Position => {
        const part = (k + 1) / (bends + 1);
        const off = (random() - 0.5) * 0.12;
        return [
          a[0] + (b[0] - a[0]) * part + (b[1] - a[1]) * off * (north / east),
          a[1] + (b[1] - a[1]) * part - (b[0] - a[0]) * off * (east / north),
        ];
      });
      sides.set(`${low} ${high}`, between);
    }
    return [corner[i] as Position, ...(i < j ? between : [...between].reverse())];
  };
  const byKind = new Map<ZoneKind, PolygonRings[]>(KINDS.map((kind) => [kind, []]));
  for (let row = 0; row < cells; row++) {
    for (let column = 0; column < cells; column++) {
      const chance = random();
      if (chance < empty) continue;
      const middle = (cells - 1) / 2;
      const far = Math.max(Math.abs(row - middle), Math.abs(column - middle)) / (cells / 2) + (random() - 0.5) * 0.4;
      const a = row * (cells + 1) + column;
      const b = a + cells + 1;
      const ring = [...side(a, a + 1), ...side(a + 1, b + 1), ...side(b + 1, b), ...side(b, a)];
      byKind.get(far < 0.35 ? 'core' : far < 0.7 ? 'buffer' : 'transition')?.push([[...ring, ring[0] as Position]]);
    }
  }
  return [...byKind].flatMap(([kind, polygons]): ZoneShape[] => {
    if (polygons.length === 0) return [];
    const coordinates = dissolved(engine, polygons).map((polygon) => polygon.map((ring, i) => turned(ring, i === 0)));
    return [{ id: kind, kind, geometry: { type: 'MultiPolygon', coordinates } }];
  });
}

/** A ring that turns counter-clockwise, or not. */
function turned(ring: Ring, counterClockwise: boolean): Ring {
  const sum = ring.reduce((s, [x, y], i) => {
    const [x2, y2] = ring[(i + 1) % ring.length] as Position;
    return s + x * y2 - x2 * y;
  }, 0);
  return sum > 0 === counterClockwise ? ring : [...ring].reverse();
}

export type Fault = (zones: ZoneShape[], random: () => number) => ZoneShape[];

const pick = <T>(list: T[], random: () => number): T => list[Math.floor(random() * list.length)] as T;

/** Changes one ring of one zone. */
function inRing(change: (ring: Ring, random: () => number) => Ring): Fault {
  return (zones, random) => {
    const zone = pick(zones, random);
    const p = Math.floor(random() * zone.geometry.coordinates.length);
    const r = Math.floor(random() * (zone.geometry.coordinates[p]?.length ?? 1));
    const coordinates = zone.geometry.coordinates.map((polygon, i) =>
      i === p ? polygon.map((ring, j) => (j === r ? change(ring, random) : ring)) : polygon,
    );
    return withShape(zones, zone, coordinates);
  };
}

function withShape(zones: ZoneShape[], zone: ZoneShape, coordinates: PolygonRings[]): ZoneShape[] {
  return zones.map((other) => (other === zone ? { ...zone, geometry: { type: 'MultiPolygon' as const, coordinates } } : other));
}

/** Moves every position of a zone by up to so many metres. */
function moved(metres: number, alike: boolean): Fault {
  return (zones, random) => {
    const zone = pick(zones, random);
    const [east, north] = metresPerDegree(zone.geometry.coordinates[0]?.[0]?.[0]?.[1] ?? 0);
    const step = (): Position => [((random() - 0.5) * 2 * metres) / east, ((random() - 0.5) * 2 * metres) / north];
    const common = step();
    const coordinates = zone.geometry.coordinates.map((polygon) =>
      polygon.map((ring) => {
        const open = ring.slice(0, -1).map(([x, y]): Position => {
          const [dx, dy] = alike ? common : step();
          return [x + dx, y + dy];
        });
        return [...open, open[0] as Position];
      }),
    );
    return withShape(zones, zone, coordinates);
  };
}

function box([x, y]: Position, width: number, height: number): PolygonRings {
  const [east, north] = metresPerDegree(y);
  const [x2, y2] = [x + width / east, y + height / north];
  return [
    [
      [x, y],
      [x2, y],
      [x2, y2],
      [x, y2],
      [x, y],
    ],
  ];
}

const corner = (zone: ZoneShape, random: () => number): Position => pick(zone.geometry.coordinates[0]?.[0] ?? [], random);

/** A fault of each kind, small enough to be repaired. */
export const FAULTS: Record<string, Fault> = {
  open: inRing((ring) => ring.slice(0, -1)),
  repeated: inRing((ring, random) =>
    ring.flatMap((position) => (random() < 0.3 ? [position, [...position] as Position] : [position])),
  ),
  reversed: inRing((ring) => [...ring].reverse()),
  spike: inRing((ring, random) => {
    const i = 1 + Math.floor(random() * (ring.length - 2));
    const at = ring[i] as Position;
    const tip: Position = [at[0] + (random() - 0.5) * 0.1, at[1] + (random() - 0.5) * 0.1];
    return [...ring.slice(0, i + 1), tip, [...at] as Position, ...ring.slice(i + 1)];
  }),
  bowTie: inRing((ring, random) => {
    const i = 1 + Math.floor(random() * (ring.length - 2));
    const [x, y] = ring[i] as Position;
    const [east, north] = metresPerDegree(y);
    const d = 2 + random() * 20;
    const loop: Position[] = [
      [x, y],
      [x + d / east, y + d / north],
      [x + d / east, y - d / north],
      [x - d / east, y + d / north / 2],
    ];
    return [...ring.slice(0, i), ...loop, ...ring.slice(i + 1)];
  }),
  redigitised: moved(3, false),
  shifted: moved(4, true),
  barelyShifted: moved(1e-4, true),
  rounded: (zones, random) => {
    const zone = pick(zones, random);
    const round = (value: number): number => Math.round(value * 1e5) / 1e5;
    const coordinates = zone.geometry.coordinates.map((polygon) =>
      polygon.map((ring) => ring.map(([x, y]): Position => [round(x), round(y)])),
    );
    return withShape(zones, zone, coordinates);
  },
  densified: (zones, random) => {
    const zone = pick(zones, random);
    const coordinates = zone.geometry.coordinates.map((polygon) =>
      polygon.map((ring) =>
        ring.flatMap((a, i): Position[] => {
          const b = ring[i + 1];
          const part = 0.2 + random() * 0.6;
          return b === undefined ? [a] : [a, [a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part]];
        }),
      ),
    );
    return withShape(zones, zone, coordinates);
  },
  duplicate: (zones, random) => {
    const zone = pick(zones, random);
    return [...zones, { ...zone, id: `${zone.id}-again-${zones.length}` }];
  },
  duplicatePart: (zones, random) => {
    const zone = pick(zones, random);
    return withShape(zones, zone, [...zone.geometry.coordinates, pick(zone.geometry.coordinates, random)]);
  },
  collapsed: (zones, random) => {
    const zone = pick(zones, random);
    const [x, y] = corner(zone, random);
    const line: Ring = [
      [x, y],
      [x + 0.01, y + 0.01],
      [x + 0.02, y + 0.02],
      [x, y],
    ];
    return withShape(zones, zone, [...zone.geometry.coordinates, [line]]);
  },
  sliver: (zones, random) => {
    const zone = pick(zones, random);
    const at = corner(pick(zones, random), random);
    const shape =
      random() < 0.5 ? box(at, 1 + random() * 5, 200 + random() * 500) : box(at, 200 + random() * 500, 1 + random() * 5);
    return withShape(zones, zone, [...zone.geometry.coordinates, shape]);
  },
  holeOutside: (zones, random) => {
    const zone = pick(zones, random);
    const [hole = []] = box([75 + random(), 55 + random()], 30, 40);
    const coordinates = zone.geometry.coordinates.map((polygon, i) => (i === 0 ? [...polygon, [...hole].reverse()] : polygon));
    return withShape(zones, zone, coordinates);
  },
  nested: (zones, random) => {
    const zone = pick(zones, random);
    return withShape(
      zones,
      zone,
      zone.geometry.coordinates.map(([outer = []]) => [outer]),
    );
  },
};
