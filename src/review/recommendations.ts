/**
 * The ledger of recommendations: what the Council and others asked of the reserve, what became of it, and the proof.
 *
 * Nothing is left out as too old: a recommendation stands until something is done about it.
 */
import { number, t } from '../i18n/index.ts';
import { type Block, type Cited, plain } from '../print/blocks.ts';
import type { Entry, Lang } from '../types.ts';
import type { Content, Filler } from './content.ts';
import { entryCell, told } from './lines.ts';
import { entriesOf, fieldLabel, fieldText, leftOut, registerTable } from './registers.ts';
import { countsText, missing, numberOf, tableId, textOf } from './sentences.ts';
import { onlyLeftOut } from './window.ts';

const STATES = ['done', 'begun', 'not-begun', 'dropped', 'superseded'];

/** What each section prints: the summary asks for the recommendations first, then for their follow-up. */
const COLUMNS: { [section: string]: readonly Column[] } = {
  'I.e': ['number', 'body', 'text'],
  'I.f': ['number', 'status', 'reason', 'proof'],
};

const ALL_COLUMNS: readonly Column[] = ['number', 'text', 'status', 'reason', 'proof'];

type Column = 'number' | 'body' | 'text' | 'status' | 'reason' | 'proof';

/** Table T5: every recommendation with its state, how it was met or why not, and the proof. */
export const recommendations: Filler = (content) => {
  const { lang, section } = content;
  const { shown, left } = entriesOf(content, 'recommendations');
  if (shown.length === 0) return onlyLeftOut(content, 0, left);
  const sorted = shown.toSorted((a, b) => inOrder(a, b, lang));
  const columns = COLUMNS[section.id] ?? ALL_COLUMNS;
  const followed = columns.includes('status');
  const states = countsText(
    sorted,
    (entry) => textOf(entry, 'status'),
    (state) => fieldText('recommendations', 'status', state, lang),
    lang,
    STATES,
  );
  const text = followed
    ? t(lang, 'review.recommendations.lead', { count: sorted.length, states })
    : t(lang, 'review.recommendations.count', { count: sorted.length });
  return [
    told(content, text, sorted, tableId(content, 'recommendations')),
    {
      kind: 'table',
      id: tableId(content, 'recommendations'),
      caption: t(lang, 'review.recommendations.table'),
      head: columns.map((column) => fieldLabel('recommendations', column, lang)),
      rows: sorted.map((entry) => columns.map((column) => cell(content, entry, column))),
      align: columns.map(() => 'start'),
      landscape: columns.length > 4,
    },
    ...(followed ? gaps(content, sorted) : []),
    ...leftOut(content, left),
  ];
};

function cell(content: Content, entry: Entry, column: Column): Cited {
  const { lang } = content;
  const text = fieldText('recommendations', column, entry.fields[column], lang);
  if (column === 'number') return entryCell(content, entry, label(entry));
  if (column !== 'proof') return plain(text);
  const day = entry.fields.proof_date;
  if (day === undefined) return plain(text);
  const date = fieldText('recommendations', 'proof_date', day, lang);
  return plain(text === '–' ? date : `${text} (${date})`);
}

/** Recommendations that an assessor would ask about, named. */
function gaps(content: Content, entries: Entry[]): Block[] {
  const named = (wanted: (entry: Entry, state: string | null) => boolean): string[] =>
    entries.filter((entry) => wanted(entry, textOf(entry, 'status'))).map(label);
  return [
    ...missing(
      content,
      'review.recommendations.no-status',
      named((_, state) => state === null),
    ),
    ...missing(
      content,
      'review.recommendations.no-proof',
      named((entry, state) => state === 'done' && textOf(entry, 'proof') === null),
    ),
    ...missing(
      content,
      'review.recommendations.no-reason',
      named((entry, state) => state !== null && state !== 'done' && textOf(entry, 'reason') === null),
    ),
  ];
}

/** `3 (2014)`: numbers begin anew with each decision. */
function label(entry: Entry): string {
  const year = numberOf(entry, 'year');
  const name = textOf(entry, 'number') ?? '–';
  return year === null ? name : `${name} (${year})`;
}

function inOrder(a: Entry, b: Entry, lang: Lang): number {
  const years = (numberOf(a, 'year') ?? Number.POSITIVE_INFINITY) - (numberOf(b, 'year') ?? Number.POSITIVE_INFINITY);
  if (years !== 0 && !Number.isNaN(years)) return years;
  return new Intl.Collator(lang, { numeric: true }).compare(textOf(a, 'number') ?? '', textOf(b, 'number') ?? '');
}

/** Years and outcomes of the reviews before this one. */
export const earlierReviews: Filler = (content) => {
  const { lang, section } = content;
  const { shown, left } = entriesOf(content, 'reviews');
  if (shown.length === 0) return onlyLeftOut(content, 0, left);
  const sorted = shown.toSorted((a, b) => (numberOf(a, 'year') ?? 0) - (numberOf(b, 'year') ?? 0));
  const years = sorted.map((entry) => String(numberOf(entry, 'year') ?? '–')).join('; ');
  const see = section.id === 'I.d' ? null : tableId(content, 'reviews');
  const text = t(lang, 'review.recommendations.reviews', { count: number(lang, sorted.length), years });
  const blocks: Block[] = [told(content, text, sorted, see)];
  if (see !== null)
    blocks.push(registerTable(content, 'reviews', sorted, ['year', 'outcome', 'decided', 'note', 'link'], { id: see }));
  const open = sorted.filter((entry) => textOf(entry, 'outcome') === null).map((entry) => String(numberOf(entry, 'year') ?? '–'));
  return [...blocks, ...missing(content, 'review.recommendations.no-outcome', open), ...leftOut(content, left)];
};
