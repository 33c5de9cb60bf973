/**
 * Education in a review: what was taught, to how many, by type and year, with sex and age.
 *
 * Schools of the UNESCO network and UNESCO chairs are asked for by name; where no record names one, that is said.
 */
import { number, pick, t } from '../i18n/index.ts';
import { type Block, type Cited, plain, type Table } from '../print/blocks.ts';
import { recordKind } from '../records/catalogue.ts';
import type { Activity } from '../types.ts';
import { activitiesInTime, activityList, countsOf, results, sessionsOf, yearOf } from './activities.ts';
import type { Content, Filler } from './content.ts';
import { attendance, attendanceGaps } from './events.ts';
import { peopleColumns, sumOf } from './headcounts.ts';
import { byYearText, citeAll, told } from './lines.ts';
import { choiceText, fieldLabel } from './registers.ts';
import { countsText, missing, onlyOf, tableId } from './sentences.ts';
import { olderLeftOut, onlyLeftOut } from './window.ts';

/** Types that the form asks for by name. */
const ASKED = ['formal', 'non-formal', 'aspnet-school', 'unesco-chair'];

/** Education by type and by year with its participants, and the list. */
export const education: Filler = (content) => {
  const { lang } = content;
  const { shown, older } = activitiesInTime(content, 'training', onlyOf(content));
  if (shown.length === 0) return onlyLeftOut(content, older, 0);
  const types = countsText(
    shown,
    ({ category }) => category,
    (category) => choiceText('education', category, lang),
    lang,
  );
  const text = t(lang, 'review.education.lead', { count: shown.length, types, years: byYearText(shown.map(yearOf), lang) });
  const see = tableId(content, 'by-type');
  return [
    told(content, text, shown, see),
    ...attendance(content, shown, 'trained', see),
    sumTable(
      content,
      shown,
      'by-type',
      ({ category }) => category,
      (type) => choiceText('education', type, lang),
    ),
    sumTable(content, shown, 'by-year', yearOf, (year) => year),
    ...(shown.some(({ period }) => spansYears(period))
      ? [{ kind: 'hint' as const, text: t(lang, 'review.education.begun') }]
      : []),
    ...activityList(content, shown, { kind: 'education', caption: t(lang, 'review.education.table'), measure: 'trained' }),
    ...results(content, shown),
    ...attendanceGaps(content, shown, 'trained'),
    ...(content.section.only?.ids === undefined ? unnamed(content, shown) : []),
    ...olderLeftOut(content, older),
  ];
};

/** A row for each sort with number of activities and their people; each cites the rows it is made of. */
function sumTable(
  content: Content,
  shown: Activity[],
  name: 'by-type' | 'by-year',
  sortOf: (activity: Activity) => string | null,
  labelOf: (sort: string) => string,
): Table {
  const { lang } = content;
  const counts = countsOf(content, shown, 'trained');
  const sums = [...Map.groupBy(shown, (activity) => sortOf(activity) ?? '')].map(([sort, of]) => ({
    label: sort === '' ? t(lang, 'review.window.not-stated') : labelOf(sort),
    of,
    sum: sumOf(of.flatMap(({ id }) => counts.get(id) ?? [])),
  }));
  const all = sumOf([...counts.values()]);
  const people = peopleColumns([all], lang, { share: true, ages: true });
  const often = shown.some((activity) => sessionsOf(content, activity) !== null);
  const numbers = (of: Activity[]): Cited[] => [
    plain(number(lang, of.length)),
    ...(often ? [plain(sessionsText(content, of))] : []),
  ];
  return {
    kind: 'table',
    id: tableId(content, name),
    caption: t(lang, `review.education.${name}`),
    head: [
      t(lang, `review.education.${name === 'by-type' ? 'type' : 'year'}`),
      t(lang, 'review.education.number'),
      ...(often ? [fieldLabel('education', 'sessions', lang)] : []),
      ...people.head,
    ],
    rows: [
      ...sums.map(({ label, of, sum }) => [
        {
          text: label,
          notes: citeAll(content, of),
        },
        ...numbers(of),
        ...people.cells(sum),
      ]),
      [plain(t(lang, 'review.total')), ...numbers(shown), ...people.cells(all)],
    ],
    landscape: people.head.length > 6,
  };
}

/** Whether something went on in more than one calendar year. */
function spansYears({ start, end }: Activity['period']): boolean {
  return (
    start !== null && end !== null && end.slice(0, 4) !== start.slice(0, 4) && end > `${Number(start.slice(0, 4)) + 1}-01-01`
  );
}

/** Sessions of several activities; at least so many where some have none recorded. */
function sessionsText(content: Content, activities: Activity[]): string {
  const { lang } = content;
  const known = activities.flatMap((activity) => sessionsOf(content, activity) ?? []);
  if (known.length === 0) return '–';
  const count = known.reduce((sum, n) => sum + n, 0);
  return known.length < activities.length ? `≥\u00a0${number(lang, count)}` : number(lang, count);
}

/** Types that the form asks for and no record names. */
function unnamed(content: Content, shown: Activity[]): Block[] {
  const kept = new Set(shown.map(({ category }) => category));
  const choices = recordKind('education')?.fields.find(({ id }) => id === 'type')?.choices ?? [];
  const absent = choices.filter(({ id }) => ASKED.includes(id) && !kept.has(id)).map(({ label }) => pick(label, content.lang));
  return missing(content, 'review.education.unnamed', absent);
}
