/**
 * Tables and networks of cooperation into the dossier, row by row: what is at fault is told and left out, the rest is taken as one set
 * of changes that can be taken back. A preview does the same and takes it back at once.
 */
import { type GraphNouns, graphNouns } from '../cooperation/graph-in.ts';
import type { CsvTable } from '../formats/csv.ts';
import type { GraphReading } from '../formats/graph-model.ts';
import type { SourceFile } from '../formats/source-node.ts';
import { readRows, type Table, type TableNoun } from '../formats/tables.ts';
import { Problem } from '../problems.ts';
import { organisationRegister } from '../records/organisations.ts';
import { slug } from '../records/words.ts';
import type { ActivityKind, Id } from '../types.ts';
import { putDataset } from './catalogue.ts';
import { asChangeset } from './changesets.ts';
import { listActivities, listOrganisations, putActivity, putOrganisation, putParticipation } from './cooperation.ts';
import { all, type Db, get, transaction } from './db.ts';
import { type Changes, importTable, referenceProblems } from './import-table.ts';
import type { Change } from './write.ts';

export interface TakenIn {
  changes: Changes;
  /** Rows that were not taken, with every fault of each. */
  refused: number;
  problems: Problem[];
  changeset: Id | null;
}

export interface TakeOptions {
  preview?: boolean;
  /** Nothing is taken where a single row is at fault. */
  strict?: boolean;
}

/** Nouns of cooperation that a table may bring. */
export const COOPERATION_TABLES: readonly TableNoun[] = [
  'organisations',
  'people',
  'activities',
  'participations',
  'aims',
  'headcounts',
  'money',
];

/** Columns in which an organisation may stand by any of its names. */
const NAMED = ['organisation', 'provider', 'receiver'];

/** @throws Problem `table-unknown` */
export function takeTable(
  db: Db,
  by: string,
  file: SourceFile,
  sheet: CsvTable,
  options: TakeOptions = {},
): TakenIn & { noun: TableNoun } {
  const dataset = `table/${file.name}`;
  const named = withIds(db, file.name, sheet);
  const { table, problems } = readRows(file.name, named.table, dataset);
  if (!COOPERATION_TABLES.includes(table.noun))
    throw new Problem('table-unknown', { file: file.name, found: sheet.header.join(', '), known: COOPERATION_TABLES.join(', ') });
  const faults = [...named.problems, ...problems];
  let good = withoutLines(table, faults);
  for (let more = referenceProblems(db, file.name, good); more.length > 0; more = referenceProblems(db, file.name, good)) {
    faults.push(...more);
    good = withoutLines(good, more);
  }
  const refused = table.rows.length - good.rows.length;
  faults.sort((a, b) => Number(a.details.line) - Number(b.details.line));
  const none = { changes: { added: 0, changed: 0, same: 0 }, refused, problems: faults, changeset: null, noun: table.noun };
  if (good.rows.length === 0 || (options.strict === true && faults.length > 0)) return none;
  const { result, changeset } = kept(db, by, file, options, () => importTable(db, by, file.name, good));
  return { ...none, changes: result, changeset };
}

function withoutLines(table: Table, problems: readonly Problem[]): Table {
  const lines = new Set(problems.map(({ details }) => String(details.line)));
  return { ...table, rows: table.rows.filter(({ line }) => !lines.has(String(line))) } as Table;
}

/** Organisations by name as their ids; a name that fits several is a fault of its row. */
function withIds(db: Db, file: string, sheet: CsvTable): { table: CsvTable; problems: Problem[] } {
  const known = listOrganisations(db);
  const ids = new Set(known.map(({ id }) => id));
  const register = organisationRegister(known, new Set());
  const problems: Problem[] = [];
  const fields = NAMED.filter((field) => sheet.header.includes(field));
  const rows = sheet.rows.map((row) => {
    const values = { ...row.values };
    for (const field of fields) {
      const text = values[field] ?? '';
      if (text === '' || ids.has(text)) continue;
      const found = register.find(text);
      if ('tie' in found) {
        const expected = found.tie.map(({ id }) => id).join(', ');
        problems.push(new Problem('cell-wrong', { file, line: String(row.line), field, found: text, expected }));
      } else if (ids.has(found.id)) values[field] = found.id;
    }
    return { ...row, values };
  });
  return { table: { header: sheet.header, rows }, problems };
}

export interface GraphTaken extends TakenIn {
  found: GraphNouns;
}

/** Nodes and edges as organisations, activities and participations. */
export function takeGraph(
  db: Db,
  by: string,
  file: SourceFile,
  { graph, skipped }: GraphReading,
  { ties = null, ...options }: TakeOptions & { ties?: ActivityKind | null } = {},
): GraphTaken {
  const known = listOrganisations(db);
  const register = organisationRegister(known, new Set());
  const activities = listActivities(db);
  const titles = new Map(activities.flatMap(({ id, title }) => Object.values(title).map((text) => [plain(text), id])));
  const taken = new Set(all<{ id: Id }>(db, 'select id from features').map(({ id }) => id));
  const organisations = new Set(known.map(({ id }) => id));
  const found = graphNouns(graph, {
    dataset: `graph/${file.name}`,
    findOrganisation({ id, label }) {
      if (organisations.has(id)) return id;
      const named = register.find(label);
      return 'id' in named && organisations.has(named.id) ? named.id : null;
    },
    findActivity: ({ id, label }) => activities.find((one) => one.id === id)?.id ?? titles.get(plain(label)) ?? null,
    freeId(label) {
      const base = slug(label) || 'node';
      let id = base;
      for (let i = 2; taken.has(id); i++) id = `${base}-${i}`;
      taken.add(id);
      return id;
    },
    ties,
  });
  const { result, changeset } = kept(db, by, file, options, () => {
    const changes: Changes = { added: 0, changed: 0, same: 0 };
    const note = (change: Change): void => {
      changes[change] += 1;
    };
    for (const one of found.organisations) note(putOrganisation(db, by, one));
    for (const one of found.activities) note(putActivity(db, by, one));
    for (const { stated, ...one } of found.participations) {
      const there = get(
        db,
        `select 1 from participations where activity = ? and organisation = ?${stated ? ' and role = ?' : ''}`,
        [one.activity, one.organisation, ...(stated ? [one.role] : [])],
      );
      if (there === undefined) note(putParticipation(db, by, one));
      else changes.same += 1; // who told it first stays its origin
    }
    return changes;
  });
  const lost = (['tie-no-activity', 'activities-tied', 'self', 'twice'] as const).reduce(
    (sum, why) => sum + (found.losses[why] ?? 0),
    0,
  );
  return { changes: result, refused: skipped + lost, problems: [], changeset, found };
}

const plain = (text: string): string => text.trim().toLowerCase();

/** Work with its file described, as one set of changes; of a preview nothing stays. */
function kept<Result>(
  db: Db,
  by: string,
  file: SourceFile,
  { preview = false }: TakeOptions,
  work: () => Result,
): { result: Result; changeset: Id | null } {
  const graph = /\.(gexf|graphml|xml)$/i.test(file.name);
  const dataset = `${graph ? 'graph' : 'table'}/${file.name}`;
  const undo = new Error('preview');
  let done: { result: Result; changeset: Id | null } | null = null;
  try {
    transaction(db, () => {
      done = asChangeset(db, by, { id: `import/${dataset}`, kind: 'import', title: file.name }, () => {
        putDataset(db, by, {
          id: dataset,
          title: { en: file.name },
          kind: 'table',
          href: file.name,
          mediaType: graph ? 'application/xml' : 'text/csv',
          digest: file.digest,
          crs: null,
          period: null,
          licence: 'not stated',
          attribution: 'not stated',
        });
        return work();
      });
      if (preview) throw undo;
    });
  } catch (error) {
    if (error !== undo) throw error;
  }
  const { result, changeset } = done as unknown as { result: Result; changeset: Id | null };
  return { result, changeset: preview ? null : changeset };
}
