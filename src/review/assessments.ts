/**
 * Assessments of management effectiveness (METT, IMET and the like): scores by year, as shares of the highest score.
 *
 * Scores of different tools, or of versions with another highest score, are not compared with one another.
 */
import { number, t } from '../i18n/index.ts';
import { type Block, plain, type Table } from '../print/blocks.ts';
import type { Entry } from '../types.ts';
import type { Content, Filler } from './content.ts';
import { percent } from './headcounts.ts';
import { entryCell } from './lines.ts';
import { entriesOf, fieldLabel, fieldText, leftOut } from './registers.ts';
import { missing, numberOf, sentence, tableId, textOf } from './sentences.ts';
import { olderLeftOut, onlyLeftOut, sinceLast } from './window.ts';

/** Each tool's last score beside its first of the ten years, and all assessments by year. */
export const assessments: Filler = (content) => {
  const { shown: all, left } = entriesOf(content, 'assessments');
  const { shown, older } = sinceLast(content, all, ({ fields }) => fields.year);
  if (shown.length === 0) return onlyLeftOut(content, older, left);
  const sorted = shown.toSorted((a, b) => toolOf(a).localeCompare(toolOf(b)) || yearOf(a) - yearOf(b));
  return [
    ...[...Map.groupBy(sorted, toolOf).values()].map((of) => lead(content, of)),
    table(content, sorted),
    ...gaps(content, sorted),
    ...olderLeftOut(content, older),
    ...leftOut(content, left),
  ];
};

/** One tool: the last score, and how it differs from the first where both have the same highest score. */
function lead(content: Content, of: Entry[]): Block {
  const { lang } = content;
  const [first, last] = [of[0] as Entry, of.at(-1) as Entry];
  const texts = [
    t(lang, 'review.assessments.lead', { tool: toolOf(last), year: yearText(content, last), score: scoreText(content, last) }),
  ];
  if (first !== last) {
    texts.push(t(lang, 'review.assessments.before', { year: yearText(content, first), score: scoreText(content, first) }));
    if (numberOf(first, 'highest') !== numberOf(last, 'highest')) texts.push(t(lang, 'review.assessments.other-scale'));
  }
  return sentence(content, texts.join(' '), { from: [first.from, last.from], see: tableId(content, 'assessments') });
}

function table(content: Content, shown: Entry[]): Table {
  const { lang } = content;
  const label = (field: string): string => fieldLabel('assessments', field, lang);
  const last = ['who', 'finding', 'link'].filter((field) => shown.some(({ fields }) => fields[field] !== undefined));
  return {
    kind: 'table',
    id: tableId(content, 'assessments'),
    caption: t(lang, 'review.assessments.table'),
    head: [
      label('tool'),
      label('year'),
      label('score'),
      label('highest'),
      t(lang, 'review.assessments.share'),
      ...last.map(label),
    ],
    rows: shown.map((one) => [
      entryCell(content, one, toolOf(one)),
      plain(yearText(content, one)),
      ...['score', 'highest'].map((field) => plain(fieldText('assessments', field, one.fields[field], lang))),
      plain(shareOf(one) === null ? '–' : percent(shareOf(one) ?? 0, lang)),
      ...last.map((field) => plain(fieldText('assessments', field, one.fields[field], lang))),
    ]),
    align: ['start', 'start', 'end', 'end', 'end', ...last.map(() => 'start' as const)],
  };
}

function gaps(content: Content, shown: Entry[]): Block[] {
  const names = (lacks: (one: Entry) => boolean): string[] =>
    shown.filter(lacks).map((one) => `${toolOf(one)} (${yearText(content, one)})`);
  return [
    ...missing(
      content,
      'review.assessments.no-score',
      names((one) => numberOf(one, 'score') === null),
    ),
    ...missing(
      content,
      'review.assessments.no-highest',
      names((one) => numberOf(one, 'score') !== null && numberOf(one, 'highest') === null),
    ),
    ...missing(
      content,
      'review.assessments.too-high',
      names((one) => (shareOf(one) ?? 0) > 1),
    ),
  ];
}

/** `62 of 99 (63 %)`, `62`, or that there is no score. */
function scoreText({ lang }: Content, one: Entry): string {
  const [score, highest, share] = [numberOf(one, 'score'), numberOf(one, 'highest'), shareOf(one)];
  if (score === null) return t(lang, 'review.assessments.none');
  if (highest === null || share === null) return number(lang, score);
  return t(lang, 'review.assessments.of', { score, highest, share: percent(share, lang) });
}

function shareOf(one: Entry): number | null {
  const [score, highest] = [numberOf(one, 'score'), numberOf(one, 'highest')];
  return score === null || highest === null || highest <= 0 ? null : score / highest;
}

function toolOf(one: Entry): string {
  return textOf(one, 'tool') ?? '–';
}

function yearOf(one: Entry): number {
  return numberOf(one, 'year') ?? 0;
}

function yearText({ lang }: Content, one: Entry): string {
  const year = numberOf(one, 'year');
  return year === null ? t(lang, 'review.window.no-date') : String(year);
}
