/**
 * JSON that a user writes for `saryarka water …` (basins, crops, soils, options of sharing), held to its schema; a fault is told with file
 * and field, what was found and what would do, in no library's words.
 *
 *     const crop = readWaterJson(readSource('cotton.json'), cropShape);
 */
import type { z } from 'zod';
import { decodeUtf8 } from '../formats/csv.ts';
import type { SourceFile } from '../formats/source-node.ts';
import { Problem } from '../problems.ts';

/** @throws Problem `text-encoding`; `profile-field` for JSON that is none, and for the first field that is wrong, unknown or absent */
export function readWaterJson<T>(file: Pick<SourceFile, 'name' | 'bytes'>, schema: z.ZodType<T>): T {
  let json: unknown;
  try {
    json = JSON.parse(decodeUtf8(file));
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw wrongField(file.name, '.', (error as Error).message, 'JSON');
  }
  const read = schema.safeParse(json);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  if (issue?.code === 'unrecognized_keys')
    throw wrongField(file.name, [...issue.path, issue.keys[0] ?? ''].join('.'), issue.keys.join(', '), '–');
  const found = (issue?.path ?? []).reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | null)?.[key], json);
  throw wrongField(file.name, issue?.path.join('.') || '.', (JSON.stringify(found) ?? '–').slice(0, 80), expectedOf(issue));
}

/** A field of the file that would not do. */
export const wrongField = (file: string, field: string, found: string, expected: string): Problem =>
  new Problem('profile-field', { file, field, found, expected });

/** What would do: choices, a bound or a kind of value. */
function expectedOf(issue: z.core.$ZodIssue | undefined): string {
  switch (issue?.code) {
    case 'invalid_value':
      return issue.values.map(String).join(', ');
    case 'too_small':
      return `${issue.inclusive === false ? '>' : '≥'} ${issue.minimum}${issue.origin === 'array' ? ' [ ]' : ''}`;
    case 'too_big':
      return `${issue.inclusive === false ? '<' : '≤'} ${issue.maximum}${issue.origin === 'array' ? ' [ ]' : ''}`;
    case 'invalid_type':
      return issue.expected;
    default:
      return issue?.message ?? '';
  }
}
