/** Rows of registers, there and back: an entry with its fields as they were typed. */
import type { FieldValue, Id } from '../types.ts';
import type { RecordKind } from './catalogue.ts';
import { type KeptNouns, type KeptRecord, type Making, type Nouns, noNouns } from './nouns.ts';

/** The entry that a row of a register is. */
export function entryNouns({ kind, id, values, from, context }: Making): Nouns {
  const fields = Object.fromEntries(
    kind.fields.flatMap((field) => (values[field.id] === undefined ? [] : [[field.id, values[field.id] as FieldValue]])),
  );
  return {
    ...noNouns(),
    entries: [{ id, site: context.site, register: kind.id, fields, confidential: kind.confidential, from }],
  };
}

/** Entries of one register that the dossier holds; a record without key fields has the id of its kind. */
export function keptEntries(kind: RecordKind, { entries }: KeptNouns, prefix: Id): KeptRecord[] {
  return entries
    .filter(({ register, id }) => register === kind.id && (id.startsWith(prefix) || id === prefix.slice(0, -1)))
    .map((entry) => ({ id: entry.id, values: entry.fields, nouns: { ...noNouns(), entries: [entry] } }));
}
