/** Documents, codes and coding over HTTP. Who calls is the coder; sentences of what may not be quoted are for contributors. */
import { z } from 'zod';
import {
  codeShown,
  codingBody,
  codingDecision,
  codingReply,
  comparisonReply,
  documentLine,
  documentShown,
  reportReply,
  seriesLine,
  settleBody,
  unitName,
} from '../api/evidence.ts';
import { findCode } from '../evidence/codebook.ts';
import { standing } from '../evidence/coding-nouns.ts';
import { codingReport, jointDisplay } from '../evidence/coding-report.ts';
import { Problem } from '../problems.ts';
import { loadAnalysis } from '../store/analysis.ts';
import { addCodings, coderOf, decideCodings } from '../store/code-passages.ts';
import { getCoding, listCodes, listCodings, removeCoding } from '../store/coding.ts';
import { transaction } from '../store/db.ts';
import { listSeries, yearlySeries } from '../store/series.ts';
import { getSourceText } from '../store/source-texts.ts';
import { comparison, documentLines, settleAgreed, shownDocument, shownPassages } from './evidence-desk.ts';
import { route } from './route.ts';
import type { Visitor } from './visitor.ts';

export const evidenceRoutes = [
  route({
    method: 'get',
    path: '/api/documents',
    rule: 'reader everywhere',
    summary: 'The documents with how much of each is coded',
    reply: z.array(documentLine),
    handle: ({ context: { db } }) => documentLines(db),
  }),
  route({
    method: 'get',
    path: '/api/documents/:document',
    rule: 'reader everywhere',
    summary: 'One document: its text, its passages and their codes; sentences of one that may not be quoted are for contributors',
    reply: documentShown,
    handle: ({ context: { db }, visitor, params: { document = '' } }) => shownDocument(db, visitor, document),
  }),
  route({
    method: 'post',
    path: '/api/documents/:document/codings',
    rule: 'contributor everywhere',
    summary: 'Gives codes to a passage, by its place or its quote; the coder is who calls',
    once: true,
    body: codingBody,
    reply: codingReply,
    handle: ({ context: { db }, visitor, params: { document = '' }, body: { at, codes, memo, coder } }) => {
      if (getSourceText(db, document) === null) throw new Problem('not-found');
      const known = listCodes(db);
      const { passage } = addCodings(db, visitor.id, {
        source: document,
        at:
          'start' in at
            ? at
            : {
                quote: at.quote,
                ...(at.prefix !== undefined && { prefix: at.prefix }),
                ...(at.suffix !== undefined && { suffix: at.suffix }),
              },
        codes: codes.map((code) => findCode(known, code).id),
        coder: coderName(visitor, coder),
        ...(memo !== undefined && { memo }),
      });
      return shownPassages(db, document, true).find(({ id }) => id === passage.id);
    },
  }),
  route({
    method: 'patch',
    path: '/api/codings/:coding',
    rule: 'editor everywhere',
    summary: 'Decides a coding that coders differ on: kept, dropped, or open again',
    once: true,
    body: codingDecision,
    reply: z.undefined(),
    handle: ({ context: { db }, visitor, params: { coding = '' }, body: { status } }) => {
      if (getCoding(db, coding) === null) throw new Problem('not-found');
      transaction(db, () =>
        decideCodings(db, visitor.id, [coding], { as: status, coder: coderOf(db, visitor.id, nameOf(visitor)) }),
      );
    },
  }),
  route({
    method: 'delete',
    path: '/api/codings/:coding',
    rule: 'contributor everywhere',
    summary: 'Takes a coding back: one of your own, or any where you edit',
    once: true,
    reply: z.undefined(),
    handle: ({ context: { db }, visitor, params: { coding = '' } }) => {
      const found = getCoding(db, coding);
      if (found === null) throw new Problem('not-found');
      transaction(db, () => {
        const own = coderOf(db, visitor.id, nameOf(visitor));
        if (found.coder !== own && !visitor.may('editor', null)) throw new Problem('not-allowed');
        removeCoding(db, visitor.id, coding);
      });
    },
  }),
  route({
    method: 'get',
    path: '/api/codes',
    rule: 'reader everywhere',
    summary: 'The codebook, with how often each code was given',
    reply: z.array(codeShown),
    handle: ({ context: { db } }) => {
      const given = Map.groupBy(listCodings(db).filter(standing), ({ code }) => code);
      return listCodes(db).map(({ position: _, exchange: __, ...code }) => ({
        ...code,
        codings: given.get(code.id)?.length ?? 0,
      }));
    },
  }),
  route({
    method: 'get',
    path: '/api/coding/report',
    rule: 'reader everywhere',
    summary: 'Codes by year, kind of source and language, and pairs of codes; beside an indicator with `indicator` and `feature`',
    query: z.object({ code: z.string().optional(), indicator: z.string().optional(), feature: z.string().optional() }),
    reply: reportReply,
    handle: ({ context: { db }, query: { code, indicator, feature } }) => {
      const report = codingReport(loadAnalysis(db), { ...(code !== undefined && { only: [code] }) });
      if (indicator === undefined || feature === undefined) return { ...report, joint: null };
      const { unit, values } = yearlySeries(db, { indicator, feature });
      return { ...report, joint: { unit, ...jointDisplay(report, values) } };
    },
  }),
  route({
    method: 'get',
    path: '/api/coding/comparison',
    rule: 'reader everywhere',
    summary: 'How far coders agree, and where they differ; `coders` are ids with commas between them',
    query: z.object({
      unit: unitName.default('paragraph'),
      coders: z.string().optional(),
      seed: z.coerce.number().int().min(0).max(999_999_999).default(1),
    }),
    reply: comparisonReply,
    handle: ({ context: { db }, visitor, query: { unit, coders, seed } }) =>
      comparison(db, visitor, { unit, seed, coders: coders?.split(',') ?? null }),
  }),
  route({
    method: 'post',
    path: '/api/coding/settled',
    rule: 'editor everywhere',
    summary: 'Marks the drafts that all of some coders agree on as agreed',
    once: true,
    body: settleBody,
    reply: z.object({ settled: z.int() }),
    handle: ({ context: { db }, visitor, body: { unit, coders } }) => ({
      settled: settleAgreed(db, visitor.id, { unit, coders }),
    }),
  }),
  route({
    method: 'get',
    path: '/api/coding/series',
    rule: 'reader everywhere',
    summary: 'Indicators with figures of two years or more at a place, beside which codes can stand',
    reply: z.array(seriesLine),
    handle: ({ context: { db } }) => listSeries(db),
  }),
];

/** Who is said to code, where the one user of a machine says it; else who calls. */
function coderName(visitor: Visitor, said: string | undefined): string {
  return visitor.name.trim() === '' && said !== undefined && said !== '' ? said : nameOf(visitor);
}

/** Who calls, as a coder; the one user of a machine has no name. */
function nameOf({ id, name }: Visitor): string {
  return name.trim() === '' ? id : name;
}
