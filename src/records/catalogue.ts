/**
 * The kinds of records that a reserve keeps, as data: one file of `data/records` each. docs/records.md
 *
 * A kind says what its columns are called in four languages and by what words people know them, so that import,
 * template, review and screen all speak of the same fields.
 */
import { listFiles, readShipped, shippedPath } from '../formats/source-node.ts';
import type { Id, Lang, LocalText } from '../types.ts';

/**
 * `text`: one line; `long-text`: sentences; `integer`, `number`; `year`: 2024; `date`: a day, a month or a year, ISO 8601
 * inside; `period`: a date or a pair of them; `yes-no`; `choice`: one code of `choices`; `choices`: several;
 * `themes`: terms of the tick lists of the form, by code or label; `organisation`, `organisations`: names;
 * `zone`: core, buffer, transition or whole; `currency`: ISO 4217; `link`: an address.
 */
export type FieldType =
  | 'text'
  | 'long-text'
  | 'integer'
  | 'number'
  | 'year'
  | 'date'
  | 'period'
  | 'yes-no'
  | 'choice'
  | 'choices'
  | 'themes'
  | 'organisation'
  | 'organisations'
  | 'zone'
  | 'currency'
  | 'link';

/** One of the codes that a field can hold, with what people write for it. */
export interface Choice {
  id: Id;
  label: LocalText;
  /** Other words for it, in any language, in lower case. */
  words: string[];
}

export interface RecordField {
  id: Id;
  type: FieldType;
  required: boolean;
  /** Rows that agree in all key fields are the same record: the later one changes the earlier. */
  key: boolean;
  label: LocalText;
  /** What else people write above this column, in any language, in lower case. */
  words: string[];
  help: LocalText;
  /** Of `choice` and `choices`. */
  choices?: Choice[];
}

export interface RecordKind {
  /** As `--as` names it. */
  id: Id;
  title: LocalText;
  about: LocalText;
  /** The noun of the dossier that keeps it. */
  keeps: 'entries' | 'activities' | 'headcounts' | 'money' | 'observations' | 'answers';
  /** Not shown outside the reserve unless it is asked for. */
  confidential: boolean;
  fields: RecordField[];
  /** Rows that show how it is filled, field by field, as a person would type them, in the language named. */
  examples: { lang: Lang; rows: { [field: string]: string }[] }[];
}

/** Fields that count people by sex, as parts of `total`. */
export const SEXES = ['female', 'male', 'other', 'unknown'] as const;

let kinds: RecordKind[] | null = null;

/** Every kind, in the order of the alphabet; read once. */
export function recordKinds(): readonly RecordKind[] {
  kinds ??= listFiles(shippedPath('data', 'records'), '.json').map(
    (name) => JSON.parse(readShipped('data', 'records', name)) as RecordKind,
  );
  return kinds;
}

/** The kind `id`, or `null`. */
export function recordKind(id: Id): RecordKind | null {
  return recordKinds().find((kind) => kind.id === id) ?? null;
}
