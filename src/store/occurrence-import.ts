/**
 * Records of species from a file into the dossier: names matched, places held against the zones of the site, every record with its dataset and row. The
 * whole import can be taken back by its dataset (occurrence-undo.ts).
 *
 *     const done = await importOccurrences(db, 'cli', file, { site: 'korgalzhyn', digest, names, … });
 *     done.kept   // 1100; done.outside 100; done.flags.get('coordinates-rounded') { count: 12, rows: ['occurrence.txt:7', …] }
 */
import type { RecordContext } from '../formats/darwin-core-record.ts';
import type { LifeFile, LifeReading } from '../formats/life-file.ts';
import { digestOf } from '../formats/source-node.ts';
import type { LifeDataset, LifeRecord, Occurrence, RecordFlag } from '../life-types.ts';
import { slug } from '../records/words.ts';
import type { ZoneIndex } from '../science/zone-probability.ts';
import type { Dataset, Id, Period } from '../types.ts';
import { putDataset } from './catalogue.ts';
import { type Db, transaction } from './db.ts';
import type { Changes } from './import-table.ts';
import { putOccurrence, putTaxon } from './occurrences.ts';
import { type Categories, unused, withCategories } from './taxa-categories.ts';
import { type MatchedNames, nameKey } from './taxa-match.ts';
import type { Change } from './write.ts';

export interface OccurrenceImportOptions {
  site: Id;
  /** Of the file. */
  digest: string;
  context: RecordContext;
  names: MatchedNames;
  /** Threat categories for the taxa of the records. */
  categories: Categories | null;
  /** The zones of the site; `null` where it has no map. */
  zones: ZoneIndex | null;
  /** Records that can lie in none of the zones are kept as well. */
  outside: boolean;
  licence?: string;
  attribution?: string;
  preview: boolean;
}

export interface OccurrenceImport {
  dataset: Id;
  changes: Changes;
  taxa: number;
  reading: LifeReading;
  /** Records kept, outside the zones, and without a name. */
  kept: number;
  outside: number;
  nameless: number;
  /** Names of the table of categories that are of none of the taxa here. */
  unlisted: number;
  flags: Flagged;
}

/** By flag how many records have it, and where the first of them stand. */
export type Flagged = Map<RecordFlag, { count: number; rows: string[] }>;

/** Rows that are named of a flag. */
const FLAGGED_ROWS = 5;

/** Counts the flags of a record. */
export function countFlags(flagged: Flagged, { flags, row }: Pick<LifeRecord, 'flags' | 'row'>): void {
  for (const flag of flags) {
    const known = flagged.get(flag) ?? { count: 0, rows: [] };
    known.count++;
    if (known.rows.length < FLAGGED_ROWS) known.rows.push(row);
    flagged.set(flag, known);
  }
}

/** Reads the file once more and writes what is to be kept, all or nothing; a preview writes nothing. */
export async function importOccurrences(
  db: Db,
  by: string,
  file: LifeFile,
  options: OccurrenceImportOptions,
): Promise<OccurrenceImport> {
  const { site, digest, context, names, zones, outside: keepOutside } = options;
  const dataset = `life/${digest.replace('sha256:', '').slice(0, 16)}`;
  const done: OccurrenceImport = {
    dataset,
    changes: { added: 0, changed: 0, same: 0 },
    taxa: 0,
    reading: { rows: 0, skipped: {}, datasets: [] },
    kept: 0,
    outside: 0,
    nameless: 0,
    unlisted: 0,
    flags: new Map(),
  };
  const occurrences: Occurrence[] = [];
  const classes = new Map(names.decisions.flatMap(({ taxon, class: one }) => (one === undefined ? [] : [[taxon.id, one]])));
  const used = new Map<string, NonNullable<ReturnType<MatchedNames['taxonOf']['get']>>>();
  const ids = new Set<string>();
  const licences = licencesInto();
  let span: Period | null = null;
  done.reading = await file.read(context, (record) => {
    countFlags(done.flags, record);
    const taxon = names.taxonOf.get(nameKey(record));
    if (record.name === '' || taxon === undefined) {
      done.nameless++;
      return;
    }
    if (
      !keepOutside &&
      zones !== null &&
      record.place !== null &&
      zones.shares(...record.place, record.uncertaintyM ?? 0).length === 0
    ) {
      done.outside++;
      return;
    }
    done.kept++;
    licences.note(record);
    used.set(taxon.id, taxon);
    if (record.period !== null) span = wider(span, record.period);
    const listed = classes.get(taxon.id); // groups of species are told by their class
    if (listed !== undefined) record.fields.class ??= listed;
    occurrences.push(occurrenceOf(record, { site, dataset, taxon: taxon.id, written: taxon.name, ids }));
  });
  done.taxa = used.size;
  licences.fill(done.reading.datasets);
  const namesOf = Map.groupBy(names.decisions, ({ taxon }) => taxon.id);
  const writtenOf = (id: Id): string[] => (namesOf.get(id) ?? []).flatMap(({ match }) => match.synonym?.name ?? []);
  if (options.categories !== null)
    done.unlisted = unused(
      options.categories,
      [...used.values()].flatMap((taxon) => [taxon.name, ...writtenOf(taxon.id)]),
    );
  if (options.preview) return done;
  const datasets = datasetsOf(file, done.reading.datasets, { ...options, dataset, span });
  transaction(db, () => {
    for (const one of datasets) putDataset(db, by, one);
    for (const taxon of used.values()) {
      const full = options.categories === null ? taxon : withCategories(taxon, writtenOf(taxon.id), options.categories);
      putTaxon(db, by, full); // as before where nothing is new
    }
    const note = (change: Change): void => {
      done.changes[change] += 1;
    };
    const stored = new Set(datasets.map(({ id }) => id));
    for (const one of occurrences) note(putOccurrence(db, by, originIn(one, stored, dataset)));
  });
  return done;
}

/** Licences by dataset: where one says nothing as a whole, its records may. */
export function licencesInto(): {
  note: (record: Pick<LifeRecord, 'dataset' | 'licence'>) => void;
  fill: (datasets: readonly LifeDataset[]) => void;
} {
  const licences = new Map<string, Set<string>>();
  return {
    note: ({ dataset, licence }) => {
      if (licence !== null) licences.set(dataset ?? '', (licences.get(dataset ?? '') ?? new Set()).add(licence));
    },
    fill: (datasets) => {
      for (const one of datasets) one.licence ??= [...(licences.get(one.key) ?? [])].sort().join(', ') || null;
    },
  };
}

/** The period that holds both. */
export function wider(span: Period | null, { start, end }: Period): Period {
  if (span === null) return { start, end };
  const [first = start] = [span.start, start].sort(); // ISO 8601 sorts as text
  return { start: first, end: [span.end, end].sort().at(-1) ?? end };
}

/** Identifiers that hold beyond their file: a newer download of the same record changes it and adds no second. */
const GLOBAL = /^(https?:\/\/|urn:|[0-9a-f]{8}-[0-9a-f]{4}-|\d{8,12}$)/i;

/** An identifier that says nothing of itself: an address or the row of a source may tell where a sensitive species lives. */
function nameOf(words: string): Id {
  return `occurrence/${digestOf(new TextEncoder().encode(words)).replace('sha256:', '').slice(0, 20)}`;
}

function occurrenceOf(
  record: LifeRecord,
  { site, dataset, taxon, written, ids }: { site: Id; dataset: Id; taxon: Id; written: string; ids: Set<string> },
): Occurrence {
  const lasting = record.id !== null && GLOBAL.test(record.id);
  const own = nameOf(lasting ? (record.id ?? '') : `${dataset}/${record.row}`);
  let id = own;
  for (let n = 2; ids.has(id); n++) id = nameOf(`${dataset}/${record.row}~${n}`);
  if (id !== own && !record.flags.includes('duplicate')) record.flags.push('duplicate');
  ids.add(id);
  const more: Record<string, string> = {};
  if (record.name !== written)
    more.verbatimScientificName =
      record.author === null || record.name.includes(record.author) ? record.name : `${record.name} ${record.author}`;
  if (record.id !== null) more.occurrenceID = record.id;
  if (record.licence !== null) more.license = record.licence;
  if (record.flags.length > 0) more.flags = record.flags.join(' ');
  if (record.flags.includes('absent')) more.occurrenceStatus = 'absent';
  return {
    id,
    site,
    taxon,
    place: record.place,
    period: record.period,
    uncertaintyM: record.uncertaintyM,
    count: record.count,
    basis: record.basis,
    recordedBy: record.recordedBy,
    fields: { ...record.fields, ...more },
    from: { dataset: datasetId(dataset, record.dataset), row: record.row },
  };
}

/** A download is made of datasets, each with terms of its own. */
function datasetId(file: Id, key: string | null): Id {
  return key === null || key === '' ? file : `${file}/${slug(key)}`;
}

function originIn(one: Occurrence, stored: ReadonlySet<Id>, dataset: Id): Occurrence {
  const { from } = one;
  return 'dataset' in from && !stored.has(from.dataset) ? { ...one, from: { ...from, dataset } } : one;
}

function datasetsOf(
  file: LifeFile,
  found: readonly LifeDataset[],
  { dataset, span, digest, licence, attribution }: OccurrenceImportOptions & { dataset: Id; span: Period | null },
): Dataset[] {
  const base = {
    kind: 'occurrences' as const,
    href: file.name,
    mediaType: 'application/octet-stream',
    digest,
    crs: null,
    period: span,
  };
  const whole = found.length === 1 ? found[0] : undefined;
  const of = (id: Id, one: LifeDataset | undefined): Dataset => ({
    ...base,
    id,
    title: { en: one?.title ?? file.name },
    licence: one?.licence ?? licence ?? 'not stated',
    attribution: attributionOf(one) ?? attribution ?? 'not stated',
  });
  return [of(dataset, whole), ...found.filter(({ key }) => key !== '').map((one) => of(datasetId(dataset, one.key), one))];
}

/** How a dataset is to be cited, its DOI with it. */
export function attributionOf(dataset: LifeDataset | undefined): string | null {
  if (dataset === undefined) return null;
  const { citation, doi, title } = dataset;
  const words = citation ?? (doi === null ? null : title);
  if (words === null) return null;
  return doi === null || words.includes(doi) ? words : `${words} https://doi.org/${doi}`;
}
