/**
 * `saryarka life index --kind lpi`: the Living Planet Index of tables of populations, each file a set; or of a list of files with
 * groups and weights (`FileName`, `Group`, `Weighting`), as rlpi takes it.
 */
import { cellsOf } from '../formats/cells.ts';
import { type CsvTable, readCsv } from '../formats/csv.ts';
import { readPopulationTable } from '../formats/population-table.ts';
import { readSource } from '../formats/source-node.ts';
import { number, t } from '../i18n/index.ts';
import { Problem, Problems } from '../problems.ts';
import { livingPlanetIndex, type SpeciesSeries, type SpeciesSet } from '../science/living-planet.ts';
import { columns } from './columns.ts';
import type { IndexFound, IndexOptions } from './life-index-options.ts';
import { amountIn, chosen } from './water-crop-options.ts';

interface Value {
  line: number;
  species: string;
  id: string;
  year: number;
  value: number;
}

/** Years of a default index; those before the first and after the last count say nothing. */
export function livingPlanet(files: string[], options: IndexOptions): IndexFound {
  const { lang } = options;
  const sets = files.flatMap((file) => setsOf(file));
  const years = sets.flatMap(({ species }) => species.flatMap(({ populations }) => populations.flatMap((one) => one.years)));
  if (years.length === 0) throw new Problem('table-empty', { file: files.join(', ') });
  const [first, last] = years.reduce(([low, high], year) => [Math.min(low, year), Math.max(high, year)], [9999, 0]) as [
    number,
    number,
  ];
  const yearIn = (field: string, text: string | undefined, value: number): number =>
    text === undefined ? value : amountIn(field, text, 1, 9999, { whole: true });
  const [from, to] = [yearIn('--base', options.base, first), yearIn('--to', options.to, last)];
  if (to <= from) throw new Problem('choice-wrong', { field: '--to', found: String(to), expected: `> ${from}` });
  const found = livingPlanetIndex(sets, {
    from,
    to,
    seed: amountIn('--seed', options.seed, 0, 2 ** 32 - 1, { whole: true }),
    bootstraps: amountIn('--draws', options.draws ?? '100', 0, 1e5, { whole: true }),
    resample: chosen('--mode', options.mode ?? 'species', ['species', 'years'] as const),
  });
  const say = (key: string, of: Record<string, string | number> = {}): string => t(lang, `life.trend.${key}`, of);
  const size = (value: number): string => (Number.isFinite(value) ? number(lang, value, 4) : '–');
  const titles = ['year', 'index', 'low', 'high', 'species'].map((key) => say(`column.${key}`));
  const rows = found.years.map((year, at) => [
    year,
    found.index[at] as number,
    found.low[at] as number,
    found.high[at] as number,
    found.species[at] as number,
  ]);
  return {
    json: found,
    told: [
      say('index.lpi', {
        sets: sets.length,
        species: sets.reduce((sum, set) => sum + set.species.length, 0),
        populations: Object.values(found.methods).reduce((sum, n) => sum + n, 0),
      }),
      ...columns([titles, ...rows.map(([year, ...rest]) => [String(year), ...rest.map((value) => size(value as number))])]).map(
        (line) => `  ${line}`,
      ),
      say('index.methods', { smooth: found.methods.smooth, chain: found.methods.chain, short: found.methods['too-short'] }),
    ],
    header: ['year', 'index', 'low', 'high', 'species'],
    rows: rows.map((row) => row.map((value) => (Number.isNaN(value) ? null : value))),
  };
}

/** A table of populations is one set; a list of files is as many. */
function setsOf(file: string): SpeciesSet[] {
  const source = readSource(file);
  const table = readCsv(source);
  if (!table.header.includes('FileName')) return [{ name: file, species: speciesOf(source.name, source, table) }];
  const problems: Problem[] = [];
  const folder = file.replace(/[^/\\]*$/, '');
  const listed = table.rows.map((row) => {
    const cells = cellsOf(source.name, row, problems);
    const [weight, groupWeight] = [cells.number('Weighting'), cells.number('WeightingB')];
    for (const [field, value] of [['Weighting', weight] as const, ['WeightingB', groupWeight] as const])
      if (value !== null && value < 0) cells.wrong(field, String(value), '0 …');
    return {
      name: cells.required('FileName'),
      group: cells.text('Group') ?? '',
      ...(weight === null ? {} : { weight }),
      ...(groupWeight === null ? {} : { groupWeight }),
    };
  });
  if (problems.length > 0) throw new Problems(problems);
  return listed.map(({ name, ...rest }) => {
    const own = readSource(`${folder}${name}`);
    return { name, ...rest, species: speciesOf(own.name, own, readCsv(own)) };
  });
}

function speciesOf(file: string, source: ReturnType<typeof readSource>, table: CsvTable): SpeciesSeries[] {
  const lower = new Map(table.header.map((name) => [name.toLowerCase(), name]));
  const values = lower.has('popvalue') ? valuesOf(file, table, lower) : countsOf(source);
  const problems: Problem[] = [];
  const species = [...Map.groupBy(values, (one) => one.species)].map(([name, own]) => ({
    name,
    populations: [...Map.groupBy(own, ({ id }) => id)].map(([id, list]) => {
      const sorted = list.toSorted((a, b) => a.year - b.year);
      for (const [i, one] of sorted.entries())
        if (i > 0 && one.year === sorted[i - 1]?.year)
          problems.push(
            new Problem('population-twice', {
              file,
              line: String(one.line),
              first: String(sorted[i - 1]?.line),
              site: id,
              year: String(one.year),
            }),
          );
      return { id, years: sorted.map(({ year }) => year), values: sorted.map(({ value }) => value) };
    }),
  }));
  if (problems.length > 0) throw new Problems(problems);
  return species;
}

/** Binomial, ID, year, popvalue: the columns of the Living Planet Database. */
function valuesOf(file: string, { rows }: CsvTable, names: ReadonlyMap<string, string>): Value[] {
  const missing = ['binomial', 'id', 'year'].filter((name) => !names.has(name));
  if (missing.length > 0)
    throw new Problem('columns-missing', {
      file,
      missing: missing.join(', '),
      found: [...names.values()].join(', '),
      expected: 'Binomial, ID, year, popvalue',
    });
  const problems: Problem[] = [];
  const field = (name: string): string => names.get(name) as string;
  const values = rows.flatMap((row): Value[] => {
    if (/^(na|nan|null)?$/i.test(row.values[field('popvalue')] ?? '')) return [];
    const cells = cellsOf(file, row, problems);
    const value = cells.number(field('popvalue'));
    if (value !== null && value < 0) cells.wrong(field('popvalue'), String(value), '0 …');
    return [
      {
        line: row.line,
        species: cells.required(field('binomial')),
        id: cells.required(field('id')),
        year: cells.year(field('year')) ?? 0,
        value: value ?? 0,
      },
    ];
  });
  if (problems.length > 0) throw new Problems(problems);
  return values;
}

/** A table of counts: each site of a species is a population. */
function countsOf(source: ReturnType<typeof readSource>): Value[] {
  return readPopulationTable(source).rows.flatMap(({ line, species, site, year, count }) =>
    count === null ? [] : [{ line, species: species ?? source.name, id: site, year, value: count }],
  );
}
