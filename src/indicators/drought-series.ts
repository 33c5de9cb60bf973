/**
 * Monthly series of zones from layers of any order: whole years from January of the first one, NaN where a month is missing.
 *
 *     const rain = await monthsOf(given, 'precipitation');   // { firstYear: 1981, months: 480, values: [Float64Array], … }
 */
import { Problem } from '../problems.ts';
import { monthDays } from '../science/evapotranspiration-sun.ts';
import type { Period } from '../types.ts';
import type { MeansOfLayer, SourceGiven } from './source-indicator.ts';
import { millimetres, unitOf, WARMTH, WATER } from './source-units.ts';

/** Months. */
export const YEAR = 12;
/** Shortest and longest time that a monthly layer may say it is of [d]. */
const [SHORTEST, LONGEST] = [28, 31];
/** Parts of a zone with a value that are rounding. */
const SLIVER = 1e-6;
const DAY = 86_400_000;
const FREEZING = 273.15;

export interface MonthlySeries {
  firstYear: number;
  months: number;
  /** How many layers it was made of. */
  layers: number;
  /** Of each zone. */
  values: Float64Array[];
  /** Least part of each zone with a value, in any month that has one. */
  known: number[];
}

/** @param months that the series must span, `like` another one; what lies beyond is left out, what is lacking is NaN */
export async function monthsOf(
  given: SourceGiven,
  input: string,
  like: Pick<MonthlySeries, 'firstYear' | 'months'> | null = null,
): Promise<MonthlySeries> {
  const layers = await given.means(input);
  const places = placesOf(input, layers);
  const years = places.map((place) => Math.floor(place / YEAR));
  const firstYear = like?.firstYear ?? Math.min(...years);
  const months = like?.months ?? (Math.max(...years) + 1 - firstYear) * YEAR;
  const values = given.zones.map(() => new Float64Array(months).fill(Number.NaN));
  const known = given.zones.map(() => 1);
  const warmth = input.startsWith('temperature');
  const unitInput = warmth ? 'temperature' : input;
  for (const [l, { layer, zones }] of layers.entries()) {
    const month = (places[l] as number) - firstYear * YEAR;
    if (month < 0 || month >= months) continue;
    const turn = warmth
      ? kelvinOrNot(unitOf(layer, given.params, unitInput, WARMTH))
      : times(millimetres(unitOf(layer, given.params, unitInput, WATER), daysOf(firstYear, month)));
    for (const [zone, own] of zones.entries()) {
      if (own.mean === null || own.known <= SLIVER) continue;
      (values[zone] as Float64Array)[month] = turn(own.mean);
      known[zone] = Math.min(known[zone] as number, own.known);
    }
  }
  return { firstYear, months, layers: layers.length, values, known };
}

/** Months since the year 0 of each layer. @throws Problem `input-date-missing`, `input-not-monthly`, `input-date-twice`. */
function placesOf(input: string, layers: readonly MeansOfLayer[]): number[] {
  const taken = new Map<number, string>();
  return layers.map(({ layer: { file, band, date } }) => {
    if (date === null) throw new Problem('input-date-missing', { file, band, input });
    const days = (Date.parse(date.end) - Date.parse(date.start)) / DAY;
    const place = Number(date.start.slice(0, 4)) * YEAR + Number(date.start.slice(5, 7)) - 1;
    // a month, or a day that stands for one: twice the same month is found below
    if (!(days === 1 || (days >= SHORTEST && days <= LONGEST)))
      throw new Problem('input-not-monthly', { input, file, band, found: `${date.start} – ${date.end}` });
    const other = taken.get(place);
    if (other !== undefined) throw new Problem('input-date-twice', { input, file, other, date: date.start.slice(0, 7) });
    taken.set(place, file);
    return place;
  });
}

/** Days of a month of a series. */
export function daysOf(firstYear: number, month: number): number {
  return monthDays(firstYear + Math.floor(month / YEAR))[month % YEAR] ?? SHORTEST;
}

export function monthPeriod(firstYear: number, month: number): Period {
  const first = (at: number): string => `${firstYear + Math.floor(at / YEAR)}-${String((at % YEAR) + 1).padStart(2, '0')}-01`;
  return { start: first(month), end: first(month + 1) };
}

function kelvinOrNot(unit: keyof typeof WARMTH): (value: number) => number {
  return unit === 'K' ? (value) => value - FREEZING : (value) => value;
}

function times(factor: number): (value: number) => number {
  return (value) => value * factor;
}
