/** What comes of reading a sheet: what was understood, what was not, row by row; nothing is dropped without a word. */
import type { Value } from '../i18n/index.ts';
import type { FieldValue, Id } from '../types.ts';

export type Values = { [field: Id]: FieldValue };

/** Why a row cannot be kept; the sentence is `records.refused.<reason>`. */
type Reason =
  | 'missing'
  | 'number'
  | 'number-two-ways'
  | 'integer'
  | 'year'
  | 'date'
  | 'period'
  | 'yes-no'
  | 'choice'
  | 'choice-tie'
  | 'currency'
  | 'currency-missing'
  | 'currency-two'
  | 'error-cell'
  | 'total-less'
  | 'order'
  | 'repeated'
  | 'organisation-tie'
  | 'organisation-one'
  | 'section'
  | 'indicator'
  | 'unit'
  | 'zone-none'
  | 'zone-many';

export interface Fault {
  field: Id;
  reason: Reason;
  found: string;
  details: Record<string, Value>;
}

/** A fault that only shows when a record is held against what the dossier knows. */
export class FaultError extends Error {
  readonly fault: Fault;
  constructor(fault: Fault) {
    super(fault.reason);
    this.fault = fault;
  }
}

/** Why a row is not a record; the sentence is `records.skipped.<why>`. */
export type SkippedWhy =
  | 'total'
  | 'section'
  | 'section-unknown'
  | 'header'
  | 'numbering'
  | 'note'
  | 'part'
  | 'blank'
  | 'empty'
  | 'same';

/** How a column was understood; the words are `records.how.<how>`. */
export type How = 'same' | 'slip' | 'part' | 'by-hand' | 'content' | 'measure';

export interface UnderstoodColumn {
  /** As the program letters it, `C`. */
  letter: string;
  /** What stands above it, level by level. */
  title: string;
  field: Id;
  how: How;
  /** What the header says of every cell below it, such as the year. */
  fixed: Values;
  /** What its numbers are multiplied by, and in what currency they are. */
  factor: number;
  currency: string | null;
}

/** The fields of which `columns` tell something: in their cells, or in what stands above them. */
export function toldFields(columns: readonly Pick<UnderstoodColumn, 'field' | 'fixed'>[]): Set<Id> {
  return new Set(columns.flatMap(({ field, fixed }) => [field, ...Object.keys(fixed)]));
}

export interface IgnoredColumn {
  letter: string;
  title: string;
  /** `tie`: two fields fit alike; `second`: its field has a better column; `extra`: known, and of no use; `sum`: the sum of the columns beside it. */
  why: 'unknown' | 'tie' | 'second' | 'extra' | 'sum' | 'by-hand';
  /** The fields between which it ties, or the field that it repeats. */
  fields: Id[];
}

export interface ReadRow {
  /** `Лист1!7`, or the line of a text. */
  row: string;
  values: Values;
}

export interface RefusedRow extends Fault {
  row: string;
}

export interface SkippedRow {
  row: string;
  why: SkippedWhy;
  text: string;
}

/** A total that the sheet states, and what its rows come to. */
export interface CheckedTotal {
  row: string;
  /** What stands above the column. */
  title: string;
  field: Id;
  stated: number;
  sum: number;
  agrees: boolean;
}

/** A value that no column gave: by hand, from the title, or because the kind has one. */
export interface GivenValue {
  field: Id;
  value: FieldValue;
  from: 'set' | 'title' | 'sheet' | 'usual';
  rows: number;
}

/** A text in cells, the choice that it was taken for, and how often. */
export interface LooseChoice {
  field: Id;
  found: string;
  value: FieldValue;
  rows: number;
}

export interface SheetReading {
  sheet: string;
  understood: UnderstoodColumn[];
  ignored: IgnoredColumn[];
  rows: ReadRow[];
  refused: RefusedRow[];
  skipped: SkippedRow[];
  totals: CheckedTotal[];
  given: GivenValue[];
  /** Words in cells that were taken for a choice though they are not its very words. */
  loosely: LooseChoice[];
  /** Rows that the program hides; they are read like the others. */
  hidden: number;
  /** A title above the header that says in what unit the numbers are. */
  unit: { text: string; factor: number; currency: string | null } | null;
}
