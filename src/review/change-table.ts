/**
 * The change digest in words: a table of what changed, with its interval; then what is not comparable; then what is wanting.
 */
import { date, pick, t } from '../i18n/index.ts';
import { type Block, type Cited, plain, type Table } from '../print/blocks.ts';
import { WINDOW_YEARS } from './before-and-now.ts';
import { type Apart, type Change, type ChangeDigest, changeDigest, type Missing, type Subject } from './change-digest.ts';
import { changeFigure } from './charts.ts';
import type { Content } from './content.ts';
import {
  citeFigure,
  estimateText,
  type Figure,
  figureCell,
  figureText,
  indicatorText,
  NOTHING,
  periodText,
  placeText,
  shownUnit,
  tableId,
  unitText,
} from './figures.ts';

/** Times of a value that makes no pair: more than these are counted. */
const MOST_TIMES = 12;

/** The filler `change-digest`. Where it is not known when the report before was, it says so. */
export async function changeTable(content: Content): Promise<Block[] | null> {
  if (content.dates.previous === null) return [{ kind: 'gap', text: t(content.lang, 'review.change.no-previous') }];
  const digest = changeDigest(content);
  const blocks = digestBlocks(content, digest);
  return blocks === null ? null : [...blocks, ...(await changeFigure(content, digest.changes))];
}

/** The blocks of a digest; `null` where it holds nothing. */
export function digestBlocks(content: Content, { changes, apart, missing }: ChangeDigest): Block[] | null {
  if (changes.length + apart.length + missing.length === 0) return null;
  const { lang } = content;
  const blocks: Block[] = [];
  if (changes.length > 0) {
    const words = daysInWords(content);
    blocks.push({
      kind: 'text',
      text: plain(t(lang, 'review.change.intro', { ...words, years: WINDOW_YEARS, changes: changes.length })),
    });
    blocks.push({ kind: 'text', text: plain(certainText(content, changes)) }, table(content, changes));
  }
  if (apart.length > 0) {
    blocks.push({ kind: 'text', text: plain(t(lang, 'review.change.apart')) });
    blocks.push({ kind: 'list', items: apart.map((one) => apartItem(content, one)) });
  }
  if (missing.length > 0) {
    const list = [...Map.groupBy(missing, ({ indicator }) => indicator).values()]
      .flatMap((same) => missingTexts(content, same))
      .join('; ');
    blocks.push({ kind: 'gap', text: t(lang, 'review.change.missing', { ...daysInWords(content), list }) });
  }
  return blocks;
}

/** What has risen, fallen or may not have changed, told by intervals alone. */
function certainText({ lang }: Content, changes: Change[]): string {
  const count = (certain: boolean | null): number => changes.filter((change) => change.certain === certain).length;
  return t(lang, 'review.change.counts', { certain: count(true), uncertain: count(false), untested: count(null) });
}

function table(content: Content, changes: Change[]): Table {
  const { lang } = content;
  return {
    kind: 'table',
    id: tableId('changes', content),
    caption: t(lang, 'review.change.table', daysInWords(content)),
    head: ['indicator', 'zone', 'before', 'now', 'change', 'percent', 'notes'].map((name) => t(lang, `review.change.${name}`)),
    rows: changes.map((change) => row(content, change)),
    align: ['start', 'start', 'end', 'end', 'end', 'end', 'start'],
    landscape: true,
  };
}

function row(content: Content, change: Change): Cited[] {
  const { lang } = content;
  const unit = unitText(lang, change.now.unit);
  return [
    plain(`${indicatorText(content, change.indicator, change.by)}${unit === '' ? '' : `, ${unit}`}`),
    plain(placeOf(content, change)),
    dated(content, change.before),
    dated(content, change.now),
    plain(aboutText(lang, change, estimateText(lang, change.difference, { signed: true }))),
    plain(
      change.percent === null ? NOTHING : aboutText(lang, change, estimateText(lang, change.percent, { signed: true, most: 1 })),
    ),
    remarks(content, change),
  ];
}

/** `120 (100–145; 95 %), 2014`. */
function dated(content: Content, figure: Figure): Cited {
  const { lang } = content;
  const { observation } = figure;
  return {
    text: `${figureText(lang, figure)}, ${periodText(lang, observation.period)}`,
    notes: [citeFigure(content, observation)],
  };
}

/** What is made of a figure that is "about" is itself about. */
function aboutText(lang: Content['lang'], { before, now }: Change, value: string): string {
  return before.observation.approximate || now.observation.approximate ? t(lang, 'review.about', { value }) : value;
}

function remarks(content: Content, change: Change): Cited {
  const { lang } = content;
  const { without } = change.difference;
  const said = [
    ...(change.certain === null ? [] : [t(lang, `review.change.${change.certain ? 'certain' : 'uncertain'}`)]),
    ...(without === null || without === 'no-interval' ? [] : [t(lang, `review.change.without.${without}`)]),
    ...(change.percent === null ? [t(lang, 'review.change.no-percent')] : []),
    ...(change.sameGround ? [] : [t(lang, 'review.change.other-ground')]),
  ];
  const others = change.others.map((o) => ({
    cell: figureCell(content, o, change.now.unit),
    period: periodText(lang, o.period),
  }));
  const text = [...said, ...others.map(({ cell, period }) => t(lang, 'review.change.also', { value: cell.text, period }))].join(
    '; ',
  );
  return { text: text === '' ? NOTHING : text, notes: others.flatMap(({ cell }) => cell.notes) };
}

/** Two values side by side that are not subtracted, and why. */
function apartItem(content: Content, apart: Apart): Cited {
  const { lang } = content;
  const [before, now] = [apart.before, apart.now].map((o) => {
    const cell = figureCell(content, o);
    const unit = unitText(lang, shownUnit(o.unit));
    const role = t(lang, `role.${o.role}`).toLocaleLowerCase(lang);
    return { text: `${cell.text}${unit === '' ? '' : ` ${unit}`} (${periodText(lang, o.period)}, ${role})`, notes: cell.notes };
  });
  const why = t(lang, `review.change.reason.${apart.reason}`);
  return {
    text: `${subjectText(content, apart)}: ${before?.text ?? ''}; ${now?.text ?? ''}. ${why}`,
    notes: [...(before?.notes ?? []), ...(now?.notes ?? [])],
  };
}

/** Parts of one indicator that are named one by one. */
const MOST_PARTS = 4;

/** Of one indicator: each part, or where they are many, how many and from when to when. */
function missingTexts(content: Content, same: Missing[]): string[] {
  const [first] = same;
  if (first === undefined || same.length <= MOST_PARTS) return same.map((one) => missingText(content, one));
  const days = same
    .flatMap(({ known }) => known.flatMap(({ period }) => (period === null ? [] : [period])))
    .toSorted((a, b) => (a.start < b.start ? -1 : 1));
  const [from, to] = [days[0], days.at(-1)];
  const years =
    from === undefined || to === undefined ? '–' : `${periodText(content.lang, from)} – ${periodText(content.lang, to)}`;
  return [
    t(content.lang, 'review.change.parts', { indicator: indicatorText(content, first.indicator, {}), count: same.length, years }),
  ];
}

/** `Population, transition area (only 2013)`; of a gauge that was read on a thousand days the first few, and how many more. */
function missingText(content: Content, missing: Missing): string {
  const { lang } = content;
  const periods = missing.known.flatMap(({ period }) => (period === null ? [] : [period]));
  const times = [...new Map(periods.map((period) => [`${period.start} ${period.end}`, period])).values()];
  const first = [...new Set(times.slice(0, MOST_TIMES).map((period) => periodText(lang, period)))].join(', ');
  const more = times.length - MOST_TIMES;
  const years = more <= 0 ? first : t(lang, 'review.window.more', { names: first, count: more });
  const why = t(lang, `review.change.want.${missing.reason}`, { years });
  return `${subjectText(content, missing)} (${why})`;
}

function subjectText(content: Content, subject: Subject): string {
  return `${indicatorText(content, subject.indicator, subject.by)}, ${placeOf(content, subject)}`;
}

function placeOf({ facts, lang }: Content, { place, zone }: Subject): string {
  const name = zone === null ? null : pick(facts.zones.find(({ id }) => id === zone)?.name ?? {}, lang) || zone;
  return name === null ? placeText(lang, place) : `${placeText(lang, place)}: ${name}`;
}

function daysInWords({ lang, dates }: Content): { previous: string; current: string } {
  return { previous: dayText(lang, dates.previous ?? ''), current: dayText(lang, dates.current) };
}

/** A day in words; a year or month stands as it is. */
function dayText(lang: Content['lang'], day: string): string {
  return /^\d{4}-\d{2}-\d{2}$/.test(day) ? date(lang, day) : day;
}
