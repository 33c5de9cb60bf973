/** What figures are of and where they come from: indicators, datasets and sources. */
import type { Dataset, Id, Indicator, Source } from '../types.ts';
import { all, type Db } from './db.ts';
import { type Change, put } from './write.ts';

type IndicatorRow = Omit<Indicator, 'title' | 'definition' | 'codes' | 'references'> & {
  title: string;
  definition: string;
  codes: string;
  source_references: string;
};

export function putIndicator(db: Db, by: string, { title, definition, codes, references, ...rest }: Indicator): Change {
  return put(db, 'indicators', by, {
    ...rest,
    title: JSON.stringify(title),
    definition: JSON.stringify(definition),
    codes: JSON.stringify(codes),
    source_references: JSON.stringify(references),
  });
}

export function listIndicators(db: Db): Indicator[] {
  return all<IndicatorRow>(
    db,
    `select id, title, definition, unit, method, version, function, better, standing, codes, source_references
     from indicators order by fid`,
  ).map(({ title, definition, codes, source_references, ...row }) => ({
    ...row,
    title: JSON.parse(title) as Indicator['title'],
    definition: JSON.parse(definition) as Indicator['definition'],
    codes: JSON.parse(codes) as Indicator['codes'],
    references: JSON.parse(source_references) as string[],
  }));
}

export function putDataset(db: Db, by: string, { title, mediaType, period, ...rest }: Dataset): Change {
  return put(db, 'datasets', by, {
    ...rest,
    title: JSON.stringify(title),
    media_type: mediaType,
    period_start: period?.start ?? null,
    period_end: period?.end ?? null,
  });
}

export function putSource(db: Db, by: string, source: Source): Change {
  return put(db, 'sources', by, { ...source });
}

export function listSources(db: Db): Map<Id, Source> {
  const rows = all<Source>(db, 'select id, title, href, lang, kind, licence, note from sources order by fid');
  return new Map(rows.map((source) => [source.id, source]));
}
