/**
 * How two geometries lie to one another, by what their interiors, boundaries and exteriors share (DE-9IM), in the plane of longitude and
 * latitude as the standard's functions take it.
 *
 *     relates('within', { type: 'Point', coordinates: [61, 46] }, sea)   // true
 *
 * @see Clementini, Di Felice & van Oosterom 1993, doi 10.1007/3-540-56869-7_16; OGC 06-103r4, 6.1.15
 */
import { pointInPolygon } from '../science/point-in-polygon.ts';
import { representativePoint } from '../science/representative-point.ts';
import type { Geometry, Position } from '../types.ts';

type Segment = readonly [Position, Position];
type Where = 'I' | 'B' | 'E';
/** Dimension of what is shared: -1 nothing, 0 points, 1 lines, 2 areas. Keys are parts of both, such as `IB`. */
type Matrix = Record<`${Where}${Where}`, number>;

/** Nearer than this is the same place [deg]: a tenth of a micrometre of the ground. */
const NEAR = 1e-12;

/** What each relation asks of the nine; `T` any dimension, `F` none, `*` whatever. Order: II IB IE BI BB BE EI EB EE. */
const PATTERNS: Record<string, (a: number, b: number) => readonly string[]> = {
  equals: () => ['T*F**FFF*'],
  disjoint: () => ['FF*FF****'],
  intersects: () => ['T********', '*T*******', '***T*****', '****T****'],
  touches: (a, b) => (a === 0 && b === 0 ? [] : ['FT*******', 'F**T*****', 'F***T****']),
  within: () => ['T*F**F***'],
  contains: () => ['T*****FF*'],
  overlaps: (a, b) => (a !== b ? [] : a === 1 ? ['1*T***T**'] : ['T*T***T**']),
  crosses: (a, b) => (a < b ? ['T*T******'] : a > b ? ['T*****T**'] : a === 1 ? ['0********'] : []),
};

const ORDER = ['II', 'IB', 'IE', 'BI', 'BB', 'BE', 'EI', 'EB', 'EE'] as const;

/** Whether `a` lies to `b` as a relation, or a pattern of nine such as `T*F**F***`, says. */
export function relates(how: string, a: Geometry, b: Geometry): boolean {
  if (how === 'intersects' && !boxesMeet(a, b)) return false;
  const patterns = PATTERNS[how]?.(dimension(a), dimension(b)) ?? (/^[TF*012]{9}$/.test(how) ? [how] : []);
  if (patterns.length === 0) return false;
  const matrix = matrixOf(a, b);
  return patterns.some((pattern) =>
    ORDER.every((key, i) => {
      const [asked, found] = [pattern[i], matrix[key]];
      return asked === '*' || (asked === 'T' ? found >= 0 : asked === 'F' ? found < 0 : String(found) === asked);
    }),
  );
}

/** The least distance in degrees, as services of the standard reckon it; 0 where they meet. */
export function separation(a: Geometry, b: Geometry): number {
  if (boxesMeet(a, b) && relates('intersects', a, b)) return 0;
  const [ofA, ofB] = [segmentsOf(a), segmentsOf(b)];
  let least = Number.POSITIVE_INFINITY;
  for (const s of ofA) for (const t of ofB) least = Math.min(least, ...s.map((p) => away(p, t)), ...t.map((p) => away(p, s)));
  return least;
}

/** Length of a line or of the boundary of an area, in degrees as they are. */
export function lengthOf(geometry: Geometry): number {
  return segmentsOf(geometry).reduce((sum, [p, q]) => sum + Math.hypot(q[0] - p[0], q[1] - p[1]), 0);
}

function matrixOf(a: Geometry, b: Geometry): Matrix {
  const matrix: Matrix = { II: -1, IB: -1, IE: -1, BI: -1, BB: -1, BE: -1, EI: -1, EB: -1, EE: 2 };
  const note = (key: keyof Matrix, found: number): void => {
    matrix[key] = Math.max(matrix[key], found);
  };
  pieces(a, b, (part, where, size) => {
    note(`${part}${where}`, size);
    if (part === 'B' && size === 1 && where !== 'B') nearBoundary(where, (other) => note(`I${other}`, 2), a, b);
    if (part === 'B' && size === 1 && where === 'I' && dimension(b) === 2) note('EI', 2); // what lies beyond it is within b still
  });
  pieces(b, a, (part, where, size) => {
    note(`${where}${part}`, size);
    if (part === 'B' && size === 1 && where !== 'B') nearBoundary(where, (other) => note(`${other}I`, 2), b, a);
    if (part === 'B' && size === 1 && where === 'I' && dimension(a) === 2) note('IE', 2);
  });
  for (const point of insides(a)) note(`I${locate(point, b)}`, dimension(b) === 2 || locate(point, b) === 'E' ? 2 : dimension(b));
  for (const point of insides(b)) note(`${locate(point, a)}I`, dimension(a) === 2 || locate(point, a) === 'E' ? 2 : dimension(a));
  if (dimension(a) === 2 && dimension(b) < 2) note('IE', 2);
  if (dimension(b) === 2 && dimension(a) < 2) note('EI', 2);
  return matrix;
}

/** Beside a piece of the boundary of an area lies its interior, on the same side of the other where that is an area or the outside. */
function nearBoundary(where: 'I' | 'E', note: (other: Where) => void, own: Geometry, other: Geometry): void {
  if (dimension(own) === 2 && (where === 'E' || dimension(other) === 2)) note(where);
}

/** Tells for each piece of lines and boundaries, split where the other one meets it, and each point, where it lies in the other. */
function pieces(of: Geometry, other: Geometry, tell: (part: 'I' | 'B', where: Where, size: 0 | 1) => void): void {
  if (of.type === 'Point') {
    tell('I', locate(of.coordinates, other), 0);
    return;
  }
  const own: 'I' | 'B' = dimension(of) === 2 ? 'B' : 'I';
  const cuts = segmentsOf(other);
  const ends = of.type === 'LineString' ? openEnds(of.coordinates) : [];
  for (const [p, q] of segmentsOf(of)) {
    const shares = [0, 1, ...cuts.flatMap((cut) => meetings([p, q], cut))].sort((s, t) => s - t);
    for (let i = 0; i < shares.length; i++) {
      const [from = 0, to = from] = [shares[i], shares[i + 1]];
      const node = along(p, q, from);
      tell(ends.some((end) => isNear(end, node)) ? 'B' : own, locate(node, other), 0);
      const middle = along(p, q, (from + to) / 2);
      if (!isNear(node, middle)) tell(own, locate(middle, other), 1);
    }
  }
}

/** Where a place lies: within, on the boundary or the end of a line, outside. */
function locate(place: Position, geometry: Geometry): Where {
  if (geometry.type === 'Point') return isNear(place, geometry.coordinates) ? 'I' : 'E';
  const isOn = segmentsOf(geometry).some((segment) => away(place, segment) <= NEAR);
  if (geometry.type === 'LineString') {
    if (!isOn) return 'E';
    return openEnds(geometry.coordinates).some((end) => isNear(end, place)) ? 'B' : 'I';
  }
  if (isOn) return 'B';
  return pointInPolygon(place, geometry) === 'outside' ? 'E' : 'I';
}

function dimension({ type }: Geometry): 0 | 1 | 2 {
  return type === 'Point' ? 0 : type === 'LineString' ? 1 : 2;
}

/** A line that is not closed has two ends, which are its boundary. */
function openEnds(line: readonly Position[]): Position[] {
  const [first, last] = [line[0], line.at(-1)];
  return first === undefined || last === undefined || isNear(first, last) ? [] : [first, last];
}

/** A place within each polygon. */
function insides(geometry: Geometry): Position[] {
  if (geometry.type === 'Point' || geometry.type === 'LineString') return [];
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  return polygons.map((coordinates) => [...representativePoint({ type: 'Polygon', coordinates })] as Position);
}

function segmentsOf(geometry: Geometry): Segment[] {
  if (geometry.type === 'Point') return [[geometry.coordinates, geometry.coordinates]];
  const lines =
    geometry.type === 'LineString'
      ? [geometry.coordinates]
      : geometry.type === 'Polygon'
        ? geometry.coordinates
        : geometry.coordinates.flat();
  return lines.flatMap((line) =>
    line.slice(1).flatMap((q, i): Segment[] => {
      const p = line[i];
      return p === undefined || (p[0] === q[0] && p[1] === q[1]) ? [] : [[p, q]];
    }),
  );
}

/** Shares of the way along the first segment at which the second meets it; both ends of what they share where they run along. */
function meetings([p, q]: Segment, [r, s]: Segment): number[] {
  const [ux, uy, vx, vy] = [q[0] - p[0], q[1] - p[1], s[0] - r[0], s[1] - r[1]];
  const cross = ux * vy - uy * vx;
  const length = ux * ux + uy * uy;
  if (Math.abs(cross) <= 1e-15 * Math.sqrt(length * (vx * vx + vy * vy))) {
    return [r, s].flatMap((end) => {
      const share = ((end[0] - p[0]) * ux + (end[1] - p[1]) * uy) / length;
      return share > 0 && share < 1 && away(end, [p, q]) <= NEAR ? [share] : [];
    });
  }
  const share = ((r[0] - p[0]) * vy - (r[1] - p[1]) * vx) / cross;
  const other = ((r[0] - p[0]) * uy - (r[1] - p[1]) * ux) / cross;
  return share > 0 && share < 1 && other >= -NEAR && other <= 1 + NEAR ? [share] : [];
}

function away([x, y]: Position, [p, q]: Segment): number {
  const [ux, uy] = [q[0] - p[0], q[1] - p[1]];
  const length = ux * ux + uy * uy;
  const share = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - p[0]) * ux + (y - p[1]) * uy) / length));
  return Math.hypot(x - p[0] - share * ux, y - p[1] - share * uy);
}

function along(p: Position, q: Position, share: number): Position {
  return share === 1 ? q : [p[0] + share * (q[0] - p[0]), p[1] + share * (q[1] - p[1])];
}

function isNear(a: Position, b: Position): boolean {
  return Math.hypot(a[0] - b[0], a[1] - b[1]) <= NEAR;
}

function boxesMeet(a: Geometry, b: Geometry): boolean {
  const [w, s, e, n] = boxOf(a);
  const [west, south, east, north] = boxOf(b);
  return w <= east && e >= west && s <= north && n >= south;
}

function boxOf(geometry: Geometry): [number, number, number, number] {
  const box: [number, number, number, number] = [180, 90, -180, -90];
  for (const segment of segmentsOf(geometry)) {
    for (const [x, y] of segment) {
      box[0] = Math.min(box[0], x);
      box[1] = Math.min(box[1], y);
      box[2] = Math.max(box[2], x);
      box[3] = Math.max(box[3], y);
    }
  }
  return box;
}
