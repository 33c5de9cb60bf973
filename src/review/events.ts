/**
 * Events in a review: what was celebrated, shown and discussed, with how many people.
 *
 * A section may take some types (`only.ids`: `cultural`, `celebration`) or the events of some functions.
 */
import { t } from '../i18n/index.ts';
import type { Block } from '../print/blocks.ts';
import type { Activity, Headcount, Id } from '../types.ts';
import { activitiesInTime, activityList, contradicting, countsOf, listId, results, uncounted } from './activities.ts';
import type { Content, Filler } from './content.ts';
import { cautions, sumOf, totalText, womenText, youngText } from './headcounts.ts';
import { told } from './lines.ts';
import { choiceText } from './registers.ts';
import { countsText, missing, onlyOf } from './sentences.ts';
import { olderLeftOut, onlyLeftOut } from './window.ts';

/** Events of the time of the review: how many of each type, who came, and the list. */
export const events: Filler = (content) => {
  const { lang } = content;
  const { shown, older } = activitiesInTime(content, 'event', onlyOf(content));
  if (shown.length === 0) return onlyLeftOut(content, older, 0);
  const see = listId(content, shown, 'events');
  return [
    told(content, t(lang, 'review.events.lead', { count: shown.length, types: eventTypes(content, shown) }), shown, see),
    ...attendance(content, shown, 'attended', see),
    ...activityList(content, shown, { kind: 'events', caption: t(lang, 'review.events.table'), measure: 'attended' }),
    ...results(content, shown),
    ...attendanceGaps(content, shown, 'attended'),
    ...olderLeftOut(content, older),
  ];
};

/** `consultation: 3; workshop: 2`. */
export function eventTypes({ lang }: Content, shown: Activity[]): string {
  return countsText(
    shown,
    ({ category }) => category,
    (category) => choiceText('events', category, lang),
    lang,
  );
}

/** How many came, which share of them women and young people, and the table that says it one by one; nothing where nobody counted. */
export function attendance(content: Content, shown: Activity[], measure: Headcount['measure'], see: Id | null = null): Block[] {
  const { lang } = content;
  const counts = countsOf(content, shown, measure);
  const sum = sumOf([...counts.values()]);
  if (sum.total === null) return [];
  const text = t(lang, 'review.events.attendance', {
    total: totalText(sum, lang),
    counted: shown.length - uncounted(content, shown, measure).length,
    count: shown.length,
  });
  const words = [text, womenText(sum, lang), youngText(sum, lang)].filter((part) => part !== '').join(' ');
  const rows = content.records.headcounts.filter((row) => row.measure === measure && counts.has(row.feature));
  return [told(content, words, rows, see), ...cautions({ ...sum, people: sum.people || shown.length === 1 }, lang)];
}

/** Activities whose people nobody counted, or whose figures contradict one another. */
export function attendanceGaps(content: Content, shown: Activity[], measure: Headcount['measure']): Block[] {
  return [
    ...missing(content, 'review.events.uncounted', uncounted(content, shown, measure)),
    ...missing(content, 'review.events.contradicting', contradicting(content, shown, measure)),
  ];
}
