/**
 * What a dossier holds of one site, as a dossier of its own: what travels with a review.
 *
 *     const bytes = excerpt(db, 'korgalzhyn', { date: '2026-11-23' });
 *
 * The same rows give the same bytes: nothing in it tells when it was made. People, the audit and other sites' figures stay at home.
 */
import { PROTECTED_CONNECTIVITY } from '../indicators/protected-connectivity.ts';
import { openFields } from '../review/species.ts';
import type { Entry, Id, PlanSolution } from '../types.ts';
import { all, type Db, get, type Param, run, transaction } from './db.ts';
import { closeDossier, createDossier, dossierBytes } from './dossier.ts';
import { OPEN } from './open-copy.ts';
import { openRows } from './open-rows.ts';
import type { Noun } from './write.ts';

type Row = Record<string, Param>;

/** Columns by which a row of a table points to a row of another one. */
const POINTS_TO: readonly [table: Noun, column: string, to: Noun][] = [
  ['sites', 'parent', 'sites'],
  ['observations', 'indicator', 'indicators'],
  ['runs', 'indicator', 'indicators'],
  ['pictures', 'run', 'runs'],
  ['pictures', 'indicator', 'indicators'],
  ['organisations', 'parent', 'organisations'],
  ['activities', 'parent', 'activities'],
  ['participations', 'organisation', 'organisations'],
  ['money', 'provider', 'organisations'],
  ['money', 'receiver', 'organisations'],
  ['claims', 'source', 'sources'],
  ...(
    [
      'designations',
      'overlaps',
      'zones',
      'stations',
      'observations',
      'activities',
      'participations',
      'headcounts',
      'money',
      'entries',
    ] as const
  ).flatMap(
    (table) =>
      [
        [table, 'from_run', 'runs'],
        [table, 'from_dataset', 'datasets'],
        [table, 'from_source', 'sources'],
      ] as [Noun, string, Noun][],
  ),
];

/** What an excerpt is not for: files beside records, and where species were seen. */
const LEFT_OUT: readonly Noun[] = ['attachments', 'taxa', 'occurrences'];

/** Tables in an order in which rows only point backwards, or within their own table. */
const ORDER = OPEN.filter((noun) => !LEFT_OUT.includes(noun));

/** @param date The day the excerpt is of, ISO 8601. @param confidential Whether confidential entries and answers go along. */
export function excerpt(
  db: Db,
  site: Id,
  { date, confidential }: { date: string; confidential: boolean },
): Uint8Array<ArrayBuffer> {
  const chosen = withAllTheyPointTo(db, rowsOf(db, site, confidential));
  const target = createDossier(':memory:');
  try {
    transaction(target, () => {
      target.exec('pragma defer_foreign_keys = on');
      for (const noun of ORDER) {
        for (const row of chosen.get(noun)?.values() ?? []) insert(target, noun, row);
      }
      run(target, 'update gpkg_contents set last_change = ?', [`${date}T00:00:00.000Z`]);
    });
    return dossierBytes(target);
  } finally {
    closeDossier(target);
  }
}

type Chosen = Map<Noun, Map<Id, Row>>;

/** The site's own rows. */
function rowsOf(db: Db, site: Id, confidential: boolean): Chosen {
  const rows = (noun: Noun, where: string, params: Param[]): Row[] =>
    all(db, `select * from ${noun} ${where} order by fid`, params);
  const parts = rows('sites', 'where id = ? or parent = ?', [site, site]).map((row) => String(row.id));
  const overlaps = parts.flatMap((id) => rows('overlaps', 'where site = ?', [id]));
  const places = [...parts, ...overlaps.map((row) => String(row.other))];
  const zones = parts.flatMap((id) => rows('zones', 'where site = ?', [id]));
  const stations = parts.flatMap((id) => rows('stations', 'where site = ?', [id]));
  const activities = rows('activities', '', []).filter((row) =>
    parts.some((id) => (JSON.parse(String(row.sites)) as Id[]).includes(id)),
  );
  const features = [
    ...places,
    ...[...zones, ...stations].map((row) => String(row.id)),
    ...activities.map((row) => String(row.id)),
  ];
  const ofFeatures = (noun: Noun): Row[] => features.flatMap((id) => rows(noun, 'where feature = ?', [id]));
  const open = (noun: Noun): string => (confidential ? '' : ` and ${openRows(noun) ?? '1 = 1'}`);
  const national = nationalRows(rows, parts);
  const plans = parts.flatMap((id) => rows('plans', 'where site = ?', [id]));
  const found: [Noun, Row[]][] = [
    ['sites', [...places, ...national.map((row) => String(row.feature))].flatMap((id) => rows('sites', 'where id = ?', [id]))],
    ['designations', places.flatMap((id) => rows('designations', 'where site = ?', [id]))],
    ['overlaps', overlaps],
    ['zones', zones],
    ['stations', stations],
    ['observations', [...ofFeatures('observations'), ...national]],
    ['pictures', parts.flatMap((id) => rows('pictures', 'where site = ?', [id]))],
    ['plans', plans],
    ['runs', plans.flatMap((row) => runsOf(row).flatMap((id) => rows('runs', 'where id = ?', [id])))],
    ['activities', activities],
    ['participations', activities.flatMap((row) => rows('participations', 'where activity = ?', [row.id ?? '']))],
    ['headcounts', ofFeatures('headcounts')],
    ['money', ofFeatures('money')],
    [
      'entries',
      parts
        .flatMap((id) => rows('entries', `where site = ?${open('entries')}`, [id]))
        .map((row) => (confidential ? row : withoutSecrets(row))),
    ],
    ['answers', parts.flatMap((id) => rows('answers', `where site = ?${open('answers')}`, [id]))],
    ['claims', parts.flatMap((id) => rows('claims', `where site = ?${open('claims')}`, [id]))],
    ['documents', parts.flatMap((id) => rows('documents', `where site = ?${open('documents')}`, [id]))],
  ];
  return new Map(found.map(([noun, list]) => [noun, new Map(list.map((row) => [String(row.id), row]))]));
}

/** Figures of the network of cores in the countries that the sites lie in: reviews show them beside those of the reserve. */
function nationalRows(rows: (noun: Noun, where: string, params: Param[]) => Row[], sites: readonly Id[]): Row[] {
  const codes = (row: Row | undefined): string[] => JSON.parse(String(row?.countries ?? '[]')) as string[];
  const own = sites.flatMap((id) => codes(rows('sites', 'where id = ?', [id])[0]));
  return rows('sites', "where kind = 'country'", [])
    .filter((row) => codes(row).some((code) => own.includes(code)))
    .flatMap((row) => rows('observations', 'where feature = ? and indicator = ?', [row.id ?? '', PROTECTED_CONNECTIVITY.id]));
}

/** The runs that the solutions of a plan came from. */
function runsOf({ solutions }: Row): Id[] {
  return (JSON.parse(String(solutions)) as PlanSolution[]).map(({ run: id }) => id);
}

/** An open entry without the fields that stay at home. */
function withoutSecrets(row: Row): Row {
  const fields = JSON.parse(String(row.fields)) as Entry['fields'];
  return { ...row, fields: JSON.stringify(openFields({ register: String(row.register), fields })) };
}

/** Adds every row that a chosen one points to, until none is missing. */
function withAllTheyPointTo(db: Db, chosen: Chosen): Chosen {
  for (let added = true; added; ) {
    added = false;
    for (const [table, column, to] of POINTS_TO) {
      for (const row of [...(chosen.get(table)?.values() ?? [])]) {
        const id = row[column];
        if (typeof id !== 'string' || chosen.get(to)?.has(id)) continue;
        const found = get<Row>(db, `select * from ${to} where id = ?`, [id]);
        if (found === undefined) continue;
        const rows = chosen.get(to) ?? new Map<Id, Row>();
        chosen.set(to, rows.set(id, found));
        added = true;
      }
    }
  }
  return chosen;
}

function insert(db: Db, noun: Noun, { fid: _, ...row }: Row): void {
  if (noun === 'sources' && get(db, 'select 1 from sources where id = ?', [row.id ?? '']) !== undefined) return; // every dossier has it
  if (noun === 'participations' && row.organisation === null) return; // people stay at home
  if (noun === 'participations') row.person = null;
  const columns = Object.keys(row);
  run(
    db,
    `insert into ${noun} (${columns.map((c) => `"${c}"`).join(', ')}) values (${columns.map(() => '?').join(', ')})`,
    Object.values(row),
  );
}
