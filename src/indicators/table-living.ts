/**
 * The Living Planet Index of a table of populations (docs/methods/living-planet-index.md), and where species are found, from a table of
 * records with their days (docs/methods/occupancy.md).
 */
import { Problem } from '../problems.ts';
import { type LivingPlanetOptions, livingPlanetIndex, type SpeciesSet } from '../science/living-planet.ts';
import { listLengthTrend, type Visit, visitsOf } from '../science/occupancy-trend.ts';
import { yearPeriod } from './figure.ts';
import { note, noteOf } from './figure-note.ts';
import { NO_ZONE } from './population-fits.ts';
import { amount, type TableFigure, type TableIndicator, tableFigure, yearOf } from './table-indicator.ts';

const LEVEL = 0.95;

export const livingPlanetOfTable: TableIndicator = {
  id: 'living-planet-index',
  method: 'mcrae-2017',
  version: 1,
  required: ['species', 'population', 'year', 'value'],
  optional: ['set', 'weight', 'group', 'group_weight', 'zone', 'note'],
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
      return {
        ...{ species, id, year, value, set: cells.text('set') ?? '', zone: cells.text('zone') ?? NO_ZONE },
        ...{ group: cells.text('group') ?? '', weight: amount(cells, 'weight'), groupWeight: amount(cells, 'group_weight') },
      };
    });
    const counted = read.filter((row): row is typeof row & { value: number } => row.value !== null);
    if (!sound || counted.length === 0) return [];
    const years = counted.map(({ year }) => year);
    const [first, last] = [years.reduce((a, b) => Math.min(a, b)), years.reduce((a, b) => Math.max(a, b))];
    const from = params.base === '' ? first : Number(params.base);
    if (!(from >= first && from < last))
      throw new Problem('choice-wrong', { field: 'base', found: String(params.base), expected: `${first} – ${last - 1}` });
    const options = { from, to: last, seed: Number(params.seed), bootstraps: Number(params.draws) };
    const zones = [...new Set(counted.map(({ zone }) => zone))].filter((zone) => zone !== NO_ZONE).sort();
    return [null, ...zones].flatMap((zone) => {
      const sets = setsOf(counted.filter((row) => zone === null || row.zone === zone));
      const of = (some: SpeciesSet[], name: string | null): TableFigure[] => indexFigures(some, { name, zone, ...options });
      return [...of(sets, null), ...(sets.length > 1 ? sets.flatMap((set) => of([set], set.name || '–')) : [])];
    });
  },
};

interface PopulationValue {
  species: string;
  id: string;
  year: number;
  value: number;
  set: string;
  group: string;
  weight: number | null;
  groupWeight: number | null;
}

/** Populations in species, species in sets; a set has the weights of its first row. */
function setsOf(rows: readonly PopulationValue[]): SpeciesSet[] {
  return [...Map.groupBy(rows, ({ set }) => set)].map(([name, own]) => ({
    name,
    ...(own[0]?.group ? { group: own[0].group } : {}),
    ...(own[0]?.weight == null ? {} : { weight: own[0].weight }),
    ...(own[0]?.groupWeight == null ? {} : { groupWeight: own[0].groupWeight }),
    species: [...Map.groupBy(own, ({ species }) => species)].map(([species, list]) => ({
      name: species,
      populations: [...Map.groupBy(list, ({ id }) => id)].map(([id, series]) => {
        const sorted = series.toSorted((a, b) => a.year - b.year);
        return { id, years: sorted.map(({ year }) => year), values: sorted.map(({ value }) => value) };
      }),
    })),
  }));
}

function indexFigures(
  sets: readonly SpeciesSet[],
  { name, zone, ...options }: { name: string | null; zone: string | null } & LivingPlanetOptions,
): TableFigure[] {
  const found = livingPlanetIndex(sets, options);
  return found.years.map((year, t) =>
    tableFigure({
      ...{ indicator: 'living-planet-index', unit: '1', year, class: name, zone },
      value: known(found.index[t]),
      low: known(found.low[t]),
      high: known(found.high[t]),
      level: LEVEL,
      n: found.species[t] as number,
    }),
  );
}

export const occupancyOfTable: TableIndicator = {
  id: 'occupancy',
  method: 'list-length',
  version: 2,
  required: ['species', 'site', 'date'],
  optional: ['zone', 'note'],
  params: { species: '' },
  compute(rows, params) {
    let sound = true;
    const records = rows.map(({ cells }) => {
      const [species, site, date] = [cells.required('species'), cells.required('site'), cells.required('date')];
      const year = /^(\d{4})-\d{2}-\d{2}/.exec(date)?.[1];
      if (date !== '' && year === undefined) cells.wrong('date', date, '2019-05-14');
      if (species === '' || site === '' || year === undefined) sound = false;
      return { species, site, date: date.slice(0, 10), year: Number(year ?? 0), zone: cells.text('zone') ?? NO_ZONE };
    });
    if (!sound || records.length === 0) return [];
    const whole = visitsOf(records);
    if (new Set(whole.map(({ year }) => year)).size < 2)
      throw new Problem('population-one-year', { file: 'records', year: String(whole[0]?.year ?? '–') });
    const zones = [...new Set(records.map(({ zone }) => zone))].filter((zone) => zone !== NO_ZONE).sort();
    const places: [string | null, Visit[]][] = [
      [null, whole],
      ...zones.map((zone): [string, Visit[]] => [zone, visitsOf(records.filter((one) => one.zone === zone))]),
    ];
    const known = [...new Set(records.map((one) => one.species))].sort();
    const wanted = (params.species ?? '').split(',').flatMap((name) => name.trim() || []);
    const strange = wanted.find((name) => !known.includes(name));
    if (strange !== undefined)
      throw new Problem('choice-wrong', { field: 'species', found: strange, expected: known.slice(0, 12).join(', ') });
    const species = wanted.length === 0 ? known : wanted;
    return species.flatMap((name) => places.flatMap(([zone, visits]) => occupancyFigures(visits, name, zone)));
  },
};

/** The chance of a species by year, and the trend of its odds; nothing where it has visits of one year alone. */
function occupancyFigures(visits: readonly Visit[], species: string, zone: string | null): TableFigure[] {
  const own = new Set(visits.filter((visit) => visit.species.has(species)).map(({ site }) => site));
  if (new Set(visits.filter(({ site }) => own.has(site)).map(({ year }) => year)).size < 2) return [];
  const trend = listLengthTrend(visits, species);
  const cautions = noteOf(...trend.cautions.map((one) => note(`occupancy-${one}`)));
  const about = { unit: '1', class: species, zone, level: LEVEL, note: cautions };
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
}

const known = (value: number | undefined): number | null => (value !== undefined && Number.isFinite(value) ? value : null);
