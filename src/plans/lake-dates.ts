/**
 * Dates of a table that runs by day, decade (a third of a month), month or year: each row a step, none missing, none twice.
 *
 *     dateSteps('months.csv', [{ line: 2, text: '2011-01' }, { line: 3, text: '2011-02' }]).steps[1]
 *     // { text: '2011-02', month: 1, days: 28 }
 */
import { Problem } from '../problems.ts';

export type Steps = 'day' | 'decade' | 'month' | 'year';

export interface DateStep {
  /** As the table writes it. */
  text: string;
  year: number;
  /** 0 to 11; of a year 0. */
  month: number;
  days: number;
}

const DAY = 86_400_000;
/** What each kind of step looks like, for messages. */
const FORMS = '2011, 2011-01, 2011-01-31, 31.01.2011';

/** @throws Problem `cell-wrong` for what is no date, `water-days` for one out of turn */
export function dateSteps(file: string, rows: readonly { line: number; text: string }[]): { steps: DateStep[]; kind: Steps } {
  const days = rows.map(({ line, text }) => {
    const day = dayOf(text);
    if (day === null) throw new Problem('cell-wrong', { file, line: String(line), field: 'date', found: text, expected: FORMS });
    return day;
  });
  const kind = kindOf(rows[0]?.text ?? '', days);
  for (const [i, day] of days.entries()) {
    if (i === 0) continue;
    const due = next(days[i - 1] as number, kind);
    if (day !== due)
      throw new Problem('water-days', {
        file,
        line: String(rows[i]?.line),
        found: rows[i]?.text ?? '',
        expected: written(due, kind),
      });
  }
  const steps = days.map((day, i) => ({
    text: rows[i]?.text ?? '',
    year: new Date(day).getUTCFullYear(),
    month: new Date(day).getUTCMonth(),
    days: (next(day, kind) - day) / DAY,
  }));
  return { steps, kind };
}

/** Midnight of the first day of a year, a month or the day itself, UTC; `null` where there is no such date. */
function dayOf(text: string): number | null {
  const turned = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text.trim());
  const iso = turned === null ? text.trim() : `${turned[3]}-${turned[2]?.padStart(2, '0')}-${turned[1]?.padStart(2, '0')}`;
  const [, year, month = '01', day = '01'] = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(iso) ?? [];
  if (year === undefined) return null;
  const at = Date.parse(`${year}-${month}-${day}T00:00:00Z`);
  return Number.isNaN(at) || new Date(at).getUTCDate() !== Number(day) ? null : at;
}

/** By how the first date is written, and how far the second lies off. */
function kindOf(first: string, [start = 0, second]: readonly number[]): Steps {
  if (/^\d{4}$/.test(first.trim())) return 'year';
  if (/^\d{4}-\d{2}$/.test(first.trim())) return 'month';
  const apart = second === undefined ? 1 : (second - start) / DAY;
  const day = new Date(start).getUTCDate();
  if (apart >= 365 && day === 1) return 'year';
  if (apart >= 28 && day === 1) return 'month';
  return apart >= 8 && apart <= 11 && [1, 11, 21].includes(day) ? 'decade' : 'day';
}

function next(day: number, kind: Steps): number {
  const at = new Date(day);
  const [year, month, date] = [at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()];
  if (kind === 'year') return Date.UTC(year + 1, 0, 1);
  if (kind === 'month') return Date.UTC(year, month + 1, 1);
  if (kind === 'decade') return date >= 21 ? Date.UTC(year, month + 1, 1) : Date.UTC(year, month, date + 10);
  return day + DAY;
}

const written = (day: number, kind: Steps): string =>
  new Date(day).toISOString().slice(0, kind === 'year' ? 4 : kind === 'month' ? 7 : 10);
