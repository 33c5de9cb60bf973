/**
 * A file of records held against the dossier: what it would bring, and what stands in the way; nothing is stored yet.
 *
 *     for (const table of await readRecordFile(file, { lang, set: [] })) {
 *       const { rows, dataset } = proposedRecords(db, table, { site, today });
 *       importRecords(db, by, rows.records, { dataset });
 *     }
 */
import type { readSource } from '../formats/source-node.ts';
import { readSpreadsheet } from '../formats/spreadsheet.ts';
import { columnsByHand, setValues } from '../records/by-hand.ts';
import { formParts, type RecordContext } from '../records/context.ts';
import { type ImportedRows, recordsOf } from '../records/import-rows.ts';
import { readSheet } from '../records/lines.ts';
import type { RefusedRow, SheetReading } from '../records/reading.ts';
import { checkReadings, type RecordTable, type TableOptions, tablesOf } from '../records/tables.ts';
import { templateExtras } from '../records/template.ts';
import type { Dataset, Id } from '../types.ts';
import type { Db } from './db.ts';
import { loadRecordContext } from './import-records.ts';

type SourceFile = ReturnType<typeof readSource>;

export interface ReadOptions extends TableOptions {
  /** Columns and their fields by hand: `"Сумма=amount; Прочее=-"`. */
  columns?: string | undefined;
  /** Told what was found out, line by line. */
  say?(line: string): void;
}

/** What is read of one file as one kind of records. */
export interface ReadTable extends RecordTable {
  file: SourceFile;
  readings: SheetReading[];
}

export interface ProposedRecords {
  context: RecordContext;
  /** The file as the dossier describes it. */
  dataset: Dataset;
  rows: ImportedRows;
  refused: RefusedRow[];
}

/** A file as tables of one kind each. @throws Problem `choice-wrong`, `records-no-rows`, `records-kind`, `records-no-header`. */
export async function readRecordFile(file: SourceFile, options: ReadOptions): Promise<ReadTable[]> {
  const { sheets } = await readSpreadsheet(file);
  const { themes } = formParts();
  return tablesOf(file.name, sheets, options, options.say ?? (() => {})).map((table) => {
    const { kind } = table;
    const [set, byHand] = [setValues(options.set, kind, themes), columnsByHand(options.columns, kind)];
    const reading = { themes, byHand, set, extras: templateExtras(kind) };
    const readings = table.sheets.flatMap((sheet) => readSheet(sheet, kind, reading) ?? []);
    checkReadings(file.name, table, readings, options);
    return { ...table, file, readings };
  });
}

/** A table as records of the dossier as it stands, with all that is refused. @throws Problem `site-unknown`. */
export function proposedRecords(
  db: Db,
  { file, kind, readings }: ReadTable,
  { site, today }: { site: Id; today: string },
): ProposedRecords {
  const { context, kept } = loadRecordContext(db, site, kind, today);
  const dataset = datasetOf(file, { site, kind: kind.id });
  const rows = recordsOf(readings, kind, { context, kept, dataset: dataset.id });
  return { context, dataset, rows, refused: [...readings.flatMap((reading) => reading.refused), ...rows.refused] };
}

/** The file as the dossier describes it; its digest is in its id, so that a row never points into another version of the file. */
function datasetOf({ name, digest }: { name: string; digest: string }, { site, kind }: { site: Id; kind: Id }): Dataset {
  const ending = /\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  const types: { [ending: string]: string } = {
    xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    xls: 'application/vnd.ms-excel',
    ods: 'application/vnd.oasis.opendocument.spreadsheet',
  };
  return {
    id: `records/${site}/${kind}/${name}@${digest.slice(7, 15)}`,
    title: { en: name },
    kind: 'table',
    href: name,
    mediaType: types[ending] ?? 'text/csv',
    digest,
    crs: null,
    period: null,
    licence: 'not stated',
    attribution: 'not stated',
  };
}
