/**
 * Where the cells of a cube lie: evenly spaced centres, their bounds where stated, or the transform that GDAL writes.
 *
 *     await placeOf(cube, axes);   // { transform: [-180, 0.5, 0, -90, 0, 0.5], … }: the first row is the southernmost
 *
 * Rows stay in the order in which they are stored, so that stored pieces stay tiles: where latitudes ascend, `dy` is positive.
 * Columns run east; where longitudes descend, `mirrored` tells that they are to be turned round.
 */
import { Problem } from '../problems.ts';
import { type Axes, type Axis, isDegrees } from './cf-axes.ts';
import { attributeNumbers, attributeText, type Cube, type CubeVariable, readAll, variableNamed } from './cf-cube.ts';
import type { ReadingNote } from './layer.ts';
import type { RasterTransform } from './raster.ts';

export interface CubePlace {
  transform: RasterTransform;
  /** Whether columns are stored from east to west. */
  mirrored: boolean;
  /** Whether both axes are longitudes and latitudes. */
  degrees: boolean;
}

/** The farthest that a centre may lie from its place on an even grid [cells]: beyond, cells would be counted for their neighbours. */
export const MOST_UNEVEN = 0.05;
/** What is said nothing about [cells]. */
const SLIGHTLY_UNEVEN = 0.005;
/** Cells at a pole may be cut off there: their bounds, not their centres. */
const POLE = 90;

/** Cells along an axis: the outer edge of the first, and the step from cell to cell with its sign. */
interface Spacing {
  edge: number;
  step: number;
  /** The farthest that a stated place lies from that [cells]. */
  uneven: number;
}

/** @throws Problem `cube-uneven`, `cube-spacing-unknown`, `cube-coordinate`, or those of reading. */
export async function placeOf(cube: Cube, variable: CubeVariable, axes: Axes, notes: ReadingNote[]): Promise<CubePlace> {
  const { x, y, mapping } = axes;
  const [width, height] = [variable.shape[x.dimension] as number, variable.shape[y.dimension] as number];
  const stated = mapping === null ? [] : attributeNumbers(mapping, 'GeoTransform');
  const [x0 = 0, stepX = 0, shearX = 0, y0 = 0, shearY = 0, stepY = 0] = stated;
  const byTransform = stated.length === 6 && stated.every(Number.isFinite) && shearX === 0 && shearY === 0;
  const own = async (axis: Axis, length: number, edge: number, step: number): Promise<Spacing> => {
    if (axis.coordinate !== null && (length > 1 || !byTransform)) return spacingOf(cube, axis, notes);
    if (!byTransform || step === 0)
      throw new Problem('cube-spacing-unknown', { file: cube.name, variable: variable.dimensions[axis.dimension] as string });
    return { edge, step, uneven: 0 };
  };
  const across = await own(x, width, x0, stepX);
  const down = await own(y, height, y0, stepY);
  const [dx, dy] = [metres(x, across), metres(y, down)];
  const mirrored = dx.step < 0;
  const left = mirrored ? dx.edge + width * dx.step : dx.edge;
  return {
    transform: [left, Math.abs(dx.step), 0, dy.edge, 0, dy.step],
    mirrored,
    degrees: isDegrees(x) && isDegrees(y),
  };
}

/** Kilometres as metres: the systems that are read count metres. */
function metres({ coordinate }: Axis, { edge, step, uneven }: Spacing): Spacing {
  const units = coordinate === null ? null : attributeText(coordinate, 'units');
  const by = /^(km|kilomet(er|re)s?)$/i.test(units ?? '') ? 1000 : 1;
  return { edge: edge * by, step: step * by, uneven };
}

async function spacingOf(cube: Cube, axis: Axis, notes: ReadingNote[]): Promise<Spacing> {
  const coordinate = axis.coordinate as CubeVariable;
  const degrees = isDegrees(axis);
  const where = { file: cube.name, variable: coordinate.name };
  const values = await readAll(cube, coordinate);
  const wrong = values.findIndex((value) => !Number.isFinite(value));
  if (wrong !== -1) throw new Problem('cube-coordinate', { ...where, row: wrong + 1, found: String(values[wrong]) });
  if (degrees) unwrap(values);
  const edges = await edgesOf(cube, coordinate, values.length);
  const byCentres = values.length > 1 ? evenlyFrom(values, coordinate.type === 'float32') : null;
  const centred = byCentres === null ? null : { ...byCentres, edge: byCentres.edge - byCentres.step / 2 };
  const byBounds = edges === null ? null : spacingOfEdges(edges, values, degrees);
  if (byBounds !== null && byBounds.uneven <= (centred?.uneven ?? MOST_UNEVEN) + SLIGHTLY_UNEVEN) {
    // centres written with more digits than bounds, or the other way round: where they agree, centres are taken
    const agrees = centred !== null && Math.abs(centred.edge - byBounds.edge) <= SLIGHTLY_UNEVEN * Math.abs(centred.step);
    return agrees ? told(centred, notes, where) : told(byBounds, notes, where);
  }
  if (centred === null) throw new Problem('cube-spacing-unknown', where);
  return told(centred, notes, where);
}

/** The spacing, where it is even enough. */
function told(spacing: Spacing, notes: ReadingNote[], where: { file: string; variable: string }): Spacing {
  const found = Math.round(spacing.uneven * 1000) / 1000;
  if (!(spacing.uneven <= MOST_UNEVEN) || spacing.step === 0)
    throw new Problem('cube-uneven', { ...where, found, limit: MOST_UNEVEN });
  if (spacing.uneven > SLIGHTLY_UNEVEN) notes.push({ code: 'cube-slightly-uneven', details: { ...where, found } });
  return spacing;
}

/** The even row of numbers nearest to `values`, beginning with `edge`. */
function evenlyFrom(values: Float64Array, asFloat32: boolean): Spacing {
  const last = values.length - 1;
  const rough = ((values[last] as number) - (values[0] as number)) / last;
  const { edge, step } = (asFloat32 ? beforeFloat32(values, rough) : null) ?? { edge: values[0] as number, step: rough };
  let uneven = 0;
  for (let i = 0; i <= last; i++) uneven = Math.max(uneven, Math.abs((values[i] as number) - edge - i * step));
  return { edge, step, uneven: step === 0 ? Number.POSITIVE_INFINITY : uneven / Math.abs(step) };
}

/** Steps that coordinates are chosen to have: whole parts of one, to a tenth of a second of arc. */
const MOST_PARTS = 36_000;

/**
 * The numbers that were meant before they were rounded to float32: an even row of fractions which, so rounded, gives exactly
 * these. `null` where there is none.
 */
function beforeFloat32(values: Float64Array, rough: number): { edge: number; step: number } | null {
  const ulp = 2 ** (Math.floor(Math.log2(Math.max(...values.map(Math.abs), Number.MIN_VALUE))) - 23);
  for (let parts = 1; parts <= MOST_PARTS; parts++) {
    const whole = Math.round(rough * parts);
    // first a look at the step alone, which errs by the rounding of the first and last value
    if (whole === 0 || Math.abs(whole / parts - rough) > ulp / (values.length - 1)) continue;
    const step = whole / parts;
    for (const share of [2, 4, 10, 100]) {
      const edge = (Math.round(((values[0] as number) / step) * share) / share) * step;
      if (values.every((value, i) => Math.abs(Math.fround(edge + i * step) - value) <= ulp * 0.5)) return { edge, step };
    }
    return null;
  }
  return null;
}

/** Longitudes that jump back by a turn go on instead. */
function unwrap(values: Float64Array): void {
  for (let i = 1; i < values.length; i++) {
    const gap = (values[i] as number) - (values[i - 1] as number);
    if (Math.abs(gap) > 180) values[i] = (values[i] as number) - 360 * Math.round(gap / 360);
  }
}

/** Lower and upper edge of each cell, where the coordinate names its bounds and they are of a shape that is known. */
async function edgesOf(cube: Cube, coordinate: CubeVariable, length: number): Promise<Float64Array | null> {
  const name = attributeText(coordinate, 'bounds');
  const bounds = name === null ? null : variableNamed(cube, coordinate, name);
  if (bounds === null || bounds.type === null || bounds.shape.length !== 2 || bounds.shape[0] !== length || bounds.shape[1] !== 2)
    return null;
  const edges = await readAll(cube, bounds);
  return edges.every(Number.isFinite) ? edges : null;
}

/** The spacing by bounds; where they do not touch one another it is uneven. */
function spacingOfEdges(edges: Float64Array, centres: Float64Array, degrees: boolean): Spacing {
  const count = edges.length / 2;
  const rising = count > 1 ? (centres[1] as number) > (centres[0] as number) : true;
  const ends = (i: number): [number, number] => {
    const pair = [edges[2 * i] as number, edges[2 * i + 1] as number];
    // bounds of longitudes may lie a turn away from their centres
    const turn = degrees ? 360 * Math.round(((centres[i] as number) - ((pair[0] as number) + (pair[1] as number)) / 2) / 360) : 0;
    const [low, high] = [Math.min(...pair) + turn, Math.max(...pair) + turn];
    return rising ? [low, high] : [high, low];
  };
  const first = count > 2 ? 1 : 0; // cells at the poles may be cut
  const last = count > 2 ? count - 2 : count - 1;
  const step = (ends(last)[1] - ends(first)[0]) / (last - first + 1);
  const edge = ends(first)[0] - first * step;
  let uneven = step === 0 ? Number.POSITIVE_INFINITY : 0;
  for (let i = 0; i < count; i++) {
    const cut = (place: number): boolean => (i === 0 || i === count - 1) && Math.abs(place) === POLE;
    for (const [place, at] of [
      [ends(i)[0], i],
      [ends(i)[1], i + 1],
    ] as const)
      if (!cut(place)) uneven = Math.max(uneven, Math.abs(place - edge - at * step) / Math.abs(step));
  }
  return { edge, step, uneven };
}
