/**
 * Claims in words: the verdict and its reason, the arithmetic, and each figure for and against with its source.
 *
 *     claimLines('en', checked, sources)
 *     // ['supported: The figures agree, rounded as printed.', '  share(@f084, @f083) = 51.46 %', '  for: Researchers, Kazakhstan, 2013: 8,849 people – …']
 */

import type { DossierFact } from '../evidence/claim-facts.ts';
import { type CheckedClaim, type Evidence, hasTurned, type QuotedEvidence } from '../evidence/claims.ts';
import { date, number, pick, t } from '../i18n/index.ts';
import type { Verdict } from '../science/verdict-types.ts';
import type { Id, Lang, Source } from '../types.ts';
import { classText } from './class-text.ts';
import { periodText, unitText } from './figures.ts';

/** Figures of one side that are told one by one; the rest are counted. */
const TOLD = 6;

/** Digits of figures that were computed. */
const DIGITS = 8;

/** Decimals of them. */
const DECIMALS = 4;

type Sources = ReadonlyMap<Id, Pick<Source, 'title'>>;

/** `supported: The figures agree.` */
export function verdictText(lang: Lang, { is, reason }: Pick<CheckedClaim, 'is' | 'reason'>): string {
  const words = t(lang, `claims.verdict.${is}`);
  return is === reason ? words : `${words}: ${t(lang, `claims.reason.${reason}`)}`;
}

/** What the dossier says to a claim, line by line: verdict, arithmetic, numbers compared, evidence. */
export function claimLines(lang: Lang, checked: CheckedClaim, sources: Sources): string[] {
  return [
    verdictText(lang, checked),
    ...indented(numbersOf(lang, checked)),
    ...indented(checked.arithmetic.filter(isTelling)),
    ...indented(evidenceLines(lang, checked.evidence, sources)),
    ...indented(passageLines(lang, checked.passages, sources)),
    ...indented(turnedLine(lang, checked)),
    ...(checked.claim.note === null ? [] : indented([checked.claim.note])),
  ];
}

/** Where a claim stands: its source with the page, or the section of the review. */
export function placeText(lang: Lang, { in: place }: CheckedClaim['claim'], sources: Sources): string {
  if ('site' in place) return t(lang, 'claims.of-review', { site: place.site, section: place.section });
  const title = sources.get(place.source)?.title ?? place.source;
  return place.page === null ? title : `${title}, ${t(lang, 'claims.page', { page: place.page })}`;
}

/** Evidence by side: for, against, looked at. @param options.side whether each line begins with its side */
export function evidenceLines(
  lang: Lang,
  evidence: readonly Evidence[],
  sources: Sources,
  { side: named = true }: { side?: boolean } = {},
): string[] {
  return (['for', 'against', 'neither'] as const).flatMap((side) => {
    const own = evidence.filter((one) => one.side === side);
    const lead = named ? `${t(lang, `claims.side.${side}`)}: ` : '';
    const told = own.slice(0, TOLD).map(({ fact }) => `${lead}${factText(lang, fact, sources)}`);
    return own.length > TOLD ? [...told, t(lang, 'claims.more', { count: own.length - TOLD })] : told;
  });
}

/** What documents say: `for: “…” – title, section or page 3`; of what may not be quoted, only where it stands. */
export function passageLines(lang: Lang, passages: readonly QuotedEvidence[], sources: Sources): string[] {
  return passages.map(({ side, quote, mayQuote, source, page }) => {
    const where = sourceText(lang, { source, page: page === null ? null : String(page) }, sources);
    return `${t(lang, `claims.side.${side}`)}: ${mayQuote ? t(lang, 'claims.quoted', { quote, where }) : where}`;
  });
}

/** `Researchers (women), Kazakhstan, 2013: 8,849 people – UNESCO Science Report [f084]`. */
export function factText(lang: Lang, fact: DossierFact, sources: Sources): string {
  const { class: ofClass = [], sex = [], age = [], measure = [], zone = [], kind = [] } = fact.marks;
  const parts = [
    ...ofClass.map((name) => classText(lang, name)),
    ...sex.map((name) => t(lang, `review.figure.sex.${name}`)),
    ...age,
    ...measure.map((name) => t(lang, `claims.measure.${name}`)),
    ...(fact.noun === 'money' ? kind.map((name) => t(lang, `claims.money.${name}`)) : []),
    ...zone.map((kind) => t(lang, `zone.${kind}`)),
  ];
  const counted = fact.noun === 'headcounts' || fact.noun === 'money';
  const name = counted ? t(lang, `claims.noun.${fact.noun}`) : pick(fact.name, lang);
  const about = [
    parts.length === 0 ? name : `${name} (${parts.join(', ')})`,
    ...(fact.place === null ? [] : [pick(fact.place, lang)]),
    ...(fact.period === null || fact.noun === 'sites' || fact.noun === 'designations' ? [] : [timeText(lang, fact)]),
  ];
  const quality = fact.quality === 'ok' ? '' : ` (${t(lang, `quality.${fact.quality}`)})`;
  return `${about.join(', ')}: ${valueText(lang, fact)} – ${sourceText(lang, fact, sources)}${quality} [${fact.id}]`;
}

/** A figure with its unit and interval, as readers of the language write it. */
export function valueText(lang: Lang, { value, low, high, unit, noun, approximate, called }: DossierFact): string {
  if (value === null) return t(lang, 'claims.no-value');
  if (noun === 'sites' || noun === 'designations' || noun === 'activities') return String(value);
  const write = (x: number): string => number(lang, Number(x.toPrecision(12)), DIGITS);
  const span = !approximate && low !== undefined && high !== undefined ? ` (${write(low)}–${write(high)})` : '';
  const main = approximate ? t(lang, 'review.about', { value: write(value) }) : write(value);
  return [`${main}${span}`, unitText(lang, unit)].filter((word) => word !== '' && called !== '').join(' ');
}

/** Where a figure comes from: the title of its source, with the page. */
export function sourceText(lang: Lang, { source, page }: Pick<DossierFact, 'source' | 'page'>, sources: Sources): string {
  const title = source === undefined ? '–' : (sources.get(source)?.title ?? source);
  return page === null ? title : `${title}, ${t(lang, 'claims.page', { page })}`;
}

/** A figure compared with what the sentence says, and what else the numbers tell. */
function numbersOf(lang: Lang, { verdict, fault }: CheckedClaim): string[] {
  if (verdict === null) return fault === null ? [] : [t(lang, 'claims.fault', { fault })];
  const write = (x: number): string => number(lang, Number(x.toPrecision(DIGITS)), Math.abs(x) < 0.01 ? DIGITS : DECIMALS);
  const unit = (of: string): string => unitText(lang, of);
  const compared = verdict.judged.slice(0, TOLD).map(({ found, judgement }) => {
    const values = {
      found: `${write(found.value)} ${unit(found.unit)}`.trim(),
      stated: statedText(lang, verdict.claimed),
      difference: `${judgement.difference < 0 ? '−' : ''}${write(Math.abs(judgement.difference))}`,
    };
    if (judgement.relative === null || found.unit === '1' || Math.abs(judgement.relative) < 0.0005)
      return t(lang, 'claims.compared', values);
    const percent = t(lang, 'review.figure.percent', { value: number(lang, Math.abs(judgement.relative) * 100, 1) });
    return t(lang, 'claims.compared-share', { ...values, percent });
  });
  const allowed = Math.max(0, ...verdict.judged.map(({ judgement }) => judgement.tolerance));
  const { trend, tolerance, missing, differing, factor, error } = verdict;
  return [
    ...compared,
    ...(allowed === 0 ? [] : [t(lang, 'claims.allowed', { allowed: write(allowed) })]),
    ...(factor === undefined || (factor < 1 && verdict.reason === 'impossible')
      ? []
      : [t(lang, 'claims.factor', { factor: write(factor) })]),
    ...(tolerance === undefined ? [] : [t(lang, 'claims.tolerance', { reason: tolerance.reason })]),
    ...(trend === undefined ? [] : [t(lang, 'claims.trend', { n: trend.n, p: write(trend.p), slope: write(trend.slope) })]),
    ...(missing === undefined || missing.length === 0 ? [] : [t(lang, 'claims.missing', { names: missing.join(', ') })]),
    ...(differing === undefined ? [] : [t(lang, 'claims.differing', { names: differing.join(', ') })]),
    ...(error === undefined ? [] : [t(lang, 'claims.fault', { fault: `${error.at + 1}: ${error.found} – ${error.expected}` })]),
  ];
}

/** The number that is claimed, with the word before it. */
export function statedText(lang: Lang, claimed: Verdict['claimed']): string {
  if (claimed === null) return '';
  const value = number(lang, claimed.value, DIGITS);
  return claimed.hedge === 'exactly' ? value : t(lang, `claims.hedge.${claimed.hedge}`, { value });
}

function turnedLine(lang: Lang, checked: CheckedClaim): string[] {
  const kept = checked.claim.verdict;
  if (kept === null || !hasTurned(checked)) return [];
  return [t(lang, 'claims.turned', { before: t(lang, `claims.verdict.${kept.is}`), date: date(lang, kept.at) })];
}

function timeText(lang: Lang, { period, at }: DossierFact): string {
  if (period === null) return '';
  return period.end === null ? (at ?? period.start) : periodText(lang, { start: period.start, end: period.end });
}

/** A list of what was looked up says no more than the evidence. */
const isTelling = (step: string): boolean => !/^(?:list|known)\(/.test(step);

const indented = (lines: readonly string[]): string[] => lines.map((line) => `  ${line}`);
