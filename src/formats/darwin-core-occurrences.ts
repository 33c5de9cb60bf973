/**
 * Records of species out of a Darwin Core archive, however its star is built: occurrences as the core, or as an extension of events or taxa, whose
 * terms they then share.
 *
 *     const { rows } = await readOccurrences(archive, context, (record) => …);
 */
import type { LifeDataset, LifeRecord } from '../life-types.ts';
import { Problem } from '../problems.ts';
import { type DarwinCoreArchive, readRows, termsOf } from './darwin-core.ts';
import { type CoreTable, shortType } from './darwin-core-meta.ts';
import type { DatasetMetadata } from './darwin-core-metadata.ts';
import { RECORD_TERMS, type RecordContext, type RecordTerm, type RecordValues, recordMaker } from './darwin-core-record.ts';

/** Whether an archive holds records, or names alone. */
export function occurrenceTable({ core, extensions }: Pick<DarwinCoreArchive, 'core' | 'extensions'>): CoreTable | null {
  return core.kind === 'occurrence' ? core : (extensions.find(({ kind }) => kind === 'occurrence') ?? null);
}

/**
 * Hands over record after record.
 * @throws Problem `dwca-no-records` where the archive holds none
 */
export async function readOccurrences(
  archive: DarwinCoreArchive,
  context: RecordContext,
  onRecord: (record: LifeRecord) => void,
  options: { signal?: AbortSignal; onProgress?: (bytes: number) => void } = {},
): Promise<{ rows: number; datasets: LifeDataset[] }> {
  const table = occurrenceTable(archive);
  if (table === null) throw new Problem('dwca-no-records', { file: archive.name, found: shortType(archive.core.rowType) });
  const shared = table === archive.core ? null : await sharedTerms(archive);
  const has = new Set<string>([...termsOf(table), ...(table.id === null ? [] : ['id'])]);
  const terms = RECORD_TERMS.filter((term) => has.has(term) || term === 'id');
  const make = recordMaker(context);
  const datasets = new Map<string, LifeDataset>();
  const { rows } = await readRows(
    archive,
    table,
    terms,
    (values, line, file) => {
      const own: RecordValues = {};
      for (let i = 0; i < terms.length; i++) if (values[i] !== '') own[terms[i] as RecordTerm] = values[i] as string;
      const core = shared?.get(own.id ?? '');
      if (shared !== null && core === undefined)
        archive.issues.add('warning', 'dwca-orphan', { file, line: String(line), found: own.id ?? '' });
      if (shared !== null) delete own.id; // that of the event is not that of the record
      const record = make(core === undefined ? own : { ...core, ...own }, `${file}:${line}`);
      count(datasets, archive, record.dataset ?? '');
      onRecord(record);
    },
    options,
  );
  return { rows, datasets: [...datasets.values()] };
}

/** The terms of the core by its identifiers, for extensions to share. */
async function sharedTerms(archive: DarwinCoreArchive): Promise<Map<string, RecordValues>> {
  const has = new Set(termsOf(archive.core));
  const terms = RECORD_TERMS.filter((term) => has.has(term) && term !== 'occurrenceID');
  const found = new Map<string, RecordValues>();
  await readRows(archive, archive.core, ['id', ...terms], ([id = '', ...values]) => {
    found.set(id, Object.fromEntries(terms.flatMap((term, i) => (values[i] ? [[term, values[i]]] : []))) as RecordValues);
  });
  return found;
}

function count(datasets: Map<string, LifeDataset>, archive: DarwinCoreArchive, key: string): void {
  const known = datasets.get(key);
  if (known !== undefined) {
    known.records++;
    return;
  }
  const own = archive.constituents.get(key);
  const metadata = own ?? archive.metadata;
  datasets.set(key, {
    key,
    title: metadata?.title ?? null,
    licence: metadata?.licence ?? null,
    doi: metadata?.doi ?? null,
    citation: metadata?.citation ?? (own === undefined ? archive.citations : null) ?? citationOf(metadata) ?? archive.citations,
    records: 1,
  });
}

/** Where a dataset does not say how it is to be cited: who made it, when, its title and its publisher. */
function citationOf(metadata: DatasetMetadata | null): string | null {
  if (metadata === null || metadata.title === null) return null;
  const { creators, published, title, publisher } = metadata;
  if (creators.length === 0 && publisher === null) return null;
  const year = /\d{4}/.exec(published ?? '')?.[0];
  const by = [creators.join(', '), year === undefined ? '' : `(${year})`].filter((part) => part !== '').join(' ');
  return [by, title, ...(publisher === null || creators.includes(publisher) ? [] : [publisher])]
    .filter((part) => part !== '')
    .map((part) => part.replace(/\.?$/, '.'))
    .join(' ');
}
