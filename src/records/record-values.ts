/** The values of a record, field by field: from those that were typed, and from what the dossier holds. */
import type { FieldValue, Id } from '../types.ts';
import type { Values } from './reading.ts';

/** A text of a record, or `null`. */
export function textIn(values: Values, field: Id | undefined): string | null {
  const value = field === undefined ? undefined : values[field];
  return value === undefined ? null : String(value);
}

/** A number of a record, or `null`. */
export function numberIn(values: Values, field: Id): number | null {
  const value = values[field];
  return typeof value === 'number' ? value : null;
}

/** The texts of a list of a record. */
export function listIn(values: Values, field: Id | undefined): string[] {
  const value = field === undefined ? undefined : values[field];
  return value === undefined ? [] : [value].flat().map(String);
}

/** Values without those that are not known. */
export function filled(values: { [field: string]: FieldValue | null }): Values {
  return Object.fromEntries(
    Object.entries(values).filter(
      (entry): entry is [string, FieldValue] => entry[1] !== null && !(Array.isArray(entry[1]) && entry[1].length === 0),
    ),
  );
}
