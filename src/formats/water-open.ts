/**
 * Hydrological series of any file that holds some, told by content: station files of GRDC, WaterML 2, SensorThings, altimetry, and sheets of
 * years by months or decades, of days, or with a row for each date.
 *
 *     const { format, series } = await readWaterSeries(readSource('kazalinsk.xls'), { unit: 'm3/s', variable: 'river-discharge' });
 */
import { Problem } from '../problems.ts';
import { altimetryIn, isAltimetryJson, readAltimetry, readAltimetryJson } from './altimetry.ts';
import { looksLikeGrdc, readGrdc } from './grdc.ts';
import { HEAD, recognise } from './recognise.ts';
import { readSpreadsheet } from './spreadsheet.ts';
import type { SheetFile } from './spreadsheet-cells.ts';
import { decodeText, guessEncoding, isUtf8 } from './text.ts';
import { completeSeries } from './water-complete.ts';
import { decadePeriod, monthPeriod } from './water-dates.ts';
import { type Grid, gridOf } from './water-grid.ts';
import { readLong } from './water-long.ts';
import { readMatrix } from './water-matrix.ts';
import { readMonthRows } from './water-month-rows.ts';
import { looksLikePywr, readPywr } from './water-pywr.ts';
import { looksLikeSensorThings, readSensorThings } from './water-sensorthings.ts';
import {
  type SeriesInterval,
  type SeriesOptions,
  VARIABLES,
  type WaterFormat,
  type WaterSeries,
  type WrittenSeries,
} from './water-series.ts';
import { variableNamed } from './water-words.ts';
import { readWaterMl } from './waterml.ts';

export interface WrittenFile {
  format: WaterFormat;
  series: WrittenSeries[];
}

export interface WaterFile {
  format: WaterFormat;
  series: WaterSeries[];
}

/**
 * The series of a file, each in the unit of its variable.
 * @throws Problem `series-empty`, `series-not-one`, `series-json`, and those of `completeSeries` and of the readers
 */
export async function readWaterSeries(file: SheetFile, options: SeriesOptions = {}): Promise<WaterFile> {
  const { format, series } = await readWrittenSeries(file, options);
  const wanted = chosen(series, options);
  askOneColumn(wanted, file, options);
  return { format, series: wanted.map((one) => completeSeries(stretched(one, options.interval), file.name, options)) };
}

/** Of several columns one that nobody understands is asked for by itself: `--variable` would be taken for all of them. */
function askOneColumn(series: readonly WrittenSeries[], { name }: SheetFile, { variable }: SeriesOptions): void {
  if (variable !== undefined || series.length < 2) return;
  const found = series.find((one) => one.variable === null && variableNamed(one.title) === null);
  if (found === undefined) return;
  const columns = [...new Set(series.map(({ title }) => `"${title}"`))].join(', ');
  const details = { found: found.title || '–', columns, expected: Object.keys(VARIABLES).join(', ') };
  throw new Problem('series-variable-among', { file: name, ...details });
}

/** The series of a file as it writes them: unit and variable may be missing. */
export async function readWrittenSeries(file: SheetFile, options: SeriesOptions = {}): Promise<WrittenFile> {
  const { kind, found } = recognise(file.bytes.subarray(0, HEAD));
  if (kind === 'empty') throw new Problem('series-empty', { file: file.name });
  if (kind === 'geojson') return readJson(file);
  if (/^(?:\w+:)?(?:Collection|OM_Observation|MeasurementTimeseries|GetObservationResponse|ObservationCollection)$/.test(found)) {
    return { format: 'waterml2', series: readWaterMl(file) };
  }
  if (kind !== 'zip' && kind !== 'other') throw new Problem('series-not-one', { file: file.name, found });
  if (!isPacked(file.bytes)) {
    const text = decodeText(file.bytes.subarray(0, 65_536), guessEncoding([file.bytes.subarray(0, 65_536)]));
    if (looksLikeGrdc(text))
      return {
        format: 'grdc',
        series: readGrdc(file.name, decodeText(file.bytes, isUtf8(file.bytes) ? 'utf-8' : 'windows-1252')),
      };
    const provider = altimetryIn(text);
    if (provider !== null) return { format: provider, series: readAltimetry(file.name, textOf(file.bytes)) };
  }
  return readSheets(file, options);
}

function isPacked(bytes: Uint8Array): boolean {
  return (bytes[0] === 0x50 && bytes[1] === 0x4b) || (bytes[0] === 0xd0 && bytes[1] === 0xcf);
}

function textOf(bytes: Uint8Array): string {
  return decodeText(bytes, guessEncoding([bytes]));
}

function readJson(file: SheetFile): WrittenFile {
  let value: unknown;
  try {
    value = JSON.parse(textOf(file.bytes).replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new Problem('series-json', { file: file.name, found: (error as Error).message.slice(0, 100) }, { cause: error });
  }
  if (isAltimetryJson(value)) return { format: 'dahiti', series: readAltimetryJson(file.name, value) };
  if (looksLikeSensorThings(value)) return { format: 'sensorthings', series: readSensorThings(file.name, value) };
  throw new Problem('series-not-one', { file: file.name, found: 'JSON' });
}

async function readSheets(file: SheetFile, options: SeriesOptions): Promise<WrittenFile> {
  const { sheets } = await readSpreadsheet(file);
  const wanted = sheets.filter((sheet) => (options.sheet === undefined ? !sheet.hidden : sheet.name === options.sheet));
  if (wanted.length === 0)
    throw new Problem('choice-wrong', {
      field: '--sheet',
      found: options.sheet ?? '',
      expected: sheets.map(({ name }) => name).join(', ') || '–',
    });
  const all: WrittenFile[] = wanted.flatMap((sheet) => {
    const read = readGrid(gridOf(sheet), file.name, options);
    return read === null ? [] : [read];
  });
  const [first] = all;
  if (first === undefined) throw new Problem('series-empty', { file: file.name });
  return { format: first.format, series: all.flatMap(({ series }) => series) };
}

function readGrid(grid: Grid, file: string, options: SeriesOptions): WrittenFile | null {
  if (looksLikePywr(grid)) return { format: 'pywr', series: readPywr(grid, file, options) };
  const months = readMonthRows(grid, file, options);
  if (months !== null) return months;
  const matrix = readMatrix(grid, file, options);
  if (matrix !== null) return matrix;
  const long = readLong(grid, file, options);
  return long === null ? null : { format: 'long-table', series: long };
}

/** Of several series that of the variable asked for, where some name it. */
function chosen(series: readonly WrittenSeries[], { variable }: SeriesOptions): readonly WrittenSeries[] {
  if (variable === undefined || series.length < 2) return series;
  const named = series.filter((one) => one.variable === variable);
  return named.length > 0 ? named : series;
}

/** A series whose dates stand for hours, days, decades, months or years, as the user says. */
function stretched(series: WrittenSeries, interval: SeriesInterval | undefined): WrittenSeries {
  if (interval === undefined || interval === 'instant' || interval === series.interval) return series;
  const points = series.points.map((one) => {
    const [year = 0, month = 1, day = 1] = one.period.start.slice(0, 10).split('-').map(Number);
    const next = (time: number): string => new Date(time).toISOString();
    const at = Date.UTC(year, month - 1, day);
    const period =
      interval === 'year'
        ? { start: `${year}-01-01`, end: `${year + 1}-01-01` }
        : interval === 'month'
          ? monthPeriod(year, month)
          : interval === 'decade'
            ? decadePeriod(year, month, day <= 10 ? 1 : day <= 20 ? 2 : 3)
            : interval === 'day'
              ? { start: next(at).slice(0, 10), end: next(at + 86_400_000).slice(0, 10) }
              : one.period;
    return { ...one, period };
  });
  return { ...series, interval, points, notes: series.notes.filter(({ key }) => key !== 'first-days') };
}
