/**
 * From a check and figures to a verdict, with the arithmetic as data.
 *
 *     verdict({ kind: 'sum', expression: '2291000 + 6769833', claimed: '8,743,999 USD' }, world)
 *     // { is: 'contradicted', reason: 'differs', judged: [{ found: { value: 9060833, … }, judgement: { difference: 316834, … } }], … }
 *
 * "Not verifiable" is a result: figures are missing, definitions unknown, or too inexact to decide. It never means "false". What is
 * wrong with the words (definition, unit, scope) is told before the numbers are: two figures of different things can agree by chance.
 * docs/claims.md tells each kind of check and the rules of rounding.
 */
import { evaluate } from './claim-expression.ts';
import { missingIn } from './claim-expression-functions.ts';
import { type PrintedNumber, printedNumber, printedNumbers } from './claim-expression-printed.ts';
import { type ClaimValue, type ClaimWorld, type Evaluation, ExpressionError, type Quantity } from './claim-expression-types.ts';
import { alike, factQuantity } from './claim-expression-values.ts';
import { type Judgement, judge } from './verdict-judgement.ts';
import { judgeTrend } from './verdict-trend.ts';
import type { CheckKind, ClaimCheck, Finding, Verdict, VerdictKind } from './verdict-types.ts';

/** Powers of ten by which figures are commonly miscopied or units mistaken. */
const FACTORS = [10, 100, 1e3, 1e4, 1e6, 1e9].flatMap((factor) => [factor, 1 / factor]);

/** Kinds whose figures are taken together or held against one another, so that they must follow one definition. */
const ONE_DEFINITION: ReadonlySet<CheckKind> = new Set(['compare', 'sum', 'change', 'trend', 'definition']);

type Judged = Verdict['judged'];

interface Work {
  check: ClaimCheck;
  world: ClaimWorld;
  found: Evaluation;
  claimed: PrintedNumber | null;
}

/**
 * Checks a claim.
 * @throws ExpressionError where an expression cannot be read or its types do not fit: a mistake of the check, not of the claim
 */
export function verdict(check: ClaimCheck, world: ClaimWorld): Verdict {
  const claimed =
    check.claimed === undefined ? null : printedNumber(check.claimed, check.lang === undefined ? {} : { lang: check.lang });
  const empty = { judged: [], claimed, arithmetic: [], facts: [], for: [], against: [] };
  const tolerance = check.tolerance === undefined ? {} : { tolerance: check.tolerance };
  let found: Evaluation;
  try {
    found = evaluate(check.expression, world);
  } catch (error) {
    if (!(error instanceof ExpressionError) || error.code !== 'unit') throw error;
    const { code, at, length, found: what, expected } = error;
    return {
      ...empty,
      ...tolerance,
      is: 'unit-error',
      reason: 'units-differ',
      error: { code, at, length, found: what, expected },
    };
  }
  const finding = mismatch(check, found) ?? findings({ check, world, found, claimed });
  const ids = found.facts.map(({ id }) => id);
  const is = finding.is === 'contradicted' && isOwn(check, found) ? 'contradicted-in-source' : finding.is;
  return { ...empty, ...tolerance, arithmetic: found.steps, facts: found.facts, ...sides(is, ids), ...finding, is };
}

function findings(work: Work): Finding {
  const { check, found } = work;
  if (check.kind === 'existence') return existence(work);
  if (check.kind === 'definition' && check.claimed === undefined) return { is: 'supported', reason: 'definitions-alike' };
  if (check.kind === 'scope' && check.claimed === undefined) return { is: 'supported', reason: 'scopes-alike' };
  if (check.kind === 'vintage') return vintage(work);
  const missing = check.kind === 'count' && found.value.kind === 'list' ? [] : missingIn(found.value);
  if (missing.length > 0) return { is: 'not-verifiable', reason: 'missing', missing };
  if (found.value.kind === 'truth') return truth(found.value.value);
  if (check.kind === 'trend') return judgeTrend(found.value, check.claimed);
  if (check.kind === 'plausibility') return plausibility(work);
  return compare(work);
}

/** What is wrong before any number is looked at: definitions and scopes. */
function mismatch({ kind, definition, scope = {} }: ClaimCheck, { facts }: Evaluation): Finding | null {
  const known = facts.flatMap((fact) => fact.definition ?? []);
  const definitions = [...new Set(definition === undefined ? known : [definition, ...known])];
  const mixed = definitions.length > 1 && (ONE_DEFINITION.has(kind) || (definition !== undefined && kind !== 'existence'));
  if (mixed) return { is: 'definition-mismatch', reason: 'definitions-differ', differing: definitions };
  if (kind === 'definition' && known.length + (definition === undefined ? 0 : 1) < 2)
    return { is: 'not-verifiable', reason: 'definitions-unknown' };
  const keys = Object.keys(scope);
  const differing = keys.filter((key) => facts.some((fact) => fact.scope?.[key] !== undefined && fact.scope[key] !== scope[key]));
  if (differing.length > 0) return { is: 'scope-error', reason: 'scopes-differ', differing };
  const unknown = keys.filter((key) => facts.every((fact) => fact.scope?.[key] === undefined));
  if (kind === 'scope' && (keys.length === 0 || unknown.length > 0))
    return { is: 'not-verifiable', reason: 'scopes-unknown', missing: unknown };
  return null;
}

/** A comparison that the expression makes itself. */
function truth(value: boolean | null): Finding {
  if (value === null) return { is: 'not-verifiable', reason: 'undecided' };
  return value ? { is: 'supported', reason: 'holds' } : { is: 'contradicted', reason: 'fails' };
}

function existence({ check, found }: Work): Finding {
  if (found.facts.length > 0) return { is: 'supported', reason: 'found' };
  return check.complete === true
    ? { is: 'contradicted', reason: 'not-found' }
    : { is: 'not-verifiable', reason: 'not-found-in-open-list' };
}

/** Each figure against the number claimed. */
function compare(work: Work): Finding {
  const { check, world, claimed } = work;
  if (claimed === null) return { is: 'not-verifiable', reason: 'nothing-claimed' };
  const all = figuresOf(work);
  if (all === null) return { is: 'not-verifiable', reason: 'nothing-claimed' };
  const judged: Judged = [];
  for (const { fact, of } of all) {
    const placed = check.unit === undefined ? of : alike(of, check.unit, world.convert);
    if (placed === null) return { is: 'unit-error', reason: 'units-differ', differing: [of.unit, check.unit as string], judged };
    judged.push({
      fact,
      found: placed,
      judgement: judge(placed, claimed, check.tolerance === undefined ? {} : { tolerance: check.tolerance }),
    });
  }
  const factor = judged.every(({ judgement }) => judgement.agrees === 'no') ? factorOf(judged, claimed) : null;
  const told = { judged, ...ofJudged(judged), ...(factor === null ? {} : { factor }) };
  if (factor !== null && check.kind === 'unit') return { ...told, is: 'unit-error', reason: 'factor' };
  return { ...together(judged), ...told };
}

/** The figures that a value holds, with the facts that they are, where they are facts and not computed; the number of things of a count. */
function figuresOf({ check, found }: Work): { fact: string | null; of: Quantity }[] | null {
  const { value, facts } = found;
  if (value.kind === 'list' && check.kind === 'count') {
    const count = value.items.length;
    return [{ fact: null, of: { kind: 'quantity', value: count, low: count, high: count, unit: '1', spread: 'none' } }];
  }
  const items: ClaimValue[] = value.kind === 'list' ? value.items : [value];
  const plain = found.steps.every(({ text }) => /^(?:list|known)\(/.test(text)) && facts.length === items.length;
  const all = items.flatMap((of, i) => (of.kind === 'quantity' ? [{ fact: plain ? (facts[i]?.id ?? null) : null, of }] : []));
  return all.length === items.length && all.length > 0 ? all : null;
}

const AGREES: Readonly<Record<Judgement['agrees'], VerdictKind>> = {
  yes: 'supported',
  rounding: 'supported-with-rounding',
  context: 'supported-with-context',
  no: 'contradicted',
};

/** One verdict of several figures: the weakest that supports; partly where some do not. */
function together(judged: Judged): Pick<Finding, 'is' | 'reason'> {
  const order = ['no', 'context', 'rounding', 'yes'] as const;
  const weakest = order
    .map((agrees) => judged.find(({ judgement }) => judgement.agrees === agrees))
    .find((one) => one !== undefined);
  if (weakest === undefined) return { is: 'not-verifiable', reason: 'missing' };
  const { agrees, reason } = weakest.judgement;
  if (agrees === 'no' && judged.some(({ judgement }) => judgement.agrees !== 'no')) return { is: 'partly', reason: 'mixed' };
  return { is: AGREES[agrees], reason };
}

/** The power of ten with which all figures would agree. */
function factorOf(judged: Judged, claimed: PrintedNumber): number | null {
  const fits = (factor: number): boolean =>
    judged.every(({ found }) => {
      const scaled = { ...found, value: found.value * factor, low: found.low * factor, high: found.high * factor };
      return found.value !== 0 && judge(scaled, { ...claimed, hedge: 'exactly' }).agrees !== 'no';
    });
  return FACTORS.find(fits) ?? null;
}

/** A value within what others show to be possible is plausible, not proven; one outside cannot be as printed. */
function plausibility({ check, world, found }: Work): Finding {
  if (found.value.kind !== 'quantity') return { is: 'not-verifiable', reason: 'undecided' };
  const arithmetic = [...found.steps];
  const facts = [...found.facts];
  const value = found.value;
  let factor: number | undefined;
  for (const [side, expression] of [
    [1, check.bounds?.high],
    [-1, check.bounds?.low],
  ] as const) {
    if (expression === undefined) continue;
    const bound = evaluate(expression, world);
    arithmetic.push(...bound.steps);
    facts.push(...bound.facts);
    const missing = missingIn(bound.value);
    if (missing.length > 0) return { is: 'not-verifiable', reason: 'missing', missing, arithmetic, facts };
    const limit = bound.value.kind === 'quantity' ? alike(bound.value, value.unit, world.convert) : null;
    if (limit === null) return { is: 'unit-error', reason: 'units-differ', arithmetic, facts };
    if (side === 1 ? value.low > limit.high : value.high < limit.low) {
      factor = FACTORS.find((by) =>
        side === 1 ? by < 1 && value.value * by <= limit.high : by > 1 && value.value * by >= limit.low,
      );
      return { is: 'unit-error', reason: 'impossible', arithmetic, facts, ...(factor === undefined ? {} : { factor }) };
    }
  }
  if (check.bounds?.low === undefined && check.bounds?.high === undefined)
    return { is: 'not-verifiable', reason: 'missing', missing: ['bounds'] };
  return { is: 'supported-with-context', reason: 'possible', arithmetic, facts };
}

/** The newest figure that was out when the claim was written decides; where only an older one agrees, that is the context. */
function vintage(work: Work): Finding {
  const { check, world, found, claimed } = work;
  const out = found.facts
    .filter(
      (fact) =>
        fact.vintage !== undefined && fact.value !== null && (check.vintage === undefined || fact.vintage <= check.vintage),
    )
    .sort((a, b) => ((a.vintage as string) < (b.vintage as string) ? 1 : -1));
  if (claimed === null) return { is: 'not-verifiable', reason: 'nothing-claimed' };
  if (out.length === 0) return { is: 'not-verifiable', reason: 'missing', missing: ['vintage'] };
  const judged: Judged = [];
  for (const fact of out) {
    const of = factQuantity(fact) as Quantity;
    const placed = check.unit === undefined ? of : alike(of, check.unit, world.convert);
    if (placed === null) return { is: 'unit-error', reason: 'units-differ', differing: [of.unit, check.unit as string] };
    judged.push({
      fact: fact.id,
      found: placed,
      judgement: judge(placed, claimed, check.tolerance === undefined ? {} : { tolerance: check.tolerance }),
    });
  }
  const newest = (judged as [Judged[number]])[0].judgement;
  const told = { judged, ...ofJudged(judged) };
  if (newest.agrees !== 'no') return { ...told, is: AGREES[newest.agrees], reason: newest.reason };
  if (judged.some(({ judgement }) => judgement.agrees !== 'no'))
    return { ...told, is: 'supported-with-context', reason: 'superseded' };
  return { ...told, is: 'contradicted', reason: 'differs' };
}

/** Facts for and against, one by one where each was held against the claim. */
function ofJudged(judged: Judged): { for?: string[]; against?: string[] } {
  if (judged.some(({ fact }) => fact === null)) return {};
  const ids = (agree: boolean): string[] =>
    judged.flatMap(({ fact, judgement }) => (fact !== null && (judgement.agrees !== 'no') === agree ? [fact] : []));
  return { for: ids(true), against: ids(false) };
}

function sides(is: VerdictKind, ids: string[]): { for: string[]; against: string[] } {
  if (is.startsWith('supported')) return { for: ids, against: [] };
  return is === 'not-verifiable' ? { for: [], against: [] } : { for: [], against: ids };
}

/** Whether all figures are those of the source of the claim: of the same source, or printed in the sentence itself. */
function isOwn({ source, sentence, lang }: ClaimCheck, { facts, numbers }: Evaluation): boolean {
  if (facts.length > 0) return source !== undefined && facts.every((fact) => fact.source === source);
  if (sentence === undefined || numbers.length === 0) return false;
  const printed = new Set(printedNumbers(sentence, lang === undefined ? {} : { lang }).map(({ value }) => value));
  return numbers.every(({ value }) => printed.has(value));
}
