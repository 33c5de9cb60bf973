/** What `saryarka life trend --keep` computes of a table of counts: trends of species, and what a measure did where it is marked. */
import type { CsvTable } from '../formats/csv.ts';
import { otherColumn, type PopulationTable } from '../formats/population-table.ts';
import type { SourceFile } from '../formats/source-node.ts';
import { beforeAfterOfTable } from '../indicators/before-after-effect.ts';
import { populationTrendOfTable } from '../indicators/table-population.ts';
import { Problem } from '../problems.ts';
import { countSheet } from '../run/life-sheets.ts';
import { lifeParams } from '../run/life-tables.ts';
import { sheetWords } from '../run/sheet-told.ts';
import type { TableGround } from '../run/zone-placing.ts';
import type { KeepJob } from './life-trend-keep.ts';
import type { TrendOptions } from './life-trend-rows.ts';

/** Options of a model of one's own: what is kept has the method of the indicator, so that figures of a dossier are alike. */
const OWN_MODEL = ['model', 'changepoints', 'stepwise', 'covariates', 'overdispersion', 'serialCorrelation'] as const;

/** @throws Problem `choice-wrong` */
export function trendJobs(
  ground: TableGround,
  { source, table }: { source: SourceFile; table: PopulationTable },
  options: TrendOptions,
): { jobs: KeepJob[]; told: string[] } {
  const own = OWN_MODEL.find((name) => options[name] !== undefined);
  const alone = own ?? (['output', 'chart'] as const).find((name) => options[name] !== undefined);
  if (alone !== undefined) {
    const field = `--${alone.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    throw new Problem('choice-wrong', { field, found: String(options[alone]), expected: `${field} / --keep` });
  }
  const { species, zones, groups, lang, base = '', since = '' } = options;
  const sheet = countSheet(ground, table, { species, zones, groups, instead: '--species "Otis tarda"' });
  const inputs = [{ href: source.name, digest: source.digest }, ...sheet.inputs];
  const about = { table: sheet.table, name: table.file, inputs };
  const jobs: KeepJob[] = [{ ...about, indicator: populationTrendOfTable, params: { base } }];
  const marked = otherColumn(table, 'phase') !== null && sheet.table.rows.some(({ values }) => values.phase !== '');
  if (since !== '' || marked) {
    const params = lifeParams({ since, control: options.control ?? '' }, ground, { field: '--control' });
    jobs.push({ ...about, indicator: beforeAfterOfTable, params });
  } else if (options.control !== undefined)
    throw new Problem('choice-wrong', { field: '--control', found: options.control, expected: '--since' });
  return { jobs, told: sheetWords(sheet.told, lang) };
}

/** Counts with their marks, for effects that are only told: zones as the table names them. */
export function effectSheet(table: PopulationTable, { species, zones }: TrendOptions): CsvTable {
  const [role, phase] = [otherColumn(table, 'role'), otherColumn(table, 'phase')];
  const rows = table.rows
    .filter((row) => species === undefined || row.species === null || row.species === species)
    .map((row) => ({
      line: row.line,
      values: {
        species: row.species ?? species ?? table.file,
        site: row.site,
        year: String(row.year),
        month: row.month === undefined ? '' : String(row.month),
        count: row.count === null ? '' : String(row.count),
        weight: row.weight === undefined ? '' : String(row.weight),
        zone: zones === undefined ? '' : (row.other[zones] ?? ''),
        role: role === null ? '' : (row.other[role] ?? ''),
        phase: phase === null ? '' : (row.other[phase] ?? ''),
      },
    }));
  return { header: ['species', 'site', 'year', 'month', 'count', 'weight', 'zone', 'role', 'phase'], rows };
}
