/** `saryarka life index --kind rli`: the Red List Index of tables of categories (Butchart et al. 2007). */
import { readCsv } from '../formats/csv.ts';
import { digestOf, readSource } from '../formats/source-node.ts';
import { number, t } from '../i18n/index.ts';
import { redListIndexOfTable } from '../indicators/red-list-index.ts';
import { tableFigures } from '../run/compute-tables.ts';
import { columns } from './columns.ts';
import type { IndexFound, IndexOptions } from './life-index-options.ts';

export function redList(files: string[], { lang }: IndexOptions): IndexFound {
  const rows = files.flatMap((file) => {
    const source = readSource(file);
    const inputs = [{ href: source.name, digest: digestOf(source.bytes) }];
    const { observations } = tableFigures(redListIndexOfTable, {
      name: source.name,
      table: readCsv(source),
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
    told: columns([
      titles,
      ...rows.map(({ group, year, value, n }) => [
        group ?? say('index.all-species'),
        String(year),
        value === null ? '–' : number(lang, value, 4),
        String(n ?? 0),
      ]),
    ]),
    header: ['file', 'group', 'year', 'index', 'species'],
    rows: rows.map((row) => Object.values(row)),
  };
}
