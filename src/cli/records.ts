/** `saryarka records`: what a reserve keeps in sheets of its own, into the dossier and out again to be corrected. */
import { readSource, writeFile } from '../formats/source-node.ts';
import { pick, t } from '../i18n/index.ts';
import { Problem } from '../problems.ts';
import { type RecordKind, recordKinds } from '../records/catalogue.ts';
import { formParts, recordContext } from '../records/context.ts';
import type { RefusedRow } from '../records/reading.ts';
import { kindOf } from '../records/tables.ts';
import { listsName, templateSheets } from '../records/template.ts';
import { toldChanges, toldReading, toldRecords } from '../records/told.ts';
import type { Db } from '../store/db.ts';
import { closeDossier, openDossier } from '../store/dossier.ts';
import { importRecords, listRecordDatasets, loadRecordContext, removeRecords } from '../store/import-records.ts';
import { proposedRecords, type ReadTable, readRecordFile } from '../store/record-files.ts';
import { getSite, listSites } from '../store/sites.ts';
import type { Id, Lang } from '../types.ts';
import { todayOf } from './options.ts';

export interface ImportOptions {
  lang: Lang;
  as?: string;
  site?: string;
  sheet?: string;
  columns?: string;
  set: string[];
  preview?: boolean;
  strict?: boolean;
  today?: string;
}

/** Exit status 1: something was refused. */
const REFUSED = 1;

/** Sheets of records into a dossier; what was understood, refused and skipped is told row by row. */
export async function importRecordFiles(dossier: string, paths: string[], options: ImportOptions): Promise<number> {
  const { lang, preview = false, strict = false } = options;
  const db = openDossier(dossier, preview ? { readOnly: true } : {});
  try {
    const site = siteOf(db, options.site);
    const tables: ReadTable[] = [];
    for (const path of paths) {
      tables.push(...(await readRecordFile(readSource(path), { ...options, say: (line) => console.log(line) })));
    }
    const bring = (isStored: boolean): string[] =>
      tables.flatMap((table) => {
        const refused = importTable(db, table, { site, isStored, lang, preview, today: todayOf(options.today) });
        return refused === 0 ? [] : [table.file.name];
      });
    const faulty = strict ? tables.filter((table) => proposedRecords(db, table, { site, today: '' }).refused.length > 0) : [];
    if (faulty.length > 0) {
      bring(false);
      const count = faulty.reduce((sum, table) => sum + refusedRows(proposedRecords(db, table, { site, today: '' }).refused), 0);
      throw new Problem('records-strict', { file: [...new Set(faulty.map(({ file }) => file.name))].join(', '), count });
    }
    return bring(true).length > 0 ? REFUSED : 0;
  } finally {
    closeDossier(db);
  }
}

/** Stores one table, unless it is only told; returns how many rows it refused. */
function importTable(
  db: Db,
  table: ReadTable,
  how: { site: Id; isStored: boolean; lang: Lang; preview: boolean; today: string },
): number {
  const { file, kind, readings, sheets } = table;
  const { lang, preview } = how;
  const { context, dataset, rows, refused } = proposedRecords(db, table, how);
  const say = (lines: string[]): void => {
    for (const line of lines) console.log(line);
  };
  for (const reading of readings) say(toldReading(reading, kind, { lang, all: sheets.length > 1 }));
  if (preview) say(toldRecords(rows.records, kind, { lang, context }));
  const changes = how.isStored ? importRecords(db, 'cli', rows.records, { dataset, preview }) : null;
  say(toldChanges(changes, { file: file.name, kind, rows, readings, dataset: dataset.id, lang, preview }));
  return refusedRows(refused);
}

function refusedRows(refused: readonly RefusedRow[]): number {
  return new Set(refused.map(({ row }) => row)).size;
}

export interface TemplateOptions {
  lang: Lang;
  as: string;
  output: string;
  site?: string;
}

/** A table to be filled in; with a dossier, the records that it holds already. */
export async function recordTemplate(
  dossier: string | undefined,
  { lang, as, output, site: given }: TemplateOptions,
): Promise<number> {
  const kind = kindOf(as);
  if (!/\.(xlsx|csv)$/i.test(output))
    throw new Problem('choice-wrong', { field: '--output', found: output, expected: '*.xlsx, *.csv' });
  const { context, kept } =
    dossier === undefined ? { context: recordContext('', formParts()), kept: [] } : known(dossier, given, kind);
  const sheets = templateSheets(kind, { lang, context, kept });
  const [records] = sheets;
  if (/\.csv$/i.test(output)) {
    const { writeCsv } = await import('../formats/csv.ts');
    writeFile(
      output,
      `\uFEFF${writeCsv(
        (records?.columns ?? []).map(({ title }) => title),
        (records?.rows ?? []).map((row) => row.map(plainNumber)),
      )}`,
    );
  } else {
    const { writeSpreadsheet } = await import('../formats/spreadsheet-writer.ts');
    writeFile(output, await writeSpreadsheet(sheets, listsName(lang)));
  }
  console.log(t(lang, 'cli.records.template', { file: output, kind: kind.title, rows: kept.length }));
  return 0;
}

/** `12.345` may be read as thousands: a fourth decimal says that it is not. */
function plainNumber(value: string | number | null): string | number | null {
  return typeof value === 'number' && /\.\d{3}$/.test(String(value)) ? `${value}0` : value;
}

function known(
  dossier: string,
  given: string | undefined,
  kind: RecordKind,
): Pick<ReturnType<typeof loadRecordContext>, 'context' | 'kept'> {
  const db = openDossier(dossier, { readOnly: true });
  try {
    return loadRecordContext(db, siteOf(db, given), kind, '');
  } finally {
    closeDossier(db);
  }
}

/** The kinds of records with their titles, as `--as` names them. */
export function listRecordKinds({ lang }: { lang: Lang }): number {
  const kinds = recordKinds();
  const width = Math.max(0, ...kinds.map(({ id }) => id.length)) + 2;
  for (const kind of kinds) console.log(`${kind.id.padEnd(width)}${pick(kind.title, lang)}`);
  return 0;
}

export interface RemoveOptions {
  lang: Lang;
  as: string;
  site?: string;
  from?: string;
}

/** Takes back what one import brought; without `--from` where there was but one. */
export function removeImport(dossier: string, { lang, as, site: given, from }: RemoveOptions): number {
  const kind = kindOf(as);
  const db = openDossier(dossier);
  try {
    const datasets = listRecordDatasets(db, siteOf(db, given), kind.id);
    const [first, second] = datasets;
    const dataset = from === undefined && second === undefined ? first : datasets.find(({ id }) => id === from);
    if (dataset === undefined) {
      const found = datasets.map(({ id }) => id).join(', ') || '–';
      throw new Problem('records-remove', { kind: kind.id, found: from ?? null, known: found });
    }
    const removed = removeRecords(db, 'cli', dataset.id);
    const rows = [...removed.values()].reduce((sum, count) => sum + count, 0);
    console.log(t(lang, 'cli.records.removed', { dataset: dataset.id, rows }));
    return 0;
  } finally {
    closeDossier(db);
  }
}

/** The site asked for, or the only biosphere reserve of the dossier. */
function siteOf(db: Db, given: string | undefined): Id {
  const reserves = listSites(db, 'biosphere-reserve').map(({ id }) => id);
  const known = reserves.join(', ') || '–';
  const [only, another] = reserves;
  if (given === undefined && only !== undefined && another === undefined) return only;
  if (given === undefined) throw new Problem('records-site', { known });
  if (getSite(db, given) === null) throw new Problem('site-unknown', { found: given, known });
  return given;
}
