/** All claims of the dossier with their verdicts, the contradictions between sources, and passages as evidence. */
import { z } from 'zod';
import { claimPassageBody, listedClaim, listedContradiction } from '../api/claims.ts';
import { contradictionColumns, contradictionRow } from '../evidence/contradictions.ts';
import type { Claim } from '../evidence-types.ts';
import { writeCsv } from '../formats/csv.ts';
import { pick } from '../i18n/index.ts';
import { Problem } from '../problems.ts';
import { getClaim, putClaimPassage } from '../store/claims.ts';
import { getPassage } from '../store/coding.ts';
import type { Db } from '../store/db.ts';
import { revision } from '../store/revision.ts';
import type { Id } from '../types.ts';
import {
  claimColumns,
  claimRow,
  isClosedTo,
  listedClaims,
  listedContradictions,
  readableClaims,
  readableContradictions,
} from './claim-desk.ts';
import { download } from './code-routes.ts';
import { keptReply } from './kept-replies.ts';
import { type Call, route } from './route.ts';
import type { Visitor } from './visitor.ts';

type Asked = Pick<Call<unknown, unknown>, 'context' | 'visitor' | 'lang'>;

export const claimListRoutes = [
  route({
    method: 'get',
    path: '/api/claims',
    rule: 'reader everywhere',
    summary: 'The claims of sources and of reviews with their verdicts, the arithmetic, and the evidence for and against',
    reply: z.array(listedClaim),
    handle: (call) => kept(call, 'claims', ({ context: { db }, visitor, lang }) => listedClaims(db, visitor, lang)),
  }),
  route({
    method: 'get',
    path: '/api/claims.csv',
    rule: 'reader everywhere',
    summary: 'The same as a table',
    reply: { media: 'text/csv' },
    handle: ({ context: { db }, visitor, lang }) => {
      const checked = new Map(readableClaims(db, visitor).map((one) => [one.claim.id, one]));
      const rows = listedClaims(db, visitor, lang).map((claim) => claimRow(claim, known(checked.get(claim.id))));
      return download(`\uFEFF${writeCsv([...claimColumns], rows)}`, 'text/csv; charset=utf-8', 'claims.csv');
    },
  }),
  route({
    method: 'get',
    path: '/api/contradictions',
    rule: 'reader everywhere',
    summary: 'Claims that figures speak against, and pairs of sources whose figures cannot both hold',
    reply: z.array(listedContradiction),
    handle: (call) =>
      kept(call, 'contradictions', ({ context: { db }, visitor, lang }) => listedContradictions(db, visitor, lang)),
  }),
  route({
    method: 'get',
    path: '/api/contradictions.csv',
    rule: 'reader everywhere',
    summary: 'The same as the table that is published',
    reply: { media: 'text/csv' },
    handle: ({ context: { db }, visitor, lang }) => {
      const rows = readableContradictions(db, visitor).map((row) => contradictionRow(row, (text) => pick(text, lang)));
      return download(`\uFEFF${writeCsv([...contradictionColumns], rows)}`, 'text/csv; charset=utf-8', 'contradictions.csv');
    },
  }),
  route({
    method: 'put',
    path: '/api/claims/:claim/passages/:passage',
    rule: 'contributor everywhere',
    summary: 'Puts a passage of a document to a claim, as evidence for or against it',
    once: true,
    body: claimPassageBody,
    reply: z.undefined(),
    handle: ({ context: { db }, visitor, params, body: { side } }) => {
      const [claim, passage] = [openClaim(db, visitor, params.claim ?? ''), known(getPassage(db, params.passage ?? ''))];
      putClaimPassage(db, visitor.id, claim, passage.id, side);
    },
  }),
  route({
    method: 'delete',
    path: '/api/claims/:claim/passages/:passage',
    rule: 'contributor everywhere',
    summary: 'Takes a passage away from a claim',
    once: true,
    reply: z.undefined(),
    handle: ({ context: { db }, visitor, params: { claim = '', passage = '' } }) => {
      if (!putClaimPassage(db, visitor.id, openClaim(db, visitor, claim), passage, null)) throw new Problem('not-found');
    },
  }),
];

/** @throws Problem `not-found` also for a claim of a text that the caller may not read. */
function openClaim(db: Db, visitor: Visitor, id: Id): Claim {
  const claim = known(getClaim(db, id));
  if (isClosedTo(db, visitor)(claim)) throw new Problem('not-found');
  return claim;
}

/** Made once for all who may see the same, until something is written. */
function kept(call: Asked, what: string, make: (call: Asked) => unknown): Response {
  const { context, visitor, lang } = call;
  const roles = Object.entries(visitor.roles).sort();
  return keptReply(context.db, {
    key: JSON.stringify([what, lang, roles]),
    state: revision(context.db),
    make: () => make(call),
  });
}

function known<Found>(found: Found | null | undefined): Found {
  if (found === null || found === undefined) throw new Problem('not-found');
  return found;
}
