/**
 * Expected results of evidence and cooperation that are kept beside the project: `../shared/golden/cooperation`, or the folder
 * `cooperation` of what `SARYARKA_GOLDEN` names.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';

const root = process.env.SARYARKA_GOLDEN ?? join(import.meta.dirname, '..', '..', '..', 'shared', 'golden');

/** The text of a golden file, or null, told aloud, where it is not there. */
export function goldenText(...path: string[]): string | null {
  const file = join(root, 'cooperation', ...path);
  if (existsSync(file)) return readFileSync(file, 'utf8');
  console.warn(`no golden data at ${file}: it is not compared in this run (set SARYARKA_GOLDEN)`);
  return null;
}

/** A golden JSON file; NaN, which Python writes, is read as null. */
export function goldenJson<T>(...path: string[]): T | null {
  const text = goldenText(...path);
  return text === null ? null : (JSON.parse(text.replace(/: NaN\b/g, ': null')) as T);
}

/** The rows of a golden table by their headers. */
export function goldenRows(...path: string[]): Record<string, string>[] | null {
  const text = goldenText(...path);
  return text === null ? null : (parse(text, { columns: true, bom: true }) as Record<string, string>[]);
}
