/**
 * Activities in a review: which lie in its time, when they were, who came, and the table of them.
 *
 *     const { shown, older } = activitiesInTime(content, 'event', ['celebration', 'cultural']);
 *     blocks.push(...activityList(content, shown, { kind: 'events', caption: 'Events', measure: 'attended' }));
 */
import { number, pick, t } from '../i18n/index.ts';
import { type Align, type Block, type Cited, plain, type Table } from '../print/blocks.ts';
import type { Activity, ActivityKind, Entry, Headcount, Id, Lang } from '../types.ts';
import type { Content } from './content.ts';
import { type Count, countOf, peopleColumns, sumOf } from './headcounts.ts';
import { namesOf } from './projects.ts';
import { choiceText, citeOrigin, dateText, fieldLabel } from './registers.ts';
import { tableId, textOf } from './sentences.ts';
import { sinceLast } from './window.ts';

/** A longer list tells a reader less than its sums: it stays in the records, and the review says so. */
const MOST_LINES = 80;

/** More columns than these need a page that lies on its side. */
const MOST_COLUMNS = 8;

const DAY = 86_400_000;

/** Activities of `kind` that reach into the time of the review, in the order of time, undated last; narrowed to `categories` and functions. */
export function activitiesInTime(
  content: Content,
  kind: ActivityKind,
  categories: readonly Id[] | null = null,
): { shown: Activity[]; older: number } {
  const functions = content.section.only?.functions;
  const all = content.records.activities.filter(
    (activity) =>
      activity.kind === kind &&
      (categories === null || categories.includes(activity.category ?? '')) &&
      (functions === undefined || activity.functions.some((of) => functions.includes(of))),
  );
  const { shown, older } = sinceLast(content, all, whenOf);
  return { shown: shown.toSorted((a, b) => startOf(a).localeCompare(startOf(b))), older };
}

function startOf({ period }: Activity): string {
  return period.start ?? period.end ?? '9999';
}

/** When an activity was, as short as it can be said in ISO 8601: `2016`, `2016-05`, `2016-05-03/2016-05-05`. */
export function whenOf({ period: { start, end } }: Pick<Activity, 'period'>): string | null {
  if (start === null || end === null) return start ?? (end === null ? null : lastDayOf(end));
  if (!isDay(start) || !isDay(end)) return start === end ? start : `${start}/${end}`;
  const last = lastDayOf(end);
  const [from, to] =
    start.endsWith('-01-01') && end.endsWith('-01-01')
      ? [start.slice(0, 4), last.slice(0, 4)]
      : start.endsWith('-01') && end.endsWith('-01')
        ? [start.slice(0, 7), last.slice(0, 7)]
        : [start, last];
  return from === to ? from : `${from}/${to}`;
}

/** Which groups of people took part, or whom it was for, in the words of the record. */
export function groupsOf({ note }: Activity): string | null {
  return note;
}

/** When an activity was, as readers of `lang` write it. */
export function whenText(activity: Pick<Activity, 'period'>, lang: Lang): string {
  const when = whenOf(activity);
  return when === null ? t(lang, 'review.window.no-date') : dateText(when, lang);
}

/** The year in which an activity began, or `null`. */
export function yearOf({ period }: Activity): string | null {
  return (period.start ?? period.end)?.slice(0, 4) ?? null;
}

function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text);
}

/** The end of a period is excluded. */
function lastDayOf(end: string): string {
  return isDay(end) ? new Date(Date.parse(`${end}T00:00Z`) - DAY).toISOString().slice(0, 10) : end;
}

/** Who came to each activity, as far as it was counted. */
export function countsOf(content: Content, activities: Activity[], measure: Headcount['measure']): Map<Id, Count> {
  const rows = Map.groupBy(
    content.records.headcounts.filter((row) => row.measure === measure),
    ({ feature }) => feature,
  );
  return new Map(activities.map(({ id }) => [id, countOf(rows.get(id) ?? [])]));
}

/** What is printed of a list of activities. */
export interface ActivityTableChoice {
  /** The kind of record that names types and columns. */
  kind: Id;
  caption: string;
  /** Which people are counted; `null` for a table without them. */
  measure: Headcount['measure'] | null;
  /** Of the table, for cross-references. */
  name?: Id;
  ages?: boolean;
  /** Columns in words beside the title: all that have something to say, unless they are named. */
  words?: readonly WordColumn[];
}

type WordColumn = 'when' | 'type' | 'organiser' | 'audience' | 'sessions';

/** A column in words: what stands above it, and what an activity has to say in it. */
interface Words {
  id: WordColumn;
  head: string;
  cell(activity: Activity): string | null;
}

/** A row for each activity and, where there are several with figures, their sum; a column for people where anybody counted them. */
export function activityTable(content: Content, activities: Activity[], choice: ActivityTableChoice): Table {
  const { lang } = content;
  const { kind, caption, measure, name = kind, ages = false } = choice;
  const counts = measure === null ? new Map<Id, Count>() : countsOf(content, activities, measure);
  const count = ({ id }: Activity): Count => counts.get(id) ?? countOf([]);
  const counted = activities.map(count).filter(({ total }) => total !== null);
  const people = counted.length === 0 ? null : peopleColumns(counted, lang, { ages });
  const words = wordColumns(content, activities, kind).filter(({ id }) => choice.words?.includes(id) ?? true);
  const rows = activities.map((activity): Cited[] => [
    { text: pick(activity.title, lang), notes: [citeOrigin(content, activity.from)] },
    ...words.map(({ cell }) => plain(cell(activity) ?? '–')),
    ...(people?.cells(count(activity)) ?? []),
  ]);
  if (people !== null && activities.length > 1) {
    rows.push([plain(t(lang, 'review.total')), ...words.map(() => plain('')), ...people.cells(sumOf(activities.map(count)))]);
  }
  const head = [fieldLabel(kind, 'title', lang), ...words.map((column) => column.head), ...(people?.head ?? [])];
  const align = [
    ...words.map(({ id }): Align => (id === 'sessions' ? 'end' : 'start')),
    ...(people?.head ?? []).map((): Align => 'end'),
  ];
  return {
    kind: 'table',
    id: tableId(content, name),
    caption,
    head,
    rows,
    align: ['start', ...align],
    landscape: head.length > MOST_COLUMNS,
  };
}

/** The columns that one of the activities has something to say in; types only where they differ. */
function wordColumns(content: Content, activities: Activity[], kind: Id): Words[] {
  const { lang } = content;
  const label = (field: Id): string => fieldLabel(kind, field, lang);
  const columns: Words[] = [
    { id: 'when', head: `${label('date')}, ${label('place').toLocaleLowerCase(lang)}`, cell: (one) => whenAndWhere(one, lang) },
    { id: 'type', head: label('type'), cell: ({ category }) => (category === null ? null : choiceText(kind, category, lang)) },
    {
      id: 'organiser',
      head: label('organiser'),
      cell: (one) => namesOf(content, one, ['host', 'implementing']).join('; ') || null,
    },
  ];
  if (kind === 'education') {
    const sessions = (one: Activity): string | null => numberText(sessionsOf(content, one), lang);
    columns.push(
      { id: 'audience', head: label('audience'), cell: groupsOf },
      { id: 'sessions', head: label('sessions'), cell: sessions },
    );
  }
  const several = new Set(activities.map(({ category }) => category)).size > 1;
  return columns.filter(({ id, cell }) => (id !== 'type' || several) && activities.some((one) => cell(one) !== null));
}

function whenAndWhere(activity: Activity, lang: Lang): string {
  return [whenText(activity, lang), activity.description].filter((text) => text !== null).join(', ');
}

function numberText(value: number | null, lang: Lang): string | null {
  return value === null ? null : number(lang, value);
}

/** How often an activity took place, where that was recorded. */
export function sessionsOf(content: Content, activity: Activity): number | null {
  const sessions = besideOf(content, activity)?.fields.sessions;
  return typeof sessions === 'number' ? sessions : null;
}

/** What a record says of an activity beyond what an activity holds: an entry of the same id. */
function besideOf({ records }: Content, { id }: Activity): Entry | undefined {
  return records.entries.find((entry) => entry.id === id);
}

/** The id of the table that `activityList` prints, `null` where it does not. */
export function listId(content: Content, activities: Activity[], name: Id): Id | null {
  return activities.length <= MOST_LINES ? tableId(content, name) : null;
}

/** The table of a list of activities, or a sentence that says where a list stands that is too long to read. */
export function activityList(content: Content, activities: Activity[], choice: ActivityTableChoice): Block[] {
  if (listId(content, activities, choice.kind) !== null) return [activityTable(content, activities, choice)];
  return [{ kind: 'hint', text: t(content.lang, 'review.lines.long', { count: activities.length, most: MOST_LINES }) }];
}

/** What came of activities, one by one, with the page that tells of it; nothing where nothing is recorded. */
export function results(content: Content, activities: Activity[]): Block[] {
  const { lang } = content;
  if (activities.length > MOST_LINES) return [];
  const items = activities.flatMap((activity): Cited[] => {
    const entry = besideOf(content, activity);
    const told = [activity.result, entry === undefined ? null : textOf(entry, 'link')].filter((text) => text !== null);
    if (told.length === 0) return [];
    return [{ text: `${nameOf(activity, lang)}: ${told.join(' ')}`, notes: [citeOrigin(content, activity.from)] }];
  });
  return items.length === 0
    ? []
    : [
        { kind: 'text', text: plain(t(lang, 'review.lines.results')) },
        { kind: 'list', items },
      ];
}

/** Activities without any figure of people, by title and date. */
export function uncounted(content: Content, activities: Activity[], measure: Headcount['measure']): string[] {
  const counts = countsOf(content, activities, measure);
  return activities.filter(({ id }) => (counts.get(id)?.empty ?? 1) > 0).map((activity) => nameOf(activity, content.lang));
}

/** Activities whose figures of people contradict one another, by title and date. */
export function contradicting(content: Content, activities: Activity[], measure: Headcount['measure']): string[] {
  const counts = countsOf(content, activities, measure);
  return activities.filter(({ id }) => (counts.get(id)?.wrong ?? 0) > 0).map((activity) => nameOf(activity, content.lang));
}

/** `Day of the Steppe (5 May 2019)`. */
export function nameOf(activity: Activity, lang: Lang): string {
  return `${pick(activity.title, lang)} (${whenText(activity, lang)})`;
}
