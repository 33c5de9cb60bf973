/**
 * A table into the dossier: all of its rows, or none when a row points to something that is not there.
 */
import type { Table, TableNoun, TableRows } from '../formats/tables.ts';
import { Problem, Problems } from '../problems.ts';
import type { Id } from '../types.ts';
import { putDataset, putIndicator, putSource } from './catalogue.ts';
import { putActivity, putOrganisation, putParticipation, putPerson } from './cooperation.ts';
import { type Db, get, transaction } from './db.ts';
import { putObservation } from './observations.ts';
import { putDesignation, putOverlap, putSite } from './sites.ts';
import type { Change, Noun } from './write.ts';
import { putDeclaredZone } from './zones.ts';

/** How many rows were new, were changed, and were already so. */
export type Changes = Record<Change, number>;

/** The fields of each noun that name a row of another table (or of the same one). */
const REFERENCES: Record<TableNoun, Record<string, Noun>> = {
  sources: {},
  datasets: {},
  indicators: {},
  sites: { parent: 'sites' },
  designations: { site: 'sites', source: 'sources' },
  overlaps: { site: 'sites', other: 'sites', source: 'sources' },
  zones: { site: 'sites', source: 'sources' },
  organisations: { parent: 'organisations' },
  people: { organisation: 'organisations' },
  activities: { parent: 'activities', sites: 'sites', source: 'sources' },
  participations: { activity: 'activities', organisation: 'organisations', source: 'sources' },
  observations: { feature: 'features', indicator: 'indicators', source: 'sources' },
};

const writers: { [N in TableNoun]: (db: Db, by: string, row: TableRows[N]) => Change } = {
  sources: putSource,
  datasets: putDataset,
  indicators: putIndicator,
  sites: putSite,
  designations: putDesignation,
  overlaps: putOverlap,
  zones: putDeclaredZone,
  organisations: putOrganisation,
  people: putPerson,
  activities: putActivity,
  participations: putParticipation,
  observations: putObservation,
};

/** @throws Problems `reference-unknown`, one for each; Problem from the database. */
export function importTable(db: Db, by: string, file: string, table: Table): Changes {
  return transaction(db, () => {
    db.exec('pragma defer_foreign_keys = on'); // a row may point to a later one of its own table
    checkReferences(db, file, table);
    const changes: Changes = { added: 0, changed: 0, same: 0 };
    const put = writers[table.noun] as (db: Db, by: string, row: unknown) => Change;
    for (const { row } of table.rows) changes[put(db, by, row)] += 1;
    return changes;
  });
}

function checkReferences(db: Db, file: string, table: Table): void {
  const own = new Set(table.rows.map(({ row }) => (row as { id?: Id }).id));
  const problems = table.rows.flatMap(({ line, row }) =>
    Object.entries(REFERENCES[table.noun]).flatMap(([field, noun]) =>
      named(row, field)
        .filter((id) => !(noun === table.noun && own.has(id)) && !exists(db, noun, id))
        .map((found) => new Problem('reference-unknown', { file, line: String(line), field, found, noun })),
    ),
  );
  if (problems.length > 0) throw new Problems(problems);
}

/** What a row names in `field`: nothing, one id or several; a source stands in its origin. */
function named(row: object, field: string): Id[] {
  const holder = field === 'source' ? (row as { from?: object }).from : row;
  const value = (holder as Record<string, unknown> | undefined)?.[field];
  return value === undefined || value === null ? [] : ([value].flat() as Id[]);
}

function exists(db: Db, noun: Noun, id: Id): boolean {
  return get(db, `select 1 from ${noun} where id = ?`, [id]) !== undefined;
}
