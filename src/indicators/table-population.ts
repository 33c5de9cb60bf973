/**
 * Populations from a table of counts: the index and the trend of each species, all sites and each zone
 * (docs/methods/population-trend.md), and the index of all species by zone and group (docs/methods/species-index.md).
 */
import { Problem } from '../problems.ts';
import { overallTrend, populationIndex } from '../science/population-trend.ts';
import { note, noteOf } from './figure-note.ts';
import { type CountPart, fitForIndex } from './population-fits.ts';
import {
  COUNT_OPTIONAL,
  COUNT_REQUIRED,
  groupsOfPart,
  partsOf,
  readCounts,
  simplerNote,
  simplerNotes,
  spanOfYears,
  unfitNote,
} from './population-rows.ts';
import { type PartsIndex, speciesIndexOfParts } from './species-fits.ts';
import { type TableFigure, type TableIndicator, tableFigure } from './table-indicator.ts';

const Z = 1.959963984540054;
const LEVEL = 0.95;

export const populationTrendOfTable: TableIndicator = {
  id: 'population-trend',
  method: 'trim-3',
  version: 1,
  required: COUNT_REQUIRED,
  optional: COUNT_OPTIONAL,
  params: { base: '' },
  compute(rows, params) {
    const read = readCounts(rows);
    if (read === null) return [];
    const base = baseOf(params);
    const faults: Problem[] = [];
    const parts = partsOf(read);
    const years = spanOfYears(read.map(({ year }) => year));
    const [first, last] = [Number(years.start.slice(0, 4)), Number(years.end.slice(0, 4)) - 1];
    if (base !== null && (base < first || base > last))
      throw new Problem('choice-wrong', { field: 'base', found: String(base), expected: `${first} – ${last}` });
    const figures = parts.flatMap((part) => {
      try {
        return figuresOf(part, base);
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        faults.push(error);
        return [silent(part, unfitNote(error))];
      }
    });
    if (faults.length === parts.length && faults[0] !== undefined) throw faults[0];
    return figures;
  },
};

export const speciesIndexOfTable: TableIndicator = {
  id: 'species-index',
  method: 'soldaat-2017',
  version: 1,
  required: COUNT_REQUIRED,
  optional: COUNT_OPTIONAL,
  params: { base: '', draws: '1000', seed: '1' },
  compute(rows, params) {
    const read = readCounts(rows);
    if (read === null) return [];
    const parts = partsOf(read);
    const groups = [...new Set(parts.flatMap((part) => groupsOfPart(part)))].sort();
    const zones = [...new Set(parts.map(({ zone }) => zone))];
    const first: Problem[] = [];
    const figures = [null, ...groups].flatMap((group) =>
      zones.flatMap((zone) => {
        const own = parts.filter((part) => part.zone === zone && (group === null || groupsOfPart(part).includes(group)));
        // One group of all species is all species again.
        const same = group !== null && groups.length === 1 && own.length === parts.filter((part) => part.zone === zone).length;
        if (own.length === 0 || same) return [];
        const { found, problem } = setFigures(own, group, zone, params);
        if (problem !== null) first.push(problem);
        return found;
      }),
    );
    if (figures.length === 0 && first[0] !== undefined) throw first[0];
    return figures;
  },
};

function figuresOf(part: CountPart, base: number | null): TableFigure[] {
  const { trend, simpler } = fitForIndex(part);
  const { years, sites } = trend.fit.cells;
  const start = base === null ? 0 : years.indexOf(base);
  const { imputed } = trend.totals;
  const about = {
    unit: '1',
    class: part.species,
    zone: part.zone,
    n: sites.length,
    level: LEVEL,
    note: simplerNote(simpler),
  };
  // No individual in the base year, or no count as early: there is nothing to compare with.
  const index = (imputed.values[start] ?? 0) > 0 ? populationIndex(imputed, [start]) : null;
  const ofYears = years.map((year, j) => {
    const [value, error] = [index?.values[j] ?? Number.NaN, index?.errors[j] ?? Number.NaN];
    const bounds = { value, low: Math.max(0, value - Z * error), high: value + Z * error };
    return tableFigure({
      ...about,
      indicator: 'population-index',
      year,
      ...(index ? bounds : { note: noteOf(about.note, note('trend-no-base')) }),
    });
  });
  if (years.length < 3) return ofYears;
  if (imputed.values.some((value) => !(value > 0))) return [...ofYears, silent(part, note('trend-year-of-none'))];
  const { slope, low, high } = overallTrend(imputed);
  return [
    ...ofYears,
    {
      ...tableFigure({ ...about, indicator: 'population-trend', year: 0, value: slope, low, high }),
      period: spanOfYears(years),
    },
  ];
}

/** A trend that the counts do not give, with why. */
function silent({ species, zone, rows }: CountPart, why: string): TableFigure {
  const sites = new Set(rows.filter(({ count }) => count !== null).map(({ site }) => site)).size;
  return {
    ...tableFigure({ indicator: 'population-trend', unit: '1', year: 0, class: species, zone, n: sites, note: why }),
    period: spanOfYears(rows.map(({ year }) => year)),
  };
}

/** The index of a group in a zone; nothing, with the first fault, where no species is left. */
function setFigures(
  parts: readonly CountPart[],
  group: string | null,
  zone: string | null,
  params: Readonly<Record<string, string>>,
): { found: TableFigure[]; problem: Problem | null } {
  const options = { draws: wholeOf('draws', params, 2, 1e5), seed: wholeOf('seed', params, 0, 2 ** 32 - 1) };
  let made: PartsIndex;
  try {
    made = speciesIndexOfParts(parts, { base: baseOf(params), ...options });
  } catch (error) {
    // A zone that was counted from a later year on does not have the base year of the others.
    if (error instanceof Problem) return { found: [], problem: error };
    throw error;
  }
  const { index, fits, unfit } = made;
  if (index === null)
    return { found: [], problem: unfit[0]?.problem ?? new Problem('population-no-counts', { file: group ?? zone ?? '–' }) };
  const without = [...unfit.map(({ species }) => species), ...index.left.map(({ name }) => name)];
  const about = {
    unit: '1',
    class: group,
    zone,
    n: fits.length - index.left.length,
    level: LEVEL,
    note: noteOf(simplerNotes(fits), without.length === 0 ? null : note('trend-without', without.join(', '))),
  };
  const { slope, low, high } = index.trend;
  const found = [
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
    {
      ...tableFigure({ ...about, indicator: 'species-trend', year: 0, value: slope, low, high }),
      period: spanOfYears(index.years),
    },
  ];
  return { found, problem: null };
}

const baseOf = ({ base = '' }: Readonly<Record<string, string>>): number | null =>
  base === '' ? null : wholeOf('base', { base }, 1, 9999);

function wholeOf(field: string, params: Readonly<Record<string, string>>, low: number, high: number): number {
  const value = Number(params[field]);
  if (!(Number.isInteger(value) && value >= low && value <= high))
    throw new Problem('choice-wrong', { field, found: params[field] ?? '–', expected: `${low} – ${high}` });
  return value;
}
