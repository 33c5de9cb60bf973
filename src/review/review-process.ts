/**
 * How a review was prepared: the meetings and consultations that the log of events keeps, who was invited, who came.
 *
 * The summary (I.h) says it in sentences; 1.5.1 asks for the groups, 1.5.2 for the methods, 1.5.3 for the number of events,
 * 1.5.4 for attendance.
 */
import { number, pick, t } from '../i18n/index.ts';
import { type Block, plain, type Table } from '../print/blocks.ts';
import type { Activity } from '../types.ts';
import { activitiesInTime, activityList, groupsOf, listId, nameOf, whenOf, yearOf } from './activities.ts';
import type { Content, Filler } from './content.ts';
import { attendance, attendanceGaps, eventTypes } from './events.ts';
import { byYearText, citeAll, told } from './lines.ts';
import { namesOf } from './projects.ts';
import { choiceText, citeOrigin, dateText } from './registers.ts';
import { isSummary, missing, onlyOf, tableId } from './sentences.ts';
import { olderLeftOut, onlyLeftOut } from './window.ts';

/** Types of events by which a review is prepared. */
const TYPES = ['review-meeting', 'consultation'];

/** What a section prints, by the end of its number in the form. */
const PRINTS: { [end: string]: (content: Content, shown: Activity[]) => Block[] } = {
  '1.5.1': stakeholders,
  '1.5.2': methods,
  '1.5.3': numberOfEvents,
  '1.5.4': people,
};

/** Meetings and consultations of the review: those who took part, the methods, the number, the attendance. */
export const reviewProcess: Filler = (content) => {
  const { shown, older } = activitiesInTime(content, 'event', onlyOf(content, TYPES));
  if (shown.length === 0) return onlyLeftOut(content, older, 0);
  const part = Object.entries(PRINTS).find(([end]) => content.section.id.endsWith(end))?.[1];
  if (part !== undefined) return [...part(content, shown), ...olderLeftOut(content, older)];
  const blocks = isSummary(content) ? [lead(content, shown), ...attendance(content, shown, 'attended')] : whole(content, shown);
  return [...blocks, ...olderLeftOut(content, older)];
};

/** All four parts in one section. */
function whole(content: Content, shown: Activity[]): Block[] {
  return [lead(content, shown), ...stakeholders(content, shown), ...methods(content, shown), ...people(content, shown)];
}

/** How many, of which type, between when and when. */
function lead(content: Content, shown: Activity[]): Block {
  const { lang } = content;
  const dates = shown.map(whenOf).filter((when) => when !== null);
  const first = dates[0]?.split('/')[0];
  const last = dates
    .map((when) => when.split('/').at(-1) ?? when)
    .sort()
    .at(-1);
  const span = first === undefined || last === undefined ? t(lang, 'review.window.no-date') : spanText(first, last, content);
  const types = eventTypes(content, shown);
  const text = t(lang, 'review.process.lead', { count: shown.length, types, span });
  return told(content, text, shown);
}

function spanText(first: string, last: string, { lang }: Content): string {
  return dateText(first === last ? first : `${first}/${last}`, lang);
}

/** 1.5.1: which groups and organisations came to which event. */
function stakeholders(content: Content, shown: Activity[]): Block[] {
  const { lang } = content;
  const organisations = new Set(shown.flatMap((activity) => namesOf(content, activity)));
  const named = shown.filter((activity) => groupsOf(activity) !== null);
  const blocks: Block[] = [];
  const see = tableId(content, 'groups');
  if (named.length > 0 || organisations.size > 0) {
    const text = t(lang, 'review.process.stakeholders', {
      named: named.length,
      count: shown.length,
      organisations: organisations.size,
    });
    blocks.push(told(content, text, shown, see), groupsTable(content, shown));
  }
  const silent = shown.filter((activity) => groupsOf(activity) === null && namesOf(content, activity).length === 0);
  return [
    ...blocks,
    ...missing(
      content,
      'review.process.no-groups',
      silent.map((activity) => nameOf(activity, lang)),
    ),
  ];
}

function groupsTable(content: Content, shown: Activity[]): Table {
  const { lang } = content;
  return {
    kind: 'table',
    id: tableId(content, 'groups'),
    caption: t(lang, 'review.process.groups-table'),
    head: ['event', 'groups', 'organisations'].map((column) => t(lang, `review.process.${column}`)),
    rows: shown.map((activity) => [
      { text: nameOf(activity, lang), notes: [citeOrigin(content, activity.from)] },
      plain(groupsOf(activity) ?? '–'),
      plain(namesOf(content, activity).join('; ') || '–'),
    ]),
    align: ['start', 'start', 'start'],
  };
}

/** 1.5.2: the methods are the types of events; what each came to stands beside it. */
function methods(content: Content, shown: Activity[]): Block[] {
  const { lang } = content;
  const byType = [...Map.groupBy(shown, ({ category }) => category ?? '')];
  const rows = byType.map(([type, of]) => [
    {
      text: type === '' ? '–' : choiceText('events', type, lang),
      notes: citeAll(content, of),
    },
    plain(number(lang, of.length)),
    plain(of.map((activity) => pick(activity.title, lang)).join('; ')),
    plain(of.flatMap(({ result }) => (result === null ? [] : [result])).join(' ') || '–'),
  ]);
  return [
    told(content, t(lang, 'review.process.methods', { types: eventTypes(content, shown) }), shown, tableId(content, 'methods')),
    {
      kind: 'table',
      id: tableId(content, 'methods'),
      caption: t(lang, 'review.process.methods-table'),
      head: ['method', 'number', 'events', 'result'].map((column) => t(lang, `review.process.${column}`)),
      rows,
      align: ['start', 'end', 'start', 'start'],
    },
    ...missing(
      content,
      'review.process.no-result',
      shown.filter(({ result }) => result === null).map((activity) => nameOf(activity, lang)),
    ),
  ];
}

/** 1.5.3: how many, in which years, where and by whom. */
function numberOfEvents(content: Content, shown: Activity[]): Block[] {
  const { lang } = content;
  const years = byYearText(shown.map(yearOf), lang);
  const list = activityList(content, shown, { kind: 'events', caption: t(lang, 'review.process.list'), measure: null });
  return [lead(content, shown), { kind: 'text', text: plain(t(lang, 'review.process.by-year', { years })) }, ...list];
}

/** 1.5.4: who came, by sex and age, and what is not known of it. */
function people(content: Content, shown: Activity[]): Block[] {
  const choice = {
    kind: 'events',
    caption: t(content.lang, 'review.process.attendance-table'),
    measure: 'attended',
    ages: true,
    words: ['when'],
  } as const;
  return [
    ...attendance(content, shown, 'attended', listId(content, shown, 'events')),
    ...activityList(content, shown, choice),
    ...attendanceGaps(content, shown, 'attended'),
  ];
}
