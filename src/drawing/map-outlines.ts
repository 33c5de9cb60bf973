/**
 * Rings made light for drawing, so that zones that share a border still share it.
 *
 *     const outlines = mapOutlines(shapes, project);
 *     outlines[0].rings[0].paths   // the ring as pieces of line, in tenths of a pixel
 *
 * Positions are rounded to a grid of a tenth of a pixel; where rings part or meet they are cut into arcs, as in TopoJSON
 * (Bostock and Carter 2013, https://github.com/topojson/topojson-specification); each arc is simplified once and the same
 * way round for all rings that run along it. What is drawn is never farther than `TOLERANCE` and the rounding from the true
 * line; thin necks may close, which a reader cannot see at that size. Only the drawing is simplified, never an area.
 * @see Douglas & Peucker 1973, Cartographica 10, 112-122, doi 10.3138/FM57-6770-U75U-7727
 */
import type { PolygonRings, Position, Ring, ZoneKind } from '../types.ts';

/** A polygon of a zone, as it is given. */
export interface Shape {
  kind: ZoneKind;
  polygon: PolygonRings;
}

/** A polygon of a zone, as it is drawn. */
export interface Outline {
  kind: ZoneKind;
  /** Closed rings without the last position, in tenths of a pixel; empty where the polygon is too small to be seen. */
  rings: Line[];
  /** The lines to be drawn around it where parts of the rings are only cuts along the antimeridian or to a pole, else `null`. */
  lines: Line[] | null;
  /** Where a polygon too small to be seen stands. */
  dot: [x: number, y: number] | null;
}

/** x, y, x, y, ... in tenths of a pixel. */
export type Line = number[];

/** From a position to pixels. */
type Projecting = (position: Position) => [x: number, y: number];

/** Grid cells per pixel. */
export const GRID = 10;

/** A line may be drawn so far off [px]. */
export const TOLERANCE = 0.25;

/** More positions than this make a drawing heavy: grid and tolerance are doubled, once or more, until fewer are left. */
const MOST_POSITIONS = 40_000;

/** A grid like this is not made coarser [tenths of a pixel]. */
const COARSEST = 64;

/** Polygons of less width and height are drawn as a dot [grid cells]: two pixels. */
const SMALLEST = 2 * GRID;

/** Rings as numbers of vertices, which stand for a cell of the grid each. */
interface Mesh {
  x: number[];
  y: number[];
  /** Whether a vertex lies on the antimeridian, whether at a pole. */
  seam: boolean[];
  pole: boolean[];
  /** Whether rings part or meet there. */
  junction: boolean[];
  /** By shape, by ring: vertices without repeating the first. */
  rings: number[][][];
}

/** What is drawn of `shapes`, in their order; `project` gives pixels. */
export function mapOutlines(shapes: Shape[], project: Projecting): Outline[] {
  let cell = 1;
  let { mesh, light } = drawing(shapes, project, cell);
  for (let count = positionsIn(light); count > MOST_POSITIONS && cell < COARSEST; count = positionsIn(light)) {
    cell *= 2 ** Math.ceil(Math.log2(count / MOST_POSITIONS));
    ({ mesh, light } = drawing(shapes, project, cell));
  }
  const cuts = cutsOf(shapes, light, mesh);
  return shapes.map(({ kind }, s) => outline(kind, mesh.rings[s] ?? [], light[s] ?? [], cuts, mesh));
}

function positionsIn(light: number[][][][]): number {
  return light.flat(2).reduce((count, arc) => count + arc.length, 0);
}

/** Arcs on a grid of `cell` tenths of a pixel, simplified in proportion. */
function drawing(shapes: Shape[], project: Projecting, cell: number): { mesh: Mesh; light: number[][][][] } {
  const mesh = meshOf(shapes, project, cell);
  const tolerance = TOLERANCE * GRID * cell;
  const light = mesh.rings.map((rings) =>
    rings.map((ring) => arcsOf(ring, mesh).map((arc) => simplifiedArc(arc, mesh, tolerance))),
  );
  return { mesh, light };
}

function meshOf(shapes: Shape[], project: Projecting, cell: number): Mesh {
  const mesh: Mesh = { x: [], y: [], seam: [], pole: [], junction: [], rings: [] };
  const numbers = new Map<number, number>();
  const vertex = (position: Position): number => {
    const [x, y] = project(position).map((pixels) => Math.round((pixels * GRID) / cell) * cell) as [number, number];
    const place = x * 2 ** 24 + y;
    let number = numbers.get(place);
    if (number === undefined) {
      number = mesh.x.push(x) - 1;
      mesh.y.push(y);
      mesh.seam.push(true);
      mesh.pole.push(Math.abs(position[1]) === 90);
      numbers.set(place, number);
    }
    if (mesh.seam[number] && !mesh.pole[number] && Math.abs(Math.abs(position[0]) - 180) > 1e-9) mesh.seam[number] = false;
    return number;
  };
  mesh.rings = shapes.map(({ polygon }) => polygon.map((ring) => cells(ring, vertex)));
  mesh.junction = junctions(mesh);
  return mesh;
}

/** The vertices of a ring; one that follows itself is given once. */
function cells(ring: Ring, vertex: (position: Position) => number): number[] {
  const found: number[] = [];
  for (const position of ring) {
    const number = vertex(position);
    if (number !== found[found.length - 1]) found.push(number);
  }
  if (found.length > 1 && found[0] === found[found.length - 1]) found.pop();
  return found;
}

/** A vertex is a junction unless it has the same two neighbours in every ring; so is one where a ring turns back. */
function junctions({ x, rings }: Mesh): boolean[] {
  const one = new Int32Array(x.length).fill(-1);
  const two = new Int32Array(x.length).fill(-1);
  const junction = new Array<boolean>(x.length).fill(false);
  for (const ring of rings.flat()) {
    for (let i = 0; i < ring.length; i++) {
      const at = ring[i] as number;
      const a = ring[i === 0 ? ring.length - 1 : i - 1] as number;
      const b = ring[i === ring.length - 1 ? 0 : i + 1] as number;
      if (a === b) junction[at] = true;
      if (one[at] === -1) [one[at], two[at]] = [a, b];
      else if (!((one[at] === a && two[at] === b) || (one[at] === b && two[at] === a))) junction[at] = true;
    }
  }
  return junction;
}

/** A ring as arcs from junction to junction, each with both its ends; one without a junction is a single arc that closes. */
function arcsOf(ring: number[], { junction }: Mesh): number[][] {
  if (ring.length < 2) return [ring];
  let start = ring.findIndex((vertex) => junction[vertex]);
  if (start === -1) start = ring.reduce((least, vertex, i) => (vertex < (ring[least] as number) ? i : least), 0);
  const arcs: number[][] = [];
  let arc: number[] = [];
  for (let i = 0; i <= ring.length; i++) {
    const vertex = ring[(start + i) % ring.length] as number;
    arc.push(vertex);
    if (i === ring.length || (i > 0 && junction[vertex])) {
      arcs.push(arc);
      arc = [vertex];
    }
  }
  return arcs;
}

/** Simplified from the end with the lower number, so that both sides of a border get the same. */
function simplifiedArc(arc: number[], mesh: Mesh, tolerance: number): number[] {
  const closed = arc[0] === arc[arc.length - 1];
  const [low, high] = closed ? [arc[1], arc[arc.length - 2]] : [arc[0], arc[arc.length - 1]];
  const turned = (low ?? 0) > (high ?? 0);
  const line = turned ? arc.toReversed() : arc;
  const light = closed ? simplifiedLoop(line, mesh, tolerance) : simplifiedLine(line, mesh, tolerance);
  return turned ? light.reverse() : light;
}

/** A line that closes is held at its first vertex and at the one farthest from it. */
function simplifiedLoop(line: number[], mesh: Mesh, tolerance: number): number[] {
  const [x0, y0] = [mesh.x[line[0] as number] as number, mesh.y[line[0] as number] as number];
  let far = 0;
  let farthest = -1;
  for (const [i, vertex] of line.entries()) {
    const distance = ((mesh.x[vertex] as number) - x0) ** 2 + ((mesh.y[vertex] as number) - y0) ** 2;
    if (distance > farthest) [farthest, far] = [distance, i];
  }
  const there = simplifiedLine(line.slice(0, far + 1), mesh, tolerance);
  return [...there, ...simplifiedLine(line.slice(far), mesh, tolerance).slice(1)];
}

/** Douglas & Peucker 1973: keeps the ends, and between them what lies farther than `tolerance` from the line so far. */
function simplifiedLine(line: number[], { x, y }: Mesh, tolerance: number): number[] {
  const keep = new Uint8Array(line.length);
  keep[0] = keep[line.length - 1] = 1;
  const open: [number, number][] = [[0, line.length - 1]];
  for (let span = open.pop(); span !== undefined; span = open.pop()) {
    const [from, to] = span;
    const [a, b] = [line[from] as number, line[to] as number];
    const [ax, ay] = [x[a] as number, y[a] as number];
    const [dx, dy] = [(x[b] as number) - ax, (y[b] as number) - ay];
    const length2 = dx * dx + dy * dy;
    let far = -1;
    let farthest = tolerance * tolerance;
    for (let i = from + 1; i < to; i++) {
      const px = (x[line[i] as number] as number) - ax;
      const py = (y[line[i] as number] as number) - ay;
      const part = length2 === 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy) / length2));
      const distance = (px - part * dx) ** 2 + (py - part * dy) ** 2;
      if (distance > farthest) [farthest, far] = [distance, i];
    }
    if (far === -1) continue;
    keep[far] = 1;
    open.push([from, far], [far, to]);
  }
  return line.filter((_, i) => keep[i] === 1);
}

/**
 * Names of the arcs that are no border: two parts of the same kind of zone meet there along the antimeridian, or a ring
 * runs to a pole and back there.
 */
function cutsOf(shapes: Shape[], arcs: number[][][][], mesh: Mesh): Set<string> {
  const seen = new Map<string, number>();
  const cuts = new Set<string>();
  for (const [s, rings] of arcs.entries()) {
    for (const [r, ring] of rings.entries()) {
      for (const arc of ring) {
        const onSeam = arc.every((vertex) => mesh.seam[vertex]);
        if (!onSeam && !arc.some((vertex) => mesh.pole[vertex])) continue;
        const name = `${onSeam ? shapes[s]?.kind : `${s} ${r}`}:${nameOf(arc)}`;
        const times = (seen.get(name) ?? 0) + 1;
        seen.set(name, times);
        if (times === 2 && arc.length > 1 && arc[0] !== arc[arc.length - 1]) cuts.add(name.slice(name.indexOf(':') + 1));
      }
    }
  }
  return cuts;
}

/** The same both ways round. */
function nameOf(arc: number[]): string {
  return ((arc[0] ?? 0) < (arc[arc.length - 1] ?? 0) ? arc : arc.toReversed()).join();
}

function outline(kind: ZoneKind, before: number[][], arcs: number[][][], cuts: Set<string>, mesh: Mesh): Outline {
  const dot = dotOf(before[0] ?? [], mesh);
  if (dot !== null) return { kind, rings: [], lines: null, dot };
  const rings = arcs
    .map((ring) => ring.flatMap((arc) => (arc.length > 1 ? arc.slice(0, -1) : arc)))
    .filter((ring, i) => ring.length > (i === 0 ? 1 : 2))
    .map((ring) => lineOf(ring, mesh));
  const drawn = cuts.size === 0 ? null : arcs.flat().filter((arc) => !cuts.has(nameOf(arc)));
  const whole = drawn === null || drawn.length === arcs.flat().length;
  return { kind, rings, lines: whole ? null : drawn.map((arc) => lineOf(arc, mesh)), dot: null };
}

function lineOf(vertices: number[], { x, y }: Mesh): Line {
  return vertices.flatMap((vertex) => [x[vertex] as number, y[vertex] as number]);
}

/** The middle of a ring too small to be seen, else `null`. */
function dotOf(ring: number[], { x, y }: Mesh): [number, number] | null {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const vertex of ring) {
    west = Math.min(west, x[vertex] as number);
    east = Math.max(east, x[vertex] as number);
    south = Math.min(south, y[vertex] as number);
    north = Math.max(north, y[vertex] as number);
  }
  return Math.max(east - west, north - south) < SMALLEST ? [(west + east) / 2, (south + north) / 2] : null;
}
