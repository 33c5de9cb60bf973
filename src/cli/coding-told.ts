/** Comparisons and reports of coding as lines of a terminal. */
import type { Analysis } from '../evidence/analysis.ts';
import { codePath } from '../evidence/codebook.ts';
import type { Code } from '../evidence/coding-nouns.ts';
import type { CodeTable, CodingReport, JointDisplay } from '../evidence/coding-report.ts';
import type { Coefficients, Comparison } from '../evidence/comparison.ts';
import { number, t } from '../i18n/index.ts';
import { indexText, type TextIndex, textAt } from '../science/text-anchor.ts';
import type { Id, Lang } from '../types.ts';
import { columns, short } from './columns.ts';

/** Differences that are shown one by one. */
const MOST_SHOWN = 100;

/** Coefficients by code, and the places where coders differ with what to say to decide them. */
export function comparisonLines(compared: Comparison, analysis: Analysis, lang: Lang): string[] {
  const say = (key: string, values: Parameters<typeof t>[2] = {}): string => t(lang, `cli.coding.${key}`, values);
  const name = (id: Id): string => analysis.coders.find((coder) => coder.id === id)?.name ?? id;
  const { coders, units, documents, skipped, overall, codes, differences } = compared;
  const head = ['code', 'given', 'percentage', 'cohen', 'fleiss', 'alpha', 'interval'].map((key) => say(`column.${key}`));
  const line = (label: string, given: string, all: Coefficients): string[] => [label, given, ...coefficients(all, lang)];
  const rows = [
    line(say('all-codes'), '', overall),
    ...codes.map((one) => line(codePath(analysis.codes, one.code, lang), one.given.join(' / '), one)),
  ];
  const texts = new Map<Id, TextIndex>();
  const quote = (source: Id, start: number, end: number): string => {
    const text = analysis.texts.find(({ id }) => id === source)?.text;
    if (text == null) return '';
    if (!texts.has(source)) texts.set(source, indexText(text));
    return short(textAt(texts.get(source) as TextIndex, start, end), 80);
  };
  const open = differences.filter(({ decided }) => !decided);
  return [
    say('compared', { coders: coders.map(name).join(', '), units, documents }),
    ...(skipped > 0 ? [say('compared-skipped', { count: skipped })] : []),
    ...columns([head, ...rows]),
    say('differences', { count: differences.length, open: open.length }),
    ...open
      .slice(0, MOST_SHOWN)
      .flatMap(({ source, unit, code, gave, without, codings }) => [
        `  ${source} ${unit.start}–${unit.end}: ${codePath(analysis.codes, code, lang)}`,
        `    ${say('difference', { gave: gave.map(name).join(', '), without: without.map(name).join(', ') })}: ${quote(source, unit.start, unit.end)}`,
        `    ${codings.join(' ')}`,
      ]),
    ...(open.length > MOST_SHOWN ? [say('more', { count: open.length - MOST_SHOWN })] : []),
  ];
}

function coefficients({ percentage, cohen, fleiss, alpha, interval }: Coefficients, lang: Lang): string[] {
  const shown = (value: number | null | undefined): string => (value === null || value === undefined ? '–' : number(lang, value));
  const range = interval.low === null || interval.high === null ? '–' : `${shown(interval.low)} … ${shown(interval.high)}`;
  return [shown(percentage.value), shown(cohen?.value), shown(fleiss.value), shown(alpha.value), range];
}

/** Codes with their numbers, the tables, pairs, and the joint display. */
export function reportLines(
  report: CodingReport,
  joint: (JointDisplay & { indicator: Id; unit: string }) | null,
  { codes, lang }: { codes: readonly Code[]; lang: Lang },
): string[] {
  const say = (key: string, values: Parameters<typeof t>[2] = {}): string => t(lang, `cli.coding.${key}`, values);
  const path = (id: Id): string => codePath(codes, id, lang);
  const used = report.codes.filter(({ withBelow }) => withBelow > 0);
  const head = ['code', 'passages', 'with-below', 'documents', 'coders', 'codings'].map((key) => say(`column.${key}`));
  const counts = used.map((one) => [
    path(one.code),
    ...[one.passages, one.withBelow, one.documents, one.coders, one.codings].map(String),
  ]);
  const table = (of: CodeTable, title: string, told: (key: string) => string): string[] =>
    of.rows.length === 0
      ? []
      : [
          '',
          title,
          ...columns([
            [say('column.code'), ...of.rows.map(({ key }) => (key === null ? say('unknown') : told(key)))],
            ...of.codes.map((code, i) => [path(code), ...of.rows.map(({ values }) => String(values[i]))]),
          ]),
        ];
  return [
    say('report', { codings: report.codings, passages: report.passages, documents: report.documents }),
    ...(report.lost > 0 ? [say('report-lost', { count: report.lost })] : []),
    ...(report.dropped > 0 ? [say('report-dropped', { count: report.dropped })] : []),
    ...(counts.length === 0 ? [] : columns([head, ...counts])),
    ...table(report.by.year, say('by-year'), (key) => key),
    ...table(report.by.kind, say('by-kind'), (key) => key),
    ...table(report.by.language, say('by-language'), (key) => key),
    ...pairLines(report, path, lang),
    ...(joint === null ? [] : jointLines(joint, path, lang)),
  ];
}

function pairLines({ pairs }: CodingReport, path: (id: Id) => string, lang: Lang): string[] {
  if (pairs.length === 0) return [];
  const say = (key: string): string => t(lang, `cli.coding.${key}`);
  const rows = pairs.map(({ a, b, passages, documents, jaccard }) => [
    path(a),
    path(b),
    String(passages),
    String(documents),
    number(lang, jaccard),
  ]);
  return [
    '',
    say('pairs'),
    ...columns([['code', 'code', 'passages', 'documents', 'jaccard'].map((key) => say(`column.${key}`)), ...rows]),
  ];
}

function jointLines(
  { indicator, unit, codes, rows, undated }: JointDisplay & { indicator: Id; unit: string },
  path: (id: Id) => string,
  lang: Lang,
): string[] {
  const head = [t(lang, 'cli.coding.column.year'), `${indicator} [${unit}]`, ...codes.map(path)];
  const cells = rows.map(({ year, value, passages }) => [
    String(year),
    value === null ? '–' : number(lang, value),
    ...passages.map(String),
  ]);
  const note = undated === 0 ? [] : [t(lang, 'cli.coding.undated', { count: undated })];
  return ['', t(lang, 'cli.coding.joint', { indicator }), ...columns([head, ...cells]), ...note];
}
