/**
 * Rows of sheets as records to be kept: known again by their key fields, changed only in what the sheet has a column for.
 *
 *     const { records, refused } = recordsOf(readings, kind, { context, kept, dataset });
 */
import type { Id } from '../types.ts';
import type { RecordKind } from './catalogue.ts';
import type { RecordContext } from './context.ts';
import { USUAL_MONEY } from './count-nouns.ts';
import { nounsOf } from './kept.ts';
import type { KeptRecord, Nouns } from './nouns.ts';
import {
  FaultError,
  type GivenValue,
  type ReadRow,
  type RefusedRow,
  type SheetReading,
  type SkippedRow,
  toldFields,
  type Values,
} from './reading.ts';
import { recordId } from './record-id.ts';

export interface ImportedRecord {
  id: Id;
  row: string;
  values: Values;
  nouns: Nouns;
  /** As the dossier holds it; `null` where it is new. */
  before: KeptRecord | null;
}

export interface ImportedRows {
  records: ImportedRecord[];
  refused: RefusedRow[];
  skipped: SkippedRow[];
  given: GivenValue[];
}

/** What keeping records did, or would do. */
export interface RecordChanges {
  added: number;
  changed: number;
  same: number;
  /** Organisations that the dossier did not know. */
  organisations: Id[];
}

/** @param dataset the file as it is described in the dossier, from which each row comes */
export function recordsOf(
  readings: readonly SheetReading[],
  kind: RecordKind,
  { context, kept, dataset }: { context: RecordContext; kept: readonly KeptRecord[]; dataset: Id },
): ImportedRows {
  const known = new Map(kept.map((record) => [record.id, record]));
  const seen = new Map<Id, ImportedRecord>();
  const result: ImportedRows = { records: [], refused: [], skipped: [], given: [] };
  let usual = 0;
  for (const reading of readings) {
    const told = new Set([...toldFields(reading.understood), ...reading.given.map(({ field }) => field)]);
    for (const row of reading.rows) {
      const read = recordOf(row, kind, { context, known, told, dataset });
      if ('reason' in read) {
        result.refused.push(read);
        continue;
      }
      const first = seen.get(read.id);
      if (first === undefined) {
        seen.set(read.id, read);
        result.records.push(read);
        if (read.usual) usual += 1;
      } else if (JSON.stringify(first.values) === JSON.stringify(read.values))
        result.skipped.push({ row: row.row, why: 'same', text: first.row });
      else result.refused.push(repeated(read, first, kind));
    }
  }
  if (usual > 0) result.given.push({ field: 'kind', value: USUAL_MONEY, from: 'usual', rows: usual });
  return result;
}

/** A row with the key of an earlier one that says something else. */
function repeated({ row, values }: ImportedRecord, first: ImportedRecord, kind: RecordKind): RefusedRow {
  const key = kind.fields.filter((field) => field.key).map(({ id }) => id);
  const found = key.flatMap((id) => (values[id] === undefined ? [] : [String(values[id])])).join(', ');
  return { row, field: key.at(-1) ?? '', reason: 'repeated', found, details: { first: first.row } };
}

function recordOf(
  row: ReadRow,
  kind: RecordKind,
  { context, known, told, dataset }: { context: RecordContext; known: Map<Id, KeptRecord>; told: ReadonlySet<Id>; dataset: Id },
): (ImportedRecord & { usual: boolean }) | RefusedRow {
  const usual = kind.keeps === 'money' && row.values.kind === undefined;
  const values = usual ? { ...row.values, kind: USUAL_MONEY } : row.values;
  try {
    const id = recordId(kind, values, context);
    const before = known.get(id) ?? null;
    const untold = Object.entries(before?.values ?? {}).filter(([field]) => !told.has(field) && !(field in values));
    const whole: Values = { ...Object.fromEntries(untold), ...values };
    if (kind.keeps === 'answers' && values.date === undefined) {
      // an answer that nobody touched was written when it was written
      const same = before?.values.text === whole.text ? before?.values.date : undefined;
      if (same === undefined) delete whole.date;
      else whole.date = same;
    }
    const nouns = nounsOf({ kind, id, values: whole, from: { dataset, row: row.row }, context });
    // a line that is confidential stays so, whoever sends it again
    const isClosed = before?.nouns.entries.some(({ confidential }) => confidential) ?? false;
    const entries = isClosed ? nouns.entries.map((entry) => ({ ...entry, confidential: true })) : nouns.entries;
    return { id, row: row.row, values: whole, nouns: { ...nouns, entries }, before, usual };
  } catch (error) {
    if (error instanceof FaultError) return { ...error.fault, row: row.row };
    throw error;
  }
}
