/**
 * The exact share of each raster cell that lies in a zone.
 *
 *     const grid = { width: 4, height: 1, x0: 0, y0: 0, dx: 1, dy: 1 };
 *     const cover = coverage([[[[0.5, 0], [3, 0], [3, 1], [0.5, 1], [0.5, 0]]]], grid);
 *     // spans of row 0: cell 0 with weight 0.5, cells 1 and 2 with weight 1
 *
 * Polygons are in the raster's own coordinates and have straight edges there: transform (and densify) first. The work
 * grows with the boundary, not with the area (coverage-edges.ts). One coverage serves every band and date on the same
 * grid. Tile by tile: `spansInTile` and `zonesByTile` of coverage-tiles.ts.
 */
import { addRing, type CellEvents, clearEvents, newEvents, quantised } from './coverage-edges.ts';
import { growing, push, whole } from './coverage-list.ts';
import { LEAST_SHARE, newRowBuffers, type RowSums, sumRows } from './coverage-rows.ts';
import { checkGrid, columnOf, type Grid, rowOf } from './grid.ts';

/** The outer ring of a polygon, then its holes; positions x, y in the coordinates of the grid. Rings may turn either way and be closed or not. */
export type PolygonRings = readonly PlaneRing[];

export type PlaneRing = readonly (readonly [x: number, y: number])[];

/** Of one zone or many, on one grid. All arrays are typed: a coverage can be posted to a thread, or shared by all of them. */
export interface Coverage {
  readonly grid: Grid;
  /** How many zones; each is named by its index, in the order they were given. */
  readonly zones: number;
  /** Per zone, the rows and columns that hold all its cells, the latter number excluded; equal where there is none. */
  readonly rowFrom: Int32Array;
  readonly rowTo: Int32Array;
  readonly columnFrom: Int32Array;
  readonly columnTo: Int32Array;
  /** Spans of row `r` of zone `z` are those from `starts[first[z] + r - rowFrom[z]]` to the next entry of `starts`, excluded. */
  readonly first: Uint32Array;
  readonly starts: Uint32Array;
  /** Spans, left to right within a row: columns `from` to `to`, excluded, each covered by `weight`: 1 inside, over 0 and under 1 else. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly weight: Float64Array;
  /** Per zone, the sum of the weights: its area on the grid [cells]. */
  readonly covered: Float64Array;
  /** Per zone, the area of its polygons, on the grid or off it [cells]. The zone lies on the grid when `covered` is the same. */
  readonly area: Float64Array;
  /** Per zone, cells that came out over 1 and were held at 1: polygons of the zone overlap there. */
  readonly over: Float64Array;
  /** Per zone, cells that came out under 0 and were held at 0: a ring crosses itself or a hole leaves its polygon. */
  readonly under: Float64Array;
}

export interface CoverageOptions {
  /**
   * Length of a whole turn in units of x, where x is a longitude: 360 for degrees. Polygons are then found on the grid
   * whole turns away as well (-185 is 175), and an edge longer than half a turn goes the short way, across the antimeridian;
   * one of exactly a turn stays, it is the edge of a world map. Without it x is a plain number.
   */
  readonly turn?: number;
}

/** For zones that come one by one: `addZone` as often as there are zones, then `build`. `coverages` is just that. */
export interface CoverageBuilder {
  /** @returns the index of the zone. When it throws, nothing was added and the next zone may follow. */
  addZone(polygons: readonly PolygonRings[]): number;
  /** Spans so far: 16 bytes each. Whoever has very many zones builds several coverages. */
  spans(): number;
  /** The coverage of all zones so far; the builder is of no more use. */
  build(): Coverage;
}

/** Beyond this whole cells are no longer told apart [cells]. */
const FARTHEST = 2 ** 52;

/** Positions of one ring on the grid, reused from ring to ring. */
interface RingBuffer {
  /** Longitudes made continuous, or x as it is. */
  x: Float64Array;
  columns: Float64Array;
  rows: Float64Array;
}

/**
 * Exact coverage of the cells of `grid` by one zone, as a coverage with a single zone.
 *
 * Polygons of a zone should not overlap, rings should not cross: see `over` and `under`. The error of a weight is a few
 * roundings of the largest coordinate, counted in cells from the grid's corner: 1e-12 on a grid of 10,000 columns. Weights
 * closer to 0 or 1 than the doubles of the coordinates can tell (two units in the last place: 1e-10 of a cell for
 * degrees and cells of 0.00025, but 3e-13 at least) are held to be 0 or 1, so that a polygon drawn along the cells touches no
 * neighbour.
 * @param polygons parts of the zone
 * @throws RangeError when a ring has fewer than three distinct positions or one that is not finite, naming polygon, ring and position.
 */
export function coverage(polygons: readonly PolygonRings[], grid: Grid, options: CoverageOptions = {}): Coverage {
  return coverages([polygons], grid, options);
}

/**
 * Exact coverage of the cells of `grid` by each of many zones. Zones may overlap one another.
 * @throws RangeError as `coverage`, naming the zone by its index as well.
 */
export function coverages(zones: readonly (readonly PolygonRings[])[], grid: Grid, options: CoverageOptions = {}): Coverage {
  const builder = coverageBuilder(grid, options);
  for (const polygons of zones) builder.addZone(polygons);
  return builder.build();
}

/** @throws RangeError when the grid or the turn has no size. */
export function coverageBuilder(grid: Grid, { turn }: CoverageOptions = {}): CoverageBuilder {
  checkGrid(grid);
  if (turn !== undefined && !(turn > 0 && turn < Infinity)) throw new RangeError(`a turn of ${turn}: expected a positive number`);
  const events = newEvents(grid.width, grid.height);
  const buffers = newRowBuffers();
  const least = leastShare(grid);
  const from = growing((length) => new Int32Array(length));
  const to = growing((length) => new Int32Array(length));
  const weight = growing((length) => new Float64Array(length));
  const starts = growing((length) => new Uint32Array(length));
  const ring: RingBuffer = { x: new Float64Array(1024), columns: new Float64Array(1024), rows: new Float64Array(1024) };
  const zones: (RowSums & { area: number; first: number })[] = [];

  function addZone(polygons: readonly PolygonRings[]): number {
    checkPolygons(polygons, zones.length);
    clearEvents(events);
    let area = 0;
    for (const rings of polygons) {
      for (let i = 0; i < rings.length; i++) {
        const size = addToEvents(events, ring, rings[i] as PlaneRing, i === 0, grid, turn);
        area += i === 0 ? size : -size;
      }
    }
    const sums = sumRows(events, buffers, least);
    const rows = sums.rowTo - sums.rowFrom;
    for (let row = 0; row < rows; row++) buffers.starts[row] = (buffers.starts[row] as number) + from.length;
    zones.push({ first: starts.length, area, ...sums });
    push(starts, buffers.starts, rows);
    push(from, buffers.from, buffers.count);
    push(to, buffers.to, buffers.count);
    push(weight, buffers.weight, buffers.count);
    return zones.length - 1;
  }

  function build(): Coverage {
    push(starts, Uint32Array.of(from.length), 1);
    return {
      grid,
      zones: zones.length,
      rowFrom: Int32Array.from(zones, (zone) => zone.rowFrom),
      rowTo: Int32Array.from(zones, (zone) => zone.rowTo),
      columnFrom: Int32Array.from(zones, (zone) => zone.columnFrom),
      columnTo: Int32Array.from(zones, (zone) => zone.columnTo),
      first: Uint32Array.from(zones, (zone) => zone.first),
      starts: whole(starts),
      from: whole(from),
      to: whole(to),
      weight: whole(weight),
      covered: Float64Array.from(zones, (zone) => zone.covered),
      area: Float64Array.from(zones, (zone) => zone.area),
      over: Float64Array.from(zones, (zone) => zone.over),
      under: Float64Array.from(zones, (zone) => zone.under),
    };
  }

  return { addZone, spans: () => from.length, build };
}

/** What two units in the last place of a coordinate are of a cell. */
function leastShare({ width, height, x0, y0, dx, dy }: Grid): number {
  const columns = Math.max(Math.abs(x0), Math.abs(x0 + width * dx)) / Math.abs(dx);
  const rows = Math.max(Math.abs(y0), Math.abs(y0 + height * dy)) / Math.abs(dy);
  return Math.max(LEAST_SHARE, 2 ** -51 * columns, 2 ** -51 * rows);
}

/** Adds one ring to `events`, wherever whole turns bring it onto the grid; returns its area [cells]. */
function addToEvents(
  events: CellEvents,
  buffer: RingBuffer,
  ring: PlaneRing,
  outer: boolean,
  grid: Grid,
  turn: number | undefined,
): number {
  const count = ring.length;
  if (buffer.x.length < count) {
    Object.assign(buffer, {
      x: new Float64Array(2 * count),
      columns: new Float64Array(2 * count),
      rows: new Float64Array(2 * count),
    });
  }
  const { x, columns, rows } = buffer;
  let least = Infinity;
  let most = -Infinity;
  let before = (ring[0] as PlaneRing[number])[0];
  for (let i = 0; i < count; i++) {
    const position = ring[i] as PlaneRing[number];
    if (turn !== undefined) before = nearest(position[0], before, turn);
    const at = turn === undefined ? position[0] : before;
    x[i] = at;
    if (at < least) least = at;
    if (at > most) most = at;
    const row = rowOf(grid, position[1]);
    if (!(Math.abs(row) <= FARTHEST && Math.abs(columnOf(grid, at)) <= FARTHEST)) {
      throw new RangeError(`position ${position[0]}, ${position[1]} is more than ${FARTHEST} cells from the grid's corner`);
    }
    rows[i] = quantised(row);
  }
  const area = placeRing(grid, buffer, count, 0);
  const sign = area > 0 === outer ? -1 : 1;
  if (turn === undefined) {
    if (least < most) addRing(events, columns, rows, count, sign);
    return Math.abs(area);
  }
  const [left, right] = [Math.min(grid.x0, grid.x0 + grid.width * grid.dx), Math.max(grid.x0, grid.x0 + grid.width * grid.dx)];
  const last = Math.floor((right - least) / turn);
  for (let turns = Math.ceil((left - most) / turn); turns <= last; turns++) {
    placeRing(grid, buffer, count, turns * turn);
    addRing(events, columns, rows, count, sign);
  }
  return Math.abs(area);
}

/** Writes the columns of a ring moved by `shift`; returns its signed area [cells], positive when it turns from columns to rows. */
function placeRing(grid: Grid, { x, columns, rows }: RingBuffer, count: number, shift: number): number {
  for (let i = 0; i < count; i++) columns[i] = columnOf(grid, (x[i] as number) + shift);
  const x0 = columns[0] as number;
  const y0 = rows[0] as number;
  let twice = 0;
  let fromX = 0;
  let fromY = 0;
  for (let i = 1; i < count; i++) {
    const toX = (columns[i] as number) - x0;
    const toY = (rows[i] as number) - y0;
    twice += fromX * toY - toX * fromY;
    fromX = toX;
    fromY = toY;
  }
  return twice / 2;
}

/** `x`, whole turns away if the step from `before` is more than half a turn: an edge of exactly a turn stays. */
function nearest(x: number, before: number, turn: number): number {
  const step = x - before;
  const size = Math.abs(step);
  if (size <= turn / 2 || Math.abs(size - turn) <= 1e-9 * turn) return x;
  return x - turn * Math.round(step / turn);
}

function checkPolygons(polygons: readonly PolygonRings[], zone: number): void {
  for (const [p, rings] of polygons.entries()) {
    for (const [r, ring] of rings.entries()) {
      const name = `zone ${zone}, polygon ${p}, ring ${r}`;
      for (let i = 0; i < ring.length; i++) {
        const [x, y] = ring[i] as PlaneRing[number];
        if (!(Number.isFinite(x) && Number.isFinite(y))) throw new RangeError(`${name}, position ${i}: ${x}, ${y} is not finite`);
      }
      const [first, last] = [ring[0], ring[ring.length - 1]];
      const closed = first !== undefined && last !== undefined && first[0] === last[0] && first[1] === last[1];
      const distinct = ring.length - (closed ? 1 : 0);
      if (distinct < 3)
        throw new RangeError(
          `${name}: ${ring.length} positions do not bound an area; expected four or more, the last like the first`,
        );
    }
  }
}
