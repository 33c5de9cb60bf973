/**
 * A claim as people write it in a table, made into a check: sentence, kind of check, figures or evidence, and what to compare with.
 *
 *     checkOfRow({ claim: 'Women are almost 60 % of scientists', kind: 'compare', evidence: '55.7 (Ministry), 55.6 (Commission)', against: '60' })
 *     // { check: { kind: 'compare', expression: '@row', claimed: ' Women are almost 60', … }, facts: [{ id: 'row-1', value: 55.7, … }, …] }
 *
 * The evidence may be an expression; figures with notes, `55.7 (Ministry, 2026), 55.6 (…)`, whose year is their time and edition; figures by
 * year, `2005: 36.3; 2014: 42`; a value and what it cannot exceed, `a vs b`; or, for definition and scope, words that say how the
 * figures differ from what the sentence means. The number claimed is the one of the sentence that is nearest to `against`, years and the terms
 * of the expression apart, with the words before it; `>=1` and words such as `rising` are taken as they stand.
 */
import { parseExpression } from './claim-expression-parser.ts';
import { type PrintedLang, printedNumbers } from './claim-expression-printed.ts';
import { ExpressionError, type Fact } from './claim-expression-types.ts';
import type { CheckKind, ClaimCheck } from './verdict-types.ts';

export interface ClaimRow {
  claim: string;
  /** A kind of check, also with what follows a hyphen: `sum-tolerance`. */
  kind: string;
  evidence: string;
  against: string;
}

/** A check and the figures that its references `@row` stand for. */
export interface RowCheck {
  check: ClaimCheck;
  facts: Fact[];
}

const KINDS: readonly CheckKind[] = [
  'compare',
  'sum',
  'ratio',
  'change',
  'trend',
  'count',
  'existence',
  'plausibility',
  'definition',
  'unit',
  'vintage',
  'scope',
];

/** Units as tables write them, by their UCUM codes. */
const UNITS: readonly [RegExp, string][] = [
  [/\b(?:ha|hectares?)\b/gu, 'har'],
  [/\bkm²/gu, 'km2'],
  [/\bkm³/gu, 'km3'],
  [/\bGWh\b/gu, 'GW.h'],
  [/\bWh\b/gu, 'W.h'],
  [/\bUSD\b/gu, '[USD]'],
  [/\b(?:people|persons?)\b/gu, '{person}'],
];

const NOTHING = /^\s*(?:|-|–|—|none|nothing|not found|no source.*|0)\s*$/iu;
const NOTED = /(-?\d[\d.]*(?:\s*[%\p{L}][^\s(,;]*)?)\s*\(([^)]*)\)/gu;
const BY_YEAR = /\b((?:18|19|20)\d\d)\s*[:=]\s*(-?\d[\d.]*)/gu;

/** The check of a row. @throws RangeError where the kind is none that is known, ExpressionError where the evidence cannot be read */
export function checkOfRow(
  { claim, kind: named, evidence, against }: ClaimRow,
  { lang = 'en' }: { lang?: PrintedLang } = {},
): RowCheck {
  const kind = KINDS.find((known) => named.trim().toLowerCase().split('-')[0] === known);
  if (kind === undefined) throw new RangeError(`check "${named}" is not known; expected ${KINDS.join(', ')}`);
  const base = { kind, sentence: claim, lang };
  if (kind === 'existence') {
    const facts = NOTHING.test(evidence) ? [] : [{ id: 'row-1', value: null, unit: '1' }];
    return { check: { ...base, expression: '@row' }, facts };
  }
  const figures = UNITS.reduce((text, [pattern, code]) => text.replace(pattern, code), evidence);
  if ((kind === 'definition' || kind === 'scope') && !isExpression(figures)) return ofWords(base, kind, evidence);
  const [value = '', bound] = figures.split(/\s+vs\.?\s+/u);
  if (kind === 'plausibility') {
    const limit = plain(bound ?? against.replace(/^\s*[<>]=?\s*/u, ''));
    const bounds = /^\s*>/u.test(against) ? { low: limit } : { high: limit };
    return { check: { ...base, expression: plain(value), bounds: limit === '' ? {} : bounds }, facts: [] };
  }
  const facts = factsOf(figures);
  const expression = facts.length > 0 ? '@row' : figures;
  parseExpression(expression);
  const terms =
    facts.length > 0 ? facts.map((fact) => fact.value as number) : printedNumbers(figures).map(({ value: term }) => term);
  return { check: { ...base, expression, claimed: claimedOf(claim, terms, against, lang) }, facts };
}

/** Words that say what the figures mean or hold for: another thing than the sentence does; nothing said is nothing known. */
function ofWords(base: Pick<ClaimCheck, 'kind' | 'sentence' | 'lang'>, kind: 'definition' | 'scope', words: string): RowCheck {
  const said = NOTHING.test(words) ? {} : kind === 'definition' ? { definition: words } : { scope: { meaning: words } };
  const facts: Fact[] = [{ id: 'row-1', value: null, unit: '1', ...said }];
  const meant = base.sentence ?? '';
  const own = kind === 'definition' ? { definition: meant } : { scope: { meaning: meant } };
  return { check: { ...base, ...own, expression: '@row' }, facts };
}

/** Figures with notes, or by year; none where the text is an expression. */
function factsOf(text: string): Fact[] {
  const noted = [...text.matchAll(NOTED)].map(([, number = '', note = '']) => ({ number, note }));
  const byYear = [...text.matchAll(BY_YEAR)].map(([, year = '', number = '']) => ({ number, note: year }));
  const found = byYear.length > 1 ? byYear : isExpression(text) ? [] : noted;
  return found.map(({ number, note }, i) => {
    const [, digits = '', unit = '1'] = /^(-?\d[\d.]*)\s*(.*)$/u.exec(number) ?? [];
    const year = /\b(?:18|19|20)\d\d\b/u.exec(note)?.[0];
    const when = year === undefined ? {} : { at: year, vintage: year };
    return { id: `row-${i + 1}`, value: Number(digits), printed: digits, unit: unit === '' ? '1' : unit, ...when };
  });
}

/** A number with its unit, out of words and notes round it. */
function plain(text: string): string {
  const bare = text.replace(/\([^)]*\)/gu, '').trim();
  return isExpression(bare) ? bare : bare.replace(/^[^\d@]*/u, '').trim();
}

function isExpression(text: string): boolean {
  try {
    parseExpression(text);
    return true;
  } catch (error) {
    if (error instanceof ExpressionError) return false;
    throw error;
  }
}

/** What the sentence prints of the number that is compared, with the words before it. */
function claimedOf(claim: string, terms: readonly number[], against: string, lang: PrintedLang): string {
  const wanted = Number(against.replace(/[%\s]/gu, ''));
  if (!Number.isFinite(wanted) || against.trim() === '') return against;
  const all = printedNumbers(claim, { lang });
  const [nearest] = all
    .filter(({ value, isYear }) => !isYear && !terms.includes(value))
    .sort((a, b) => Math.abs(a.value - wanted) - Math.abs(b.value - wanted));
  if (nearest === undefined) return against;
  const before = all[all.indexOf(nearest) - 1];
  return claim.slice(before === undefined ? 0 : before.at + before.text.length, nearest.at + nearest.text.length);
}
