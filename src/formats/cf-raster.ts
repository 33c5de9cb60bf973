/**
 * One variable of a cube as a raster: its steps, levels and members are the bands, with dates where they are steps of time.
 *
 *     const raster = await rasterOfCube(cube, { variable: 'pr' });
 *     raster.bands[0]   // { type: 'float32', date: { start: '1999-01-01', end: '1999-02-01' }, unit: 'mm/month', … }
 */
import { Problem } from '../problems.ts';
import type { Period } from '../types.ts';
import { type Axes, type Axis, griddedVariables, type NoGrid } from './cf-axes.ts';
import { crsOfCube } from './cf-crs.ts';
import { attributeText, type Cube, type CubeVariable, readAll, variableNamed } from './cf-cube.ts';
import { placeOf } from './cf-grid.ts';
import { periodsOf, yearPeriods } from './cf-periods.ts';
import { newArray, tilesOf } from './cf-tiles.ts';
import { timeReader } from './cf-time.ts';
import { type Meaning, meaningOf } from './cf-values.ts';
import type { ReadingNote } from './layer.ts';
import type { Raster, RasterBand, RasterTile, ReadTileOptions } from './raster.ts';

export interface CubeOptions {
  /** Path or name of the variable to read; not needed where there is one alone. */
  variable?: string | null;
}

/** More bands than any archive has steps: hours of a century. */
const MOST_BANDS = 1_000_000;
/** Names that are shown in a message. */
const MOST_SHOWN = 12;

/**
 * @throws Problem `cube-variable-choose`, `cube-variable-unknown`, `cube-no-grid`, `cube-curved`, `cube-rotated`, `cube-empty`,
 * `cube-too-many-bands`, or those of grid, system and reading.
 */
export async function rasterOfCube(cube: Cube, { variable: wanted = null }: CubeOptions = {}): Promise<Raster> {
  const { variable, axes, alone } = choose(cube, wanted);
  const notes: ReadingNote[] = [];
  const name = alone ? cube.name : `${cube.name}#${variable.name}`;
  const named = { ...cube, name };
  if (variable.shape.includes(0)) throw new Problem('cube-empty', { file: cube.name, variable: variable.name });
  const { transform, mirrored, degrees } = await placeOf(named, variable, axes, notes);
  const crs = crsOfCube(named, axes.mapping, { degrees, notes });
  const tiles = tilesOf(named, variable, axes, { mirrored });
  if (tiles.bands > MOST_BANDS) throw new Problem('cube-too-many-bands', { file: name, found: tiles.bands, limit: MOST_BANDS });
  const meaning = meaningOf(named, variable, notes);
  const bands = await bandsOf(named, variable, axes, meaning, notes);
  return {
    name,
    width: variable.shape[axes.x.dimension] as number,
    height: variable.shape[axes.y.dimension] as number,
    bands,
    transform,
    crs,
    tile: tiles.tile,
    overviews: [],
    notes,
    readTile: (band, column, row, options) => readTile(band, column, row, options),
    prefetch: async () => {},
    close: () => cube.close(),
  };

  async function readTile(band: number, column: number, row: number, options: ReadTileOptions = {}): Promise<RasterTile> {
    const { into, signal } = options;
    signal?.throwIfAborted();
    const { tile } = tiles;
    if (!(band in bands && column >= 0 && row >= 0 && column < tile.across && row < tile.down))
      throw new RangeError(`no tile ${column}, ${row} of band ${band}`);
    const width = Math.min(tile.width, (variable.shape[axes.x.dimension] as number) - column * tile.width);
    const height = Math.min(tile.height, (variable.shape[axes.y.dimension] as number) - row * tile.height);
    const own = into ?? newArray(meaning.type, width * height);
    const values = own.length === width * height ? own : own.subarray(0, width * height);
    await tiles.read(band, column, row, values, signal);
    const valid = meaning.mask === null ? null : new Uint8Array(width * height);
    if (valid !== null) meaning.mask?.(values, valid);
    return { values, width, height, valid, empty: false };
  }
}

interface Choice {
  variable: CubeVariable;
  axes: Axes;
  /** Whether there was no other. */
  alone: boolean;
}

function choose(cube: Cube, wanted: string | null): Choice {
  const { grids, refused } = griddedVariables(cube);
  const file = cube.name;
  const list = (variables: Iterable<CubeVariable>): string => {
    const names = [...variables].map(({ name }) => name);
    return names.length === 0 ? '–' : names.slice(0, MOST_SHOWN).join(', ') + (names.length > MOST_SHOWN ? ' …' : '');
  };
  const [first] = grids;
  if (wanted !== null) {
    const plain = wanted.replace(/^\//, '');
    const isWanted = ({ name }: CubeVariable): boolean => name === plain;
    const byName = ({ name }: CubeVariable): boolean => name.split('/').at(-1) === plain;
    const found = grids.find(({ variable }) => isWanted(variable)) ?? onlyOne(grids.filter(({ variable }) => byName(variable)));
    if (found !== null) return { ...found, alone: grids.length === 1 };
    for (const [variable, why] of refused) if (isWanted(variable) || byName(variable)) throw noGrid(file, variable, why);
    throw new Problem('cube-variable-unknown', { file, found: wanted, known: list(grids.map(({ variable }) => variable)) });
  }
  if (first === undefined) {
    for (const [variable, why] of refused) if (why !== 'none') throw noGrid(file, variable, why);
    throw new Problem('cube-no-grid', { file, found: list(cube.variables) });
  }
  if (grids.length > 1)
    throw new Problem('cube-variable-choose', {
      file,
      found: list(grids.map(({ variable }) => variable)),
      example: `${file}#${first.variable.name}`,
    });
  return { ...first, alone: true };
}

function onlyOne<T>(all: readonly T[]): T | null {
  return all.length === 1 ? (all[0] as T) : null;
}

function noGrid(file: string, { name, dimensions }: CubeVariable, why: NoGrid): Problem {
  const details = { file, variable: name };
  if (why === 'curved') return new Problem('cube-curved', details);
  if (why === 'rotated') return new Problem('cube-rotated', details);
  return new Problem('cube-variable-no-grid', { ...details, found: dimensions.join(', ') || '–' });
}

/** What one place along a dimension adds to the description of its bands. */
interface Step {
  date: Period | null;
  words: string | null;
}

async function bandsOf(
  cube: Cube,
  variable: CubeVariable,
  axes: Axes,
  { type, nodata, scale, offset, unit }: Meaning,
  notes: ReadingNote[],
): Promise<RasterBand[]> {
  const own = variable.name.split('/').at(-1) as string;
  let bands: Step[] = [{ date: null, words: own }];
  for (const axis of axes.others) {
    const length = variable.shape[axis.dimension] as number;
    const steps = axis.time && axis.coordinate !== null ? await timeSteps(cube, axis.coordinate, notes) : null;
    const places = steps ?? (await placesAlong(cube, variable, axis, length));
    bands = bands.flatMap((band) =>
      places.map(({ date, words }) => ({
        date: band.date ?? date,
        words: words === null ? band.words : `${band.words}, ${words}`,
      })),
    );
  }
  return bands.map(({ date, words }) => ({ type, nodata, scale, offset, description: words, date, unit, alpha: false }));
}

/** Places along a dimension that is not time: `level 850hPa`. The unit stands close, so that no number passes for a year. */
async function placesAlong(cube: Cube, variable: CubeVariable, { coordinate, dimension }: Axis, length: number): Promise<Step[]> {
  const full = coordinate?.name ?? (variable.dimensions[dimension] as string);
  const name = full.split('/').at(-1) as string;
  if (length === 1 && coordinate === null) return [{ date: null, words: null }];
  const values = coordinate === null ? null : await readAll(cube, coordinate);
  const units = coordinate === null ? null : attributeText(coordinate, 'units');
  const unit = units === null || /^(1|none|-)$/.test(units) ? '' : units;
  return Array.from({ length }, (_, i) => {
    const place =
      values === null ? `${i + 1}` : `${Math.fround(values[i] as number) === values[i] ? short(values[i] as number) : values[i]}`;
    return { date: null, words: `${name} ${place}${unit}` };
  });
}

/** A float32 with the digits that it has. */
function short(value: number): string {
  return String(Number(value.toPrecision(7)));
}

/** Dates along a time coordinate; `null` where they cannot be read, which is noted. */
async function timeSteps(cube: Cube, time: CubeVariable, notes: ReadingNote[]): Promise<Step[] | null> {
  const where = { file: cube.name, variable: time.name };
  const values = await readAll(cube, time);
  const units = attributeText(time, 'units');
  const fill = ['_FillValue', 'missing_value'].flatMap((name) => time.attributes.get(name)?.numbers ?? []);
  for (let i = 0; i < values.length; i++) if (fill.includes(values[i] as number)) values[i] = Number.NaN;
  const calendar = attributeText(time, 'calendar');
  const reader = timeReader(units, calendar);
  if (reader === null) {
    const years = units === null || /^(1|years?|yr|calendar_years?)$/i.test(units) ? yearPeriods(values) : null;
    if (years !== null) return years.map((date) => ({ date, words: null }));
    notes.push({ code: 'cube-time-unread', details: { ...where, found: `${units ?? '–'}, ${calendar ?? 'standard'}` } });
    return null;
  }
  const bounds = await timeBounds(cube, time, values.length);
  const frequency = cube.attributes.get('frequency')?.text ?? cube.attributes.get('time_coverage_resolution')?.text ?? null;
  const { periods, times, assumed, withinDay, undated } = periodsOf(reader, { values, bounds, frequency });
  if (reader.byMonths) notes.push({ code: 'cube-time-by-months', details: { ...where, found: units ?? '' } });
  if (assumed) notes.push({ code: 'cube-time-assumed', details: where });
  if (withinDay) notes.push({ code: 'cube-time-within-day', details: where });
  if (undated > 0) notes.push({ code: 'cube-time-undated', details: { ...where, count: undated } });
  return periods.map((date, i) => ({ date, words: times[i] ?? null }));
}

/** First and last moment of each step, where the coordinate names them; also those of a climatology. */
async function timeBounds(cube: Cube, time: CubeVariable, length: number): Promise<Float64Array | null> {
  const name = attributeText(time, 'climatology') ?? attributeText(time, 'bounds');
  const bounds = name === null ? null : variableNamed(cube, time, name);
  if (bounds === null || bounds.type === null || bounds.shape.length !== 2) return null;
  if (bounds.shape[0] !== length || bounds.shape[1] !== 2) return null;
  return readAll(cube, bounds);
}
