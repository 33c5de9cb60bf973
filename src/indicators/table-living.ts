/**
 * The Living Planet Index of a table of populations (docs/methods/living-planet.md), and where species are found, from a table of
 * records with their days (docs/methods/occupancy.md).
 */
import { Problem } from '../problems.ts';
import { livingPlanetIndex } from '../science/living-planet.ts';
import { listLengthTrend, visitsOf } from '../science/occupancy-trend.ts';
import { yearPeriod } from './figure.ts';
import { amount, type TableFigure, type TableIndicator, tableFigure, yearOf } from './table-indicator.ts';

const LEVEL = 0.95;

export const livingPlanetOfTable: TableIndicator = {
  id: 'living-planet-index',
  method: 'mcrae-2017',
  version: 1,
  required: ['species', 'population', 'year', 'value'],
  optional: ['set', 'note'],
  params: { base: '', draws: '1000', seed: '1' },
  compute(rows, params) {
    const seen = new Set<string>();
    let sound = true;
    const read = rows.map(({ cells }) => {
      const [species, id, year] = [cells.required('species'), cells.required('population'), yearOf(cells)];
      const key = JSON.stringify([id, year]);
      if (seen.has(key)) cells.wrong('year', `${id}, ${year}`, '1 × population, year');
      if (seen.has(key) || species === '' || id === '' || year === 0) sound = false;
      seen.add(key);
      const value = amount(cells, 'value');
      return { species, id, year, value, set: cells.text('set') ?? '' };
    });
    const counted = read.filter((row): row is typeof row & { value: number } => row.value !== null);
    if (!sound || counted.length === 0) return [];
    const years = counted.map(({ year }) => year);
    const [first, last] = [years.reduce((a, b) => Math.min(a, b)), years.reduce((a, b) => Math.max(a, b))];
    const from = params.base === '' ? first : Number(params.base);
    if (!(from >= first && from < last))
      throw new Problem('choice-wrong', { field: 'base', found: String(params.base), expected: `${first} – ${last - 1}` });
    const sets = [...Map.groupBy(counted, ({ set }) => set)].map(([name, own]) => ({
      name,
      species: [...Map.groupBy(own, ({ species }) => species)].map(([species, list]) => ({
        name: species,
        populations: [...Map.groupBy(list, ({ id }) => id)].map(([id, series]) => {
          const sorted = series.toSorted((a, b) => a.year - b.year);
          return { id, years: sorted.map(({ year }) => year), values: sorted.map(({ value }) => value) };
        }),
      })),
    }));
    const ofSets = (some: typeof sets, name: string | null): TableFigure[] => {
      const found = livingPlanetIndex(some, { from, to: last, seed: Number(params.seed), bootstraps: Number(params.draws) });
      return found.years.map((year, t) =>
        tableFigure({
          indicator: 'living-planet-index',
          unit: '1',
          year,
          class: name,
          value: found.index[t] as number,
          low: known(found.low[t]),
          high: known(found.high[t]),
          level: LEVEL,
          n: found.species[t] as number,
        }),
      );
    };
    return [...ofSets(sets, null), ...(sets.length > 1 ? sets.flatMap((set) => ofSets([set], set.name || '–')) : [])];
  },
};

export const occupancyOfTable: TableIndicator = {
  id: 'occupancy',
  method: 'list-length',
  version: 1,
  required: ['species', 'site', 'date'],
  optional: ['note'],
  params: {},
  compute(rows) {
    let sound = true;
    const records = rows.map(({ cells }) => {
      const [species, site, date] = [cells.required('species'), cells.required('site'), cells.required('date')];
      const year = /^(\d{4})-\d{2}-\d{2}/.exec(date)?.[1];
      if (date !== '' && year === undefined) cells.wrong('date', date, '2019-05-14');
      if (species === '' || site === '' || year === undefined) sound = false;
      return { species, site, date: date.slice(0, 10), year: Number(year ?? 0) };
    });
    if (!sound || records.length === 0) return [];
    const visits = visitsOf(records);
    if (new Set(visits.map(({ year }) => year)).size < 2)
      throw new Problem('population-one-year', { file: 'records', year: String(visits[0]?.year ?? '–') });
    return [...new Set(records.map(({ species }) => species))].sort().flatMap((species) => {
      const own = visits.filter((visit) => visit.species.has(species)).map(({ site }) => site);
      // A species of one year's visits alone has no trend.
      if (new Set(visits.filter(({ site }) => own.includes(site)).map(({ year }) => year)).size < 2) return [];
      const trend = listLengthTrend(visits, species);
      const about = { unit: '1', class: species, level: LEVEL };
      const period = { start: yearPeriod(trend.years[0] as number).start, end: yearPeriod(trend.years.at(-1) as number).end };
      return [
        ...trend.years.flatMap((year, t) =>
          (trend.visited[t] as number) === 0
            ? []
            : [
                tableFigure({
                  ...about,
                  indicator: 'occupancy',
                  year,
                  value: known(trend.values[t]),
                  low: known(trend.low[t]),
                  high: known(trend.high[t]),
                  n: trend.visited[t] as number,
                }),
              ],
        ),
        {
          ...tableFigure({
            ...about,
            indicator: 'occupancy-trend',
            year: 0,
            value: trend.slope,
            low: trend.slopeLow,
            high: trend.slopeHigh,
            n: visits.length,
          }),
          period,
        },
      ];
    });
  },
};

const known = (value: number | undefined): number | null => (value !== undefined && Number.isFinite(value) ? value : null);
