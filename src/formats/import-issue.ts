/**
 * What an import has to say, in three lists: critical (a record was not taken), error (taken, with a gap or a fault), warning.
 * Reading never ends at the first of them. Of each kind the first thousand are kept; all are counted.
 *
 *     const issues = issueLists();
 *     issues.add('error', 'iati-attribute-missing', { file, path, line, name: 'currency' });
 *     issueText(issues.lists.error[0], 'kk')
 */
import { t, type Value } from '../i18n/index.ts';
import type { Problem, ProblemCode } from '../problems.ts';
import type { Lang } from '../types.ts';

export type Severity = 'critical' | 'error' | 'warning';

export interface ImportIssue {
  severity: Severity;
  /** Its sentence stands in the catalogues under `problems`. */
  code: ProblemCode;
  /** File, path of the element or name of the column, line, what was found and what would do. */
  details: Record<string, Value>;
}

export interface IssueLists {
  lists: Record<Severity, ImportIssue[]>;
  counts: Record<Severity, number>;
  add(severity: Severity, code: ProblemCode, details: Record<string, Value>): void;
  /** A problem that was thrown, as an issue. */
  problem(severity: Severity, problem: Problem): void;
}

/** Issues of one kind that are kept. */
export const MOST_ISSUES = 1_000;

/** Three empty lists; a rule or a codelist is a kind of its own. */
export function issueLists(): IssueLists {
  const lists: IssueLists['lists'] = { critical: [], error: [], warning: [] };
  const counts: IssueLists['counts'] = { critical: 0, error: 0, warning: 0 };
  const kept = new Map<string, number>();
  const add: IssueLists['add'] = (severity, code, details) => {
    counts[severity] += 1;
    const kind = `${code} ${details.rule ?? details.list ?? ''}`;
    const count = (kept.get(kind) ?? 0) + 1;
    kept.set(kind, count);
    if (count <= MOST_ISSUES) lists[severity].push({ severity, code, details });
  };
  return { lists, counts, add, problem: (severity, { code, details }) => add(severity, code, details) };
}

/** The sentence of an issue in `lang`. */
export function issueText({ code, details }: ImportIssue, lang: Lang): string {
  return t(lang, `problems.${code}`, details);
}
