/** Figures for the texts of a review, and its sentences held against them. */
import { z } from 'zod';
import { type CheckedClaimReply, checkedClaim, claimBody, type FoundFigure, figuresQuery, foundFigure } from '../api/claims.ts';
import { claimFacts } from '../evidence/claim-facts.ts';
import { openTo } from '../evidence/claim-world.ts';
import { type CheckedClaim, notFinal } from '../evidence/claims.ts';
import { searchFigures } from '../evidence/figure-search.ts';
import type { Claim } from '../evidence-types.ts';
import { pick } from '../i18n/index.ts';
import { Problem } from '../problems.ts';
import { claimLines, factText, valueText, verdictText } from '../review/claim-words.ts';
import { closedSections } from '../review/closed-sections.ts';
import { markOf } from '../review/figure-marks.ts';
import { parseExpression } from '../science/claim-expression-parser.ts';
import { ExpressionError } from '../science/claim-expression-types.ts';
import { listAnswers } from '../store/answers.ts';
import { listSources } from '../store/catalogue.ts';
import { addClaim, getClaim, judgedClaims, listClaims, loadClaimMaterial, removeClaim } from '../store/claims.ts';
import type { Lang } from '../types.ts';
import { toneOf } from './claim-desk.ts';
import { form, type Reading, readingOf, sectionOf } from './review-reading.ts';
import { type Call, route } from './route.ts';

export const claimRoutes = [
  route({
    method: 'get',
    path: '/api/sites/:site/figures',
    rule: 'reader here',
    summary: 'Figures that a text of the review can name as `@id`; `search` is words that stand in them',
    query: figuresQuery,
    reply: z.array(foundFigure),
    handle: (call) => figures(reading(call), call.query),
  }),
  route({
    method: 'get',
    path: '/api/sites/:site/claims',
    rule: 'reader here',
    summary: 'The sentences of the review that are checked, with their verdicts',
    reply: z.array(checkedClaim),
    handle: (call) => claimsOf(reading(call)),
  }),
  route({
    method: 'post',
    path: '/api/sites/:site/claims',
    rule: 'contributor here',
    summary: 'Has a sentence of a section checked',
    body: claimBody,
    reply: checkedClaim,
    handle: (call) => {
      const own = reading(call);
      const { section, sentence, kind, check } = call.body;
      refuseClosed(own, section);
      const id = addClaim(own.db, call.visitor.id, {
        in: { site: own.site, form: form.id, section },
        sentence: { [own.lang]: sentence },
        kind,
        check: kind === 'interpretive' || check === null ? null : readable(check),
        note: null,
        verdict: null,
      });
      return replyOf(own, judgedClaims(own.db, [known(getClaim(own.db, id))])[0]);
    },
  }),
  route({
    method: 'delete',
    path: '/api/sites/:site/claims/:claim',
    rule: 'contributor here',
    summary: 'Takes a sentence out of the check; `claim` is the number at the end of its id',
    reply: z.undefined(),
    handle: (call) => {
      const own = reading(call);
      const claim = known(getClaim(own.db, `${own.site}/claims/${call.params.claim}`));
      if (!('site' in claim.in) || claim.in.site !== own.site) throw new Problem('not-found');
      refuseClosed(own, claim.in.section);
      removeClaim(own.db, call.visitor.id, claim.id);
    },
  }),
];

function reading({
  context,
  visitor,
  params,
  lang,
}: Pick<Call<unknown, unknown>, 'context' | 'visitor' | 'params' | 'lang'>): Reading {
  return readingOf(context, visitor, { site: params.site ?? '', lang });
}

/** Figures that the review of this reserve may use, found by words. */
function figures({ db, site, lang }: Reading, { search, most }: z.infer<typeof figuresQuery>): FoundFigure[] {
  const material = loadClaimMaterial(db);
  const open = claimFacts(material).filter(openTo(site, material));
  return searchFigures(open, search, { site, most }).map((fact) => ({
    id: fact.id,
    mark: markOf(fact.id),
    name: pick(fact.name, lang) || fact.called,
    place: fact.place === null ? null : pick(fact.place, lang),
    shown: valueText(lang, fact),
    about: factText(lang, fact, material.sources),
    quality: fact.quality,
    own: (fact.marks.site ?? []).includes(site),
  }));
}

/** The claims of the review in the order they were added, but for those of what the caller may not read. */
function claimsOf(own: Reading): CheckedClaimReply[] {
  const readable = listClaims(own.db, { site: own.site }).filter((claim) => !isClosed(own, claim));
  return judgedClaims(own.db, readable).map((checked) => replyOf(own, checked));
}

function replyOf({ db, lang }: { db: Reading['db']; lang: Lang }, checked: CheckedClaim | undefined): CheckedClaimReply {
  const { claim, is, reason } = known(checked);
  return {
    id: claim.id,
    mark: markOf(claim.id),
    section: 'section' in claim.in ? claim.in.section : '',
    sentence: pick(claim.sentence, lang),
    kind: claim.kind,
    check: claim.check === null ? null : { ...claim.check },
    verdict: is,
    reason,
    badge: verdictText(lang, { is, reason }),
    tone: toneOf(known(checked)),
    lines: claimLines(lang, known(checked), listSources(db)).slice(1),
    final: notFinal([known(checked)]).length === 0,
  };
}

/** @throws Problem `choice-wrong` where the expression cannot be read. */
function readable(check: NonNullable<z.infer<typeof claimBody>['check']>): NonNullable<Claim['check']> {
  const { kind, expression, claimed, unit } = check;
  try {
    parseExpression(expression);
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    throw new Problem('choice-wrong', {
      field: 'expression',
      found: `${expression} (${error.at + 1}: ${error.found})`,
      expected: error.expected,
    });
  }
  return { kind, expression, ...(claimed === undefined ? {} : { claimed }), ...(unit === undefined ? {} : { unit }) };
}

/** Whether the caller may not read what a claim is of: a section that is confidential as a whole, or a text that is marked. */
function isClosed(own: Reading, claim: Claim): boolean {
  return 'section' in claim.in && closedTo(own, claim.in.section);
}

/** @throws Problem `not-found` for a section that does not exist, `not-allowed` for one that the caller may not read. */
function refuseClosed(own: Reading, section: string): void {
  if (closedTo(own, sectionOf(section).id)) throw new Problem('not-allowed');
}

function closedTo({ db, site, confidential }: Reading, section: string): boolean {
  if (confidential === 'mark') return false;
  if (closedSections().has(section)) return true;
  return listAnswers(db, { site, form: form.id }).some((answer) => answer.section === section && answer.confidential);
}

function known<Found>(found: Found | null | undefined): Found {
  if (found === null || found === undefined) throw new Problem('not-found');
  return found;
}
