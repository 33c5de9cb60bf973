/**
 * `saryarka life index --kind lpi`: the Living Planet Index of tables of populations, each file a set; or of a list of files with
 * groups and weights (`FileName`, `Group`, `Weighting`), as rlpi takes it.
 */
import { cellsOf } from '../formats/cells.ts';
import { readSheetTables, type SheetTable } from '../formats/population-sheets.ts';
import { type PopulationValues, readPopulationValues } from '../formats/population-values.ts';
import { readSource, type SourceFile } from '../formats/source-node.ts';
import { number, t } from '../i18n/index.ts';
import { Problem, Problems } from '../problems.ts';
import { readOverWords } from '../run/sheet-told.ts';
import { livingPlanetIndex, type SpeciesSet } from '../science/living-planet.ts';
import { columns } from './columns.ts';
import type { IndexFound, IndexOptions } from './life-index-options.ts';
import { amountIn, chosen } from './water-crop-options.ts';

/** The populations of one file, and what they weigh. */
export interface ValueSet extends PopulationValues {
  source: SourceFile;
  /** As the list of files calls it. */
  name: string;
  group?: string;
  weight?: number;
  groupWeight?: number;
}

/** Years of a default index; those before the first and after the last count say nothing. */
export async function livingPlanet(files: string[], options: IndexOptions): Promise<IndexFound> {
  const { lang } = options;
  const read = await readValueSets(files);
  const sets = read.map(setOf);
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
      ...read.flatMap((set) => readOverWords(set, lang)),
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

/** A table of populations is one set; a list of files is as many. @throws Problem, Problems */
export async function readValueSets(files: readonly string[]): Promise<ValueSet[]> {
  const read = await Promise.all(files.map(setsOf));
  return read.flat();
}

async function setsOf(file: string): Promise<ValueSet[]> {
  const source = readSource(file);
  const table = await tableOf(source);
  if (!table.header.includes('FileName')) return [{ source, name: file, ...(await readPopulationValues(source)) }];
  const problems: Problem[] = [];
  const folder = file.replace(/[^/\\]*$/, '');
  const listed = table.rows.map((row) => {
    const cells = cellsOf(table.name, row, problems);
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
  return await Promise.all(
    listed.map(async (one) => {
      const own = readSource(`${folder}${one.name}`);
      return { source: own, ...one, ...(await readPopulationValues(own)) };
    }),
  );
}

async function tableOf(source: SourceFile): Promise<SheetTable> {
  const { tables } = await readSheetTables(source, (header) => header.includes('FileName'));
  return tables[0] as SheetTable;
}

/** Species with their populations; years of each ascend. */
function setOf({ values, source: _, columns: __, totals: ___, left: ____, ...about }: ValueSet): SpeciesSet {
  const species = [...Map.groupBy(values, (one) => one.species)].map(([name, own]) => ({
    name,
    populations: [...Map.groupBy(own, ({ id }) => id)].map(([id, list]) => {
      const sorted = list.toSorted((a, b) => a.year - b.year);
      return { id, years: sorted.map(({ year }) => year), values: sorted.map(({ value }) => value) };
    }),
  }));
  return { ...about, species };
}
