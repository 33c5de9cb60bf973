/** `saryarka life index --kind rli`: the Red List Index of tables of categories (Butchart et al. 2007). */
import type { SheetTable } from '../formats/population-sheets.ts';
import { digestOf, readSource, type SourceFile } from '../formats/source-node.ts';
import { number, t } from '../i18n/index.ts';
import { redListIndexOfTable } from '../indicators/red-list-index.ts';
import { tableFigures } from '../run/compute-tables.ts';
import { readAssessments } from '../run/life-tables.ts';
import { type ReadOver, readOverWords } from '../run/sheet-told.ts';
import { columns } from './columns.ts';
import type { IndexFound, IndexOptions } from './life-index-options.ts';

export async function redList(files: string[], { lang }: IndexOptions): Promise<IndexFound> {
  const read = await Promise.all(files.map(async (file) => ({ file, ...(await redListTable(file)) })));
  const rows = read.flatMap(({ file, source, table }) => {
    const inputs = [{ href: source.name, digest: digestOf(source.bytes) }];
    const { observations } = tableFigures(redListIndexOfTable, {
      name: table.name,
      table,
      inputs,
      feature: '-',
      params: {},
    });
    return observations.map(({ by, period, value, n }) => ({
      file,
      group: by.class ?? null,
      year: Number(period?.start.slice(0, 4)),
      value,
      n,
    }));
  });
  const say = (key: string): string => t(lang, `life.trend.${key}`);
  const titles = ['group', 'year', 'index', 'species'].map((key) => say(`column.${key}`));
  return {
    json: rows,
    told: [
      ...read.flatMap(({ left }) => readOverWords({ totals: [], left }, lang)),
      ...columns([
        titles,
        ...rows.map(({ group, year, value, n }) => [
          group ?? say('index.all-species'),
          String(year),
          value === null ? '–' : number(lang, value, 4),
          String(n ?? 0),
        ]),
      ]),
    ],
    header: ['file', 'group', 'year', 'index', 'species'],
    rows: rows.map((row) => Object.values(row)),
  };
}

/** A table of categories, with the sheets that were not read. */
export async function redListTable(file: string): Promise<{ source: SourceFile; table: SheetTable; left: ReadOver['left'] }> {
  const source = readSource(file);
  return { source, ...(await readAssessments(source)) };
}
