/** Claims as a caller may see them: with their verdicts in words, and without those of texts that the caller may not read. */
import type { CheckedClaimReply, ListedClaim, ListedContradiction } from '../api/claims.ts';
import type { ClaimMaterial } from '../evidence/claim-facts.ts';
import { AGAINST, type CheckedClaim, notFinal } from '../evidence/claims.ts';
import { type Contradiction, contradictions } from '../evidence/contradictions.ts';
import type { Claim } from '../evidence-types.ts';
import { number, pick, t } from '../i18n/index.ts';
import { claimLines, evidenceLines, placeText, sourceText, statedText, verdictText } from '../review/claim-words.ts';
import { closedSections } from '../review/closed-sections.ts';
import { unitText } from '../review/figures.ts';
import { listAnswers } from '../store/answers.ts';
import { listSources } from '../store/catalogue.ts';
import { allJudged } from '../store/claims.ts';
import type { Db } from '../store/db.ts';
import { listSites } from '../store/sites.ts';
import type { Id, Lang, Source } from '../types.ts';
import { form } from './review-reading.ts';
import type { Visitor } from './visitor.ts';

/** How the badge of a verdict is to look. */
export function toneOf({ is }: Pick<CheckedClaim, 'is'>): CheckedClaimReply['tone'] {
  if (AGAINST.has(is)) return 'bad';
  if (is === 'not-verifiable' || is === 'interpretive') return 'open';
  return is === 'supported' ? 'good' : 'context';
}

/** Sections of the review of a site that a caller may not read: confidential as a whole, or with a text that is marked. */
export function sectionsClosedTo(db: Db, visitor: Visitor, site: Id): ReadonlySet<Id> {
  if (visitor.may('editor', site)) return new Set();
  const marked = listAnswers(db, { site, form: form.id }).filter(({ confidential }) => confidential);
  return new Set([...closedSections(), ...marked.map(({ section }) => section)]);
}

/** Whether a caller may not read what a claim is of. */
export function isClosedTo(db: Db, visitor: Visitor): (claim: Pick<Claim, 'in'>) => boolean {
  const closed = new Map<Id, ReadonlySet<Id>>();
  return ({ in: place }) => {
    if ('source' in place) return false;
    const own = closed.get(place.site) ?? sectionsClosedTo(db, visitor, place.site);
    closed.set(place.site, own);
    return own.has(place.section);
  };
}

/** Every claim that a caller may read, in the order they were added. */
export function readableClaims(db: Db, visitor: Visitor): CheckedClaim[] {
  const closed = isClosedTo(db, visitor);
  return allJudged(db).checked.filter(({ claim }) => !closed(claim));
}

/** The same in words. */
export function listedClaims(db: Db, visitor: Visitor, lang: Lang): ListedClaim[] {
  const sources = listSources(db);
  const quotes = visitor.may('contributor', null);
  const names = new Map(listSites(db).map(({ id, name }) => [id, pick(name, lang)]));
  return readableClaims(db, visitor).map((checked) => listed(checked, { sources, names, lang, quotes }));
}

function listed(
  checked: CheckedClaim,
  {
    sources,
    names,
    lang,
    quotes,
  }: { sources: ReadonlyMap<Id, Source>; names: ReadonlyMap<Id, string>; lang: Lang; quotes: boolean },
): ListedClaim {
  const { claim, is, reason } = checked;
  const { evidence } = checked;
  return {
    id: claim.id,
    source: 'source' in claim.in ? claim.in.source : null,
    site: 'site' in claim.in ? claim.in.site : null,
    title:
      'source' in claim.in
        ? (sources.get(claim.in.source)?.title ?? claim.in.source)
        : (names.get(claim.in.site) ?? claim.in.site),
    place: placeText(lang, claim, sources),
    sentence: pick(claim.sentence, lang),
    kind: claim.kind,
    check: claim.check === null ? null : { ...claim.check },
    verdict: is,
    reason,
    badge: verdictText(lang, { is, reason }),
    verdictText: t(lang, `claims.verdict.${is}`),
    reasonText: is === reason ? '' : t(lang, `claims.reason.${reason}`),
    tone: toneOf(checked),
    final: notFinal([checked]).length === 0,
    arithmetic: claimLines(lang, { ...checked, evidence: [], passages: [] }, sources)
      .slice(1)
      .map((line) => line.trim()),
    evidence: (['for', 'against', 'neither'] as const).flatMap((side) =>
      evidenceLines(
        lang,
        evidence.filter((one) => one.side === side),
        sources,
        { side: false },
      ).map((text) => ({ side, text })),
    ),
    passages: checked.passages.map(({ id, side, source, page, quote, mayQuote, placed }) => ({
      passage: id,
      side,
      source,
      title: sources.get(source)?.title ?? source,
      page,
      quote: mayQuote || quotes ? quote : null,
      placed,
    })),
  };
}

/** Contradictions among what a caller may read. */
export function readableContradictions(db: Db, visitor: Visitor): Contradiction[] {
  return contradictions(readableClaims(db, visitor), allJudged(db).material);
}

/** The same in words. */
export function listedContradictions(db: Db, visitor: Visitor, lang: Lang): ListedContradiction[] {
  const [sources, checked] = [listSources(db), new Map(readableClaims(db, visitor).map((one) => [one.claim.id, one]))];
  const names = featureNames(allJudged(db).material, lang);
  const titles = (ids: readonly Id[]): string =>
    ids.map((id) => names.get(id.replace(/^review:/, '')) ?? sourceText(lang, { source: id, page: null }, sources)).join('; ');
  return readableContradictions(db, visitor).map((row) => {
    const claimed = row.kind === 'claim' ? (checked.get(row.id)?.verdict?.claimed ?? null) : null;
    return {
      kind: row.kind,
      id: row.id,
      about: pick(row.about, lang),
      verdict: t(lang, `claims.verdict.${row.verdict}`),
      place: row.feature === null ? '' : (names.get(row.feature) ?? row.feature),
      part: row.part,
      period: row.period,
      stated: claimed === null || isYear(row) ? figureText(row.stated, row, lang) : statedText(lang, claimed),
      statedBy: titles(row.statedBy),
      found: figureText(row.found, row, lang),
      foundBy: titles(row.foundBy),
      percent: row.relative === null ? null : Number((row.relative * 100).toPrecision(3)),
      cases: row.cases,
    };
  });
}

/** Places, zones and activities as readers of the language call them. */
function featureNames({ sites, zones, activities }: ClaimMaterial, lang: Lang): Map<Id, string> {
  const names = new Map(sites.map(({ id, name }) => [id, pick(name, lang)]));
  for (const { id, site, kind } of zones) names.set(id, `${names.get(site) ?? site}, ${t(lang, `zone.${kind}`)}`);
  for (const { id, title } of activities) names.set(id, pick(title, lang));
  return names;
}

/** A year has no unit, and no signs between its digits. */
const isYear = ({ unit, stated, found }: Contradiction): boolean =>
  unit === '' && [stated, found].every((text) => /^[12]\d{3}$/.test(text));

/** A plain number as readers of the language write it; other words as they stand. */
function figureText(text: string, row: Contradiction, lang: Lang): string {
  const value = Number(text);
  if (text === '' || Number.isNaN(value) || isYear(row)) return text;
  return `${number(lang, value, 3)} ${unitText(lang, row.unit)}`.trim();
}

/** The columns of claims as a table. */
export const claimColumns = [
  'id',
  'source',
  'site',
  'place',
  'sentence',
  'kind',
  'check',
  'expression',
  'claimed',
  'verdict',
  'reason',
  'arithmetic',
  'for',
  'against',
  'passages_for',
  'passages_against',
] as const;

/** A row of it. Passages of what may not be quoted are told by their place. */
export function claimRow(claim: ListedClaim, checked: CheckedClaim): (string | null)[] {
  const ids = (side: 'for' | 'against'): string =>
    checked.evidence.flatMap((one) => (one.side === side ? [one.fact.id] : [])).join('; ');
  const quoted = (side: 'for' | 'against'): string =>
    checked.passages
      .filter((one) => one.side === side)
      .map(({ mayQuote, quote, source, page }) =>
        [mayQuote ? quote : '', source, page ?? ''].filter((part) => part !== '').join(' | '),
      )
      .join('; ');
  return [
    claim.id,
    claim.source,
    claim.site,
    claim.place,
    claim.sentence,
    claim.kind,
    checked.claim.check?.kind ?? null,
    checked.claim.check?.expression ?? null,
    checked.claim.check?.claimed ?? null,
    claim.verdict,
    claim.reason,
    checked.arithmetic.join('; '),
    ids('for'),
    ids('against'),
    quoted('for'),
    quoted('against'),
  ];
}
