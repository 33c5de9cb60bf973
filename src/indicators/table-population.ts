/**
 * Populations from a table of counts: the index and the trend of each species, all sites and each zone
 * (docs/methods/population-trend.md), and the index of all species by zone and group (docs/methods/species-index.md).
 */
import type { Cells } from '../formats/cells.ts';
import type { PopulationRow } from '../formats/population-table.ts';
import { Problem } from '../problems.ts';
import { overallTrend, populationIndex } from '../science/population-trend.ts';
import type { Period } from '../types.ts';
import { yearPeriod } from './figure.ts';
import { type CountPart, countParts, fitForIndex, type Simpler } from './population-fits.ts';
import { speciesIndexOfParts } from './species-fits.ts';
import { amount, type TableFigure, type TableIndicator, type TableRow, tableFigure, yearOf } from './table-indicator.ts';

const Z = 1.959963984540054;
const LEVEL = 0.95;

/** What was left out of the model, in signs that need no translation; the page says what they mean. */
const SIGNS: Readonly<Record<Simpler, string>> = { 'model-2': 'TRIM 2', 'no-correlation': 'ρ = 0', 'no-dispersion': 'σ² = 1' };

const REQUIRED = ['species', 'site', 'year', 'count'];
const OPTIONAL = ['zone', 'group', 'weight', 'note'];

export const populationTrendOfTable: TableIndicator = {
  id: 'population-trend',
  method: 'trim-3',
  version: 1,
  required: REQUIRED,
  optional: OPTIONAL,
  params: { base: '' },
  compute(rows, params) {
    const read = readCounts(rows);
    if (read === null) return [];
    return partsOf(read).flatMap((part) => figuresOf(part, baseOf(params)));
  },
};

export const speciesIndexOfTable: TableIndicator = {
  id: 'species-index',
  method: 'soldaat-2017',
  version: 1,
  required: REQUIRED,
  optional: OPTIONAL,
  params: { base: '', draws: '1000', seed: '1' },
  compute(rows, params) {
    const read = readCounts(rows);
    if (read === null) return [];
    const parts = partsOf(read);
    const groups = [...new Set(read.map(({ other }) => other.group ?? ''))].filter((group) => group !== '').sort();
    const zones = [...new Set(parts.map(({ zone }) => zone))];
    // One group is all species again.
    return [null, ...(groups.length > 1 ? groups : [])].flatMap((group) =>
      zones.flatMap((zone) => {
        const own = parts.filter((part) => part.zone === zone && (group === null || part.rows[0]?.other.group === group));
        return own.length === 0 ? [] : setFigures(own, [group, zone].filter((word) => word !== null).join(', ') || null, params);
      }),
    );
  },
};

function figuresOf(part: CountPart, base: number | null): TableFigure[] {
  const { trend, simpler } = fitForIndex(part);
  const { years, sites } = trend.fit.cells;
  const start = base === null ? 0 : years.indexOf(base);
  if (start < 0)
    throw new Problem('choice-wrong', { field: 'base', found: String(base), expected: `${years[0]} – ${years.at(-1)}` });
  const { imputed } = trend.totals;
  const about = {
    unit: '1',
    class: [part.species, part.zone].filter((word) => word !== null).join(', '),
    n: sites.length,
    level: LEVEL,
    note: simpler.map((one) => SIGNS[one]).join(', ') || null,
  };
  const index = (imputed.values[start] as number) > 0 ? populationIndex(imputed, [start]) : null;
  const ofYears = years.map((year, j) => {
    const [value, error] = [index?.values[j] ?? Number.NaN, index?.errors[j] ?? Number.NaN];
    const bounds = { value, low: Math.max(0, value - Z * error), high: value + Z * error };
    return tableFigure({ ...about, indicator: 'population-index', year, ...(index ? bounds : {}) });
  });
  if (years.length < 3 || imputed.values.some((value) => !(value > 0))) return ofYears;
  const { slope, low, high } = overallTrend(imputed);
  return [
    ...ofYears,
    { ...tableFigure({ ...about, indicator: 'population-trend', year: 0, value: slope, low, high }), period: spanOf(years) },
  ];
}

function setFigures(parts: readonly CountPart[], name: string | null, params: Readonly<Record<string, string>>): TableFigure[] {
  const { index, fits, unfit } = speciesIndexOfParts(parts, {
    base: baseOf(params),
    draws: wholeOf('draws', params, 2, 1e5),
    seed: wholeOf('seed', params, 0, 2 ** 32 - 1),
  });
  // The same species in every set have the same faults: where none is left, the first tells.
  if (index === null) throw unfit[0]?.problem ?? new Problem('population-no-counts', { file: name ?? '–' });
  const without = [...unfit.map(({ species }) => species), ...index.left.map(({ name: species }) => species)];
  const signs = (Object.keys(SIGNS) as Simpler[]).flatMap((one) => {
    const own = fits.filter(({ simpler }) => simpler.includes(one)).map(({ species }) => species);
    return own.length === 0 ? [] : [`${SIGNS[one]}: ${own.join(', ')}`];
  });
  const about = {
    unit: '1',
    class: name,
    n: fits.length - index.left.length,
    level: LEVEL,
    note: [...signs, ...(without.length === 0 ? [] : [`n = 0: ${without.join(', ')}`])].join('; ') || null,
  };
  const { slope, low, high } = index.trend;
  return [
    ...index.years.map((year, t) =>
      tableFigure({
        ...about,
        indicator: 'species-index',
        year,
        value: index.index[t] as number,
        low: index.low[t] as number,
        high: index.high[t] as number,
      }),
    ),
    { ...tableFigure({ ...about, indicator: 'species-trend', year: 0, value: slope, low, high }), period: spanOf(index.years) },
  ];
}

const spanOf = (years: readonly number[]): Period => ({
  start: yearPeriod(years[0] as number).start,
  end: yearPeriod(years.at(-1) as number).end,
});

/** All sites, and each zone where the table has zones. */
function partsOf(rows: PopulationRow[]): CountPart[] {
  const zoned = rows.some(({ other }) => other.zone !== '');
  return countParts({ file: 'counts', shape: 'long', rows, others: ['zone'] }, { zones: zoned ? 'zone' : null, field: 'zone' });
}

/** The rows, or `null` where one is at fault. */
function readCounts(rows: readonly TableRow[]): PopulationRow[] | null {
  let sound = true;
  const seen = new Set<string>();
  const read = rows.map(({ cells: given }, i): PopulationRow => {
    const cells: Cells = {
      ...given,
      wrong: (...of) => {
        sound = false;
        given.wrong(...of);
      },
      required: (field) => {
        const found = given.required(field);
        if (found === '') sound = false;
        return found;
      },
    };
    const [species, site, year] = [cells.required('species'), cells.required('site'), yearOf(cells)];
    const key = JSON.stringify([species, site, year]);
    if (seen.has(key)) cells.wrong('year', `${species}, ${site}, ${year}`, '1 × species, site, year');
    seen.add(key);
    const weight = amount(cells, 'weight');
    if (weight === 0) cells.wrong('weight', '0', '> 0');
    return {
      line: i + 2,
      species,
      site,
      year,
      count: amount(cells, 'count'),
      ...(weight === null || weight === 0 ? {} : { weight }),
      other: { zone: cells.text('zone') ?? '', group: cells.text('group') ?? '' },
    };
  });
  return sound ? read : null;
}

const baseOf = ({ base = '' }: Readonly<Record<string, string>>): number | null =>
  base === '' ? null : wholeOf('base', { base }, 1, 9999);

function wholeOf(field: string, params: Readonly<Record<string, string>>, low: number, high: number): number {
  const value = Number(params[field]);
  if (!(Number.isInteger(value) && value >= low && value <= high))
    throw new Problem('choice-wrong', { field, found: params[field] ?? '–', expected: `${low} – ${high}` });
  return value;
}
