/**
 * Makes `data/basemap/world-50m.json`: countries, lakes, rivers and disputed boundaries of Natural Earth, as TopoJSON.
 *
 *     node scripts/basemap.ts FOLDER
 *
 * FOLDER holds the four files that `data/basemap/README.md` names. Lines are put on a grid of 0.005 degrees and lose what
 * lies within 0.005 degrees of a straight line, far less than their own error; borders that two countries share stay shared.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

type Position = [x: number, y: number];
interface Geometry {
  type: string;
  id?: string;
  properties?: { name: string };
  arcs: number[] | number[][] | number[][][];
}
interface Topology {
  transform: { scale: Position; translate: Position };
  arcs: Position[][];
  objects: Record<string, { geometries: Geometry[] }>;
}
interface Feature {
  properties: Record<string, unknown>;
  geometry: { type: string; coordinates: unknown } | null;
}

/** Size of a cell [deg]; what a line may lose [cells]. */
const CELL = 0.005;
const TOLERANCE = 1;
/** Cells around the earth. */
const WHOLE = 360 / CELL;
/** Rivers and lakes of a lower rank than this are left out (`scalerank` of Natural Earth: 0 is the largest). */
const LEAST_RANK = { rivers: 5, lakes: 6 };

const folder = process.argv[2] ?? '.';
const read = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), 'utf8'));
const arcs: Position[][] = [];

/** An arc on the grid, made lighter; its number. */
function added(line: Position[]): number {
  const grid = unwrapped(line)
    .map(([x, y]): Position => [Math.round((x + 180) / CELL), Math.round((y + 90) / CELL)])
    .filter((cell, i, all) => i === 0 || cell[0] !== all[i - 1]?.[0] || cell[1] !== all[i - 1]?.[1]);
  const [first, last] = [grid[0] as Position, grid[grid.length - 1] as Position];
  const closed = first[0] === last[0] && first[1] === last[1];
  if (closed && grid.length < 4) return arcs.push(islet(first)) - 1;
  if (!closed) return arcs.push(lighter(grid)) - 1;
  const far = grid.reduce(
    (best, cell, i) => (distance(cell, first, first) > distance(grid[best] as Position, first, first) ? i : best),
    0,
  );
  const ring = [...lighter(grid.slice(0, far + 1)), ...lighter(grid.slice(far)).slice(1)];
  return arcs.push(ring.length < 4 ? grid : ring) - 1;
}

/** An island smaller than a cell is a cell. */
function islet([x, y]: Position): Position[] {
  const moves: Position[] = [
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 1],
    [0, 0],
  ];
  return moves.map(([dx, dy]) => [x + dx, y + dy]);
}

/** Without jumps from 180 to -180 degrees. */
function unwrapped(line: Position[]): Position[] {
  let turns = 0;
  return line.map(([x, y], i) => {
    const step = x - (line[i - 1]?.[0] ?? x);
    if (Math.abs(step) > 180) turns -= Math.sign(step);
    return [x + 360 * turns, y];
  });
}

/** Douglas & Peucker 1973, doi 10.3138/FM57-6770-U75U-7727. */
function lighter(line: Position[]): Position[] {
  const [first, last] = [line[0] as Position, line[line.length - 1] as Position];
  let [far, farthest] = [0, TOLERANCE];
  for (const [i, cell] of line.entries()) {
    const off = distance(cell, first, last);
    if (off > farthest) [far, farthest] = [i, off];
  }
  return far === 0 ? [first, last] : [...lighter(line.slice(0, far + 1)), ...lighter(line.slice(far)).slice(1)];
}

function distance([x, y]: Position, [ax, ay]: Position, [bx, by]: Position): number {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const part = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length));
  return Math.hypot(x - ax - part * dx, y - ay - part * dy);
}

const world = read('countries-50m.json') as Topology;
const { scale, translate } = world.transform;
const worldArcs = world.arcs.map((arc) => {
  let [x, y] = [0, 0];
  return arc.map(([dx, dy]): Position => {
    [x, y] = [x + dx, y + dy];
    return [x * scale[0] + translate[0], y * scale[1] + translate[1]];
  });
});
for (const arc of worldArcs) added(arc);

/** Whether a polygon lies in a box. */
const within = (polygon: number[][], [west, south, east, north]: [number, number, number, number]): boolean =>
  (polygon[0] ?? []).every((arc) =>
    (worldArcs[arc < 0 ? ~arc : arc] as Position[]).every(([x, y]) => x > west && x < east && y > south && y < north),
  );
const POLE: [number, number, number, number] = [-181, -91, 181, -89.9];
const CRIMEA: [number, number, number, number] = [32, 44, 37, 46.5];

const polygons = new Map<string, number[][][]>();
for (const [i, { type, id, arcs }] of (world.objects.countries?.geometries ?? []).entries()) {
  const code = id === undefined ? `-${i}` : (new Intl.Locale(`und-${id}`).region ?? `-${i}`); // ISO 3166-1: 398 is KZ
  const parts = (type === 'Polygon' ? [arcs] : arcs) as number[][][];
  for (const part of parts) {
    const polygon = part.filter((ring) => !within([ring], POLE)); // Antarctica is given as what lies between the pole and its shore
    // as on maps of the United Nations (General Assembly, resolution 68/262)
    const of = code === 'RU' && within(polygon, CRIMEA) ? 'UA' : code;
    polygons.set(of, [...(polygons.get(of) ?? []), polygon]);
  }
}
const countries = [...polygons]
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([code, arcs]) => ({ type: 'MultiPolygon', ...(code.startsWith('-') ? {} : { id: code }), arcs }));

const features = (name: string): Feature[] =>
  (read(name) as { features: Feature[] }).features.filter(({ geometry }) => geometry !== null);
const rankOf = ({ properties }: Feature): number => Number(properties.scalerank ?? 0);

/**
 * Of the Aral Sea only the northern part, held by the Kok-Aral dam since 2005, has a lasting shore; the rest of its outline
 * is that of the 2000s and is left out. The dam lies at 46.1 N.
 */
function lasting(name: unknown, ring: Position[]): Position[] {
  if (name !== 'Aral Sea') return ring;
  return clipped(clipped(ring, 1, 46.14), 0, 59.9);
}

/** What of a ring lies beyond `least` along an axis (Sutherland & Hodgman 1974, doi 10.1145/360767.360802). */
function clipped(ring: Position[], axis: 0 | 1, least: number): Position[] {
  const open = ring.slice(0, -1);
  const kept = open.flatMap((to, i): Position[] => {
    const from = open[(i + open.length - 1) % open.length] as Position;
    if (from[axis] >= least === to[axis] >= least) return to[axis] >= least ? [to] : [];
    const part = (least - from[axis]) / (to[axis] - from[axis]);
    const cut: Position = [from[0] + part * (to[0] - from[0]), from[1] + part * (to[1] - from[1])];
    return to[axis] >= least ? [cut, to] : [cut];
  });
  return [...kept, kept[0] as Position];
}

const lakes = features('ne_50m_lakes.json')
  .filter((feature) => rankOf(feature) <= LEAST_RANK.lakes)
  .map(({ geometry, properties }) => {
    const parts = (geometry?.type === 'Polygon' ? [geometry.coordinates] : geometry?.coordinates) as Position[][][];
    return { type: 'MultiPolygon', arcs: parts.map((rings) => rings.map((ring) => [added(lasting(properties.name, ring))])) };
  });
const linesOf = (list: Feature[]): Geometry[] =>
  list.map(({ geometry }) => {
    const parts = (geometry?.type === 'LineString' ? [geometry.coordinates] : geometry?.coordinates) as Position[][];
    return { type: 'MultiLineString', arcs: parts.map((line) => [added(line)]) };
  });
const rivers = linesOf(features('ne_50m_rivers_lake_centerlines.json').filter((feature) => rankOf(feature) <= LEAST_RANK.rivers));
const disputed = linesOf(features('ne_50m_admin_0_boundary_lines_disputed_areas.json'));

const topology = {
  type: 'Topology',
  transform: { scale: [CELL, CELL], translate: [-180, -90] },
  objects: Object.fromEntries(
    Object.entries({ countries, lakes, rivers, disputed }).map(([name, geometries]) => [
      name,
      { type: 'GeometryCollection', geometries },
    ]),
  ),
  arcs: arcs.map((arc) => {
    const half = arc.map(([x, y]): Position => [x > WHOLE ? x - WHOLE : x < 0 ? x + WHOLE : x, y]); // -180 to 180 again
    const [first, last] = [half[0] as Position, half[half.length - 1] as Position];
    if (last[1] === first[1] && Math.abs(last[0] - first[0]) === WHOLE) last[0] = first[0]; // around the pole
    return half.map(([x, y], i) => [x - (half[i - 1]?.[0] ?? 0), y - (half[i - 1]?.[1] ?? 0)]);
  }),
};
const file = fileURLToPath(new URL('../data/basemap/world-50m.json', import.meta.url));
writeFileSync(file, `${JSON.stringify(topology)}\n`);
