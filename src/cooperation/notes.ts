/** What a reader of a roll-up must know: what is counted, what does not add up, what is not converted, hidden or left out. */
import { number, t } from '../i18n/index.ts';
import type { Lang } from '../types.ts';
import type { PublicRollUp } from './public-table.ts';
import type { RollUp } from './roll-up.ts';

export function rollUpNotes(table: RollUp | PublicRollUp, ratesFile: string | null, lang: Lang): string[] {
  const say = (key: string, values: Record<string, string | number> = {}): string => t(lang, `cooperation.note.${key}`, values);
  const rows = table.total === null ? table.rows : [table.total];
  const people = rows.flatMap((row) => row.people);
  const money = rows.flatMap((row) => Object.values(row.money));
  const rest = new Map<string, number>();
  for (const { notConverted } of money)
    for (const [currency, value] of Object.entries(notConverted)) rest.set(currency, (rest.get(currency) ?? 0) + value);
  const sums = [...rest].map(([currency, value]) => `${number(lang, value)} ${currency}`).join('; ');
  const leftOut = people.reduce((sum, one) => sum + one.leftOut, 0);
  const nested = rows.reduce((sum, row) => sum + row.nested, 0);
  return [
    ...(people.length > 0 ? [say('counts')] : []),
    ...(table.by === 'marker' ? [say('markers')] : table.overlapping ? [say('overlapping')] : []),
    ...(ratesFile !== null && money.length > 0 ? [say('rates', { currency: table.into, file: ratesFile })] : []),
    ...(sums === '' || table.by === 'marker' ? [] : [say('not-converted', { sums })]),
    ...(nested > 0 ? [say('nested', { count: nested })] : []),
    ...(table.otherFigures > 0 ? [say('other-figures', { count: table.otherFigures })] : []),
    ...(leftOut > 0 ? [say('left-out', { count: leftOut })] : []),
    ...('hidden' in table && table.hidden > 0 ? [say('hidden', { count: table.hidden, threshold: table.threshold })] : []),
  ];
}
