/**
 * Whether rings, parts and holes are what repair leaves alone: no spike, turning the right way, wide or large enough.
 *
 *     const sizes = ringSizes(table);
 *     areRingsSound(table, sizes, tolerance) && arePartsWide(zones, table, sizes, tolerance)
 *
 * Bounds that cost little decide for nearly all; the measures of repair itself are taken where a bound is near.
 */
import type { MultiPolygon, PolygonRings, Position, Ring } from '../types.ts';
import { type OpenGround, OUTSIDE, walkBoundary } from './open-ground.ts';
import { SPIKE_ANGLE } from './repair-rings.ts';
import { meanWidth, type RepairTolerance, ROUNDING } from './repair-tolerance.ts';
import type { SharedEdges } from './shared-edges.ts';
import { inMetres, metresPerDegree, straightArea } from './straight-measures.ts';
import { edgeBefore, type VertexTable } from './vertex-table.ts';

export interface RingSizes {
  /** By ring, counter-clockwise positive [deg2]. */
  area: Float64Array;
  /** By ring [deg]. */
  perimeter: Float64Array;
  /** Square metres in a square degree at the least [m2]: those of the latitude farthest from the equator. */
  density: number;
}

/** Metres in a degree at the most [m]: of latitude, at the poles. */
const DEGREE = 111_700;

/** Nearer to a pole than this [deg], the slow way decides. */
const POLAR = 89;

/** Measures that rounding may lead to differ by this share are taken as equal [1]. */
const NEARLY = 1 + 1e-6;

/** Narrower than this [m] nothing is called sound here. */
const THREAD = 1e-3;

/** A ring whose area is less than this share of its squared length is left to the slow way; ten times what repair takes as turning neither way [1]. */
const BALANCED = 1e-9;

const SPIKE_TANGENT = Math.tan((SPIKE_ANGLE * NEARLY * Math.PI) / 180);

/** Area and perimeter of each ring in the plane of longitude and latitude, or `null` near a pole. */
export function ringSizes({ at, lon, lat, starts, box }: VertexTable): RingSizes | null {
  const farthest = Math.max(-box[1], box[3]);
  if (farthest > POLAR) return null;
  const [east, north] = metresPerDegree(farthest);
  const area = new Float64Array(starts.length - 1);
  const perimeter = new Float64Array(starts.length - 1);
  for (let r = 0; r < area.length; r++) {
    const start = starts[r] as number;
    const end = (starts[r + 1] as number) - 1;
    const x0 = lon[at[start] as number] as number;
    const y0 = lat[at[start] as number] as number;
    let [x1, y1, twice, length] = [0, 0, 0, 0];
    for (let k = start + 1; k <= end; k++) {
      const x2 = (lon[at[k] as number] as number) - x0;
      const y2 = (lat[at[k] as number] as number) - y0;
      twice += x1 * y2 - x2 * y1;
      length += Math.sqrt((x2 - x1) * (x2 - x1) + (y2 - y1) * (y2 - y1));
      x1 = x2;
      y1 = y2;
    }
    area[r] = twice / 2;
    perimeter[r] = length;
  }
  return { area, perimeter, density: east * north };
}

/** Whether every ring turns the right way, encloses something and has no spike. */
export function areRingsSound(table: VertexTable, sizes: RingSizes, tolerance: RepairTolerance): boolean {
  const { starts, isHole } = table;
  for (let r = 0; r < starts.length - 1; r++) {
    const area = (isHole[r] === 1 ? -1 : 1) * (sizes.area[r] as number) * sizes.density;
    const perimeter = (sizes.perimeter[r] as number) * DEGREE;
    if (!(area > BALANCED * perimeter * perimeter && area > THREAD * perimeter)) return false;
    for (let k = starts[r] as number; k < (starts[r + 1] as number) - 1; k++) if (isSpike(table, k, tolerance)) return false;
  }
  return true;
}

/** Whether repair would take the tip at corner `k` off, or might. */
function isSpike(table: VertexTable, k: number, tolerance: RepairTolerance): boolean {
  const { at, lon, lat } = table;
  const b = at[k] as number;
  const a = at[edgeBefore(table, k)] as number;
  const c = at[k + 1] as number;
  const ax = (lon[a] as number) - (lon[b] as number);
  const ay = (lat[a] as number) - (lat[b] as number);
  const cx = (lon[c] as number) - (lon[b] as number);
  const cy = (lat[c] as number) - (lat[b] as number);
  if (ax * cx + ay * cy <= 0) return false;
  const [east, north] = metresPerDegree(lat[b] as number);
  const dot = ax * cx * east * east + ay * cy * north * north;
  const across = Math.abs(ax * cy - ay * cx) * east * north;
  if (across >= SPIKE_TANGENT * dot) return false;
  const width = across / Math.max(Math.hypot(ax * east, ay * north), Math.hypot(cx * east, cy * north));
  if (width > tolerance.width * NEARLY || across / 2 > tolerance.borderArea * NEARLY) return false;
  return width <= ROUNDING || !isShared(table, k);
}

/** Whether another zone has the vertex of corner `k` too. */
function isShared({ at, last, before, ringOf, polygonOf, zoneOf }: VertexTable, k: number): boolean {
  const zone = (corner: number): number => zoneOf[polygonOf[ringOf[corner] as number] as number] as number;
  for (let p = last[at[k] as number] as number; p !== -1; p = before[p] as number) if (zone(p) !== zone(k)) return true;
  return false;
}

/** Whether no part of a zone of several is a sliver. */
export function arePartsWide(
  zones: { geometry: MultiPolygon }[],
  { polygonOf, zoneOf }: VertexTable,
  sizes: RingSizes,
  tolerance: RepairTolerance,
): boolean {
  const areas = new Float64Array(zoneOf.length);
  const lengths = new Float64Array(zoneOf.length);
  for (const [r, polygon] of polygonOf.entries()) {
    (areas[polygon] as number) += (sizes.area[r] as number) * sizes.density;
    (lengths[polygon] as number) += (sizes.perimeter[r] as number) * DEGREE;
  }
  let p = 0;
  for (const { geometry } of zones) {
    const isAlone = geometry.coordinates.length === 1;
    for (const polygon of geometry.coordinates) {
      const area = areas[p] as number;
      if (area < THREAD * (lengths[p] as number)) return false;
      if (!isAlone && area <= tolerance.borderArea * NEARLY && !isWide(polygon, tolerance.borderArea, tolerance.width))
        return false;
      p++;
    }
  }
  return true;
}

/** Whether no open ground within the map is a gap between zones or a narrow hole in one. */
export function areGapsMeant(
  table: VertexTable,
  shared: SharedEdges,
  { edges, faces }: OpenGround,
  sizes: RingSizes,
  tolerance: RepairTolerance,
): boolean {
  const { ringOf, polygonOf, zoneOf } = table;
  const zoneAlong = (edge: number): number => zoneOf[polygonOf[ringOf[edge] as number] as number] as number;
  const zoneOfFace = new Map<number, number>();
  const areaOfFace = new Map<number, number>();
  for (const [b, face] of faces.entries()) {
    if (face === OUTSIDE) continue;
    const zone = zoneOfFace.get(face) ?? zoneAlong(edges[b] as number);
    zoneOfFace.set(face, zone);
    let isOne = true;
    walkBoundary(table, shared, edges[b] as number, (edge) => {
      if (zoneAlong(edge) !== zone) isOne = false;
    });
    if (!isOne) return false;
    areaOfFace.set(face, (areaOfFace.get(face) ?? 0) + areaWithin(table, shared, edges[b] as number));
  }
  const small = new Map<number, Ring[]>();
  for (const [face, area] of areaOfFace) if (area * sizes.density <= tolerance.sliverArea * NEARLY) small.set(face, []);
  for (const [b, face] of faces.entries()) small.get(face)?.push(boundaryRing(table, shared, edges[b] as number));
  for (const rings of small.values()) {
    const outerFirst = rings.toSorted((a, b) => height(b) - height(a));
    if (!isWide(outerFirst, tolerance.sliverArea, tolerance.width)) return false;
  }
  return true;
}

/** Area that a boundary of open ground encloses, negative where the ground lies around it [deg2]. */
function areaWithin(table: VertexTable, shared: SharedEdges, start: number): number {
  const { at, lon, lat } = table;
  const x0 = lon[at[start] as number] as number;
  const y0 = lat[at[start] as number] as number;
  let twice = 0;
  walkBoundary(table, shared, start, (edge) => {
    const a = at[edge + 1] as number;
    const b = at[edge] as number;
    twice += ((lon[a] as number) - x0) * ((lat[b] as number) - y0) - ((lon[b] as number) - x0) * ((lat[a] as number) - y0);
  });
  return twice / 2;
}

function boundaryRing(table: VertexTable, shared: SharedEdges, start: number): Ring {
  const { at, lon, lat } = table;
  const ring: Ring = [];
  walkBoundary(table, shared, start, (edge) => {
    const v = at[edge + 1] as number;
    ring.push([lon[v] as number, lat[v] as number]);
  });
  return [...ring, ring[0] as Position];
}

/** Height of a ring's box [deg]: an outer ring is higher than its holes. */
function height(ring: Ring): number {
  const lats = ring.map(([, y]) => y);
  return lats.reduce((high, y) => Math.max(high, y), -90) - lats.reduce((low, y) => Math.min(low, y), 90);
}

/** Whether a shape is certainly larger than `area` [m2], or holds a circle of diameter `width` [m]. */
function isWide(polygon: PolygonRings, area: number, width: number): boolean {
  return straightArea(polygon) > area * NEARLY || meanWidth(polygon) > width * NEARLY || holdsCircle(polygon, width);
}

/** The circle tried is larger by this share, as engines draw it with corners [1]. */
const LARGER = 1.1;

/** Whether a circle of this diameter [m] around the middle of the corners lies inside. */
function holdsCircle(polygon: PolygonRings, diameter: number): boolean {
  const metres = inMetres(polygon);
  const corners = (metres[0] ?? []).slice(1);
  const middle: Position = [0, 0];
  for (const [x, y] of corners) {
    middle[0] += x / corners.length;
    middle[1] += y / corners.length;
  }
  if (!isInside(middle, metres)) return false;
  return metres.every((ring) =>
    ring.every((to, i) => i === 0 || distance(middle, ring[i - 1] as Position, to) > (LARGER * diameter) / 2),
  );
}

function isInside([x, y]: Position, rings: PolygonRings): boolean {
  let odd = false;
  for (const ring of rings) {
    for (let i = 1; i < ring.length; i++) {
      const [x1, y1] = ring[i - 1] as Position;
      const [x2, y2] = ring[i] as Position;
      if (y1 <= y !== y2 <= y && x1 + ((x2 - x1) * (y - y1)) / (y2 - y1) < x) odd = !odd;
    }
  }
  return odd;
}

function distance([x, y]: Position, [x1, y1]: Position, [x2, y2]: Position): number {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const along = Math.min(1, Math.max(0, ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy)));
  return Math.hypot(x - x1 - along * dx, y - y1 - along * dy);
}
