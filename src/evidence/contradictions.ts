/**
 * Contradictions as a table that can be published: claims that figures speak against, and figures of two sources for the same thing
 * that cannot both hold. Nothing of it is stored: it follows from the figures.
 *
 *     contradictions(judged, material)
 *     // [{ kind: 'claim', id: 'kyzylorda-budget', stated: '8,743,999', found: '9060833 [USD]', … },
 *     //  { kind: 'figures', id: 'lake-volume', feature: 'aral-sea', stated: '1101.07', found: '1083', cases: 1, … }]
 */
import type { ClaimVerdictKind } from '../evidence-types.ts';
import { ROUND_SHARE } from '../science/verdict-judgement.ts';
import type { Id, LocalText } from '../types.ts';
import { convert } from '../units.ts';
import { type ClaimMaterial, claimFacts, type DossierFact } from './claim-facts.ts';
import { openTo } from './claim-world.ts';
import { AGAINST, type CheckedClaim, isAbout } from './claims.ts';

export interface Contradiction {
  kind: 'claim' | 'figures';
  /** Of the claim, or of the indicator. */
  id: Id;
  verdict: ClaimVerdictKind;
  /** The sentence, or the name of the indicator. */
  about: LocalText;
  feature: Id | null;
  /** Part of the whole: class, sex, age. */
  part: string;
  /** `2014` or `2014-05-01/2014-06-01`, end excluded. */
  period: string;
  /** What is said and by whom; what stands against it and by whom. */
  stated: string;
  statedBy: Id[];
  found: string;
  foundBy: Id[];
  unit: string;
  /** Found less stated [unit], and as a share of what is stated. */
  difference: number | null;
  relative: number | null;
  /** How many periods the two sources differ in; the greatest difference is shown. */
  cases: number;
}

/** Contradicted claims in their order, then pairs of sources, the greatest relative difference first. */
export function contradictions(
  checked: readonly CheckedClaim[],
  material: ClaimMaterial,
  { site }: { site?: Id } = {},
): Contradiction[] {
  const facts = claimFacts(material);
  const about = (fact: DossierFact): boolean => site === undefined || (fact.marks.site ?? []).includes(site);
  const tried = ({ in: place }: CheckedClaim['claim']): boolean =>
    'source' in place && material.sources.get(place.source)?.kind === 'own'; // sentences of ours, written to try the checks
  const open = site === undefined ? () => true : openTo(site, material);
  const claims = checked.filter(
    (one) =>
      AGAINST.has(one.is) &&
      !tried(one.claim) &&
      (site === undefined || (isAbout(one, site, material) && one.evidence.every(({ fact }) => open(fact)))),
  );
  return [...claims.map(ofClaim), ...figures(facts.filter((fact) => fact.noun === 'observations' && about(fact)))];
}

function ofClaim({ claim, is, evidence, verdict, arithmetic }: CheckedClaim): Contradiction {
  const against = evidence.filter(({ side }) => side !== 'for').map(({ fact }) => fact);
  const worst = (verdict?.judged ?? []).toSorted(
    (a, b) => Math.abs(b.judgement.difference) - Math.abs(a.judgement.difference),
  )[0];
  const last = arithmetic.at(-1)?.replace(/^.* = /su, '');
  const { found: quantity, judgement } = worst ?? {};
  return {
    kind: 'claim',
    id: claim.id,
    verdict: is,
    about: claim.sentence,
    feature: alone(against.flatMap(({ marks }) => marks.feature ?? [])),
    part: '',
    period: alone(against.map(periodText)) ?? '',
    stated: claim.check?.claimed ?? (claim.check?.kind === 'plausibility' ? claim.check.expression : ''),
    statedBy: 'source' in claim.in ? [claim.in.source] : [`review:${claim.in.site}`],
    found: quantity === undefined ? (last ?? alone(against.map(valueText)) ?? '') : plainNumber(quantity.value),
    foundBy: [...new Set(against.flatMap(({ source }) => source ?? []))],
    unit: quantity?.unit ?? claim.check?.unit ?? '',
    difference: judgement === undefined ? null : Number(judgement.difference.toPrecision(12)),
    relative: judgement?.relative ?? null,
    cases: 1,
  };
}

const valueText = ({ value, unit }: DossierFact): string => (value === null ? '' : `${plainNumber(value)} ${unit}`);

/** Figures of one thing by two sources, or twice by one, that cannot both hold: one row for each pair of sources. */
function figures(facts: readonly DossierFact[]): Contradiction[] {
  const plain = facts.filter(
    ({ value, marks }) => value !== null && !(marks.role ?? []).some((role) => role === 'target' || role === 'baseline'),
  );
  const things = Map.groupBy(plain, (fact) => [fact.called, fact.marks.feature, partText(fact), periodText(fact)].join('\u0000'));
  const pairs = [...things.values()].flatMap((same) =>
    same.flatMap((a, i) => same.slice(i + 1).flatMap((b) => (agree(a, b) ? [] : [ofPair(a, b)]))),
  );
  const bySources = Map.groupBy(pairs, ({ id, feature, part, statedBy, foundBy }) =>
    [id, feature, part, statedBy, foundBy].join('\u0000'),
  );
  const size = ({ relative }: Contradiction): number => Math.abs(relative ?? 0);
  return [...bySources.values()]
    .map((same) => ({ ...(same.toSorted((a, b) => size(b) - size(a))[0] as Contradiction), cases: same.length }))
    .toSorted((a, b) => size(b) - size(a));
}

/** Whether both can hold: their intervals meet, or they differ by no more than the rounding of the coarser one. */
function agree(a: DossierFact, b: DossierFact): boolean {
  const other = inUnitOf(a, b);
  if (other === null) return true; // figures of different units are different things
  const [x, y] = [rangeOf(a), other];
  const value = Math.max(Math.abs(a.value as number), Math.abs(other.value));
  const half = Math.min(Math.max(x.step, y.step) / 2, ROUND_SHARE * value);
  return x.low - half <= y.high + 1e-9 * value && y.low - half <= x.high + 1e-9 * value;
}

interface Range {
  value: number;
  low: number;
  high: number;
  step: number;
}

function rangeOf({ value, low, high }: DossierFact): Range {
  const middle = value as number;
  const [digits = '', decimals = ''] = String(Math.abs(middle)).split('.');
  const zeros = /0*$/.exec(digits)?.[0].length ?? 0;
  const step = decimals === '' ? (middle === 0 ? 0 : 10 ** zeros) : 10 ** -decimals.length;
  return { value: middle, low: low ?? middle, high: high ?? middle, step };
}

/** The second figure in the unit of the first; `null` where it measures something else. */
function inUnitOf(a: DossierFact, b: DossierFact): Range | null {
  const { value, low, high, step } = rangeOf(b);
  const to = (x: number): number => convert(x, b.unit, a.unit);
  try {
    return { value: to(value), low: to(low), high: to(high), step: to(step) };
  } catch (error) {
    if (error instanceof RangeError) return null; // the contract of `convert`
    throw error;
  }
}

function ofPair(a: DossierFact, b: DossierFact): Contradiction {
  const [stated, found] = [a.value as number, inUnitOf(a, b)?.value ?? Number.NaN];
  const difference = Number((found - stated).toPrecision(12));
  return {
    kind: 'figures',
    id: a.called,
    verdict: a.source === b.source ? 'contradicted-in-source' : 'contradicted',
    about: a.name,
    feature: alone(a.marks.feature ?? []),
    part: partText(a),
    period: periodText(a),
    stated: plainNumber(stated),
    statedBy: a.source === undefined ? [] : [a.source],
    found: plainNumber(found),
    foundBy: b.source === undefined ? [] : [b.source],
    unit: a.unit,
    difference,
    relative: stated === 0 ? null : difference / Math.abs(stated),
    cases: 1,
  };
}

function partText({ marks }: DossierFact): string {
  return [marks.class, marks.sex, marks.age].flatMap((part) => part ?? []).join(', ');
}

/** A whole year as such, else its days. */
function periodText({ period }: DossierFact): string {
  if (period === null) return '';
  const { start, end } = period;
  if (end === null) return start;
  const year = Number(start.slice(0, 4));
  return start === `${year}-01-01` && end === `${year + 1}-01-01` ? String(year) : `${start}/${end}`;
}

const plainNumber = (value: number): string => String(Number(value.toPrecision(9)));

function alone(values: readonly string[]): string | null {
  const found = new Set(values);
  return found.size === 1 ? ([...found][0] ?? null) : null;
}

/** The columns of the published table. */
export const contradictionColumns = [
  'kind',
  'id',
  'verdict',
  'about',
  'feature',
  'part',
  'period',
  'stated',
  'stated_by',
  'found',
  'found_by',
  'unit',
  'difference',
  'difference_percent',
  'cases',
] as const;

/** A row of the published table. @param pick the words of a text in the language of the table */
export function contradictionRow(row: Contradiction, pick: (text: LocalText) => string): (string | number | null)[] {
  return [
    row.kind,
    row.id,
    row.verdict,
    pick(row.about),
    row.feature,
    row.part,
    row.period,
    row.stated,
    row.statedBy.join('; '),
    row.found,
    row.foundBy.join('; '),
    row.unit,
    row.difference,
    row.relative === null ? null : Number((row.relative * 100).toPrecision(3)),
    row.cases,
  ];
}
