/**
 * The tables of `data/aral/` as what the lake's methods need: years, curves, bounds, the month's shares, rivers of single years.
 *
 *     const aral = aralTables();
 *     aral.north.curve          // rows of the North Aral's curve, each with its kind
 *     aral.conflicts            // C1 to C12 in four languages
 *
 * A number is taken from one named source; rows that contradict it stay in the table and are told by `conflicts`.
 */
import { readCsv } from '../formats/csv.ts';
import { readShipped } from '../formats/source-node.ts';
import { Problem } from '../problems.ts';
import type { CurveRow } from '../science/lake-curve.ts';
import type { LakeYear } from '../science/lake-hindcast.ts';
import type { Id, LocalText } from '../types.ts';

export interface SourcedRow extends CurveRow {
  kind: string;
  source: string;
  note: string;
  conflicts: string[];
}

export interface Conflict {
  id: string;
  basin: string;
  quantity: string;
  years: string;
  text: LocalText;
}

/** A parameter of scenarios with its bounds and where these come from. */
export interface Bounded {
  low: number;
  high: number;
  unit: string;
  kind: string;
  source: string;
}

/** A level of salinity that a group of fish bears; `null` where none was found. */
export interface FishLimit {
  id: string;
  name: LocalText;
  below: number | null;
  source: string;
  note: string;
}

export interface AralTables {
  whole: {
    /** Years that have every term: 1950 to 1989. */
    years: (LakeYear & { salinity: number; volume: number })[];
    curve: SourcedRow[];
  };
  north: {
    curve: SourcedRow[];
    /** Shares of a year's inflow by month; evaporation and precipitation of a year as depths by month [m]. */
    months: { inflow: number[]; evaporation: number[]; precipitation: number[] };
    /** River of each year [km3]; `gauge` tells which loss of the delta is in it already. */
    rivers: { year: number; inflow: number; gauge: 'upstream' | 'karateren' }[];
    parameters: Record<string, Bounded>;
  };
  fish: FishLimit[];
  conflicts: Conflict[];
  /** Yearly limits of the Syr Darya by Protocol 413 [km3]. */
  limits: { party: string; limit: number }[];
}

/** Area over which the published depths of the North Aral hold [km2]: `curve-and-facts.csv` says so in its notes. */
const PUBLISHED_AREA = 3250;

/** Parties of Protocol 413; the table also holds the total as it is printed (C11). */
const PARTIES = ['Kazakhstan', 'Kyrgyzstan', 'Tajikistan', 'Uzbekistan'];

type Row = Record<string, string>;

function rowsOf(...path: string[]): Row[] {
  const name = path.join('/');
  return readCsv({ name, bytes: new TextEncoder().encode(readShipped('data', ...path)) }).rows.map(({ values }) => values);
}

const listOf = (text = ''): string[] => text.split(';').filter((part) => part !== '');

function numberOf(row: Row, field: string, file: string): number {
  const text = row[field] ?? '';
  const value = Number(text);
  if (text === '' || !Number.isFinite(value))
    throw new Problem('choice-wrong', { field: `${file}: ${field}`, found: text, expected: '0.0' });
  return value;
}

/** Which waters lie at the shore of a site, by the shipped table: those of the whole sea and of its parts. */
export function watersAtShore(site: Id): Id[] {
  return rowsOf('aral', 'shores.csv').flatMap((row) => (row.site === site ? [row.water ?? ''] : []));
}

/** Reads the shipped tables. @throws Problem that names the file and field of a number that cannot be read. */
export function aralTables(): AralTables {
  const annual = rowsOf('aral', 'annual.csv');
  const facts = rowsOf('aral', 'curve-and-facts.csv');
  const whole = annual.filter(
    ({ basin, source, inflow_syr_km3, evaporation_km3 }) =>
      basin === 'whole' && source === 'aral-s1' && inflow_syr_km3 !== '' && evaporation_km3 !== '',
  );
  const shares = monthly(facts, 'inflow, monthly mean');
  const total = shares.reduce((sum, value) => sum + value, 0);
  const depth = (item: string): number[] => monthly(facts, item).map((value) => value / PUBLISHED_AREA / 1e-3);
  return {
    whole: {
      years: whole.map((row) => ({
        year: numberOf(row, 'year', 'annual.csv'),
        level: numberOf(row, 'level_m', 'annual.csv'),
        area: numberOf(row, 'area_km2', 'annual.csv'),
        volume: numberOf(row, 'volume_km3', 'annual.csv'),
        salinity: numberOf(row, 'salinity_g_l', 'annual.csv'),
        inflow: numberOf(row, 'inflow_syr_km3', 'annual.csv') + numberOf(row, 'inflow_amu_km3', 'annual.csv'),
        precipitation: numberOf(row, 'precipitation_km3', 'annual.csv'),
        evaporation: numberOf(row, 'evaporation_km3', 'annual.csv'),
      })),
      // After 1989 the level is that of the Large Sea and the volume of both (C8): those rows make no curve.
      curve: whole.map((row) => curveRow(row, 'annual.csv')),
    },
    north: {
      curve: rowsOf('aral', 'north-curve.csv').map((row) => curveRow(row, 'north-curve.csv')),
      months: {
        inflow: shares.map((value) => value / total),
        evaporation: depth('evaporation, monthly mean'),
        precipitation: depth('precipitation, monthly mean'),
      },
      rivers: riversOf(annual),
      parameters: Object.fromEntries(
        rowsOf('aral', 'parameters.csv').map((row) => [
          row.id ?? '',
          {
            low: numberOf(row, 'low', 'parameters.csv'),
            high: numberOf(row, 'high', 'parameters.csv'),
            unit: row.unit ?? '',
            kind: row.kind ?? '',
            source: row.source ?? '',
          },
        ]),
      ),
    },
    fish: rowsOf('aral', 'fish.csv').map((row) => ({
      id: row.id ?? '',
      name: { en: row.name_en ?? '', ru: row.name_ru ?? '', kk: row.name_kk ?? '', tr: row.name_tr ?? '' },
      below: row.below_g_l === '' ? null : numberOf(row, 'below_g_l', 'fish.csv'),
      source: row.source ?? '',
      note: row.note ?? '',
    })),
    conflicts: rowsOf('aral', 'conflicts.csv').map((row) => ({
      id: row.id ?? '',
      basin: row.basin ?? '',
      quantity: row.quantity ?? '',
      years: row.years ?? '',
      text: { en: row.text_en ?? '', ru: row.text_ru ?? '', kk: row.text_kk ?? '', tr: row.text_tr ?? '' },
    })),
    limits: rowsOf('kazakhstan', 'allocation-limits.csv')
      .filter(({ season = '' }) => season.includes('Protocol 413'))
      .filter(({ party = '' }) => PARTIES.includes(party))
      .map((row) => ({ party: row.party ?? '', limit: numberOf(row, 'limit_km3', 'allocation-limits.csv') })),
  };
}

function curveRow(row: Row, file: string): SourcedRow {
  return {
    level: numberOf(row, 'level_m', file),
    area: numberOf(row, 'area_km2', file),
    volume: numberOf(row, 'volume_km3', file),
    kind: row.kind ?? '',
    source: row.source ?? '',
    note: row.note ?? '',
    conflicts: listOf(row.conflicts),
  };
}

/** Twelve values of the North Aral's monthly means. */
function monthly(facts: readonly Row[], item: string): number[] {
  const found = facts.filter((row) => row.basin === 'north' && (row.item ?? '').startsWith(item));
  return Array.from({ length: 12 }, (_, month) => {
    const row = found.find((one) => Number(one.month) === month + 1);
    if (row === undefined)
      throw new Problem('choice-wrong', { field: `curve-and-facts.csv: ${item}`, found: String(found.length), expected: '12' });
    return numberOf(row, 'value', 'curve-and-facts.csv');
  });
}

/** One river for each year: at Karateren where it was gauged there (below the delta's losses), else upstream. */
function riversOf(annual: readonly Row[]): AralTables['north']['rivers'] {
  const north = annual.filter(({ basin, inflow_syr_km3 }) => basin === 'north' && inflow_syr_km3 !== '');
  const years = [...new Set(north.map((row) => numberOf(row, 'year', 'annual.csv')))].sort((a, b) => a - b);
  return years.flatMap((year) => {
    const own = north.filter((row) => Number(row.year) === year);
    const karateren = own.find(({ source }) => source === 'aral-s3');
    const upstream = own.find(({ source }) => source === 'aral-s5');
    const row = karateren ?? upstream;
    if (row === undefined) return [];
    return [
      {
        year,
        inflow: numberOf(row, 'inflow_syr_km3', 'annual.csv'),
        gauge: karateren ? ('karateren' as const) : ('upstream' as const),
      },
    ];
  });
}
