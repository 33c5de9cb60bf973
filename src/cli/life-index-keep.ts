/** `saryarka life index --keep`: an index of many species as figures of a dossier, of the site and of its zones. */
import type { CsvTable } from '../formats/csv.ts';
import { readDatedRecords } from '../formats/dated-records.ts';
import { readPopulationFile } from '../formats/population-table.ts';
import { readSource } from '../formats/source-node.ts';
import { redListIndexOfTable } from '../indicators/red-list-index.ts';
import { livingPlanetOfTable, occupancyOfTable } from '../indicators/table-living.ts';
import { speciesIndexOfTable } from '../indicators/table-population.ts';
import { Problem } from '../problems.ts';
import { countSheet, recordSheet, valueSheet } from '../run/life-sheets.ts';
import { lifeParams } from '../run/life-tables.ts';
import { readOverWords, sheetWords } from '../run/sheet-told.ts';
import type { TableGround } from '../run/zone-placing.ts';
import type { Id, Lang } from '../types.ts';
import { readValueSets } from './life-index-lpi.ts';
import type { IndexKind, IndexOptions } from './life-index-options.ts';
import { redListTable } from './life-index-rli.ts';
import { type KeepJob, keepFigures } from './life-trend-keep.ts';
import { amountIn } from './water-crop-options.ts';

interface Jobs {
  jobs: KeepJob[];
  told: string[];
}

/** @throws Problem `choice-wrong` for options that kept figures do not have */
export async function keepIndex(
  kind: IndexKind,
  files: string[],
  place: { dossier: string; site: Id },
  options: IndexOptions,
): Promise<number> {
  const alone = (['mode', 'output', 'periods'] as const).find((name) => options[name] !== undefined);
  if (alone !== undefined)
    throw new Problem('choice-wrong', { field: `--${alone}`, found: String(options[alone]), expected: `--${alone} / --keep` });
  if ((options.method ?? 'list-length') !== 'list-length')
    throw new Problem('choice-wrong', { field: '--method', found: String(options.method), expected: 'list-length' });
  const jobsOf = { msi: ofCounts, lpi: ofPopulations, rli: ofCategories, occupancy: ofRecords }[kind];
  return await keepFigures(place, options, async (db, ground) => {
    if (files.length > 0) return await jobsOf(ground, files, options);
    if (kind !== 'occupancy')
      throw new Problem('choice-wrong', { field: 'files', found: '–', expected: 'counts.csv, birds.xlsx' });
    return (await import('./life-index-dossier.ts')).ofDossier(db, place.site, options);
  });
}

const seedIn = ({ seed, draws }: IndexOptions, most: number): Record<string, string> => ({
  seed: String(amountIn('--seed', seed, 0, 2 ** 32 - 1, { whole: true })),
  draws: String(amountIn('--draws', draws ?? '1000', 2, most, { whole: true })),
});

async function ofCounts(ground: TableGround, files: string[], options: IndexOptions): Promise<Jobs> {
  const { zones, groups, lang } = options;
  const read = await Promise.all(
    files.map(async (file) => {
      const source = readSource(file);
      const table = await readPopulationFile(source);
      const sheet = countSheet(ground, table, { zones, groups });
      return { source, name: table.file, ...sheet, told: sheetWords(sheet.told, lang) };
    }),
  );
  const params = { base: options.base ?? '', ...seedIn(options, 1e5) };
  return kept(read, { indicator: speciesIndexOfTable, params });
}

interface ReadFile {
  source: { name: string; digest: string };
  name: string;
  table: CsvTable;
  inputs: KeepJob['inputs'];
  told: readonly string[];
}

/** Tables with the same columns as one, with what is to be told of them. */
function kept(read: readonly ReadFile[], job: Pick<KeepJob, 'indicator' | 'params'>): Jobs {
  const own = read.map(({ source }) => ({ href: source.name, digest: source.digest }));
  const others = read.flatMap(({ inputs }) => inputs);
  const whole = {
    name: read.map(({ name }) => name).join(', '),
    table: { header: read[0]?.table.header ?? [], rows: read.flatMap(({ table }) => table.rows) },
    inputs: [...own, ...others.filter((one, i) => others.findIndex(({ href }) => href === one.href) === i)],
  };
  return { jobs: [{ ...whole, ...job }], told: [...new Set(read.flatMap(({ told }) => told))] };
}

async function ofPopulations(ground: TableGround, files: string[], options: IndexOptions): Promise<Jobs> {
  const sets = await readValueSets(files);
  const to = options.to === undefined ? 9999 : amountIn('--to', options.to, 1, 9999, { whole: true });
  const read = sets.map((set): ReadFile => {
    const { source, name, group, weight, groupWeight } = set;
    const weights = {
      ...(group === undefined ? {} : { group }),
      ...(weight === undefined ? {} : { weight }),
      ...(groupWeight === undefined ? {} : { groupWeight }),
    };
    const given = { zones: options.zones, to, ...(sets.length > 1 ? { set: { name, ...weights } } : {}) };
    const sheet = valueSheet(ground, source.name, set, given);
    return { source, name: source.name, ...sheet, told: sheetWords(sheet.told, options.lang) };
  });
  return kept(read, { indicator: livingPlanetOfTable, params: { base: options.base ?? '', ...seedIn(options, 1e5) } });
}

async function ofCategories(_: TableGround, files: string[], { lang }: { lang: Lang }): Promise<Jobs> {
  const read = await Promise.all(files.map(redListTable));
  const made = read.map(({ source, table, left }) => ({
    ...{ source, name: table.name, table, inputs: [] },
    told: readOverWords({ totals: [], left }, lang),
  }));
  return kept(made, { indicator: redListIndexOfTable, params: {} });
}

async function ofRecords(ground: TableGround, files: string[], options: IndexOptions): Promise<Jobs> {
  const read = await Promise.all(
    files.map(async (file): Promise<ReadFile> => {
      const source = readSource(file);
      const records = await readDatedRecords(source);
      const sheet = recordSheet(ground, records, { zones: options.zones });
      return { source, name: records.name, ...sheet, told: sheetWords(sheet.told, options.lang) };
    }),
  );
  return kept(read, { indicator: occupancyOfTable, params: lifeParams({ species: options.species ?? '' }, ground) });
}
