/**
 * What somebody below editor is told of a table that meets lines which they may not see whole, and what such a table cannot do:
 * a row that names a hidden line would otherwise be answered with all that the line holds, or open it.
 *
 *     const records = rows.records.map((one) => guarded(one, { kind, told: toldBy(readings), secrets: false }));
 */
import type { RecordKind } from '../records/catalogue.ts';
import type { ImportedRecord, RecordChanges } from '../records/import-rows.ts';
import type { KeptRecord } from '../records/nouns.ts';
import type { SheetReading, Values } from '../records/reading.ts';
import { openFields } from '../review/species.ts';
import type { Id } from '../types.ts';
import { shownTo } from './record-desk.ts';

export interface GuardedRecord extends ImportedRecord {
  /** What may be shown of its values. */
  open: Values;
  /** `changed` wherever something is hidden: `same` would tell that a guess was right. */
  state: 'new' | 'same' | 'changed';
}

/** What each row says itself, by its place in the file. */
export function toldBy(readings: readonly SheetReading[]): ReadonlyMap<string, Values> {
  return new Map(readings.flatMap(({ rows }) => rows.map(({ row, values }) => [row, values])));
}

/** @param options.secrets whether the caller may know everything */
export function guarded(
  record: ImportedRecord,
  { kind, told, secrets }: { kind: RecordKind; told: ReadonlyMap<string, Values>; secrets: boolean },
): GuardedRecord {
  const { before, values } = record;
  const open = before === null || secrets ? (before?.values ?? {}) : openOf(kind.id, before);
  const isWhole = Object.keys(open).length === Object.keys(before?.values ?? {}).length;
  if (before === null || isWhole) return { ...record, open: values, state: stateOf(before, values) };
  const own = told.get(record.row) ?? {};
  // who may not see that a species is sensitive in full may not say that it is not
  const kept: Values = before.values.sensitive === true ? { ...values, sensitive: true } : values;
  const entries = record.nouns.entries.map((one) => ({ ...one, fields: { ...one.fields, ...pick(kept, 'sensitive') } }));
  return {
    ...record,
    values: kept,
    nouns: { ...record.nouns, entries },
    open: Object.fromEntries(Object.entries(kept).filter(([field]) => field in own || field in open)),
    state: 'changed',
  };
}

/** What importing would do as far as the caller may know. */
export function guardedChanges(records: readonly GuardedRecord[], changes: RecordChanges): RecordChanges {
  const count = (state: GuardedRecord['state']): number => records.filter((one) => one.state === state).length;
  return { ...changes, added: count('new'), changed: count('changed'), same: count('same') };
}

/** Nothing of a line that is confidential; of a sensitive species what everybody may know. */
function openOf(register: Id, before: KeptRecord): Values {
  return shownTo([before], false).length === 0 ? {} : openFields({ register, fields: before.values });
}

function stateOf(before: KeptRecord | null, values: Values): GuardedRecord['state'] {
  if (before === null) return 'new';
  return JSON.stringify(before.values) === JSON.stringify(values) ? 'same' : 'changed';
}

function pick(values: Values, field: Id): Values {
  const value = values[field];
  return value === undefined ? {} : { [field]: value };
}
