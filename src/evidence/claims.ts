/**
 * Claims held against a dossier: the verdict, the arithmetic, and the evidence for and against with its sources.
 *
 *     const [checked] = checkClaims(claims, material);
 *     checked.is;            // 'contradicted-in-source'
 *     checked.arithmetic;    // ['sum(@contribution[…]) = 9060833 [USD]']
 *     checked.evidence[0];   // { side: 'against', fact: { id: 'f057', value: 2291000, source: 'docslib-kyzylorda', … } }
 *
 * "Not verifiable" is a result. What an author has not put into checkable form, and what is a matter of opinion, is said to be so.
 */
import type { Claim, ClaimPassage, ClaimVerdictKind, ClaimVerdictReason, KeptVerdict, StoredCheck } from '../evidence-types.ts';
import { type ArithmeticStep, type ClaimValue, ExpressionError, type Quantity } from '../science/claim-expression-types.ts';
import { verdict } from '../science/verdict.ts';
import type { ClaimCheck, Verdict } from '../science/verdict-types.ts';
import type { Id, Lang } from '../types.ts';
import { type ClaimMaterial, claimFacts, type DossierFact, type NamedPassage } from './claim-facts.ts';
import { ClaimNameError, claimWorld, type DossierWorld, worldOfSite } from './claim-world.ts';

export interface Evidence {
  /** `neither`: it was looked at, and the verdict rests on no side. */
  side: 'for' | 'against' | 'neither';
  fact: DossierFact;
}

/** Words of a document beside the figures. */
export interface QuotedEvidence extends NamedPassage {
  side: ClaimPassage['side'];
}

/** A claim with what the dossier says to it. */
export interface CheckedClaim {
  claim: Claim;
  /** What documents say to it; no verdict rests on that. */
  passages: QuotedEvidence[];
  is: ClaimVerdictKind;
  reason: ClaimVerdictReason;
  evidence: Evidence[];
  arithmetic: string[];
  /** With all that was found; `null` where nothing could be computed. */
  verdict: Verdict | null;
  /** Why the check cannot be computed: what was found, what would do. */
  fault: string | null;
}

/** Verdicts that say that something is wrong. */
export const AGAINST: ReadonlySet<ClaimVerdictKind> = new Set([
  'contradicted',
  'contradicted-in-source',
  'partly',
  'definition-mismatch',
  'unit-error',
  'scope-error',
]);

/** Verdicts that a final report cannot bear: a figure says otherwise, or says another thing. */
export const CONTRADICTED: ReadonlySet<ClaimVerdictKind> = new Set([
  'contradicted',
  'contradicted-in-source',
  'definition-mismatch',
  'unit-error',
  'scope-error',
]);

/** Every claim with its verdict, in the order given. */
export function checkClaims(claims: readonly Claim[], material: ClaimMaterial): CheckedClaim[] {
  const world = claimWorld(material, claimFacts(material));
  const { passages = new Map() } = material;
  return claims.map((claim) =>
    checkClaim(claim, 'site' in claim.in ? worldOfSite(world, claim.in.site, material) : world, { passages }),
  );
}

/** One claim. @param world as it is seen from where the claim stands @param options.passages those that it may name, by their ids */
export function checkClaim(
  claim: Claim,
  world: DossierWorld,
  { passages = new Map() }: { passages?: ReadonlyMap<Id, NamedPassage> } = {},
): CheckedClaim {
  const quoted = (claim.passages ?? []).flatMap(({ passage, side }): QuotedEvidence[] => {
    const found = passages.get(passage);
    return found === undefined ? [] : [{ ...found, side }];
  });
  const open = { claim, passages: quoted, evidence: [], arithmetic: [], verdict: null, fault: null };
  if (claim.kind === 'interpretive') return { ...open, is: 'interpretive', reason: 'interpretive' };
  if (claim.check === null) return { ...open, is: 'not-verifiable', reason: 'no-check' };
  try {
    const found = verdict(checkOf(claim), world);
    const evidence = evidenceOf(found, claim.check, world);
    return { ...open, ...inContext(found, claim), verdict: found, evidence, arithmetic: found.arithmetic.map(stepText) };
  } catch (error) {
    if (!(error instanceof ExpressionError) && !(error instanceof ClaimNameError)) throw error;
    return { ...open, is: 'not-verifiable', reason: 'check-broken', fault: error.message };
  }
}

/** A check with the sentence and the source of its claim. */
function checkOf(claim: Claim): ClaimCheck {
  const lang = (['en', 'ru', 'kk', 'tr'] as const).find((one): one is Lang => (claim.sentence[one] ?? '') !== '') ?? 'en';
  const { part: _, ...check } = claim.check as StoredCheck;
  return {
    ...check,
    sentence: claim.sentence[lang] ?? '',
    ...(lang === 'en' ? {} : { lang }),
    ...('source' in claim.in ? { source: claim.in.source } : {}),
  };
}

/**
 * A figure that only the source itself states, looked up and not computed, shows that it says so, not that it is so; and what agrees with
 * a part of a sentence does not bear the whole.
 */
function inContext(found: Verdict, { in: place, check }: Claim): Pick<CheckedClaim, 'is' | 'reason'> {
  if (!found.is.startsWith('supported')) return { is: found.is, reason: found.reason };
  const own =
    'source' in place &&
    found.arithmetic.every(({ text }) => LOOKED_UP.test(text)) &&
    found.facts.length > 0 &&
    found.facts.every(({ source }) => source === place.source);
  if (own) return { is: 'supported-with-context', reason: 'own-source' };
  if (check?.part === true && found.is !== 'supported-with-context') return { is: 'supported-with-context', reason: 'part' };
  return { is: found.is, reason: found.reason };
}

/** Steps that only gather figures. */
const LOOKED_UP = /^(?:list|known)\(/;

/** Where definitions are mixed, figures of the one that is meant speak for the claim. */
function evidenceOf(found: Verdict, { definition }: StoredCheck, world: DossierWorld): Evidence[] {
  const mixed = found.is === 'definition-mismatch' && definition !== undefined;
  return found.facts.flatMap(({ id }): Evidence[] => {
    const fact = world.fact(id);
    if (fact === undefined) return [];
    if (mixed) return [{ side: fact.definition === definition ? 'for' : 'against', fact }];
    return [{ side: found.for.includes(id) ? 'for' : found.against.includes(id) ? 'against' : 'neither', fact }];
  });
}

/** `sum(@x) = 545000 har (543500 … 546500)`: a step without words, the same in every language. */
function stepText({ text, value }: ArithmeticStep): string {
  return `${text} = ${valueText(value)}`;
}

function valueText(value: ClaimValue): string {
  switch (value.kind) {
    case 'quantity':
      return quantityText(value);
    case 'truth':
      return value.value === null ? '?' : String(value.value);
    case 'date':
      return `${value.start}/${value.end}`;
    case 'text':
      return `"${value.text}"`;
    case 'list':
      return `[${value.items.map(valueText).join('; ')}]`;
    case 'missing':
      return '–';
  }
}

function quantityText({ value, low, high, unit }: Quantity): string {
  const write = (x: number): string => String(Number(x.toPrecision(9)));
  const span = low === value && high === value ? '' : ` (${write(low)} … ${write(high)})`;
  return `${write(value)}${unit === '1' ? '' : ` ${unit}`}${span}`;
}

/** A verdict as it is kept in the dossier. @param at the day, ISO 8601 */
export function keptVerdict({ is, reason, evidence, arithmetic }: CheckedClaim, at: string): KeptVerdict {
  const ids = (side: Evidence['side']): Id[] => evidence.flatMap((one) => (one.side === side ? [one.fact.id] : []));
  return { is, reason, for: ids('for'), against: ids('against'), arithmetic, at };
}

/** Whether a claim is judged otherwise than when it was last kept. */
export function hasTurned({ claim, is, reason }: CheckedClaim): boolean {
  return claim.verdict !== null && (claim.verdict.is !== is || claim.verdict.reason !== reason);
}

/**
 * Whether a claim is of a site's review, or rests on figures of the site or of its parts. Bounds of what is possible are of many sites.
 */
export function isAbout({ claim, is, evidence }: CheckedClaim, site: Id, { sites }: Pick<ClaimMaterial, 'sites'>): boolean {
  if ('site' in claim.in) return claim.in.site === site;
  const own = new Set([site, ...sites.flatMap(({ id, parent }) => (parent === site ? [id] : []))]);
  const bearing = evidence.filter(({ side }) => side !== 'neither' || is === 'not-verifiable');
  return bearing.some(({ fact }) => (fact.marks.site ?? []).some((id) => own.has(id)));
}

/** Claims that a final report cannot bear: contradicted, or without a figure or a passage to show for them. */
export function notFinal(checked: readonly CheckedClaim[]): CheckedClaim[] {
  return checked.filter(({ is, evidence, claim, passages }) => {
    if (is === 'interpretive') return false;
    // that there is none of a thing is supported without any row to show
    const counted = is.startsWith('supported') && (claim.check?.expression.includes('@') ?? false);
    const quoted = passages.some(({ side }) => side === 'for');
    return CONTRADICTED.has(is) || (evidence.length === 0 && !quoted && !counted);
  });
}
