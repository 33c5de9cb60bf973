/** A file of records, or a pasted table: what is understood of it, row by row, and then kept. */
import type { z } from 'zod';
import type { importBody, importReply } from '../api/records.ts';
import type { SourceFile } from '../formats/source-node.ts';
import { pick, t } from '../i18n/index.ts';
import type { RecordKind } from '../records/catalogue.ts';
import { toldReading, toldRefused } from '../records/told.ts';
import { type Db, transaction } from '../store/db.ts';
import { importRecords } from '../store/import-records.ts';
import { proposedRecords, type ReadTable, readRecordFile } from '../store/record-files.ts';
import type { Id, Lang } from '../types.ts';
import { kindFor, shownValues } from './record-desk.ts';
import { guarded, guardedChanges, toldBy } from './record-preview.ts';
import type { Visitor } from './visitor.ts';

/** Records that a preview shows; all are counted. */
const SHOWN_RECORDS = 200;

export interface ImportWork {
  site: Id;
  lang: Lang;
  day: string;
  visitor: Visitor;
  how: z.infer<typeof importBody>;
  /** Whether it is kept, or only looked at. */
  isStored: boolean;
}

/** @throws those of reading a table; `not-found` for records that the caller may not change. */
export async function importFile(db: Db, file: SourceFile, work: ImportWork): Promise<z.infer<typeof importReply>> {
  const { site, lang, how, visitor } = work;
  const notes: string[] = [];
  const tables = await readRecordFile(file, {
    lang,
    as: how.as,
    sheet: how.sheet,
    columns: how.columns,
    set: Object.entries(how.set).map(([field, value]) => `${field}=${value}`),
    say: (line) => notes.push(line.trim()),
  });
  for (const { kind } of tables) kindFor(visitor, site, kind.id);
  const told = transaction(db, () => tables.map((table) => toldTable(db, table, work)));
  const datasets = told.flatMap(({ dataset }) => (work.isStored && dataset !== null ? [dataset] : []));
  return { notes, tables: told.map(({ table }) => table), datasets };
}

function toldTable(
  db: Db,
  table: ReadTable,
  { site, lang, day, visitor, isStored }: ImportWork,
): { table: z.infer<typeof importReply>['tables'][number]; dataset: Id | null } {
  const { kind, readings } = table;
  const { context, dataset, rows, refused } = proposedRecords(db, table, { site, today: day });
  const [own, secrets] = [toldBy(readings), visitor.may('editor', site)];
  const records = rows.records.map((record) => guarded(record, { kind, told: own, secrets }));
  const made = importRecords(db, visitor.id, records, { dataset, preview: !isStored });
  const changes = secrets ? made : guardedChanges(records, made);
  const used = kind.fields.filter(({ id }) => records.some(({ open }) => open[id] !== undefined));
  return {
    dataset: changes.added + changes.changed > 0 ? dataset.id : null,
    table: {
      kind: kind.id,
      title: kind.title,
      columns: readings.flatMap(({ sheet, understood, ignored }) => [
        ...understood.map(({ letter, title, field, how }) => ({
          sheet,
          letter,
          title,
          field: labelOf(kind, field, lang),
          how: wordOf(how, lang),
        })),
        ...ignored.map(({ letter, title, why }) => ({
          sheet,
          letter,
          title,
          field: null,
          how: t(lang, `records-page.ignored.${why}`),
        })),
      ]),
      notes: readings.flatMap((reading) => notesOf(reading, kind, lang)),
      records: records.slice(0, SHOWN_RECORDS).map(({ row, open, state }) => ({
        row,
        state,
        shown: shownValues(open, kind, context, lang),
      })),
      fields: used.map(({ id, label }) => ({ id, label: pick(label, lang) })),
      refused: refused.map((fault) => ({ row: fault.row, text: toldRefused(fault, kind, lang) })),
      changes,
    },
  };
}

/** What was assumed of a sheet and what stands beside its records, without the columns, which are told apart. */
function notesOf(reading: ReadTable['readings'][number], kind: RecordKind, lang: Lang): string[] {
  const bare = { ...reading, understood: [], ignored: [] };
  return toldReading(bare, kind, { lang, all: false }).map((line) => line.trim());
}

function labelOf(kind: RecordKind, field: Id, lang: Lang): string {
  const found = kind.fields.find(({ id }) => id === field);
  return found === undefined ? field : pick(found.label, lang);
}

/** How a column was understood; nothing where it bears the field's own name. */
function wordOf(how: string, lang: Lang): string {
  return how === 'same' || how === 'measure' ? '' : t(lang, `records.how.${how}`);
}
