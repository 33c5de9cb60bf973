/**
 * A copy of the dossier for others: without users, roles, sessions, invitations, comments, people and the audit, and, unless its
 * taker may know everything, without what is confidential and with the places of sensitive species made coarser.
 *
 *     await openCopy(db, 'copy.gpkg', { exact: visitor.may('administrator', null) });
 *
 * What goes along is named here, table by table: a table that is new stays at home until somebody says otherwise.
 */
import { encodePoint } from '../formats/geopackage-binary.ts';
import { discard } from '../formats/source-node.ts';
import { openFields } from '../review/species.ts';
import type { Entry, Extent, Id } from '../types.ts';
import { backupAside, scratchFile } from './backup.ts';
import { inThread } from './backup-thread.ts';
import { all, type Db, get, run, transaction } from './db.ts';
import { closeDossier, createDossier, openDossier } from './dossier.ts';
import { listOccurrences } from './occurrences.ts';
import { openRows } from './open-rows.ts';
import { originColumns } from './origins.ts';
import type { Noun } from './write.ts';

/** Tables that go along, in an order in which rows only point backwards, or within their own table. */
export const OPEN: readonly Noun[] = [
  'sources',
  'datasets',
  'indicators',
  'runs',
  'sites',
  'designations',
  'overlaps',
  'zones',
  'stations',
  'organisations',
  'activities',
  'participations',
  'datastreams',
  'observations',
  'pictures',
  'plans',
  'headcounts',
  'money',
  'entries',
  'answers',
  'documents',
  'attachments',
  'claims',
  'taxa',
  'occurrences',
];

/** Tables that stay at home. `dossier` and `features` are made anew. */
export const HOME: readonly Noun[] = [
  'dossier',
  'features',
  'people',
  'audit',
  'users',
  'roles',
  'sessions',
  'api_keys',
  'program_entities',
  'program_values',
  'sent',
  'changesets',
  'invitations',
  'comments',
  'source_texts',
  'codes',
  'coders',
  'passages',
  'codings',
  'memos',
];

/** Settings that go along. */
const SETTINGS = ['home-country', 'zone-words'];

export interface OpenCopyOptions {
  /** Whether confidential rows and exact places go along. */
  exact: boolean;
}

/** Writes the copy to a new file at `to`, in a thread of its own; others go on working. */
export async function openCopy(db: Db, to: string, { exact }: OpenCopyOptions): Promise<void> {
  const whole = scratchFile();
  try {
    await backupAside(db, whole);
    await inThread({ do: 'open-copy', file: whole, to, exact });
  } finally {
    discard(whole);
  }
}

/** The same from a file that nobody writes to. */
export function openCopyFile(file: string, to: string, { exact }: OpenCopyOptions): void {
  const whole = openDossier(file);
  const copy = createDossier(to);
  try {
    run(copy, 'attach ? as whole', [file]);
    copy.exec('pragma secure_delete = on'); // what is taken out of a row leaves its page, too
    transaction(copy, () => {
      copy.exec('pragma defer_foreign_keys = on');
      for (const noun of OPEN) {
        if (noun === 'occurrences' && !exact) copyCoarse(whole, copy);
        else copyRows(copy, noun, exact);
      }
      if (!exact) withoutSightings(copy);
      for (const key of SETTINGS)
        run(copy, 'insert into main.dossier (key, value) select key, value from whole.dossier where key = ?', [key]);
    });
    copy.exec('detach whole; pragma journal_mode = delete'); // one file, nothing beside it
  } finally {
    closeDossier(copy);
    closeDossier(whole);
  }
}

const WHERE: Partial<Record<Noun, string>> = {
  sources: 'id not in (select id from main.sources)', // every dossier has one
  participations: 'organisation is not null', // people stay at home
};

function copyRows(copy: Db, noun: Noun, exact: boolean): void {
  const columns = all<{ name: string }>(copy, `select name from pragma_table_info('${noun}')`).map(({ name }) => name);
  const taken = columns.map((name) => (noun === 'participations' && name === 'person' ? 'null' : `"${name}"`));
  const where = [WHERE[noun] ?? '1 = 1', ...(exact ? [] : [openRows(noun, 'whole.') ?? '1 = 1'])].join(' and ');
  const names = columns.map((name) => `"${name}"`).join(', ');
  run(copy, `insert into main.${noun} (${names}) select ${taken.join(', ')} from whole.${noun} where ${where} order by fid`);
}

/** Of a sensitive species it is not told when and where it was last seen. */
function withoutSightings(copy: Db): void {
  const rows = all<{ id: Id; register: string; fields: string }>(
    copy,
    "select id, register, fields from main.entries where register = 'species'",
  );
  for (const { id, register, fields } of rows) {
    const open = JSON.stringify(openFields({ register, fields: JSON.parse(fields) as Entry['fields'] }));
    if (open !== fields) run(copy, 'update main.entries set fields = ? where id = ?', [open, id]);
  }
}

/** In place of an origin that could tell where. */
const WITHHELD = 'withheld';
const WITHHELD_TITLE = 'Origin withheld, place made coarser: a sensitive species';

function copyCoarse(whole: Db, copy: Db): void {
  run(copy, "insert into main.sources (id, title, kind) values (?, ?, 'own')", [WITHHELD, WITHHELD_TITLE]);
  for (const one of listOccurrences(whole, { exact: false })) {
    const origin = originColumns(one.from ?? { source: WITHHELD });
    const row = {
      fid: one.fid,
      id: one.id,
      site: one.site,
      taxon: one.taxon,
      geom: one.place === null ? null : encodePoint(one.place),
      period_start: one.period?.start ?? null,
      period_end: one.period?.end ?? null,
      uncertainty_m: one.uncertaintyM,
      count: one.count,
      basis: one.basis,
      recorded_by: one.recordedBy,
      fields: JSON.stringify(
        one.generalised === null ? one.fields : { ...one.fields, dataGeneralizations: one.generalised.reason },
      ),
      ...origin,
    };
    const names = Object.keys(row).map((name) => `"${name}"`);
    run(
      copy,
      `insert into main.occurrences (${names.join(', ')}) values (${names.map(() => '?').join(', ')})`,
      Object.values(row),
    );
  }
  const found = get<Record<'w' | 's' | 'e' | 'n', number | null>>(
    copy,
    'select min(minx) as w, min(miny) as s, max(maxx) as e, max(maxy) as n from main.rtree_occurrences_geom',
  );
  const extent: (number | null)[] =
    found === undefined ? [] : ([found.w, found.s, found.e, found.n] satisfies (Extent[number] | null)[]);
  if (extent.length === 4) {
    run(
      copy,
      "update main.gpkg_contents set min_x = ?, min_y = ?, max_x = ?, max_y = ? where table_name = 'occurrences'",
      extent,
    );
  }
}
