/**
 * What the numbers of a layer are of, as a parameter or else the file says it; never guessed from the numbers.
 *
 *     unitOf(layer, params, 'population', PEOPLE)      // 'count' or 'density'
 *     monthly({ start: '2001-02-01', … }, 'kg m-2 s-1')   // 2419200: what a flux is multiplied by to be mm in that month
 */

import { periodOf } from '../periods.ts';
import { Problem } from '../problems.ts';
import type { Period } from '../types.ts';
import { type SourceLayer, UNDATED } from './source-indicator.ts';

/** Ways to write units, by what they mean; compared without blanks, in lower case. */
export type Writings<Meaning extends string> = Readonly<Record<Meaning, readonly string[]>>;

/** People in each cell, or by area. */
export const PEOPLE: Writings<'count' | 'density'> = {
  count: ['person', '{person}', 'people', 'persons', 'count', 'peoplepercell', 'personspercell', 'inhabitants'],
  density: [
    'person/km2',
    '{person}/km2',
    '{person}.km-2',
    'people/km2',
    'persons/km2',
    '1/km2',
    'km-2',
    'peoplekm-2',
    'personskm-2',
    'personspersquarekilometer',
    'personspersquarekilometre',
    'peoplepersquarekilometer',
    'peoplepersquarekilometre',
  ],
};

/** A part of the cell, or the area in the cell. */
export const SHARES: Writings<'part' | 'percent' | 'area'> = {
  part: ['1', 'fraction', 'part'],
  percent: ['%', 'percent'],
  area: ['m2', 'm^2', 'squaremetres', 'squaremeters'],
};

/** Water in a month, or in a second or day. */
export const WATER: Writings<'mm' | 'cm' | 'm' | 'mm/s' | 'mm/d'> = {
  mm: ['mm', 'mm/month', 'mm/mo', 'mmmonth-1', 'mmmo-1', 'kgm-2', 'kg/m2', 'millimeters', 'millimetres', 'kg/m^2', 'mm/m'],
  cm: ['cm', 'cm/month'],
  m: ['m', 'm/month', 'mofwaterequivalent'],
  'mm/s': ['kgm-2s-1', 'kg/m2/s', 'kg/m^2/s', 'mm/s', 'mms-1', 'kg/(m2s)', 'kg/(m^2s)'],
  'mm/d': ['mm/d', 'mm/day', 'mmd-1', 'mmday-1', 'kgm-2d-1', 'kgm-2day-1', 'kg/m2/d', 'kg/m2/day'],
};

export const WARMTH: Writings<'Cel' | 'K'> = {
  Cel: [
    'cel',
    'c',
    '°c',
    'degc',
    'deg_c',
    'degreec',
    'degreesc',
    'celsius',
    'degree_celsius',
    'degrees_celsius',
    'degreescelsius',
  ],
  K: ['k', 'kelvin', 'degk', 'deg_k', 'degree_kelvin'],
};

/**
 * What the parameter `<input>-unit` says, else the file.
 * @throws Problem `param-wrong`, or `input-unit` where neither says it.
 */
export function unitOf<Meaning extends string>(
  { file, unit }: Pick<SourceLayer, 'file' | 'unit'>,
  params: Record<string, string>,
  input: string,
  writings: Writings<Meaning>,
): Meaning {
  const field = `${input}-unit`;
  const asked = params[field] ?? '';
  const expected = Object.values<readonly string[]>(writings)
    .flatMap(([first = '']) => first)
    .join(', ');
  const found = meaningOf(asked === '' ? (unit ?? '') : asked, writings);
  if (found !== null) return found;
  if (asked !== '') throw new Problem('param-wrong', { field, found: asked, expected });
  throw new Problem('input-unit', { input, file, found: unit ?? '–', field, expected });
}

function meaningOf<Meaning extends string>(unit: string, writings: Writings<Meaning>): Meaning | null {
  const plain = unit
    .replaceAll(/[\s·*]+/g, '')
    .replaceAll('**', '^')
    .replaceAll('²', '2')
    .toLowerCase();
  const found = Object.entries<readonly string[]>(writings).find(([, ways]) => ways.includes(plain));
  return (found?.[0] as Meaning | undefined) ?? null;
}

/** What a monthly value is multiplied by to be millimetres of that month. */
export function millimetres(unit: keyof typeof WATER, days: number): number {
  return { mm: 1, cm: 10, m: 1000, 'mm/s': 86_400 * days, 'mm/d': days }[unit];
}

/** The time of a layer, else what the parameter `date` says, else none. @throws Problem `param-wrong`. */
export function dateOf(date: Period | null, params: Record<string, string>): Period {
  if (date !== null) return date;
  const found = params.date ?? '';
  if (found === '') return UNDATED;
  const period = periodOf(found);
  if (period === null) throw new Problem('param-wrong', { field: 'date', found, expected: '2021, 2021-06, 2021-06-30' });
  return period;
}
