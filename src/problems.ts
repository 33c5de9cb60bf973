/**
 * Everything that can go wrong, by code: each problem is one sentence with file, row and field,
 * what was found and what would do. The sentences are in the catalogues, under `problems`.
 *
 *     throw new Problem('zone-kind-unknown', { file, feature, field, found });
 */

import type en from './i18n/en.json';
import { t, type Value } from './i18n/index.ts';
import type { Lang } from './types.ts';

export type ProblemCode = keyof typeof en.problems;

export class Problem extends Error {
  override name = 'Problem';
  readonly code: ProblemCode;
  readonly details: Record<string, Value>;

  constructor(code: ProblemCode, details: Record<string, Value> = {}, options?: ErrorOptions) {
    super(t('en', `problems.${code}`, details), options);
    this.code = code;
    this.details = details;
  }
}

/** Several problems of one input, so that a user can mend them all at once. */
export class Problems extends Error {
  override name = 'Problems';
  readonly list: Problem[];

  constructor(list: Problem[]) {
    super(list.map((problem) => problem.message).join('\n'));
    this.list = list;
  }
}

/** The sentence of a problem in `lang`. */
export function problemText(problem: Problem, lang: Lang): string {
  return t(lang, `problems.${problem.code}`, problem.details);
}
