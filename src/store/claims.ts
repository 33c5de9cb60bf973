/** Claims, and all that a dossier can hold against them. */

import { type ClaimMaterial, claimFacts, type DossierFact, type NamedPassage } from '../evidence/claim-facts.ts';
import { openTo } from '../evidence/claim-world.ts';
import { type CheckedClaim, checkClaims, keptVerdict } from '../evidence/claims.ts';
import { contradictions } from '../evidence/contradictions.ts';
import type { Claim, ClaimPassage, ClaimPlace, KeptVerdict } from '../evidence-types.ts';
import type { ReviewEvidence } from '../review/content.ts';
import { marksOf } from '../review/figure-marks.ts';
import type { Answer, Id, ZoneKind } from '../types.ts';
import { listIndicators, listSources } from './catalogue.ts';
import { listActivities, listOrganisations, listParticipations } from './cooperation.ts';
import { all, type Db, get, transaction } from './db.ts';
import { countObservations, listFigures } from './observations.ts';
import { listHeadcounts, listMoney } from './records.ts';
import { revision } from './revision.ts';
import { listDesignations, listSites } from './sites.ts';
import { type Change, put, remove } from './write.ts';

interface ClaimRow {
  id: Id;
  source: Id | null;
  page: string | null;
  site: Id | null;
  form: Id | null;
  section: Id | null;
  sentence: string;
  kind: Claim['kind'];
  check: string | null;
  verdict: string | null;
  note: string | null;
  passages: string;
}

const COLUMNS = 'id, source, page, site, form, section, sentence, kind, "check", verdict, note, passages';

/**
 * Adds or changes a claim; the verdict that was kept last stays with it as long as it claims the same, and its passages stay where
 * none are given.
 */
export function putClaim(db: Db, by: string, claim: Claim): Change {
  const row = { id: claim.id, ...placeColumns(claim.in), ...wordColumns(claim) };
  const stored = getClaim(db, claim.id);
  const same = stored !== null && stored.kind === claim.kind && JSON.stringify(stored.check) === JSON.stringify(claim.check);
  const verdict = claim.verdict ?? (same ? stored.verdict : null);
  const passages = claim.passages ?? stored?.passages ?? [];
  const computed = { verdict: verdict === null ? null : JSON.stringify(verdict), passages: JSON.stringify(passages) };
  return put(db, 'claims', by, { ...row, ...computed });
}

/** Adds a claim of the review of a site under the next number; returns its id. */
export function addClaim(db: Db, by: string, claim: Omit<Claim, 'id'> & { in: { site: Id } }): Id {
  return transaction(db, () => {
    // counted in the audit, so that the number of one that was removed is never given again
    const before = get<{ count: number }>(db, "select count(*) as count from audit where noun = 'claims' and action = 'added'");
    const id = `${claim.in.site}/claims/${(before?.count ?? 0) + 1}`;
    putClaim(db, by, { ...claim, id });
    return id;
  });
}

/** Puts a passage to a claim, for or against it; `null` takes it away. @returns whether anything changed */
export function putClaimPassage(db: Db, by: string, claim: Claim, passage: Id, side: ClaimPassage['side'] | null): boolean {
  const before = claim.passages ?? [];
  const others = before.filter((one) => one.passage !== passage);
  const at = before.findIndex((one) => one.passage === passage);
  const passages = side === null ? others : others.toSpliced(at === -1 ? others.length : at, 0, { passage, side });
  return putClaim(db, by, { ...claim, passages }) !== 'same';
}

/** Takes passages that are gone out of all claims. */
export function dropClaimPassages(db: Db, by: string, gone: ReadonlySet<Id>): void {
  for (const claim of listClaims(db)) {
    const passages = (claim.passages ?? []).filter(({ passage }) => !gone.has(passage));
    if (passages.length < (claim.passages?.length ?? 0)) putClaim(db, by, { ...claim, passages });
  }
}

/** The passages that claims name, by their ids. */
function namedPassages(db: Db): Map<Id, NamedPassage> {
  const claims = all<{ passages: string }>(db, "select passages from claims where passages <> '[]'");
  const wanted = new Set(
    claims.flatMap(({ passages }) => (JSON.parse(passages) as ClaimPassage[]).map(({ passage }) => passage)),
  );
  return new Map(
    [...wanted].flatMap((id): [Id, NamedPassage][] => {
      const row = get<Pick<NamedPassage, 'id' | 'source' | 'quote' | 'page'> & { anchored: string; may_quote: number | null }>(
        db,
        `select p.id, p.source, p.quote, p.page, p.anchored, t.may_quote from passages p left join source_texts t on t.id = p.source
         where p.id = ?`,
        [id],
      );
      if (row === undefined) return [];
      const { anchored, may_quote, ...rest } = row;
      return [[id, { ...rest, mayQuote: may_quote !== 0, placed: anchored !== 'lost' }]];
    }),
  );
}

/** @returns whether there was one */
export function removeClaim(db: Db, by: string, id: Id): boolean {
  return remove(db, 'claims', by, id);
}

export function getClaim(db: Db, id: Id): Claim | null {
  const row = get<ClaimRow>(db, `select ${COLUMNS} from claims where id = ?`, [id]);
  return row === undefined ? null : claimOf(row);
}

/** Every claim in the order they were added, or those of one site's review. */
export function listClaims(db: Db, { site }: { site?: Id } = {}): Claim[] {
  return site === undefined
    ? all<ClaimRow>(db, `select ${COLUMNS} from claims order by fid`).map(claimOf)
    : all<ClaimRow>(db, `select ${COLUMNS} from claims where site = ? order by fid`, [site]).map(claimOf);
}

/** Every claim with what the dossier says to it today. */
export function judgedClaims(db: Db, claims: readonly Claim[] = listClaims(db)): CheckedClaim[] {
  return claims.length === 0 ? [] : checkClaims(claims, loadClaimMaterial(db));
}

/**
 * Keeps today's verdicts, so that a later change is seen; one that says the same keeps its day.
 * @param at ISO 8601 @param options `first`: only where none was kept yet
 */
export function keepVerdicts(db: Db, by: string, at: string, { first = false }: { first?: boolean } = {}): number {
  return transaction(db, () => {
    const wanted = listClaims(db).filter(({ verdict }) => !first || verdict === null);
    const turned = judgedClaims(db, wanted).flatMap((checked) => {
      const { claim } = checked;
      const verdict = keptVerdict(checked, at);
      return sameVerdict(claim.verdict, verdict) ? [] : [{ ...claim, verdict }];
    });
    for (const claim of turned) putClaim(db, by, claim);
    return turned.length;
  });
}

/**
 * What the review of a site claims, the figures that its texts name, and where sources contradict one another on it. A dossier without
 * claims and marks is not searched for contradictions.
 */
export function loadReviewEvidence(db: Db, site: Id, answers: readonly Pick<Answer, 'text'>[]): ReviewEvidence {
  const claims = listClaims(db);
  const marks = new Set(answers.flatMap(({ text }) => marksOf(text)));
  if (claims.length + marks.size === 0) return { figures: new Map(), claims: [], contradictions: [] };
  const { material, facts, checked } = judgedOnce(db, claims);
  const known = new Set(facts.map(({ id }) => id));
  const read = [...marks].every((mark) => known.has(mark)) ? facts : claimFacts(loadClaimMaterial(db, { marks }));
  return {
    figures: new Map(read.filter((fact) => marks.has(fact.id) && openTo(site, material)(fact)).map((fact) => [fact.id, fact])),
    claims: checked.filter(({ claim }) => 'site' in claim.in && claim.in.site === site),
    contradictions: contradictions(checked, material, { site }),
  };
}

interface Judged {
  revision: string;
  material: ClaimMaterial;
  facts: DossierFact[];
  checked: CheckedClaim[];
}

/** Every claim with what the dossier says to it, and what it was held against; judged once as long as the dossier stays as it is. */
export function allJudged(db: Db): Pick<Judged, 'material' | 'checked'> {
  return judgedOnce(db, listClaims(db));
}

const judged = new WeakMap<Db, Judged>();

/** Reviews of many sites are made one after another: what they share is judged once as long as the dossier stays as it is. */
function judgedOnce(db: Db, claims: readonly Claim[]): Judged {
  const now = revision(db, { without: ['answers'] });
  const kept = judged.get(db);
  if (kept?.revision === now) return kept;
  const material = loadClaimMaterial(db);
  const made = { revision: now, material, facts: claimFacts(material), checked: checkClaims(claims, material) };
  judged.set(db, made);
  return made;
}

/** A series of more readings than these is measurement, not statement: it is read where a claim names its indicator. */
const LONGEST_SERIES = 500;

/**
 * All that claims can be held against. Long series of readings that no claim names are left out and counted.
 * @param options.marks ids of figures that are read all the same
 */
export function loadClaimMaterial(db: Db, { marks = new Set() }: { marks?: ReadonlySet<Id> } = {}): ClaimMaterial {
  const activities = listActivities(db);
  const sites = listSites(db);
  const observations = listFigures(db, { longest: LONGEST_SERIES, indicators: indicatorsNamed(db), ids: marks });
  return {
    observations,
    unread: countObservations(db) - observations.length,
    headcounts: listHeadcounts(db),
    money: listMoney(db),
    designations: sites.flatMap(({ id }) => listDesignations(db, id)),
    activities,
    participations: listParticipations(db, new Set(activities.map(({ id }) => id))),
    organisations: listOrganisations(db),
    sites,
    zones: all<{ id: Id; site: Id; kind: ZoneKind }>(db, 'select id, site, kind from zones order by fid'),
    indicators: new Map(listIndicators(db).map((indicator) => [indicator.id, indicator])),
    sources: listSources(db),
    passages: namedPassages(db),
  };
}

/** Indicators that some claim's check speaks of. */
function indicatorsNamed(db: Db): Set<Id> {
  const checks = all<{ check: string }>(db, `select "check" from claims where "check" is not null`).map(({ check }) => check);
  return new Set(
    listIndicators(db)
      .map(({ id }) => id)
      .filter((id) => checks.some((check) => check.includes(id))),
  );
}

function placeColumns(place: ClaimPlace): Pick<ClaimRow, 'source' | 'page' | 'site' | 'form' | 'section'> {
  return 'source' in place
    ? { source: place.source, page: place.page, site: null, form: null, section: null }
    : { source: null, page: null, site: place.site, form: place.form, section: place.section };
}

function wordColumns({ sentence, kind, check, note }: Claim): Pick<ClaimRow, 'sentence' | 'kind' | 'check' | 'note'> {
  return { sentence: JSON.stringify(sentence), kind, check: check === null ? null : JSON.stringify(check), note };
}

function claimOf({ id, source, page, site, form, section, sentence, kind, check, verdict, note, passages }: ClaimRow): Claim {
  return {
    id,
    in: source !== null ? { source, page } : { site: site ?? '', form: form ?? '', section: section ?? '' },
    sentence: JSON.parse(sentence),
    kind,
    check: check === null ? null : JSON.parse(check),
    note,
    verdict: verdict === null ? null : JSON.parse(verdict),
    ...(passages !== '[]' && { passages: JSON.parse(passages) as ClaimPassage[] }),
  };
}

function sameVerdict(kept: KeptVerdict | null, now: KeptVerdict): boolean {
  return kept !== null && JSON.stringify({ ...kept, at: '' }) === JSON.stringify({ ...now, at: '' });
}
