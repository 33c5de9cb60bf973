/**
 * References as CSL-JSON has them: names, dates, and what a list of them holds.
 *
 *     cslName('Серікова, Б.')   // { family: 'Серікова', given: 'Б.' }
 *     isoOfCsl(cslDate('2019/3'))   // '2019-03'
 *
 * Reference: CSL-JSON schema 1.0.2, citationstyles.org.
 */

/** A person, or an institution by its `literal` name. */
export interface CslName {
  family?: string;
  given?: string;
  literal?: string;
}

export interface CslDate {
  'date-parts'?: number[][];
  literal?: string;
}

/** One reference; fields that we do not use go along as they came. */
export interface CslItem {
  id: string;
  type: string;
  title?: string;
  author?: CslName[];
  editor?: CslName[];
  issued?: CslDate;
  accessed?: CslDate;
  language?: string;
  DOI?: string;
  URL?: string;
  [field: string]: unknown;
}

export interface ReadReferences {
  format: 'csl-json' | 'bibtex' | 'ris';
  references: CslItem[];
  /** What was not taken: the line (or the number of the item), and what stands there. */
  skipped: { line: number; found: string }[];
}

/** The day, month or year of a date, ISO 8601; `null` where it tells none. */
export function isoOfCsl(date: CslDate | undefined): string | null {
  const [year, month, day] = date?.['date-parts']?.[0] ?? [];
  if (year === undefined || !Number.isInteger(Number(year)))
    return /^\d{4}(-\d\d(-\d\d)?)?/.exec(date?.literal ?? '')?.[0] ?? null;
  const two = (n: number | undefined): string => (n === undefined || !(Number(n) >= 1) ? '' : `-${String(n).padStart(2, '0')}`);
  const months = two(month);
  return `${String(year).padStart(4, '0')}${months}${months === '' ? '' : two(day)}`;
}

/** `2019-03-05`, `2019/03` or `2019` as CSL has it. */
export function cslDate(written: string): CslDate | undefined {
  const [, year, month, day] = /(\d{4})(?:[-/.](\d{1,2}))?(?:[-/.](\d{1,2}))?/.exec(written) ?? [];
  if (year === undefined) return written.trim() === '' ? undefined : { literal: written.trim() };
  return { 'date-parts': [[year, month, day].filter((part) => part !== undefined).map(Number)] };
}

/** `Family, Given` or `Given Family`; a name of one word, or one that was set in braces, is an institution. */
export function cslName(written: string): CslName {
  const name = written.replace(/\s+/g, ' ').trim();
  const [family = '', ...given] = name.split(/\s*,\s*/);
  if (given.length > 0) return { family, given: given.toReversed().join(' ').trim() };
  const words = name.split(' ');
  if (words.length < 2) return { literal: name };
  return { family: words.at(-1) as string, given: words.slice(0, -1).join(' ') };
}
