/**
 * Business and community programmes: how many people live by them, how many of them are women, what they earn.
 *
 * A section takes some types (`only.ids`). Income is summed within one year and one currency only.
 */
import { number, t } from '../i18n/index.ts';
import { type Block, plain, type Table } from '../print/blocks.ts';
import type { Entry } from '../types.ts';
import type { Content, Filler } from './content.ts';
import { percent } from './headcounts.ts';
import { citeAll, entriesWhere } from './lines.ts';
import { amountText } from './projects.ts';
import { choiceText, leftOut, registerTable } from './registers.ts';
import { countsText, missing, namesIn, numberOf, ofSorts, onlyOf, sentence, tableId, textOf } from './sentences.ts';
import { olderLeftOut, onlyLeftOut, sinceLast, yearsList } from './window.ts';

const COLUMNS = ['name', 'type', 'zone', 'since', 'year', 'people', 'women', 'income', 'currency', 'note'];

/** Each business in its last year, and where there are several years, how each type has gone. */
export const economy: Filler = (content) => {
  const all = entriesWhere(content, 'economy', ofSorts('type', onlyOf(content)));
  const { shown, older } = sinceLast(content, all.shown, ({ fields }) => fields.year);
  if (shown.length === 0) return onlyLeftOut(content, older, all.left);
  const latest = [...Map.groupBy(shown, (one) => textOf(one, 'name') ?? one.id).values()].map(lastOf);
  const undated = shown.filter((one) => numberOf(one, 'year') === null && !latest.includes(one));
  return [
    lead(content, latest),
    registerTable(content, 'economy', [...latest, ...undated], COLUMNS, { id: tableId(content, 'economy'), landscape: true }),
    ...(yearsOf(shown).length > 1 ? [seriesTable(content, shown)] : []),
    ...gaps(content, latest),
    ...missing(content, 'review.economy.no-year', namesIn(undated, 'name')),
    ...olderLeftOut(content, older),
    ...leftOut(content, all.left),
  ];
};

function lead(content: Content, latest: Entry[]): Block {
  const { lang } = content;
  const types = countsText(
    latest,
    (one) => textOf(one, 'type'),
    (type) => choiceText('economy', type, lang),
    lang,
  );
  const texts = [t(lang, 'review.economy.lead', { count: latest.length, types })];
  const counted = latest.filter((one) => numberOf(one, 'people') !== null);
  if (counted.length > 0) {
    texts.push(
      t(lang, 'review.economy.people', {
        people: sumOf(counted, 'people'),
        counted: counted.length,
        count: latest.length,
        years: yearsList(yearsOf(counted)) || t(lang, 'review.window.no-date'),
      }),
    );
  }
  const bySex = counted.filter((one) => numberOf(one, 'women') !== null);
  const people = sumOf(bySex, 'people');
  if (people > 0) texts.push(t(lang, 'review.economy.women', { share: percent(sumOf(bySex, 'women') / people, lang), people }));
  return sentence(content, texts.join(' '), { from: latest.map(({ from }) => from), see: tableId(content, 'economy') });
}

/** Businesses, people and income of each type by year; where only some are known, of how many. */
function seriesTable(content: Content, shown: Entry[]): Table {
  const { lang } = content;
  const types = [...new Set(shown.map((one) => textOf(one, 'type') ?? ''))];
  const rows = types.flatMap((type) => {
    const of = shown.filter((one) => (textOf(one, 'type') ?? '') === type);
    return yearsOf(of).map((year) => {
      const lines = of.filter((one) => String(numberOf(one, 'year') ?? '') === year);
      const notes = citeAll(content, lines);
      return [
        { text: choiceText('economy', type, lang), notes },
        ...[year, number(lang, lines.length), sumText(content, lines, 'people'), sumText(content, lines, 'women')].map(plain),
        plain(incomeText(content, lines)),
      ];
    });
  });
  return {
    kind: 'table',
    id: tableId(content, 'economy-years'),
    caption: t(lang, 'review.economy.by-year'),
    head: ['type', 'year', 'businesses', 'people-column', 'women-column', 'income'].map((name) =>
      t(lang, `review.economy.${name}`),
    ),
    rows,
    align: ['start', 'start', 'end', 'end', 'end', 'end'],
  };
}

/** `120`, or `120 (2 of 3)` where only some are known. */
function sumText({ lang }: Content, lines: Entry[], field: string): string {
  const known = lines.filter((one) => numberOf(one, field) !== null);
  return partly(number(lang, sumOf(known, field)), known.length, lines.length, lang);
}

function incomeText({ lang }: Content, lines: Entry[]): string {
  const known = lines.filter((one) => numberOf(one, 'income') !== null && textOf(one, 'currency') !== null);
  const sums = [...Map.groupBy(known, (one) => textOf(one, 'currency') ?? '')].map(([currency, of]) =>
    amountText(sumOf(of, 'income'), currency, lang),
  );
  return partly(sums.join('; '), known.length, lines.length, lang);
}

function partly(text: string, known: number, count: number, lang: Content['lang']): string {
  if (known === 0) return '–';
  return known === count ? text : t(lang, 'review.economy.partly', { text, known, count });
}

/** What is not counted, and women who outnumber the people they are part of. */
function gaps(content: Content, latest: Entry[]): Block[] {
  const names = (lacks: (one: Entry) => boolean): string[] => namesIn(latest.filter(lacks), 'name');
  const of = (one: Entry, field: string): number | null => numberOf(one, field);
  return [
    ...missing(
      content,
      'review.economy.no-people',
      names((one) => of(one, 'people') === null),
    ),
    ...missing(
      content,
      'review.economy.no-women',
      names((one) => of(one, 'people') !== null && of(one, 'women') === null),
    ),
    ...missing(
      content,
      'review.economy.more-women',
      names((one) => (of(one, 'women') ?? 0) > (of(one, 'people') ?? Number.POSITIVE_INFINITY)),
    ),
    ...missing(
      content,
      'review.economy.no-currency',
      names((one) => of(one, 'income') !== null && textOf(one, 'currency') === null),
    ),
  ];
}

function lastOf(of: Entry[]): Entry {
  const year = (one: Entry): number => numberOf(one, 'year') ?? Number.NEGATIVE_INFINITY;
  return of.reduce((last, one) => (year(one) >= year(last) ? one : last));
}

function yearsOf(of: Entry[]): string[] {
  return [...new Set(of.flatMap((one) => numberOf(one, 'year') ?? []))].sort((a, b) => a - b).map(String);
}

function sumOf(of: Entry[], field: string): number {
  return of.reduce((sum, one) => sum + (numberOf(one, field) ?? 0), 0);
}
