/** What figures are of and where they come from: indicators, datasets and sources. */
import type { Dataset, Id, Indicator, Source } from '../types.ts';
import { all, type Db, get } from './db.ts';
import { type Change, put } from './write.ts';

export function putIndicator(db: Db, by: string, { title, definition, codes, references, ...rest }: Indicator): Change {
  return put(db, 'indicators', by, {
    ...rest,
    title: JSON.stringify(title),
    definition: JSON.stringify(definition),
    codes: JSON.stringify(codes),
    source_references: JSON.stringify(references),
  });
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

/** The digest a dataset was described with, or `null`. */
export function datasetDigest(db: Db, id: Id): string | null {
  return get<{ digest: string | null }>(db, 'select digest from datasets where id = ?', [id])?.digest ?? null;
}

export function putSource(db: Db, by: string, source: Source): Change {
  return put(db, 'sources', by, { ...source });
}

/** The sources, and the datasets beside them: what a figure or a geometry may be traced to. */
export function listSources(db: Db): Map<Id, Source> {
  const rows = all<Source>(db, 'select id, title, href, lang, kind, licence, note from sources order by fid');
  const datasets = all<{ id: Id; href: string; licence: string }>(db, 'select id, href, licence from datasets order by fid');
  const asSources = datasets.map(
    ({ id, href, licence }): Source => ({ id, title: href, href: null, lang: null, kind: 'dataset', licence, note: null }),
  );
  return new Map([...asSources, ...rows].map((source) => [source.id, source]));
}

type DatasetRow = Omit<Dataset, 'title' | 'mediaType' | 'period'> & {
  title: string;
  media_type: string;
  period_start: string | null;
  period_end: string | null;
};
type IndicatorRow = Omit<Indicator, 'title' | 'definition' | 'codes' | 'references'> &
  Record<'title' | 'definition' | 'codes' | 'source_references', string>;

/** Every dataset, in the order they were added. */
export function listDatasets(db: Db): Dataset[] {
  return all<DatasetRow>(
    db,
    `select id, title, kind, href, media_type, digest, crs, period_start, period_end, licence, attribution from datasets order by fid`,
  ).map(({ title, media_type, period_start, period_end, ...rest }) => ({
    ...rest,
    title: JSON.parse(title),
    mediaType: media_type,
    period: period_start === null || period_end === null ? null : { start: period_start, end: period_end },
  }));
}

/** Every indicator, in the order they were added. */
export function listIndicators(db: Db): Indicator[] {
  return all<IndicatorRow>(
    db,
    `select id, title, definition, unit, method, version, function, better, standing, codes, source_references from indicators order by fid`,
  ).map(({ title, definition, codes, source_references, ...rest }) => ({
    ...rest,
    title: JSON.parse(title),
    definition: JSON.parse(definition),
    codes: JSON.parse(codes),
    references: JSON.parse(source_references),
  }));
}
