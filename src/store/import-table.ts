/**
 * A table into the dossier: all of its rows, or none when a row points to something that is not there.
 */
import type { Claim } from '../evidence-types.ts';
import type { Table, TableNoun, TableRows } from '../formats/tables.ts';
import { Problem, Problems } from '../problems.ts';
import { formParts, sectionOf } from '../records/context.ts';
import type { Id } from '../types.ts';
import { putAims } from './aims.ts';
import { putDataset, putIndicator, putSource } from './catalogue.ts';
import { putClaim } from './claims.ts';
import { putActivity, putOrganisation, putParticipation, putPerson } from './cooperation.ts';
import { type Db, get, transaction } from './db.ts';
import { putObservation } from './observations.ts';
import { putHeadcount, putMoney } from './records.ts';
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
  aims: { activity: 'activities' },
  headcounts: { feature: 'features', source: 'sources' },
  money: { feature: 'features', provider: 'organisations', receiver: 'organisations', source: 'sources' },
  observations: { feature: 'features', indicator: 'indicators', source: 'sources' },
  claims: { source: 'sources', site: 'sites' },
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
  aims: putAims,
  headcounts: putHeadcount,
  money: putMoney,
  observations: putObservation,
  claims: putClaim,
};

/** @throws Problems `reference-unknown`, one for each; Problem from the database. */
export function importTable(db: Db, by: string, file: string, table: Table): Changes {
  return transaction(db, () => {
    db.exec('pragma defer_foreign_keys = on'); // a row may point to a later one of its own table
    const problems = referenceProblems(db, file, table);
    if (problems.length > 0) throw new Problems(problems);
    if (table.noun === 'claims') placeInForm(file, table.rows);
    const changes: Changes = { added: 0, changed: 0, same: 0 };
    const put = writers[table.noun] as (db: Db, by: string, row: unknown) => Change;
    for (const { row } of table.rows) changes[put(db, by, row)] += 1;
    return changes;
  });
}

/** Rows that point to what is neither in the dossier nor in the table, one problem for each place. */
export function referenceProblems(db: Db, file: string, table: Table): Problem[] {
  const own = new Set(table.rows.map(({ row }) => (row as { id?: Id }).id));
  return table.rows.flatMap(({ line, row }) =>
    Object.entries(REFERENCES[table.noun]).flatMap(([field, noun]) =>
      named(row, field)
        .filter((id) => !(noun === table.noun && own.has(id)) && !exists(db, noun, id))
        .map((found) => new Problem('reference-unknown', { file, line: String(line), field, found, noun })),
    ),
  );
}

/** Claims of a review name a section of the form by its id, number or title; they are kept with its id. */
function placeInForm(file: string, rows: { line: number; row: Claim }[]): void {
  const { sections } = formParts();
  const problems = rows.flatMap(({ line, row }) => {
    if (!('section' in row.in)) return [];
    const section = sectionOf(row.in.section, sections);
    if (section !== null) {
      row.in = { ...row.in, section: section.id };
      return [];
    }
    return [
      new Problem('cell-wrong', { file, line: String(line), field: 'section', found: row.in.section, expected: 'II.2.4.9' }),
    ];
  });
  if (problems.length > 0) throw new Problems(problems);
}

/** What a row names in `field`: nothing, one id or several; a source stands in its origin. */
function named(row: object, field: string): Id[] {
  const own = row as { from?: object; in?: object };
  const holder = own.in ?? (field === 'source' ? own.from : row); // a claim stands in its source or site
  const value = (holder as Record<string, unknown> | undefined)?.[field];
  return value === undefined || value === null ? [] : ([value].flat() as Id[]);
}

function exists(db: Db, noun: Noun, id: Id): boolean {
  return get(db, `select 1 from ${noun} where id = ?`, [id]) !== undefined;
}
