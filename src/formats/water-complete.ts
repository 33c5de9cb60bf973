/**
 * A series as written becomes one in the unit of its variable, or the user is asked: nothing is guessed.
 *
 *     completeSeries(written, 'kazalinsk.csv', { variable: 'river-discharge', unit: 'm3/s' });
 *
 * Volumes of a step (km3 in a month) become flows by the length of the step itself; flows become one another by `src/units.ts`.
 */
import { Problem } from '../problems.ts';
import type { Period } from '../types.ts';
import { convert } from '../units.ts';
import {
  DATUMS,
  type SeriesNote,
  type SeriesOptions,
  type SeriesPoint,
  VARIABLES,
  type WaterSeries,
  type WaterVariable,
  type WrittenSeries,
} from './water-series.ts';
import { datumNamed, type NamedUnit, unitNamed, variableNamed } from './water-words.ts';

const SECOND = 1000;
const DAY = 86_400_000;

/** Units that each variable may come in, as the message shows them. */
const EXPECTED: Record<string, string> = {
  'm3/s': 'm3/s, l/s, km3/a, mln m3, km3',
  m: 'm, cm, mm',
  km2: 'km2, ha, thousand km2',
  km3: 'km3, mln m3, m3',
  'km3/a': 'km3/a, km3, mln m3, m3/s',
  'g/L': 'g/L, mg/L',
  mm: 'mm, cm, mm/d',
  Cel: '°C',
};

/**
 * The series in the unit of its variable.
 * @throws Problem `series-variable`, `series-unit`, `series-unit-unknown`, `series-datum` with what to add to the command
 */
export function completeSeries(written: WrittenSeries, file: string, options: SeriesOptions = {}): WaterSeries {
  const name = nameOf(written);
  const variable = options.variable ?? written.variable ?? variableNamed(written.title);
  if (variable === null)
    throw new Problem('series-variable', {
      file,
      series: name,
      found: written.title || '–',
      expected: Object.keys(VARIABLES).join(', '),
    });
  const notes: SeriesNote[] = [...written.notes];
  const writtenUnit = options.unit ?? written.unit;
  const unit = VARIABLES[variable];
  if (writtenUnit === null) throw new Problem('series-unit', { file, series: name, expected: EXPECTED[unit] ?? unit });
  if (options.unit !== undefined && written.unit !== null && !sameUnit(options.unit, written.unit))
    notes.push({ key: 'unit-set', details: { found: written.unit, unit: options.unit } });
  const change = conversion(writtenUnit, variable, written.interval);
  if (change === null)
    throw new Problem('series-unit-unknown', {
      file,
      series: name,
      found: writtenUnit,
      variable,
      expected: EXPECTED[unit] ?? unit,
    });
  let points = written.points.map((one) => converted(one, change));
  let datum = options.datum ?? written.datum ?? (unit === 'm' ? datumNamed(`${written.title} ${writtenUnit}`) : null);
  if (unit === 'm') {
    if (datum === null) throw new Problem('series-datum', { file, series: name, expected: DATUMS.join(', ') });
    if (options.zero !== undefined) {
      if (datum === 'gauge-zero')
        throw new Problem('series-datum', {
          file,
          series: name,
          expected: DATUMS.filter((one) => one !== 'gauge-zero').join(', '),
        });
      const { zero } = options;
      points = points.map((one) => moved(one, zero));
      notes.push({ key: 'zero-added', details: { zero, datum } });
    }
  } else datum = null;
  const station =
    options.station === undefined
      ? written.station
      : { code: null, river: null, country: null, place: null, ...written.station, name: options.station };
  return { ...written, station, variable, unit, writtenUnit, datum, points, notes };
}

/** How a series is called where its station is not known. */
export function nameOf({ station, title }: Pick<WrittenSeries, 'station' | 'title'>): string {
  return [station?.name, title].filter((one) => one !== undefined && one !== '').join(' · ') || '–';
}

function sameUnit(a: string, b: string): boolean {
  const [one, other] = [unitNamed(a), unitNamed(b)];
  return one !== null && other !== null && one.unit === other.unit && one.factor === other.factor;
}

type Change = (value: number, period: Period) => number;

/** From the written unit to that of the variable; `null` where it cannot be one. */
function conversion(writtenUnit: string, variable: WaterVariable, interval: WrittenSeries['interval']): Change | null {
  const named = unitNamed(writtenUnit) ?? codeOf(writtenUnit);
  if (named === null) return null;
  const { unit: from, factor } = named;
  const to = VARIABLES[variable];
  const flow = to === 'm3/s' || to === 'km3/a';
  const volume = from === 'm3' || from === 'hm3' || from === 'km3';
  if (flow && volume && interval !== 'instant') {
    // m3 in a step by the seconds of that step; in km3/a by the length of the year that the step lies in, so that a year stays as it is
    if (to === 'm3/s') return (value, period) => convert(value * factor, from, 'm3') / seconds(period);
    return (value, period) => (convert(value * factor, from, 'km3') * yearLength(period)) / (seconds(period) * SECOND);
  }
  if (to === 'mm' && from === 'mm/d' && interval !== 'instant')
    return (value, period) => (value * factor * seconds(period) * SECOND) / DAY;
  if (from === 'm' && factor === 1 && to === 'm') return (value) => value;
  try {
    convert(1, from, to);
  } catch {
    return null;
  }
  return (value) => convert(value * factor, from, to);
}

/** A UCUM code written as such. */
function codeOf(unit: string): NamedUnit | null {
  try {
    convert(1, unit, unit === 'm' ? 'km' : unit);
    return Object.values(VARIABLES).some((one) => one === unit) ? { unit, factor: 1 } : null;
  } catch {
    return null;
  }
}

function seconds({ start, end }: Period): number {
  return (Date.parse(end) - Date.parse(start)) / SECOND;
}

function yearLength({ start }: Period): number {
  const year = Number(start.slice(0, 4));
  return Date.UTC(year + 1, 0, 1) - Date.UTC(year, 0, 1);
}

function converted(one: SeriesPoint, change: Change): SeriesPoint {
  const of = (value: number | null): number | null => (value === null ? null : tidy(change(value, one.period)));
  return { ...one, value: of(one.value), low: of(one.low), high: of(one.high) };
}

/** Without the last digits of a binary fraction: 12.3 cm is 0.123 m, not 0.12300000000000001. */
function tidy(value: number): number {
  return Number(value.toPrecision(12));
}

function moved(one: SeriesPoint, zero: number): SeriesPoint {
  const of = (value: number | null): number | null => (value === null ? null : tidy(value + zero));
  return { ...one, value: of(one.value), low: of(one.low), high: of(one.high) };
}
